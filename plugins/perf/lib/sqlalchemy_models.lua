-- What SQLAlchemy's and SQLModel's classes say: columns with their indexes and foreign keys, and relations with the way in which they are loaded.

local declared = require("declared")
local sqlalchemy_later_indexes = require("sqlalchemy_later_indexes")

local M = {}

local RELATION = { "sqlalchemy.orm.relationship", "sqlalchemy.orm.relation", "sqlmodel.Relationship", "sqlalchemy.orm.dynamic_loader" }
local COLUMN = { "sqlalchemy.Column", "sqlalchemy.orm.mapped_column", "sqlmodel.Field", "sqlalchemy.schema.Column", "sqlmodel.Column" }
local KEY = { "sqlalchemy.ForeignKey", "sqlalchemy.schema.ForeignKey", "sqlmodel.ForeignKey" }

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function is_true(call, name)
  local value, state = call:arg(name)
  return state == "hidden" or state == "given" and value:literal() == true
end

-- Calls by their names, also where the library is behind an object: `db.Column`, `db.relationship`.
local function is_relation(call)
  return call:is(RELATION) or call.name == "relationship"
end

local function is_column(call)
  return call:is(COLUMN) or call.name == "Column" or call.name == "mapped_column"
end

local LOADED = { joined = true, selectin = true, subquery = true, immediate = true, raise = true, raise_on_sql = true, noload = true, write_only = true }

-- How a relation is loaded unless a query says otherwise: "lazy", "query" (asked for by a call), or "loaded"; nil where that is not known.
local function loading(call)
  local value, state = call:arg("lazy")
  if state == "hidden" then
    return nil
  elseif state == "absent" then
    return select(2, call:arg("sa_relationship_kwargs")) == "absent" and "lazy" or nil
  end
  local text, known = value:literal()
  if text == false or LOADED[text] then
    return "loaded"
  elseif text == "dynamic" then
    return "query"
  end
  return known and "lazy" or nil
end

-- The foreign key of a column: `users.id` of `ForeignKey("users.id")`; second, the call.
local function foreign_key(call)
  for _, part in call:descendants({ "call" }) do
    if part:is(KEY) or part.name == "ForeignKey" then
      return literal(part:arg(1)) or part.source, part
    end
  end
  local named = call:arg("foreign_key")
  return literal(named), call
end

local function columns_of(call, from)
  local all = {}
  for at, argument in call:args() do
    if at >= from and argument.kind ~= "kw-arg" then
      local text = literal(argument) or argument.kind == "attr" and argument.text or argument.kind == "name" and argument.text
      if not text then
        return nil
      end
      table.insert(all, text)
    end
  end
  return all
end

-- An index or a constraint of a table, as `__table_args__` or a `Table` holds it.
local function read_table_part(model, part)
  if part.kind ~= "call" then
    return
  end
  local name = part.name
  local columns = nil
  if name == "Index" then
    columns = columns_of(part, 2)
  elseif name == "UniqueConstraint" or name == "PrimaryKeyConstraint" or name == "ExcludeConstraint" then
    columns = columns_of(part, 1)
  else
    return
  end
  if columns and #columns > 0 then
    table.insert(model.indexes, { columns = columns, at = part, is_partial = select(2, part:arg("postgresql_where")) ~= "absent" })
  else
    model.is_whole = false
  end
end

local function read_column(model, name, call, is_key_first)
  local key, at = foreign_key(call)
  local text = literal(call:arg(1))
  local column = text and (call:is("sqlmodel.Field") and name or text) or name
  model.columns[name] = model.columns[name] or { at = call, name = column, foreign_key = key, key_at = at, is_primary = is_true(call, "primary_key"), type = call.source:match("(Boolean)") or call.source:match("(Enum)") }
  if is_true(call, "primary_key") and is_key_first then
    table.insert(model.indexes, { columns = { name }, at = call })
  elseif is_true(call, "index") or is_true(call, "unique") then
    table.insert(model.indexes, { columns = { name }, at = call })
  end
