-- Reads of documents and of ORMs that give all rows that a filter leaves, at once: what bounds them, and whether they are held.

local condition_sort = require("condition_sort")
local firestore_query = require("firestore_query")
local listing = require("listing")
local lower = require("words").lower
local narrowing = require("narrowing")
local set = require("words").set

local M = {}

-- Links by which rows come one after the other, or whose answer is short.
local STREAMS = set("cursor", "stream", "iterator", "batchSize", "batch_size", "eachAsync", "rewind", "findNearest", "find_nearest", "countDocuments", "explain", "distinct", "each")
-- Links that make a list of a cursor.
local LISTS = set("toArray", "to_list", "All")

-- Whether an amount is given: `to_list(100)`, but not `to_list(None)`.
local function has_amount(call)
  local amount = call:arg("length") or call:arg(1)
  if not amount then
    return false
  end
  local value, known = amount:literal()
  return not (known and value == nil)
end

-- Whether what a driver's cursor gives is held as a whole: "whole", "part", or nil where it is not seen to be.
local function held(read, scope)
  local after = read:chained()
  for _, call in after do
    if LISTS[call.name] then
      return has_amount(call) and call.name == "to_list" and "part" or "whole"
    end
  end
  for _, one in read:uses(scope) do
    for _, call in one.calls do
      if call.name == "list" or call.name == "tuple" or call.name == "sorted" then
        return "whole"
      end
    end
    local call = one.node.kind == "name" and one.node:parent() and one.node:parent():parent()
    if call and call.kind == "call" and LISTS[call.name] then
      return has_amount(call) and call.name == "to_list" and "part" or "whole"
    end
    local around = one.top:parent()
    if around and around.kind == "clause" and one.top:role() == "iter" then
      local made = around:parent()
      local tests = made and made:descendants("clause") or {}
      return made and made.kind == "comprehension" and not made:has("generator") and #tests <= 1 and "whole" or nil
    end
  end
  return nil
end

-- Drivers whose `find` gives a cursor.
local CURSORS = table.freeze({ "mongodb.Collection.find", "pymongo.**", "motor.**", "go.mongodb.org/**" })

local function is_held(read, scope)
  local after, before = read:chained()
  for _, list in { after, before } do
    for _, call in list do
      if STREAMS[call.name] then
        return false
      end
    end
  end
  if read:is(CURSORS) then
    return held(read, scope) == "whole"
  end
  local parent = read:parent()
  return not (parent and parent.kind == "for" and parent:has("async"))
end

-- Whether a read asks for other than whole rows of a table: as many as a column has values, or columns that an index may answer.
local function is_distinct(read)
  return select(2, read:arg("distinct")) == "given" or select(2, read:arg("group")) == "given"
end

-- How the condition filters that the function around takes from its callers: what the weakest of them hands over.
local function filter_of_callers(read)
  local func = read:func()
  local weakest = nil
  for _, call in func and func:callers() or {} do
    local own = "none"
    for _, argument in call:args() do
      local value = argument.kind == "kw-arg" and argument:child("value") or argument
      if value.kind == "dict" then
        local where = narrowing.condition_in(value)
        own = not where and own or narrowing.stronger(own, narrowing.filter_of_value(where))
      elseif value.kind == "name" or value.kind == "call" then
        own = narrowing.stronger(own, "caller")
      end
    end
    if own == "none" then
      own = "caller"
    end
    weakest = weakest and narrowing.stronger(own, weakest) == own and weakest or own
  end
  return weakest or "caller"
end

-- How a read filters: "none", "constant", "caller", "range" (what piled up until a time), "through" (what belongs to all of an owner's things),
-- "search" or "key".
local function filter_of(read, found)
  if firestore_query.is_web(read) then
    return firestore_query.filter_of(read)
  elseif found.filter == "caller" then
    return filter_of_callers(read)
  elseif found.filter == "key" then
    if firestore_query.is_read(read) and firestore_query.is_open_range(read) then
      return "range"
    end
    local where = read:arg("where") or read:fact("store") == "mongo" and read:arg(1)
    return where and condition_sort.of(where, found.name) or "key"
  end
  return found.filter
end

-- What bounds a read in its repetition: a loop that asks for page after page.
local function is_paged(read)
  for _, loop in read:loops() do
    if loop.kind == "paging" then
      return true
    end
  end
  return false
end

-- Whether a part of the query is made by a function of the project, or narrows what the rows are joined with: what that leaves is not seen.
local function is_made_elsewhere(read)
  local _, before = read:chained()
  for _, call in before do
    if #call:callees() > 0 and #call:args() > 0 then
      return true
    end
  end
  local joined = read:arg("include") or read:arg("relations")
  return joined ~= nil and joined.source:find("%f[%w]where%f[%W]") ~= nil and read:fact("orm") ~= "prisma"
end

-- Links of builders, and conditions, that take a query within the query.
local WITHIN = set(
  "with", "withRecursive", "withMaterialized", "where", "andWhere", "orWhere", "whereIn", "orWhereIn", "whereNotIn", "whereExists", "whereNotExists", "from", "join", "leftJoin", "innerJoin", "rightJoin", "union", "unionAll", "select", "column",
  "inArray", "notInArray", "exists", "notExists"
)

-- Whether a query only stands in another one: the database runs both as one.
local function is_within_query(read)
  if read:fact("lists") ~= "builder" or read.file.language == "python" then
    return false
  end
  for _, call in read:argument_of() do
    if WITHIN[call.name] then
      return true
    end
  end
  return false
end

-- Judges one call that gives a list: nil where it is bounded, streamed or no find; else {read, filter, bound, name}.
function M.judge(read)
  local func = read:func()
  local given = firestore_query.is_web(read) and read:arg(1)
  if given and given:param_position() then
    -- A query that is handed over is judged where it begins.
    return nil
  end
  if not func or is_within_query(read) or read:fact("statement") or read:fact("lists") == "page" or is_paged(read) then
    return nil
  end
  local scope = func.node
  local found = listing.judge(read, scope)
  if not found or not is_held(read, scope) or is_distinct(read) or is_made_elsewhere(read) then
    return nil
  end
  found.filter = filter_of(read, found)
  found.called = listing.called(read, func)
  local path = firestore_query.path_of(read)
  found.is_nested = path ~= nil and firestore_query.is_nested(path)
  found.name = path and firestore_query.collection_of(path) or found.name
  found.is_slim = select(2, read:arg("select")) ~= "absent" or select(2, read:arg("projection")) ~= "absent" or lower(read.source):find("%.select%s*%(") ~= nil
  return found
end

return M
