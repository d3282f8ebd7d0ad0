-- The loops that run a node, innermost first, seen through functions that are handed to a call or called on the spot.

local M = {}

-- Functions handed to these run later, or once for a whole program, not where the call stands.
local LATER = {
  on = true, once = true, addListener = true, addEventListener = true, subscribe = true, setTimeout = true, setInterval = true,
  setImmediate = true, schedule = true, describe = true, it = true, test = true, use = true, useEffect = true, useCallback = true,
  useMemo = true, watch = true, register = true, HandleFunc = true, onSnapshot = true, listen = true, AfterFunc = true, process = true,
}

local function runs_now(call)
  if call:fact("role") or call:fact("offloads") or call:fact("takes_function") == "later" then
    return false
  end
  return not LATER[call.name]
end

-- Loops around a node, innermost first, as rows {loop, at}: `at` is what stands in the loop's own function. A function that is
-- handed to a call, or called on the spot, runs where that call stands.
function M.of(node)
  local all = {}
  local at = node
  for _ = 1, 6 do
    local through = {}
    for _, loop in at:loops() do
      table.insert(all, { loop = loop, at = at })
      table.insert(through, loop.node)
    end
    local func = at:func()
    local outside = nil
    while func and not outside do
      local body = func.node
      local call = body:parent()
      if not call or call.kind ~= "call" then
        return all
      end
      local iterates = false
      for _, node in through do
        iterates = iterates or node:same(call)
      end
      if iterates then
        func = call:func()
      elseif body:role() == "callee" or (body:role() == "arg" and runs_now(call)) then
        outside = call
      else
        return all
      end
    end
    if not outside then
      return all
    end
    at = outside
  end
  return all
end

-- The last call of the chain that a call stands in: `knex("t").where(...).first()`.
function M.whole(call)
  local after = call:chained()
  return after[#after] or call
end

return M
