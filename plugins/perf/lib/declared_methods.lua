-- The functions that a call runs, also where what it calls is only declared: `this.orders.list()` on an interface, or on a class without bodies, runs what a class
-- does that stands in for it. Which one that is says the way to what the call does.

local implementations = require("implementations")

local M = {}

local function is_declared_only(func)
  return not func.node:child("body") or func.node.file.language == "python" and implementations.is_declared_only(func)
end

-- The function around a call that has a name of its own: what is done in a callback is done by the method around it.
local function named(node)
  local around = node:enclosing("function")
  while around and around.text == "" do
    around = around:enclosing("function")
  end
  return around and around:func()
end

-- Adds what stands in for a declared function: on the way to each of a call's effects the function that makes the first call.
local function add_standing_in(call, name, all)
  for _, effect in call:effects() do
    local hop = call:chain(effect)[1]
    local func = hop and hop.node and named(hop.node)
    local is_known = not func or func.name ~= name
    for _, other in is_known and {} or all do
      is_known = is_known or other.node:same(func.node)
    end
    if not is_known then
      table.insert(all, func)
    end
  end
end

-- Those functions of a call; a declared one stays where nothing is seen to stand in for it.
function M.of(call)
  local all = {}
  for _, func in call:callees() do
    local before = #all
    if is_declared_only(func) then
      add_standing_in(call, func.name, all)
    end
    if #all == before then
      table.insert(all, func)
    end
  end
  return all
end

return M
