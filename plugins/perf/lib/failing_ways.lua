-- Connections that a function closes where all goes well: what fails before that leaves them open, and nothing collects them, because a pool counts
-- them or an event loop holds their socket.

local M = {}

-- Resources that are not closed when the last name for them is gone.
local function is_held_elsewhere(call)
  local what = call:fact("resource")
  if what == "pooled connection" or what == "query runner" then
    return true
  end
  return what == "connection" and (call:fact("flavour") == "async" or call.file.language == "javascript" or call.file.language == "typescript")
end

-- Whether a closing runs whatever happens before it, or where something failed: in a `finally`, in a handler, in a function that is handed on.
local function is_for_failures(closing, func_node)
  local inner, at = closing, closing:parent()
  while at and not at:same(func_node) do
    if at.kind == "function" or at.kind == "handler" or at.kind == "try" and inner:role() == "finally" then
      return true
    end
    inner, at = at, at:parent()
  end
  return false
end

-- The name that a chain of calls and attributes begins with.
local function root_of(node)
  local at = node
  while at and (at.kind == "call" or at.kind == "attr" or at.kind == "await") do
    at = at.kind == "call" and at:child("callee") or at:child("value")
  end
  return at and at.kind == "name" and at.text or nil
end

-- Whether what fails is dealt with before the closing, which then comes all the same.
local function is_survived(failing, closed, func_node)
  local inner, at = failing, failing:parent()
  while at and not at:same(func_node) do
    if at.kind == "try" and inner:role() == "body" and not closed:is_within(at) then
      for _, handler in at:children("handler") do
        if #handler:descendants({ "return", "raise" }) == 0 then
          return true
        end
      end
    end
    inner, at = at, at:parent()
  end
  return false
end

-- What may fail between opening and closing: the call, and what closes; nil where nothing does, or somebody closes it then as well. `closings` are the names by
-- which it is closed.
function M.of(call, name, closings, func_node)
  if not is_held_elsewhere(call) or #call:loops() > 0 then
    return nil
  end
  local closed = nil
  for _, closing in closings do
    if is_for_failures(closing, func_node) then
      return nil
    end
    closed = (not closed or closing.id < closed.id) and closing or closed
  end
  if not closed or closed.id < call.id then
    return nil
  end
  for _, waiting in func_node:descendants("call") do
    -- Opening it may fail as well, and leaves nothing open then.
    local is_between = waiting.id > call.id and waiting.id < closed.id and not call:is_within(waiting) and not closed:is_within(waiting)
    local around = is_between and waiting:enclosing("function")
    if around and around:same(func_node) and root_of(waiting) == name and waiting.name ~= "on" and waiting.name ~= "connect" and (waiting:is_awaited() or call:fact("flavour") == "sync") then
      return not is_survived(waiting, closed, func_node) and waiting or nil, closed
    end
  end
  return nil
end

return M
