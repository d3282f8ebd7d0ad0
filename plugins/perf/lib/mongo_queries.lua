-- The queries of a repository to MongoDB, in one form whatever the library: the call, what it asks, and the collection that it asks.

local declared = require("declared")
local literal_entries = require("literal_entries")
local mongo_collections = require("mongo_collections")
local mongo_documents = require("mongo_documents")
local mongo_question = require("mongo_question")
local mongoose_classes = require("mongoose_classes")
local mongoose_models = require("mongoose_models")
local set = require("words").set

local M = {}

local function paths(bases, methods)
  local all = {}
  for _, base in bases do
    for _, method in methods do
      table.insert(all, `{base}.{method}`)
    end
  end
  return all
end

local METHODS = {
  "find", "findOne", "exists", "count", "countDocuments", "distinct", "aggregate", "updateOne", "updateMany", "deleteOne", "deleteMany", "replaceOne",
  "findOneAndUpdate", "findOneAndDelete", "findOneAndReplace", "findOneAndRemove",
}
local PYTHON = {
  "find", "find_one", "count_documents", "distinct", "aggregate", "update_one", "update_many", "delete_one", "delete_many", "replace_one", "find_one_and_update", "find_one_and_delete",
  "find_one_and_replace",
}
local GO = { "Find", "FindOne", "CountDocuments", "Distinct", "Aggregate", "UpdateOne", "UpdateMany", "DeleteOne", "DeleteMany", "ReplaceOne", "FindOneAndUpdate", "FindOneAndDelete", "FindOneAndReplace" }

local OF_MODELS = paths({ "mongoose.Model" }, METHODS)
local OF_DRIVERS = {}
for _, list in {
  paths({ "mongodb.Collection" }, METHODS), paths({ "pymongo.collection.Collection", "motor.motor_asyncio.AsyncIOMotorCollection" }, PYTHON),
  paths({ "go.mongodb.org/mongo-driver/mongo.Collection", "go.mongodb.org/mongo-driver/v2/mongo.Collection" }, GO),
} do
  for _, path in list do
    table.insert(OF_DRIVERS, path)
  end
end
table.freeze(OF_DRIVERS)
local OF_BEANIE = paths({ "beanie.Document" }, { "find", "find_one", "find_many", "count", "aggregate" })
local OF_ODMANTIC = paths({ "odmantic.AIOEngine", "odmantic.SyncEngine", "odmantic.session.AIOSession", "odmantic.session.SyncSession" }, { "find", "find_one", "count", "remove" })
local OF_ENGINE = table.freeze({ "mongoengine.QuerySet", "mongoengine.QuerySet()", "mongoengine.QuerySet.filter", "mongoengine.QuerySet.get", "mongoengine.QuerySet.first", "mongoengine.QuerySet.count" })

-- One document at most is asked for, and the first of a sort is a limit.
local ONE = set("findOne", "find_one", "FindOne", "findOneAndUpdate", "find_one_and_update", "FindOneAndUpdate")

-- The filter of an aggregation: its first stage, where that is `$match`.
local function first_match(pipeline)
  local list = pipeline and declared.value(pipeline)
  local stage = list and (list:children("item")[1] or list:children("arg")[1])
  return stage and literal_entries.get(stage, "$match")
end

-- The filter of a call, and whether it is known to have none.
local function filter_of(call)
  local shift = call.file.language == "go" and 1 or 0
  if call.name == "aggregate" or call.name == "Aggregate" then
    local match = first_match(call:arg(1 + shift))
    return match, match == nil
  elseif call.name == "distinct" or call.name == "Distinct" then
    local filter = call:arg(2 + shift)
    return filter, filter == nil
  end
  local named, state = call:arg("filter")
  if call.file.language == "python" and state == "given" then
    return named, false
  end
  local filter, how = call:arg(1 + shift)
  return filter, how ~= "given"
end

-- A query of the drivers' form: a filter that is written as a mapping.
local function mapped(call)
  local filter, has_none = filter_of(call)
  if has_none and (call.name == "aggregate" or call.name == "Aggregate" or call.name == "distinct") then
    return nil
  end
  return mongo_question.of(filter)
end

