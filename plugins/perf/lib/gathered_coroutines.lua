-- Coroutines of which many are begun before the first is over: `gather(*[load(url) for url in urls])`, a task for each item of a loop.

local M = {}

local DEEPEST = 4

-- Whether a function waits for several things at once, or begins tasks.
local function gathers_in(func)
  for _, call in func.node:descendants("call") do
    local name = call.name
    if call:fact("gathers") and (name == "gather" or name == "wait" or name == "as_completed" or name == "create_task" or name == "start_soon") then
      return true
    end
  end
  return false
end

-- Whether a call that makes a coroutine is made once per item, and none of these is waited for before the next.
local function is_one_of_many(call)
  local func = call:func()
  if not func or call:is_awaited() or call:enclosing({ "comprehension", "for", "function" }) == nil then
    return false
  end
  local around = call:enclosing({ "comprehension", "for", "function" })
  return around.kind ~= "function" and gathers_in(func)
end

-- Whether a coroutine runs beside others of its kind, so far as its callers show: a call in it that holds up the thread makes them wait for each other.
function M.is_gathered(func, depth)
  depth = depth or 0
  if not func or not func.is_async or depth > DEEPEST then
    return false
  end
  for _, call in func:callers() do
    if is_one_of_many(call) or call:is_awaited() and M.is_gathered(call:func(), depth + 1) then
      return true
    end
  end
  return false
end

return M
