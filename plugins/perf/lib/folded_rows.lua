-- Rows of which one value is made in the program: `orders.reduce((sum, order) => sum + order.total, 0)`, `orders.some(...)`, a counter that a loop adds to. Who is
-- answered with that is sent no list.

local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Methods of JavaScript's lists that give one value.
local ONE = set("some", "every", "includes", "indexOf", "findIndex", "findLastIndex")
-- Functions that do.
local TAKES = table.freeze({ "builtins.{sum,any,all,max,min,len}", "global.Math.{max,min}" })

-- Whether a call folds the list that it is called on into a number or a flag.
local function folds(call)
  if ONE[call.name] then
    return true
  end
  local begin = call.name == "reduce" and call:arg(2)
  return begin and (begin.kind == "num" or begin.kind == "bool")
end

-- Whether a variable counts: it begins as a number.
local function counts(name)
  local func = name:func()
  local assigns = func and query_chain.assigned(func.node)[name.text]
  local first = assigns and assigns[1]:child("value")
  return first ~= nil and first ~= false and first.kind == "num"
end

-- Whether rows are made into one value on the way from a name to what carries it.
function M.are(one)
  local node = one.node
  if node.kind == "name" and counts(node) then
    return true
  end
  for _, call in one.calls do
    if call:is(TAKES) then
      return true
    end
  end
  for _ = 1, 24 do
    if node:same(one.top) then
      return false
    end
    local below = node
    node = node:parent()
    if not node then
      return false
    elseif node.kind == "call" and (below:role() == "callee" or below.kind == "function") and node.file.language ~= "python" and folds(node) then
      return true
    end
  end
  return false
end

return M
