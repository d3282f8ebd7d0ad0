-- What Mongoose's models say about their collections: fields with their types, and indexes, declared at a field or by `schema.index`.

local declared = require("declared")
local index_keys = require("index_keys")
local literal_entries = require("literal_entries")

local M = {}

local MODELS = table.freeze({ "mongoose.model", "mongoose.mongoose.model", "mongoose.Connection.model", "mongoose.connection.model" })
local SCHEMAS = table.freeze({ "mongoose.Schema", "mongoose.mongoose.Schema", "mongoose.default.Schema" })

-- The call of `mongoose.model` that a model's name stands for.
function M.model_of(node, repo)
  local value = declared.value(node, repo)
  if not value then
    return nil
  end
  if value.kind == "call" and value:is(MODELS) then
    return value
  end
  -- `mongoose.models.User || mongoose.model("User", schema)`
  if value.kind == "logic" or value.kind == "conditional" or value.kind == "assign" then
    for _, call in value:descendants({ "call" }) do
      if call:is(MODELS) then
        return call
      end
    end
  end
  return nil
end

-- The call that makes the schema which a value is.
local function schema_of(node)
  local value = node and declared.value(node)
  return value and value.kind == "call" and value:is(SCHEMAS) and value or nil
end

local function is_set(value)
  if not value then
    return false
  end
  local literal, known = value:literal()
  -- Options of the index stand in its place: `index: { unique: true }`.
  return not known or literal ~= false and literal ~= 0 and literal ~= nil
end

local function type_word(value)
  return value and value.source:match("([%w_]+)[^%w_]*$") or nil
end

local read_fields

-- Reads one field of a schema, at a path with dots.
local function read_field(model, path, value, depth)
  if value.kind == "list" then
    local item = value:children("item")[1]
    if item then
      read_field(model, path, item, depth + 1)
    else
      model.columns[path] = { at = value }
    end
    return
  end
  local sub = schema_of(value)
  if sub then
    model.columns[path] = { at = value }
    read_fields(model, sub:arg(1), path .. ".", depth + 1)
    return
  end
  if value.kind ~= "dict" then
    model.columns[path] = { at = value, type = type_word(value) }
    return
  end
  local typed = literal_entries.get(value, "type")
  if not typed or typed.kind == "dict" and literal_entries.get(typed, "type") then
    model.columns[path] = { at = value }
    read_fields(model, value, path .. ".", depth + 1)
    return
  end
  model.columns[path] = { at = value, type = type_word(typed), has_enum = literal_entries.get(value, "enum") ~= nil, ref = literal_entries.get(value, "ref") ~= nil }
  local nested = schema_of(typed.kind == "list" and typed:children("item")[1] or typed)
  if nested or typed.kind == "dict" then
    read_fields(model, nested and nested:arg(1) or typed, path .. ".", depth + 1)
  end
  for _, key in { "index", "unique", "text", "sparse", "expires" } do
    if is_set(literal_entries.get(value, key)) then
      table.insert(model.indexes, { columns = { path }, at = value })
      return
    end
  end
  local _, is_whole = literal_entries.of(value)
  if not is_whole then
    model.hidden[path] = true
  end
end

read_fields = function(model, node, prefix, depth)
  local entries, is_whole = literal_entries.of(node)
  if not entries or depth > 6 then
    model.is_whole = false
    return
  end
  model.is_whole = model.is_whole and is_whole
  for _, entry in entries do
    read_field(model, prefix .. entry.key, entry.value, depth)
  end
end

-- Whether a plugin of this repository declares indexes: what it adds is not seen here.
local function adds_indexes(plugin)
  local body = plugin and declared.value(plugin)
  return body ~= nil and body.source:find("%.index%(") ~= nil
end

-- Adds what is said of schemas elsewhere than in their making, by the schema's key: further indexes, fields and plugins.
local function statements(repo)
  local said = {}
  for _, call in repo:calls({ "mongoose.Schema.index", "mongoose.Schema.add", "mongoose.Schema.plugin" }) do
    local schema = schema_of(call:receiver())
    if schema then
      local key = declared.key(schema)
      said[key] = said[key] or {}
      table.insert(said[key], call)
    end
  end
  return said
end

-- What the schema of a model says: {name, columns, indexes, is_whole, hidden, at, schema}; nil where it is not seen.
local function read(call, said)
  local name, schema = call:arg(1), schema_of(call:arg(2))
  local fields = call:arg(2)
  if not schema and not (fields and fields.kind == "dict") then
    return nil
  end
  local text = name and name:literal()
  local model = { name = type(text) == "string" and text or call.source, columns = {}, indexes = { { columns = { "_id" } } }, is_whole = true, hidden = {}, at = schema or call, schema = schema }
  read_fields(model, schema and schema:arg(1) or fields, "", 0)
  for _, one in schema and said[declared.key(schema)] or {} do
    if one.name == "add" then
      read_fields(model, one:arg(1), "", 0)
    elseif one.name == "plugin" then
      model.is_whole = model.is_whole and not adds_indexes(one:arg(1))
    else
      local columns = index_keys.columns(one:arg(1))
      if columns and #one:loops() == 0 then
        table.insert(model.indexes, { columns = columns, at = one })
      else
        model.is_whole = false
      end
    end
  end
  return model
end

-- The models of a repository: a function from a value to what is known of its model, nil where that is nothing.
function M.of(repo)
  local said, known = nil, {}
  return function(node)
    local call = M.model_of(node, repo)
    if not call then
      return nil
    end
    said = said or statements(repo)
    local key = declared.key(call)
    if known[key] == nil then
      known[key] = read(call, said) or false
    end
    return known[key] or nil
  end
end

return M
