-- Which keys Objection's relations go by: `relationMappings` of the models, and where code reads a relation (`$relatedQuery("lines")`, `withGraphFetched("[lines, tags]")`).

local objection_models = require("objection_models")
local set = require("words").set

local M = {}

local FILES = "**/*.{js,ts,mjs,cjs}"
local READS = { "$relatedQuery", "relatedQuery", "withGraphFetched", "withGraphJoined", "joinRelated", "innerJoinRelated", "leftJoinRelated", "leftOuterJoinRelated", "$fetchGraph", "fetchGraph", "eager", "joinEager", "joinRelation", "leftJoinRelation", "$loadRelated", "loadRelated" }
local TEXTS = { "elatedQuery(", "withGraph", "oinRelated(", "etchGraph(", "ager(", "oinRelation(", "oadRelated(" }
-- What adds rows reads none.
local ADDS = set("relate", "insert", "insertGraph", "insertAndFetch")

-- `lines.order_id` as a table and a column; the table may be told by a class: `${Line.tableName}.order_id`.
local function column_of(node, models)
  local text = node and node:literal()
  if type(text) ~= "string" then
    return nil
  end
  local named, column = text:match("^([%w_]+)%.([%w_]+)$")
  local hole = text:match("^{}%.([%w_]+)$")
  local class = hole and node:descendants("attr", "tableName")[1]
  class = class and class:child("value")
  if class then
    named, column = models[class.text] or nil, hole
  end
  return named and { table = named, column = column } or nil
end

-- The relations of one class: by name the key that leads from a row to those of the relation, where it is not in the row itself.
local function read_class(class, models, add)
  for _, join in class:descendants("pair") do
    local parts = join.text == "join" and join:child("value")
    local spec = parts and parts.kind == "dict" and join:parent()
    local named = spec and spec:parent()
    if named and named.kind == "pair" then
      local through = parts:entry("through")
      local kind = spec:entry("relation")
      local how = kind and kind.source:match("([%w_]+)Relation['\"]?$") or ""
      local key = nil
      if through and through.kind == "dict" then
        key = column_of(through:entry("from"), models)
      elseif how == "HasMany" or how == "HasOne" then
        key = column_of(parts:entry("to"), models)
      end
      add(named.text, key)
    end
  end
end

-- By the name of a relation: a list of {table of the owner, key}.
local function mappings(repo, models)
  local all = {}
  for _, path in repo:holding(FILES, "relationMappings") do
    local file = repo:open(path)
    for _, class in file and file.class == "source" and file.root and file.root:descendants("class") or {} do
      local owner = models[objection_models.name_of(class)]
      if owner then
        read_class(class, models, function(name, key)
          all[name] = all[name] or {}
          table.insert(all[name], { owner = owner, key = key })
        end)
      end
    end
  end
  return all
end

-- Whether a variable is called as the rows of a table are: `order` or `paidOrder` for `orders`.
local function is_row_of(name, owner)
  local bare = owner:lower():gsub("ies$", "y"):gsub("s$", "")
  local text = name:lower():gsub("_", "")
  bare = bare:gsub("_", "")
  return text:sub(-#bare) == bare or text:sub(1, #bare) == bare
end

-- The one of several relations of a name that a call reads; nil where that is not told.
local function chosen(list, call, owner)
  if #list == 1 then
    return list[1]
  end
  local on, found = call:receiver(), nil
  for _, one in list do
    local fits = owner and one.owner == owner or not owner and on and (on.kind == "name" or on.kind == "attr") and is_row_of(on.text, one.owner)
    if fits and found then
      return nil
    end
    found = fits and one or found
  end
  return found
end

-- Calls `see(key, call)` for each place that reads a relation, `key` being {table, column}; `owner_of(call)` tells the table that a chain begins with.
function M.each_read(repo, owner_of, see)
  local models = objection_models.of(repo)
  local relations = mappings(repo, models)
  if next(relations) == nil then
    return
  end
  for _, path in repo:holding(FILES, TEXTS) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", READS) or {} do
      local text = call:arg(1) and call:arg(1):literal()
      local is_added = false
      for _, link in call:chained() do
        is_added = is_added or ADDS[link.name] ~= nil
      end
      for name in (type(text) == "string" and not is_added and text or ""):gmatch("[%a_$][%w_$]*") do
        local one = relations[name] and chosen(relations[name], call, owner_of(call))
        if one and one.key then
          see(one.key, call)
        end
      end
    end
  end
end

return M
