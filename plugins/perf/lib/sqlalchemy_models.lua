-- What SQLAlchemy's and SQLModel's classes say: columns with their indexes and foreign keys, and relations with the way in which they are loaded.

local declared = require("declared")
local sqlalchemy_later_indexes = require("sqlalchemy_later_indexes")

local M = {}

local RELATION = table.freeze({ "sqlalchemy.orm.relationship", "sqlalchemy.orm.relation", "sqlmodel.Relationship", "sqlalchemy.orm.dynamic_loader" })
local COLUMN = table.freeze({ "sqlalchemy.Column", "sqlalchemy.orm.mapped_column", "sqlmodel.Field", "sqlalchemy.schema.Column", "sqlmodel.Column" })
local KEY = table.freeze({ "sqlalchemy.ForeignKey", "sqlalchemy.schema.ForeignKey", "sqlmodel.ForeignKey" })

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
      return literal(part:arg(1)) or part:arg(1) and part:arg(1).source or part.source, part
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
      if argument.kind == "spread" then
        return nil
      end
      -- An expression stands in brackets, as in SQL.
      text = text or `({argument.source})`
      table.insert(all, text)
    end
  end
  return all
end

-- A key of several columns, none of which is a key by itself: the first stands for it.
local function read_wide_key(model, part)
  local own, far = part:arg(1), part:arg(2)
  local first = far and far.kind == "list" and far:children("item")[1]
  local fields = {}
  for _, item in own and own.kind == "list" and own:children("item") or {} do
    table.insert(fields, literal(item) or (item.kind == "attr" or item.kind == "name") and item.text or "")
  end
  model.wide_keys = model.wide_keys or {}
  table.insert(model.wide_keys, { fields = fields, target = first and (literal(first) or first.source), at = part })
end

-- An index or a constraint of a table, as `__table_args__` or a `Table` holds it.
local function read_table_part(model, part)
  if part.kind ~= "call" then
    return
  end
  local name = part.name
  if name == "ForeignKeyConstraint" then
    read_wide_key(model, part)
    return
  end
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

-- Gives the columns of a key of several what they lead to, once all of them are known.
local function close_wide_keys(model)
  for _, key in model.wide_keys or {} do
    local columns, is_own = {}, key.target ~= nil
    for _, name in key.fields do
      local found = model.columns[name]
      for _, column in found and {} or model.columns do
        found = found or column.name == name and column or nil
      end
      is_own = is_own and found ~= nil and not found.foreign_key
      table.insert(columns, found)
    end
    if is_own and columns[1] then
      columns[1].foreign_key, columns[1].with = key.target, key.fields
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
          table.insert(model.indexes, index)
        end
      end
      if is_base(libraries) or model.table then
        model.table = model.table or class.name:gsub("(%l)(%u)", "%1_%2"):lower()
        close_wide_keys(model)
        known[key] = model
      end
    end
    return known[key] or nil
  end
end

-- A table that is no class: `Table("order_tags", metadata, Column("order_id", ...), Index(...))`.
function M.table_of_call(call, name)
  local model = { name = name, table = name, columns = {}, relations = {}, indexes = {}, is_whole = true, at = call }
  local seen_key = false
  for at, part in call:args() do
    if part.kind == "call" and is_column(part) then
      local field = literal(part:arg(1))
      if field then
        read_column(model, field, part, not seen_key)
      end
      seen_key = seen_key or is_true(part, "primary_key")
      model.is_whole = model.is_whole and field ~= nil
    elseif part.kind == "call" then
      read_table_part(model, part)
    elseif at > 2 and part.kind ~= "kw-arg" and part.kind ~= "str" then
      -- `*columns()`
      model.is_whole = false
    end
  end
  close_wide_keys(model)
  return model
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

-- Relations that the other side declares (`backref="orders"`), by the name of the model that they are read from: {name = relation}.
function M.backrefs(repo)
  local by_model, model_of = {}, M.of(repo)
  for _, class in M.classes(repo) do
    local model = model_of(class)
    for _, relation in model and model.relations or {} do
      local back = relation.call:arg("backref")
      local name = back and (literal(back) or back.kind == "call" and literal(back:arg(1)))
      local target = name and relation.target and relation.target:match("([%w_]+)$")
      if name and target then
        by_model[target] = by_model[target] or {}
        by_model[target][name] = { at = relation.at, loading = back.kind == "call" and loading(back) or back.kind ~= "call" and "lazy" or nil, call = relation.call, is_back = true, owner = model.name }
      end
    end
  end
  return by_model
end

return M
