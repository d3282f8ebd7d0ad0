-- What the document classes of Beanie, MongoEngine and ODMantic say about their collections: fields, and indexes declared at a field, in
-- `Settings` or in `meta`.

local declared = require("declared")
local index_keys = require("index_keys")
local literal_entries = require("literal_entries")

local M = {}

-- Library classes from which documents come, each with the library.
local function library_of(origins)
  for _, origin in origins do
    if origin:find("^beanie%.") then
      return "beanie"
    elseif origin:find("^mongoengine") or origin:find("^flask_mongoengine") then
      return "mongoengine"
    elseif origin:find("^odmantic") then
      return "odmantic"
    end
  end
  return nil
end

-- Whether an option of a call is switched on.
local function is_on(call, name)
  local value, state = call:arg(name)
  if state == "hidden" then
    return true
  end
  local literal, known = nil, false
  if state == "given" then
    literal, known = value:literal()
  end
  return state == "given" and not (known and not literal)
end

-- Whether a field's declaration makes an index: `Indexed(str)`, `StringField(unique=True)`, `Field(index=True)`.
local function makes_index(node)
  if not node then
    return false
  end
  local calls = node:descendants({ "call" })
  if node.kind == "call" then
    table.insert(calls, node)
  end
  for _, call in calls do
    if call:is("beanie.Indexed") or call.name == "Indexed" or is_on(call, "unique") or is_on(call, "index") or is_on(call, "primary_key") or is_on(call, "primary_field") or is_on(call, "unique_with") then
      return true
    end
  end
  return false
end

local function read_list(model, list)
  if not list or list.kind ~= "list" then
    model.is_whole = false
    return
  end
  for _, item in list:children("item") do
    local columns
    if item.kind == "dict" then
      columns = index_keys.columns(literal_entries.get(item, "fields"))
    elseif item.kind == "call" and item.name == "Index" then
      local first = item:arg(1)
      columns = first and { first.text }
    else
      columns = index_keys.columns(item)
    end
    if columns then
      table.insert(model.indexes, { columns = columns, at = item })
    else
      model.is_whole = false
    end
  end
end

local function read_meta(model, value)
  local entries, is_whole = literal_entries.of(value)
  model.is_whole = model.is_whole and entries ~= nil and is_whole == true
  for _, entry in entries or {} do
    if entry.key == "indexes" then
      read_list(model, entry.value)
    end
  end
end

local function read_class(model, class)
  for _, statement in class:child("body"):children() do
    local target = statement.kind == "assign" and statement:child("target")
    if target and target.text == "meta" and model.library == "mongoengine" then
      read_meta(model, statement:child("value"))
    elseif target and target.kind == "name" then
      local field_type, value = statement:child("type"), statement:child("value")
      model.columns[target.text] = model.columns[target.text] or { at = statement, type = (field_type or value or target).source:match("^[%w_%.]+"), ref = statement.source:find("ReferenceField", 1, true) ~= nil or statement.source:find("Link[", 1, true) ~= nil }
      if makes_index(field_type) or makes_index(value) then
        table.insert(model.indexes, { columns = { target.text }, at = statement })
      end
    elseif statement.kind == "class" and (statement.name == "Settings" or statement.name == "Collection") then
      for _, setting in statement:child("body"):children() do
        local name = setting.kind == "assign" and setting:child("target")
        if name and name.text == "indexes" then
          read_list(model, setting:child("value"))
        end
      end
      model.is_whole = model.is_whole and not statement:child("base")
    elseif statement.kind == "assign" and target and target.text == "model_config" then
      model.is_whole = model.is_whole and not statement.source:find("indexes", 1, true)
    end
  end
end

-- The documents of a repository: a function from a class, or what names it, to what is known of it; nil where that is nothing.
function M.of(repo)
  local known = {}
  return function(node)
    local class = declared.class(node, repo)
    if not class then
      return nil
    end
    local key = declared.key(class)
    if known[key] == nil then
      known[key] = false
      local lineage, libraries, is_whole = declared.lineage(class, repo)
      local library = library_of(libraries)
      if library then
        local model = { name = class.name, library = library, columns = {}, indexes = { { columns = { "_id" } }, { columns = { "id" } }, { columns = { "pk" } } }, is_whole = is_whole, hidden = {}, at = class }
        for _, one in lineage do
          read_class(model, one)
        end
        known[key] = model
      end
    end
    return known[key] or nil
  end
end

return M
