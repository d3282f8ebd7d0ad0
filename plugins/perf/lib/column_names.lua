-- Whether the names that code reads of rows are columns of their model: what a property, a method or a virtual computes cannot be asked for, and needs
-- other columns than the one that it is called.

local declared = require("declared")
local django_models = require("django_models")
local mongoose_classes = require("mongoose_classes")
local mongoose_models = require("mongoose_models")
local query_chain = require("query_chain")

local M = {}

local function has_own_key(model)
  for _, column in model.columns do
    local key = column.at:arg("primary_key")
    if key and key:literal() == true then
      return true
    end
  end
  return false
end

-- Managers, relations from the other side and generic keys are made by calls as well.
local function is_django_column(model, name)
  local column = model.columns[name]
  if column then
    return column.type ~= "GenericForeignKey" and (column.type:find("Field$") or column.type:find("Key$")) ~= nil
  elseif name == "id" then
    return not has_own_key(model)
  end
  local stem = name:match("^(.+)_id$")
  return stem ~= nil and model.columns[stem] ~= nil and model.columns[stem].is_one == true
end

local function django(call, fields, repo)
  local root = query_chain.root_of(call)
  local model = root and django_models.of(repo)(root)
  for _, name in fields do
    if name ~= "pk" and not (model and is_django_column(model, name)) then
      return false
    end
  end
  return true
end

-- The models of classes and of schemas, once they were read.
local by_schema, by_class

local STAMPS = { createdAt = true, updatedAt = true }

local function mongoose(call, fields, repo)
  local on = call:receiver()
  by_schema = by_schema or mongoose_models.of(repo)
  by_class = by_class or mongoose_classes.of(repo)
  local model = on and (by_schema(on) or by_class(on))
  for _, name in fields do
    local is_stamp = model and STAMPS[name] and model.at.source:find("timestamps", 1, true)
    -- Every document has its key, which is read as `id` too.
    if name ~= "_id" and name ~= "id" and not is_stamp and not (model and model.columns[name]) then
      return false
    end
  end
  return true
end

-- Classes of SQLAlchemy declare columns in many ways: only what a function computes is known to be none.
local function sqlalchemy(call, fields, repo)
  local query = query_chain.of(call, call:func().node)
  for _, part in query do
    local named = (part.name == "query" or part.name == "select") and part.call:arg(1)
    local class = named and declared.class(named, repo)
    for _, one in class and declared.lineage(class, repo) or {} do
      for _, statement in one:child("body"):children() do
        if statement.kind == "function" and table.find(fields, statement.name) and not statement.source:find("declared_attr", 1, true) then
          return false
        end
      end
    end
  end
  return true
end

local WAYS = { django = django, mongoose = mongoose, sqlalchemy = sqlalchemy }

-- `library` is the name of the read's library, as in `selects_fields`.
function M.are(call, library, fields, repo)
  local way = WAYS[library]
  return not way or way(call, fields, repo)
end

return M
