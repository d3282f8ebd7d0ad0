-- Whether the answer to a request waits for a call: not where the call, or a function on the way down to it, is left to go on beside the request.

local words = require("words")

local M = {}

-- How many functions up the way is followed.
local DEEPEST = 6
-- How many callers of one function are followed beyond those that are handlers.
local MOST = 8

-- Calls that run what they are given when the answer is under way or gone, unless they are awaited.
local LATER = words.set(
  "add_task", "BackgroundTask", "Thread", "Timer", "create_task", "ensure_future", "setImmediate", "setTimeout", "nextTick", "queueMicrotask", "waitUntil", "after", "submit", "apply_async", "delay", "spawn", "start_soon",
  "on_commit", "run_in_background", "enqueue", "defer", "async_task", "send_task", "start_background_task", "AfterFunc", "Go"
)

-- Whether a promise is left alone: nobody awaits it, and none of its callbacks answers.
local function is_loose(call)
  if call.file.language ~= "javascript" and call.file.language ~= "typescript" then
    return false
  end
  local after = call:chained()
  local whole = after[#after] or call
  local statement = whole:statement()
  if not statement or statement.kind ~= "expr-stmt" or whole:is_awaited() or call:is_awaited() then
    return false
  end
  -- What is put into an expression of another call is that call's.
  if #whole:argument_of() > 0 and not whole:enclosing("function") then
    return false
  end
  local text = statement.source
  return not text:find("%f[%w]res[%w]*%.") and not text:find("next%(") and not text:find("reply%.") and not text:find("resolve") and not text:find("callback%(") and not text:find("cb%(") and not text:find("done%(")
end

-- Whether a function is what a thread or process of its own runs: `run` of a class that is one.
local function is_thread_body(func)
  local class = func and (func.name == "run" or func.name == "_run") and func.node:enclosing("class")
  for _, base in class and class:children("base") or {} do
    if base.source:find("Thread", 1, true) or base.source:find("Process", 1, true) then
      return true
    end
  end
  return false
end

-- Whether a place lies in something that runs beside the function around it.
local function is_left_here(call)
  if is_thread_body(call:func()) then
    return true
  end
  if call:enclosing("go") then
    return true
  end
  for _, outer in call:argument_of() do
    if LATER[outer.name] and not outer:is_awaited() then
      return true
    end
  end
  return false
end

-- Whether the function that stands above in the way of a request only hands this one on: `Thread(target=export)`, `tasks.add_task(export, id)`.
local function looks_handed_on(path, name, repo)
  local file = repo:open(path)
  if not file then
    return false
  end
  local at = 1
  while true do
    local first, last = file.text:find(`%f[%w_]{name}%f[^%w_]`, at)
    if not first then
      return false
    end
    local before = file.text:sub(math.max(1, first - 120), first - 1)
    local taker = before:match("([%w_]+)%s*%(%s*[%w_%.=]*$") or before:match("([%w_]+)%s*%([^()]*[,=]%s*[%w_%.]*$")
    if taker and LATER[taker] and file.text:sub(last + 1, last + 1) ~= "(" then
      return true
    end
    at = last + 1
  end
end

-- What was found of a function's name in a file, which is the same for each place that asks.
local handed_on = {}

local function is_handed_on(route, repo)
  local above, own = route[#route - 1], route[#route]
  local name = own and own.symbol:match("[%w_]+$")
  if not above or not name then
    return false
  end
  local key = `{above.path}:{name}`
  if handed_on[key] == nil then
    handed_on[key] = looks_handed_on(above.path, name, repo)
  end
  return handed_on[key]
end

-- Whether a request waits: "yes", "no", or "maybe" where a function on the way is run in a way that is not seen.
local function waits(call, depth, repo, seen)
  local func = call:func()
  if is_left_here(call) or is_loose(call) or not func then
    return "no"
  elseif func.reach ~= "request" then
    return call:reach() == "request" and "maybe" or "no"
  end
  local route = func:route()
  if #route <= 1 then
    return "yes"
  end
  local key = `{func.node.file.path}:{func.node.id}`
  if seen[key] then
    return "no"
  end
  seen[key] = true
  for _, registration in func:registrations() do
    if LATER[registration.name] then
      return "no"
    end
  end
  local callers = func:callers()
  if depth >= DEEPEST or #callers == 0 then
    return is_handed_on(route, repo) and "no" or "maybe"
  end
  -- Handlers that call it themselves first: most often one of them decides.
  local others, found = {}, "no"
  for _, caller in callers do
    local above = caller:reach() == "request" and caller:func()
    if above and #above:route() <= 1 then
      if waits(caller, depth + 1, repo, seen) == "yes" then
        return "yes"
      end
    elseif above then
      table.insert(others, caller)
    end
  end
  for at, caller in others do
    local of_caller = if at <= MOST then waits(caller, depth + 1, repo, seen) else "maybe"
    if of_caller == "yes" then
      return "yes"
    elseif of_caller == "maybe" then
      found = "maybe"
    end
  end
  return found
end

-- Whether a request waits for a call: "yes", "no" or "maybe".
function M.by_request(call, repo)
  return call:reach() == "request" and waits(call, 0, repo, {}) or "no"
end

-- The function at which the way of a request begins, by its name.
function M.handler_of(call)
  local route = call:route()
  return route[1] and route[1].symbol or ""
end

return M