end

local function read_class(model, class)
  local seen_key = false
  for _, statement in class:child("body"):children() do
    local target = statement.kind == "assign" and statement:child("target")
    local value = target and statement:child("value")
    if not target or target.kind ~= "name" then
      -- Mixins declare columns in functions: `@declared_attr`.
      model.has_functions = model.has_functions or statement.kind == "function"
    elseif target.text == "__tablename__" then
      model.table = model.table or literal(value)
    elseif target.text == "__table_args__" then
      if value and value.kind == "list" then
        for _, part in value:children("item") do
          read_table_part(model, part)
        end
      elseif value and value.kind ~= "dict" then
        model.is_whole = false
      end
    elseif target.text == "__abstract__" then
      model.is_abstract = true
    elseif value and value.kind == "call" then
      if is_relation(value) then
        model.relations[target.text] = model.relations[target.text] or { at = value, loading = loading(value), target = literal(value:arg(1)) or value:arg(1) and value:arg(1).source, type = statement:child("type"), call = value }
      elseif is_column(value) or value:is("sqlmodel.Field") then
        local is_first = not seen_key
        seen_key = seen_key or is_true(value, "primary_key")
        read_column(model, target.text, value, is_first)
      end
    end
  end
end

local function is_base(libraries)
  for _, origin in libraries do
    if origin:find("declarative_base", 1, true) or origin:find("DeclarativeBase", 1, true) or origin:find("sqlmodel.SQLModel", 1, true) or origin:find("SQLAlchemy().Model", 1, true) or origin:find("flask_sqlalchemy", 1, true) or origin:find("MappedAsDataclass", 1, true) or origin:find("as_declarative", 1, true) then
      return true
    end
  end
  return false
end

local function reader(repo)
  local known, later = {}, nil
  return function(node)
    local class = declared.class(node, repo)
    if not class then
      return nil
    end
    local key = declared.key(class)
    if known[key] == nil then
      known[key] = false
      local lineage, libraries, is_whole = declared.lineage(class, repo)
      local model = { name = class.name, class = class, columns = {}, relations = {}, indexes = {}, is_whole = is_whole, table = nil }
      for _, one in lineage do
        read_class(model, one)
        later = later or sqlalchemy_later_indexes.by_class(repo)
        for _, index in later[declared.key(one)] or {} do
          if index.columns then
            table.insert(model.indexes, index)
          else
            model.is_whole = false
          end
        end
      end
      if is_base(libraries) or model.table then
        model.table = model.table or class.name:gsub("(%l)(%u)", "%1_%2"):lower()
        known[key] = model
      end
    end
    return known[key] or nil
  end
end

-- Several rules ask, and it is the same repository.
local read = nil

-- The classes of a repository: a function from a class, or what names it, to what is known of it; nil where that is nothing.
function M.of(repo)
  read = read or reader(repo)
  return read
end

-- Columns of all classes: the classes that hold one, each once.
function M.classes(repo)
  local all, seen = {}, {}
  local function add(class)
    local key = class and declared.key(class)
    if key and not seen[key] then
      seen[key] = true
      table.insert(all, class)
    end
  end
  for _, call in repo:calls({ "sqlalchemy.Column", "sqlalchemy.orm.mapped_column", "sqlmodel.Field", "sqlalchemy.schema.Column", "sqlalchemy.orm.relationship", "sqlmodel.Relationship", "sqlalchemy.ForeignKey", "sqlalchemy.schema.ForeignKey", "flask_sqlalchemy.SQLAlchemy.Column", "flask_sqlalchemy.SQLAlchemy.ForeignKey", "flask_sqlalchemy.SQLAlchemy.relationship" }) do
    local class = call.file.class ~= "migration" and call:enclosing({ "class", "function" })
    if class and class.kind == "class" then
      add(class)
    end
  end
  return all
end

return M
