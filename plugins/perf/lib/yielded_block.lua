-- What a generator opens, lends by its one `yield` and closes behind it: a context manager of contextlib, a dependency of FastAPI. An error of whoever uses it is
-- thrown in at the `yield`, and what stands behind that does not run, unless a `finally` or a `with` says so.

local words = require("words")

local M = {}

local CLOSERS = words.set("close", "dispose", "aclose", "disconnect", "quit", "terminate", "shutdown")
local GIVES_BACK = words.set("release", "putconn")

local function is_context_manager(func)
  for _, decorator in func:decorators() do
    if decorator:find("contextmanager", 1, true) then
      return true
    end
  end
  return false
end

-- The only yield of a function, where it stands in no loop.
local function only_yield(func)
  local found = nil
  for _, node in func.node:descendants("yield") do
    if node:func() and node:func().node:same(func.node) then
      if found or #node:loops() > 0 then
        return nil
      end
      found = node
    end
  end
  return found
end

-- Whether a place runs also where the yield fails: in a `finally` or a handler around, or in what is handed on.
local function runs_anyway(node, func)
  local inner, at = node, node:parent()
  while at and not at:same(func.node) do
    if at.kind == "function" or at.kind == "handler" or at.kind == "try" and inner:role() == "finally" then
      return true
    end
    inner, at = at, at:parent()
  end
  return false
end

-- Whether what fails at the yield is caught before it leaves the function: the closing then comes all the same.
local function is_caught(yield, closing, func)
  local inner, at = yield, yield:parent()
  while at and not at:same(func.node) do
    if at.kind == "try" and inner:role() == "body" and not closing:is_within(at) and #at:children("handler") > 0 then
      for _, handler in at:children("handler") do
        if #handler:descendants({ "raise", "return" }) == 0 then
          return true
        end
      end
    end
    inner, at = at, at:parent()
  end
  return false
end

-- The name that a call closes.
local function closed_name(call)
  local on = CLOSERS[call.name] and #call:args() == 0 and call:receiver() or GIVES_BACK[call.name] and call:arg(1)
  return on and on.kind == "name" and not on:param_position() and on or nil
end

-- Where the function gives the name something of a library that is opened.
local function opened_at(name, func, before)
  local found = nil
  for _, assign in func.node:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and target.kind == "name" and target.text == name.text and assign.id < before.id then
      found = value
    end
  end
  local call = found and found.kind == "await" and found:child("value") or found
  -- A file is closed when nobody holds it any more.
  return call and call.kind == "call" and call:fact("resource") ~= "file" and call or nil
end

-- Whether the function closes the name in another way as well.
local function is_closed_anyway(func, name)
  for _, call in func.node:descendants("call") do
    local other = closed_name(call)
    if other and other.text == name.text and runs_anyway(call, func) then
      return true
    end
  end
  for _, item in func.node:descendants("with-item") do
    local value = item:child("value") or item:children()[1]
    if value and value.kind == "call" and value.name:find("closing$") then
      value = value:arg(1)
    end
    if value and value.kind == "name" and value.text == name.text then
      return true
    end
  end
  return false
end

-- What a generator function closes behind its yield only: {closing, opened, yield}; nil where nothing is, or where it lives as long as the application.
function M.left_open(func)
  if not func.is_generator or func.reach == "test" or func.reach == "script" or func.reach == "startup" or func.name:find("lifespan", 1, true) then
    return nil
  end
  local yield = only_yield(func)
  local given = yield and yield:child("value")
  if not yield or not is_context_manager(func) and (func.reach ~= "request" or not given) then
    return nil
  end
  for _, call in func.node:descendants("call") do
    local name = call.id > yield.id and closed_name(call)
    local opened = name and name:sort() == "library" and not runs_anyway(call, func) and opened_at(name, func, yield)
    if opened and not is_closed_anyway(func, name) and not is_caught(yield, call, func) then
      return { closing = call, opened = opened, yield = yield, name = name.text }
    end
  end
  return nil
end

return M
