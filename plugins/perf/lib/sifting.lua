-- What becomes of rows on the way from a name to what carries it: narrowed, grouped, sieved, or used as a condition only.

local awaited = require("awaited")
local narrowing = require("narrowing")
local set = require("words").set

local M = {}

-- Whether a loop over the rows keeps only some of them: everything it collects is collected under a condition.
function M.is_sifted(loop)
  local kept = 0
  for _, call in loop:descendants("call") do
    if call.name == "append" or call.name == "push" or call.name == "add" then
      local branch = call:enclosing({ "if", "for", "while" })
      if not (branch and branch.kind == "if") then
        return false
      end
      kept += 1
    end
  end
  return kept > 0
end

-- Whether rows are grouped on the way from a name to what carries it: `rows.values("state").annotate(n=Count("id"))`.
function M.is_grouped(one)
  local node, by_values = one.node, false
  local function groups(call)
    by_values = by_values or call.name == "values" or call.name == "values_list"
    return narrowing.GROUPS[call.name] or by_values and call.name == "annotate"
  end
  if node.kind == "call" then
    local _, before = node:chained()
    for at = #before, 1, -1 do
      if groups(before[at]) then
        return true
      end
    end
    if groups(node) then
      return true
    end
  end
  for _ = 1, 24 do
    if node:same(one.top) then
      return false
    end
    node = node:parent()
    if not node then
      return false
    elseif node.kind == "call" and groups(node) then
      return true
    end
  end
  return false
end

-- How the calls narrow the rows on the way from a name to what carries it: `rows.filter(owner=user)`.
function M.narrowed_on_the_way(one)
  local node, found = one.node, "none"
  for _ = 1, 24 do
    if node:same(one.top) then
      return found
    end
    local below = node
    node = node:parent()
    if not node then
      return found
    elseif node.kind == "call" and below:role() == "callee" and narrowing.FILTERS[node.name] then
      found = narrowing.stronger(found, narrowing.filter_of_call(node))
    end
  end
  return found
end

-- Methods of a query that give one row of it, whatever it is a query of.
local ONE = set("first", "last", "latest", "earliest", "get_or_create", "update_or_create", "one", "one_or_none", "scalar_one", "scalar_one_or_none")

-- Whether one row is taken on the way from a name to what carries it: `rows.get_or_create(owner=user)`, `rows.get(pk=key)`, but not `row.get("total")`.
function M.takes_one(one)
  local node = one.node
  if node.file.language ~= "python" then
    return false
  end
  for _ = 1, 24 do
    if node:same(one.top) then
      return false
    end
    local below = node
    node = node:parent()
    if not node then
      return false
    elseif node.kind == "call" and below:role() == "callee" and below.kind == "attr" then
      local first = node:args()[1]
      if ONE[node.name] or node.name == "get" and first and first.kind == "kw-arg" then
        return true
      end
    end
  end
  return false
end

-- How variables are narrowed that hold what a narrowing call gave: name -> the weakest of its values.
function M.narrowed_names(uses)
  local held = {}
  for _, one in uses do
    local assign = awaited.parent(one.top)
    for _, target in assign and assign.kind == "assign" and assign:children("target") or {} do
      if target.kind == "name" then
        local own = narrowing.stronger(M.narrowed_on_the_way(one), one.node.kind == "name" and held[one.node.text] or "none")
        held[target.text] = held[target.text] and narrowing.stronger(own, held[target.text]) == own and held[target.text] or own
      end
    end
  end
  return held
end

-- Whether a function picks among the rows on the way from a name to what carries it: `rows.filter((row) => ...)`.
function M.is_sieved(one)
  local node = one.node
  for _ = 1, 24 do
    if node:same(one.top) then
      return false
    end
    local below = node
    node = node:parent()
    if not node then
      return false
    elseif node.kind == "call" and node.name == "filter" and below:role() == "callee" then
      local test = node:arg(1)
      if test and test.kind == "function" then
        return true
      end
    end
  end
  return false
end

-- Whether a condition only leaves out what is missing: `if row[0] is not None`, `if row`.
local function asks_for_presence(test)
  if test.kind == "compare" and #test:children("value") == 2 then
    return (test.text == "is not" or test.text == "!=") and test:children("value")[2].kind == "null"
  end
  local at = test.kind == "index" and test:child("index")
  return test.kind == "name" or at ~= nil and at ~= false and at.kind == "num"
end

-- Whether a clause of a comprehension keeps some of its items only.
function M.is_sieve(clause)
  local test = clause:child("test")
  return test ~= nil and not asks_for_presence(test)
end

-- Whether a comprehension keeps some of its items only, or Python's `filter` does.
function M.is_sifting(one)
  for _, call in one.calls do
    if call:is("builtins.filter") then
      return true
    end
  end
  local clause = one.top:parent()
  return clause ~= nil and (clause.kind == "clause" or one.top:role() == "iter") and M.is_sieve(clause)
end

-- Keys under which a query says which rows it is for.
local CONDITION_KEYS = set("where", "in", "notIn", "$in", "$nin", "not", "NOT", "OR", "AND")

-- Whether rows only say which rows of another query are asked for: `{ where: { owner: { in: owners } } }`.
function M.is_condition(one)
  local node = one.node
  for _ = 1, 24 do
    local parent = not node:same(one.top) and node:parent() or nil
    if not parent then
      return false
    elseif parent.kind == "pair" and node:role() ~= "key" and CONDITION_KEYS[parent.text] then
      return true
    end
    node = parent
  end
  return false
end

return M
