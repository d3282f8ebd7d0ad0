-- Collections of MongoDB as the drivers name them, and the indexes that code and scripts of the repository make for them.

local index_keys = require("index_keys")
local literal_entries = require("literal_entries")
local set = require("words").set

local M = {}

local NAMING = set("collection", "get_collection", "getCollection", "Collection")

-- The name of the collection that a value is; nil where it is not known.
function M.name_of(node)
  local at = node
  for _ = 1, 5 do
    if not at then
      return nil
    elseif at.kind == "call" and NAMING[at.name] then
      local text = at:arg(1) and at:arg(1):literal()
      return type(text) == "string" and not text:find("{}", 1, true) and text or nil
    elseif at.kind == "call" and (at.name == "with_options" or at.name == "Clone") then
      at = at:receiver()
    elseif at.kind == "index" then
      local text = at:child("index") and at:child("index"):literal()
      return type(text) == "string" and not text:find("{}", 1, true) and text or nil
    elseif at.kind == "await" then
      at = at:child("value")
    elseif at.kind == "attr" or at.kind == "name" then
      local value = at:definition() or at:value()
      if not value and at.kind == "attr" then
        local base = at:child("value")
        for _, origin in base and base:origin() or {} do
          if origin:find("Database%(%)$") or origin:find("MongoClient%(%)%[%]$") or origin:find("MotorClient%(%)%[%]$") then
            return at.text
          end
        end
        return nil
      end
      at = value
    else
      return nil
    end
  end
  return nil
end

local MAKERS = table.freeze({
  "pymongo.collection.Collection.create_index", "pymongo.collection.Collection.create_indexes", "pymongo.collection.Collection.ensure_index",
  "motor.motor_asyncio.AsyncIOMotorCollection.create_index", "motor.motor_asyncio.AsyncIOMotorCollection.create_indexes",
  "mongodb.Collection.createIndex", "mongodb.Collection.createIndexes", "mongodb.Collection.ensureIndex",
  "go.mongodb.org/mongo-driver/mongo.Collection.Indexes.CreateOne", "go.mongodb.org/mongo-driver/mongo.Collection.Indexes.CreateMany",
  "go.mongodb.org/mongo-driver/v2/mongo.Collection.Indexes.CreateOne", "go.mongodb.org/mongo-driver/v2/mongo.Collection.Indexes.CreateMany",
})

-- The models of indexes that a call is given: itself for one, the items of a list for many.
local function models_of(call)
  local first = call:arg(1)
  if call.name == "CreateOne" then
    return { (call:arg(2)) }
  elseif call.name == "CreateMany" then
    local list = call:arg(2)
    list = list and list.kind == "name" and list:value() or list
    return list and list:children("arg") or {}
  elseif call.name == "create_indexes" or call.name == "createIndexes" then
    local list = first and first.kind == "name" and first:value() or first
    return list and list:children("item") or {}
  end
  return { first or (call:arg("keys")) }
end

local function columns_of(model)
  local keys = model.kind == "dict" and literal_entries.get(model, "key") or model
  if keys.kind == "call" then
    -- Go leaves the type out in a list: `{Keys: bson.D{{"a", 1}}}`.
    local named = keys:arg("Keys") or keys:arg("keys")
    keys = named or keys
  end
  return index_keys.columns(keys)
end

local function add(all, name, columns, at)
  all[name] = all[name] or { name = name, indexes = { { columns = { "_id" } } } }
  table.insert(all[name].indexes, { columns = columns, at = at })
end

-- Reads the calls of a script for MongoDB's shell, which imports nothing: `db.users.createIndex({ name: 1 })`.
local function read_script(file, all)
  local is_whole = true
  for _, call in file.root:descendants({ "call" }) do
    if (call.name == "createIndex" or call.name == "ensureIndex") and #call:target() == 0 then
      local receiver = call:receiver()
      local name = receiver and (receiver.kind == "attr" and receiver.text or M.name_of(receiver))
      local columns = index_keys.columns(call:arg(1))
      if name and columns then
        add(all, name, columns, call)
      else
        is_whole = false
      end
    end
  end
  return is_whole
end

-- The indexes of all collections by name, {name, indexes}, and whether all that make indexes were read.
function M.of(repo)
  local all, is_whole = {}, true
  for _, call in repo:calls(MAKERS) do
    local receiver = call:receiver()
    if receiver and receiver.kind == "call" and receiver.name == "Indexes" then
      receiver = receiver:receiver()
    end
    local name = receiver and M.name_of(receiver)
    local models = models_of(call)
    is_whole = is_whole and name ~= nil and #models > 0
    for _, model in name and models or {} do
      local columns = columns_of(model)
      if columns then
        add(all, name, columns, call)
      else
        is_whole = false
      end
    end
  end
  for _, path in repo:holding("**/*.{js,mjs,cjs,ts}", { "createIndex(", "ensureIndex(" }) do
    local file = repo:open(path)
    if file and file.root and file.class ~= "test" and file.class ~= "vendored" then
      is_whole = read_script(file, all) and is_whole
    end
  end
  return all, is_whole
end

return M
