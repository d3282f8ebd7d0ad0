-- Keys of 32 bits that a database counts up by itself, as models and SQL scripts declare them: {table, field, at, text}; `text` is the whole declaration.

local database_kind = require("database_kind")
local decorated_tables = require("decorated_tables")
local prisma_schema = require("prisma_schema")
local sql_indexes = require("sql_indexes")
local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

-- What says that a type of SQLAlchemy has 64 bits, or is no number.
local WIDE = { "BigInteger", "BIGINT", "Uuid", "UUID", "GUID", "String", "Text", "CHAR", "uuid", "BigInt", "Numeric", "Enum", "Date" }

local function holds(text, list)
  for _, word in list do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a column of SQLAlchemy is a plain integer, by its type or by its annotation.
local function is_integer(column)
  local declared = column.at:parent()
  local annotation = declared and declared:child("type") and declared:child("type").source or ""
  local text = column.at.source
  if holds(text, WIDE) or holds(annotation, WIDE) or text:find("autoincrement%s*=%s*False") or text:find("default_factory", 1, true) or text:find("Sequence(", 1, true) then
    return false
  end
  return text:find("%f[%w]Integer%f[%W]") ~= nil or text:find("%f[%w]INTEGER%f[%W]") ~= nil or annotation:find("%f[%w]int%f[%W]") ~= nil and not text:find("mapped_column%(%s*[%w_%.]*%u%w*[%(,]")
end

local function of_sqlalchemy(repo, add, mismatch)
  local classes = sqlalchemy_models.classes(repo)
  local model_of, by_table, models = sqlalchemy_models.of(repo), {}, {}
  for _, class in classes do
    local model = model_of(class)
    if model and not class.file:imports({ "alembic.op", "alembic" }) then
      table.insert(models, model)
      by_table[model.table or ""] = by_table[model.table or ""] == nil and model or false
    end
  end
  for _, model in models do
    local key, count = nil, 0
    for field, column in model.columns do
      if column.is_primary then
        count += 1
        key = { field = field, column = column }
      end
    end
    if count == 1 and not key.column.foreign_key and model.is_whole and is_integer(key.column) then
      add({ table = model.name, field = key.field, at = key.column.at, text = model.class.source })
    end
    for field, column in model.columns do
      local owner, target = (column.foreign_key or ""):match("([%w_]+)%.([%w_]+)$")
      local other = owner and by_table[owner]
      local far = other and other.columns[target]
      local far_type = far and far.at.source or ""
      if far and far_type:find("BigInteger", 1, true) and not far_type:find("with_variant", 1, true) and column.at.source:find("%f[%w]Integer%f[%W]") and not column.at.source:find("BigInteger", 1, true) then
        mismatch({ table = model.name, field = field, at = column.at, far = far.at, target = column.foreign_key })
      end
    end
  end
end

local COUNTED = { postgresql = true, postgres = true, mysql = true, sqlserver = true }

