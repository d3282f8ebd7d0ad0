-- Whether the answer to a request waits for a call: not where the call, or a function on the way down to it, is left to go on beside the request.

local query_chain = require("query_chain")
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

-- What answers a request, or goes on with it.
local ANSWERS = { "%f[%w]res[%w]*%.", "[(,]%s*res%s*[,)]", "[(,]%s*response%s*[,)]", "next%(", "reply%.", "resolve", "callback%(", "cb%(", "done%(" }

local function may_answer(text)
  for _, form in ANSWERS do
    if text:find(form) then
      return true
    end
  end
  return false
end

-- Whether a function that promises its result runs for each item of something that waits for none of them: `users.forEach(async (user) => { ... })`.
local function is_each_left(call)
  local func = call:func()
  if not func or not func.is_async then
    return false
  end
  for _, outer in call:argument_of() do
    if outer.name == "forEach" and func.node:is_within(outer) then
      return true
    end
  end
  return false
end

-- Whether a promise is left alone: nobody awaits it, and none of its callbacks answers.
local function is_loose(call)
  if call.file.language ~= "javascript" and call.file.language ~= "typescript" then
    return false
  end
  if is_each_left(call) then
    return true
  end
  local after = call:chained()
  local whole = after[#after] or call
  local statement = whole:statement()
  local target = statement and statement.kind == "assign" and statement:child("target")
  if target and target.kind == "name" and whole:parent():same(statement) then
    -- A promise in a name that nobody reads.
    local names = whole:aliases()
    return names ~= nil and #names == 0 and not may_answer(statement.source)
  end
  if not statement or statement.kind ~= "expr-stmt" or whole:is_awaited() or call:is_awaited() then
    return false
  end
  -- What is put into an expression of another call is that call's.
  if #whole:argument_of() > 0 and not whole:enclosing("function") then
    return false
  end
  return not may_answer(statement.source)
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

-- Whether one of the functions on the way only hands the next one on.
local function is_handed_on(route, repo)
  for at = 2, #route do
    local above = route[at - 1]
    local name = route[at].symbol:match("[%w_]+$")
    local key = name and `{above.path}:{name}`
    if key and handed_on[key] == nil then
      handed_on[key] = looks_handed_on(above.path, name, repo)
    end
    if key and handed_on[key] then
      return true
    end
  end
  return false
end

-- Whether a place runs only where something went wrong.
local function is_rescue(call)
  if call:enclosing("handler") then
    return true
  end
  for _, outer in call:argument_of() do
    if outer.name == "catch" then
      return true
    end
  end
  local branch = call.file.language == "go" and call:enclosing("if")
  local test = branch and branch:child("test")
  local body = branch and branch:child("body")
  return test ~= nil and test ~= false and body ~= nil and call:is_within(body) and test.source:find("^err[%w]* != nil$") ~= nil
end

-- The most statements beside which a call is what a `try` is there for.
local FEW = 2

-- Whether the answer says how a call went: `try: send(mail)`, `except SMTPError as error: page["error"] = error`, and the page is shown. A queue could not say that.
local function is_told(call)
  local try = call:enclosing({ "try", "function" })
  local body = try and try.kind == "try" and try:child("body")
  local func = try and try:func()
  if not body or not func or not call:is_within(body) or #body:children() > FEW then
    return false
  end
  local noted = {}
  for _, handler in try:children("handler") do
    for _, assign in handler:descendants("assign") do
      local target = assign:child("target")
      local root = target and query_chain.root_of(target)
      if root then
        noted[root.text] = true
      end
    end
  end
  for _, back in next(noted) and func.node:descendants({ "return", "expr-stmt" }) or {} do
    if back.id > try.id and not back:is_within(try) and (back.kind == "return" or may_answer(back.source)) then
      for _, name in back:descendants("name") do
        if noted[name.text] then
          return true
        end
      end
    end
  end
  return false
end

-- Whether a request waits: "yes", "no", or "maybe" where a function on the way is run in a way that is not seen, only where something went wrong, or for the sake of the
-- answer; and the function at which that request begins.
local function waits(call, depth, repo, seen)
  local func = call:func()
  if is_left_here(call) or is_loose(call) or not func then
    return "no", nil
  elseif func.reach ~= "request" then
    return call:reach() == "request" and "maybe" or "no", call:route()[1]
  end
  local sure = (is_rescue(call) or is_told(call)) and "maybe" or "yes"
  local route = func:route()
  if #route <= 1 then
    return sure, route[1]
  end
  local key = `{func.node.file.path}:{func.node.id}`
  if seen[key] then
    return "no", nil
  end
  seen[key] = true
  for _, registration in func:registrations() do
    if LATER[registration.name] then
      return "no", nil
    end
  end
  local callers = func:callers()
  if depth >= DEEPEST or #callers == 0 then
    return is_handed_on(route, repo) and "no" or "maybe", route[1]
  end
  -- Handlers that call it themselves first: most often one of them decides.
  local others, found, first = {}, "no", nil
  local function decides(caller)
    local answer, from = waits(caller, depth + 1, repo, seen)
    if answer == "yes" or answer == "maybe" and found == "no" then
      found, first = answer, from
    end
    return answer == "yes"
  end
  for _, caller in callers do
    local above = caller:reach() == "request" and caller:func()
    if above and #above:route() <= 1 then
      if decides(caller) then
        return sure, first
      end
    elseif above then
      table.insert(others, caller)
    end
  end
  for at, caller in others do
    if at > MOST then
      return "maybe", first or route[1]
    elseif decides(caller) then
      return sure, first
    end
  end
  return found, first
end

-- Whether a request waits for a call: "yes", "no" or "maybe"; and the function at which the request begins that does, where one is known.
function M.by_request(call, repo)
  if call:reach() ~= "request" then
    return "no", nil
  end
  return waits(call, 0, repo, {})
end

-- The function at which the way of a request begins, by its name.
function M.handler_of(call)
  local route = call:route()
  return route[1] and route[1].symbol or ""
end

-- Names that say nothing without the file that they stand in.
local BARE = words.set("handler", "default", "get", "post", "put", "patch", "delete", "main", "index")

-- How a message calls the function at which a request begins; `first` is what `by_request` gives.
function M.title(first, call)
  first = first or call:route()[1]
  local path = first and first.path or call.file.path
  local symbol = first and first.symbol or ""
  if symbol == "" then
    return `the handler in {path}`
  end
  return if BARE[symbol:lower()] then `{symbol} of {path}` else symbol
end

return M
