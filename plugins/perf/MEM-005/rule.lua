-- What each request leaves behind: entries of lists, listeners, timers that nothing takes away.

local kept_list = require("kept_list")
local words = require("words")

local function in_request(node)
  return node:reach() == "request"
end

-- Whether something is added at most once: behind a test that it is not there yet, with a value that is written out.
local function is_bounded_add(add)
  local value = add:arg(add.name == "append" and add.file.language == "go" and 2 or add.name == "insert" and 2 or 1)
  if not value or select(2, value:literal()) then
    return true
  end
  local name = value.kind == "name" and value.text
  local at = add:enclosing({ "if", "function" })
  while at and at.kind == "if" do
    local test = at:child("test")
    local text = test and test.source or ""
    if text:find("not in", 1, true) or text:find("includes", 1, true) or text:find("indexOf", 1, true) or text:find("Contains", 1, true) then
      return true
    end
    at = at:enclosing({ "if", "function" })
  end
  return name == nil and value.kind == "function"
end

local function report_list(assign, target, adds, report, repo)
  for _, add in adds do
    if in_request(add) and not is_bounded_add(add) and #add:loops() <= 1 and not kept_list.is_emptied_elsewhere(assign, target.text, repo) then
      local is_debug = words.any_in(add.file.path, { "mock", "demo", "sample", "fake" })
      report({
        at = add,
        message = `{target.text} lives as long as the process, gets an entry with every request that comes here, and never loses one`,
        confidence = is_debug and "low" or "medium",
        related = { { at = assign, message = "it is made here" } },
        reach = "request",
      })
      return
    end
  end
end

local function check_list(assign, report, repo)
  local target, value = assign:child("target"), assign:child("value")
  local around = assign:enclosing({ "function", "class", "module" })
  if not target or not value or target.kind ~= "name" or around and around.kind ~= "module" then
    return
  end
  if value.kind ~= "list" and not (value.kind == "call" and value.name == "list") then
    return
  end
  local text = assign.file.text
  if not (text:find(`{target.text}.append(`, 1, true) or text:find(`{target.text}.push(`, 1, true) or text:find(`{target.text}.unshift(`, 1, true) or text:find(`{target.text}.insert(`, 1, true)) then
    return
  end
  local adds = kept_list.additions(assign, target.text)
  if adds then
    report_list(assign, target, adds, report, repo)
  end
end

-- Go: the list that `append` gives back to a name of the package.
local function check_go(match, file, report, repo, seen)
  local node = match:capture("LIST")
  local name = node and node.kind == "name" and node.text
  if not name or seen[name] then
    return
  end
  seen[name] = true
  for _, assign in file.root:descendants("assign") do
    local target = assign:child("target")
    if target and target.text == name and not assign:enclosing("function") then
      local adds = kept_list.additions(assign, name)
      if adds then
        report_list(assign, target, adds, report, repo)
      end
      return
    end
  end
end

-- Emitters that go with the request: what the handler was given or made itself.
local OWN = { "req", "request", "res", "response", "reply", "socket", "ws", "stream", "conn", "client", "child", "proc", "ctx", "pipe", "file", "busboy", "form", "upload", "browser", "page", "archive", "doc", "reader", "writer", "rl", "worker", "xhr", "parser", "query", "call" }

-- The root of an expression: the name that all of it hangs on.
local function root_of(node)
  while node and node.kind ~= "name" do
    node = node:child("value") or node:child("callee")
  end
  return node
end

-- Whether an emitter is known to live as long as the process: a name of the module, or of another one.
local function outlives(call)
  local on = call:receiver()
  local root = on and (on.kind == "name" or on.kind == "attr") and root_of(on)
  if not root or root.text == "this" or root:param_position() then
    return false
  end
  local value = root:value()
  if value and value:func() then
    return false
  end
  for _, origin in root:origin() do
    if origin:find("EventEmitter", 1, true) or origin:find("^events") then
      return true
    end
  end
  if words.any_in(root.text, OWN) then
    return false
  end
  local made = value or root:definition()
  return root.text == "process" or made ~= nil and made.kind == "call" and (made.name:find("Emitter") ~= nil or made.name == "createSubscriber")
end

local TAKES_OFF, CLEARS = words.set("off", "removeListener", "removeAllListeners", "removeEventListener"), words.set("clearInterval")

-- Whether a file calls one of some names.
local function has_call(file, names)
  for _, call in file.root and file.root:descendants("call") or {} do
    if names[call.name] then
      return true
    end
  end
  return false
end

local function check_listener(call, report)
  local func = call:func()
  if not func or not in_request(call) or #call:args() < 2 or not outlives(call) then
    return
  end
  if has_call(call.file, TAKES_OFF) then
    return
  end
  report({
    at = call,
    message = `a listener is added to {call:receiver().source} with every request, and never taken off: it keeps what it uses of the request`,
    confidence = "medium",
    reach = "request",
  })
end

local function check_timer(call, report)
  local func = call:func()
  if not func or not in_request(call) or has_call(call.file, CLEARS) then
    return
  end
  report({
    at = call,
    message = "an interval is started with every request and never cleared: it runs, and keeps what it uses, for as long as the process lives",
    confidence = "medium",
    reach = "request",
  })
end

-- Whether a function does its work once: behind a name of the module that it sets.
local function is_done_once(call)
  local func = call:func()
  return func == nil or #func.node:descendants("global") > 0 or func.name == "__init__"
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    local seen = {}
    for _, match in matches do
      if match.matcher == "list" then
        check_list(match.node, report, repo)
      elseif match.matcher == "list of go" then
        check_go(match, file, report, repo, seen)
      elseif match.matcher == "listener" then
        check_listener(match.node, report)
      elseif match.matcher == "timer" then
        check_timer(match.node, report)
      elseif in_request(match.node) and not is_done_once(match.node) then
        report({ at = match.node, message = "a function is registered for the end of the process with every request, and none is ever taken back", confidence = "medium", reach = "request" })
      end
    end
  end,
}