local function of_prisma(repo, add, paths)
  for _, schema in prisma_schema.of(repo, paths) do
    for _, model in COUNTED[schema.provider or ""] and schema.models or {} do
      local last = model.order[#model.order]
      local first, stop = model.file:line_span(model.line), last and model.file:line_span(last.line)
      for name, field in model.fields do
        local text = field.file:line_span(field.line).source
        if field.type == "Int" and text:find("@id", 1, true) and text:find("autoincrement()", 1, true) then
          add({ table = model.name, field = name, at = field.file:line_span(field.line), text = model.file:span(first.first, stop.last).source })
        end
      end
    end
  end
end

local function of_decorated(repo, add)
  local kinds = nil
  for name, found in decorated_tables.of(repo) do
    kinds = kinds or database_kind.of_packages(repo)
    if not found or not kinds.postgres and not kinds.mysql then
      continue
    end
    for field, column in found.columns do
      local call = column.type:match("PrimaryGeneratedColumn(%b())")
      local is_int = call and not call:find("uuid", 1, true) and not call:find("big", 1, true) and not call:find("rowid", 1, true) and not call:find("identity", 1, true)
      if is_int then
        add({ table = name, field = field, at = column.at, text = found.class.source })
      end
    end
  end
end

local function of_sequelize(repo, add)
  for _, call in repo:calls({ "sequelize.default.define", "sequelize.Sequelize.define", "sequelize.define", "sequelize.Model.init" }) do
    local is_define = call.name == "define"
    local columns = call:arg(is_define and 2 or 1)
    local on = call:receiver()
    local named = is_define and call:arg(1) and call:arg(1):literal() or on and on.text
    if type(named) ~= "string" or not columns or columns.kind ~= "dict" or call.file.class ~= "source" then
      continue
    end
    for _, pair in columns:children() do
      local text = pair.kind == "pair" and pair.source or ""
      if text:find("autoIncrement:%s*true") and text:find("primaryKey:%s*true") and text:find("%f[%w]INTEGER%f[%W]") then
        local kinds = database_kind.of_packages(repo)
        if kinds.postgres or kinds.mysql then
          add({ table = named, field = pair.text, at = pair, text = call.source .. " timestamps" })
        end
      end
    end
  end
end

-- `table.increments("id")` of knex.
local function of_knex(repo, add)
  for _, path in repo:holding("**/*.{js,ts,mjs,cjs}", ".increments(") do
    local file = repo:open(path)
    if not file or not file.root or file.class == "test" or file.class == "vendored" then
      continue
    end
    for _, call in file.root:descendants("call") do
      if call.name ~= "increments" then
        continue
      end
      for _, outer in call:argument_of() do
        local named = outer.name == "createTable" and outer:arg(1) and outer:arg(1):literal()
        local kinds = type(named) == "string" and database_kind.of_packages(repo) or {}
        if kinds.postgres or kinds.mysql then
          local first = call:arg(1)
          add({ table = named, field = first and type(first:literal()) == "string" and first:literal() or "id", at = call, text = outer.source })
        end
      end
    end
  end
end

-- What SQL scripts say: `serial`, or `int` that is counted up.
local function counts_up(text)
  local upper = text:upper()
  if not upper:find("PRIMARY%s+KEY") or upper:find("BIGINT", 1, true) or upper:find("BIGSERIAL", 1, true) or upper:find("SERIAL8", 1, true) then
    return false
  end
  return upper:find("%f[%a]SERIAL%f[%W]") ~= nil or upper:find("%f[%a]SERIAL4%f[%W]") ~= nil or upper:find("%f[%a]INT") ~= nil and (upper:find("AUTO_INCREMENT", 1, true) ~= nil or upper:find("IDENTITY", 1, true) ~= nil)
end

-- The width of an integer type as SQL names it: 32, 64 or nil.
local function width_of(text)
  local kind = (text:upper():match('^%s*[%w_"`]+%s+([%w]+)') or "")
  if kind == "BIGINT" or kind == "BIGSERIAL" or kind == "INT8" or kind == "SERIAL8" then
    return 64
  end
  return (kind == "INT" or kind == "INTEGER" or kind == "INT4" or kind == "SERIAL") and 32 or nil
end

local function of_sql(repo, add, mismatch)
  if #repo:paths("**/*.sql") == 0 then
    return
  end
  local tables = sql_indexes.of(repo)
  for name, own in tables do
    local parts = {}
    for _, known in own.columns do
      table.insert(parts, known.type)
    end
    for column, known in own.columns do
      if known.first and counts_up(known.type) then
        add({ table = name, field = column, at = known.file:span(known.first, known.first + known.length - 1), text = table.concat(parts, "\n") })
      end
      local owner, target = known.type:match("[Rr][Ee][Ff][Ee][Rr][Ee][Nn][Cc][Ee][Ss]%s+[\"`]?([%w_%.]+)[\"`]?%s*%(%s*[\"`]?([%w_]+)")
      local other = owner and tables[(owner:match("([%w_]+)$") or owner):lower()]
      local far = other and other.columns[target:lower()]
      if known.first and far and far.first and width_of(known.type) == 32 and width_of(far.type) == 64 then
        mismatch({ table = name, field = column, at = known.file:span(known.first, known.first + known.length - 1), far = far.file:span(far.first, far.first + far.length - 1), target = `{owner}.{target}` })
      end
    end
  end
end

-- Calls `add` for each key that the database counts up in 32 bits, and `mismatch` for each reference of 32 bits to a key of 64.
function M.each(repo, add, mismatch, prisma)
  of_sqlalchemy(repo, add, mismatch)
  of_prisma(repo, add, prisma)
  of_decorated(repo, add)
  of_sequelize(repo, add)
  of_knex(repo, add)
  of_sql(repo, add, mismatch)
end

return M