-- Comparisons of attributes, `User.name == name`, beside mappings; ODMantic names the class before them.
local function compared(call, before)
  local asked = mongo_question.of(nil)
  for at, argument in call:args() do
    if at <= (before or 0) or argument.kind == "kw-arg" or call.file.language ~= "python" then
      continue
    elseif argument.kind == "compare" then
      local left = argument:children()[1]
      local field = left and left.kind == "attr" and left.source:match("^[%w_]+%.([%w_%.]+)$")
      if not field then
        return nil
      end
      mongo_question.add(asked, field, argument, argument.text == "!=" and "weak" or "good")
    elseif at == 1 and (argument.kind == "dict" or argument.kind == "name") then
      asked = mongo_question.of(argument)
      if not asked then
        return nil
      end
    elseif argument.kind == "bool" then
      continue
    else
      return nil
    end
  end
  return asked
end

local WEAK_ENDINGS = set("ne", "nin", "not", "exists", "contains", "icontains", "iexact", "endswith", "iendswith", "istartswith", "regex", "size", "mod", "iregex", "match")

-- Conditions by name, as MongoEngine has them: `objects(name=name, age__gt=3)`.
local function named(calls)
  local asked = mongo_question.of(nil)
  for _, call in calls do
    for _, argument in call:children("arg") do
      if argument.kind ~= "kw-arg" or argument.text == "" then
        return nil
      end
      local words = argument.text:split("__")
      if words[1] == "" then
        return nil
      end
      mongo_question.add(asked, words[1], argument, WEAK_ENDINGS[words[#words]] and "weak" or "good")
    end
  end
  return asked
end

local function is_counted(call)
  local reach = call:reach()
  return reach ~= "test" and reach ~= "script" and call.file.class ~= "migration" and call.file.class ~= "script" and call.file.class ~= "example"
end

-- The document class that a query of MongoEngine begins with, and the calls between: `Order.objects(user=user).filter(...)`.
local function engine_chain(call)
  local _, before = call:chained()
  local calls = { call }
  for _, link in before do
    table.insert(calls, link)
  end
  local first = calls[#calls]
  local callee = first:child("callee")
  while callee and (callee.kind == "attr" or callee.kind == "call") do
    if callee.kind == "attr" and callee.text == "objects" then
      return callee:child("value"), calls
    end
    callee = callee:child("value") or callee:child("callee")
  end
  return nil, calls
end

-- Calls `see(call, collection, asked)` for each query that can be read, with its collection {name, indexes, is_whole, columns?, at?}.
function M.each(repo, see)
  local model_of, class_of = mongoose_models.of(repo), mongoose_classes.of(repo)
  for _, call in repo:calls(OF_MODELS) do
    local model = is_counted(call) and (model_of(call:receiver()) or class_of(call:receiver()))
    local asked = model and mapped(call)
    if asked then
      see(call, model, asked)
    end
  end
  local document_of = mongo_documents.of(repo)
  for _, call in repo:calls(OF_BEANIE) do
    local document = is_counted(call) and document_of(call:receiver())
    local asked = document and compared(call)
    if asked then
      see(call, document, asked)
    end
  end
  for _, call in repo:calls(OF_ODMANTIC) do
    local class = call:arg(1)
    local document = is_counted(call) and class and document_of(class)
    local asked = document and compared(call, 1)
    if asked then
      see(call, document, asked)
    end
  end
  for _, call in repo:calls(OF_ENGINE) do
    local after = call:chained()
    if is_counted(call) and #after == 0 then
      local class, calls = engine_chain(call)
      local document = class and document_of(class)
      local asked = document and named(calls)
      if asked then
        see(call, document, asked)
      end
    end
  end
  local collections, is_whole = mongo_collections.of(repo)
  if not is_whole or next(collections) == nil then
    return
  end
  for _, call in repo:calls(OF_DRIVERS) do
    local name = is_counted(call) and mongo_collections.name_of(call:receiver())
    local collection = name and collections[name]
    local asked = collection and mapped(call)
    if asked then
      see(call, { name = name, indexes = collection.indexes, is_whole = true, at = collection.indexes[2].at, is_driver = true }, asked)
    end
  end
end

-- The sort of a query, whether it takes the first only, and whether its whole chain was read.
function M.order_of(call)
  local sort, is_limited, is_whole = mongo_question.refined(call)
  return sort, is_limited or ONE[call.name] or false, is_whole
end

return M
