-- Queries of Firestore that a file makes, by chained calls or as parts of one call, with the collection that they ask and all
-- conditions and sorts; those of which something is not seen are left out.

local set = require("words").set

local M = {}

local WHERE = set("where", "Where")
local ORDER = set("orderBy", "order_by", "OrderBy")
local COLLECTION = set("collection", "Collection", "collection_ref")
local GROUP = set("collectionGroup", "collection_group", "CollectionGroup")
-- Links and parts that change neither what is compared nor how it is sorted.
local NEUTRAL = set(
  "limit", "Limit", "limitToLast", "limit_to_last", "LimitToLast", "startAfter", "startAt", "endBefore", "endAt", "start_after", "start_at", "end_before", "end_at", "StartAfter", "StartAt", "EndBefore", "EndAt",
  "offset", "Offset", "select", "Select", "withConverter", "get", "stream", "Documents", "onSnapshot", "on_snapshot", "count", "Count", "Query", "query", "doc", "document", "Doc", "db", "firestore", "getFirestore",
  "client", "Client", "GetAll", "then", "catch", "finally", "explain", "Next", "Snapshots", "getQuery", "useEmulator", "converter", "WithReadOptions", "valueChanges", "snapshotChanges"
)

local OPERATORS = {
  ["=="] = "equal", ["in"] = "equal", ["<"] = "range", ["<="] = "range", [">"] = "range", [">="] = "range", ["!="] = "range", ["not-in"] = "range", ["not_in"] = "range",
  ["array-contains"] = "contains", ["array_contains"] = "contains", ["array-contains-any"] = "contains", ["array_contains_any"] = "contains",
}

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and not text:find("{}", 1, true) and text or nil
end

-- The id of the collection that a path ends in: `items` of `users/{}/items`.
local function last_segment(node)
  local text = node and node:literal()
  if node and not text and (node.kind == "template" or node.kind == "binary") then
    text = node:joined()
  end
  local last = type(text) == "string" and text:match("([^/]+)/*$") or nil
  return last and not last:find("{}", 1, true) and last or nil
end

-- Adds what one call of `where` or `orderBy` says; false where it is not seen.
local function add_clause(question, call)
  if WHERE[call.name] then
    local filter, state = call:arg("filter")
    filter = call.file.language == "python" and state == "given" and filter or nil
    local first = filter or call:arg(1)
    if first and first.kind == "call" and (first.name == "FieldFilter" or first:is("firebase-admin/firestore.Filter.where")) then
      call = first
    end
    local field, operator = text_of(call:arg(1)), text_of(call:arg(2))
    local sort = operator and OPERATORS[operator]
    if not field or not sort or field == "__name__" then
      return false
    end
    table.insert(question.clauses, { sort = sort, field = field, at = call })
    return true
  end
  local field = text_of(call:arg(1))
  if not field or field == "__name__" then
    return false
  end
  local direction = call:arg(2) or (call.file.language == "python" and (call:arg("direction")) or nil)
  local word = direction and (text_of(direction) or direction.source):lower() or "asc"
  local is_known = not direction or word:find("desc") ~= nil or word:find("asc") ~= nil
  table.insert(question.orders, { field = field, order = is_known and (word:find("desc") and "desc" or "asc") or nil, at = call })
  return true
end

-- How often something in the function is given the name, and whether the name is refined by a call anywhere.
local function is_refined(name)
  local scope = name:enclosing({ "function" }) or name.file.root
  local count, refined = 0, 0
  for _, node in scope:descendants({ "assign", "call" }) do
    if node.kind == "assign" then
      local target = node:child("target")
      count += target and target.text == name.text and target.kind == "name" and 1 or 0
    else
      local receiver, first = node:receiver(), node:child("arg")
      if (WHERE[node.name] or ORDER[node.name]) and receiver and receiver.kind == "name" and receiver.text == name.text then
        refined += 1
      elseif node.name == "query" and first and first.kind == "name" and first.text == name.text then
        refined += 1
      end
    end
  end
  return count > 1, refined > 0
end

local read

-- Reads what a chain or a call of `query` begins with: a collection, a group, another query, or a name for one of them.
local function read_base(question, node, depth)
  if not node or depth > 4 then
    return false
  elseif node.kind == "await" then
    return read_base(question, node:child("value"), depth)
  elseif node.kind == "name" or node.kind == "attr" then
    local value = node:definition() or node:value()
    if node.kind == "name" and is_refined(node) or not value or value.kind ~= "call" then
      return false
    end
    return read(question, value, depth + 1)
  elseif node.kind == "call" then
    return read(question, node, depth + 1)
  end
  return false
end

-- Reads a call with all that it is chained on into `question`; false where a part of it is not seen.
read = function(question, call, depth)
  local name = call.name
  local receiver = call:receiver()
  local is_free = not receiver or call:is({ "firebase/firestore.**", "firebase/firestore/lite.**", "@firebase/firestore.**", "@react-native-firebase/firestore.**" }) and receiver.kind == "name"
  if COLLECTION[name] or GROUP[name] then
    local segment = nil
    for at, argument in call:args() do
      if not (is_free and at == 1) then
        segment = argument
      end
    end
    question.collection, question.is_group = last_segment(segment), GROUP[name] == true
    return question.collection ~= nil and #call:args() >= (is_free and 2 or 1)
  elseif name == "query" and is_free then
    for at, part in call:args() do
      if at == 1 then
        if not read_base(question, part, depth) then
          return false
        end
      elseif part.kind ~= "call" then
        return false
      elseif WHERE[part.name] or ORDER[part.name] then
        if not add_clause(question, part) then
          return false
        end
      elseif not NEUTRAL[part.name] then
        return false
      end
    end
    return #call:args() > 0
  elseif WHERE[name] or ORDER[name] then
    return receiver ~= nil and read_base(question, receiver, depth) and add_clause(question, call)
  elseif NEUTRAL[name] and receiver then
    return read_base(question, receiver, depth)
  end
  return false
end

-- Whether what a call gives is refined further: by a link behind it, or under the name that it is given.
local function goes_on(call)
  for _, link in call:chained() do
    if WHERE[link.name] or ORDER[link.name] or not NEUTRAL[link.name] then
      return true
    end
  end
  local chain = call:chained()
  local outer = chain[#chain] or call
  local parent = outer:parent()
  if parent and parent.kind == "await" then
    parent = parent:parent()
  end
  local target = parent and parent.kind == "assign" and parent:child("target")
  if target and target.kind == "name" then
    local again, refined = is_refined(target)
    return again or refined
  end
  return false
end

-- Works out what Firestore must have an index for: {equal, sorted}; nil where the indexes of single fields do.
local function judge(question)
  local equal, ranges, contains = {}, {}, false
  for _, clause in question.clauses do
    if clause.sort == "range" then
      ranges[clause.field] = true
    else
      equal[clause.field] = clause.sort
      contains = contains or clause.sort == "contains"
    end
  end
  local sorted, seen = {}, {}
  for _, order in question.orders do
    if not equal[order.field] and not seen[order.field] then
      seen[order.field] = true
      table.insert(sorted, { field = order.field, order = order.order })
    end
  end
  for _, clause in question.clauses do
    if ranges[clause.field] and not seen[clause.field] then
      seen[clause.field] = true
      table.insert(sorted, { field = clause.field })
    end
  end
  if #sorted == 0 or #sorted == 1 and next(equal) == nil then
    return nil
  end
  question.equal, question.sorted, question.contains = equal, sorted, contains
  return question
end

-- The queries of a file that no index of a single field answers: {call, collection, is_group, equal, sorted, clauses, orders}.
function M.of(file)
  local all = {}
  for _, call in file.root:descendants({ "call" }) do
    local is_clause = WHERE[call.name] or ORDER[call.name]
    local is_whole = call.name == "query" and call:is({ "firebase/firestore.query", "firebase/firestore/lite.query", "@firebase/firestore.query", "@react-native-firebase/firestore.query" })
    if not is_whole and not (is_clause and call:receiver()) or goes_on(call) then
      continue
    end
    local question = { call = call, clauses = {}, orders = {}, collection = nil, is_group = false }
    if read(question, call, 0) and judge(question) then
      table.insert(all, question)
    end
  end
  return all
end

return M
