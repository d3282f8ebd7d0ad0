-- Connections that JavaScript awaits before the server listens.

local naming = require("naming")

local M = {}

-- Whether a function listens for requests.
local function listens(node)
  for _, call in node:descendants("call") do
    if call.name == "listen" or call.name == "startServer" then
      return true
    end
  end
  return false
end

-- How many callers up a wait is followed.
local DEEPEST = 4

-- Whether a call of JavaScript holds up the start: what waits for it has not listened yet.
local function holds_up(call, depth)
  if depth > DEEPEST then
    return false
  end
  for _, next in (call:chained()) do
    if next.name == "then" and listens(next) then
      return true, call
    end
  end
  if not call:is_awaited() then
    local parent = call:parent()
    local is_returned = parent and (parent.kind == "return" or (parent.kind == "function" and parent:has("lambda")))
    if not is_returned then
      return false
    end
  end
  local fn = call:func()
  if not fn then
    return true, call
  end
  if fn.name == "onModuleInit" or fn.name == "onApplicationBootstrap" then
    return true, call
  end
  if listens(fn.node) then
    return true, call
  end
  for _, caller in fn:callers() do
    if caller.file.class == "source" and holds_up(caller, depth + 1) then
      return true, caller
    end
  end
  return false
end

-- Whether a call is awaited before the server listens; second, which call waits.
function M.holds_up(call)
  return holds_up(call, 0)
end

-- Reports those of a file.
function M.check(file, matches, report)
  if file.side == "browser" then
    return
  end
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    if match.matcher == "connect" and reach ~= "script" and reach ~= "test" and reach ~= "request" then
      local is_held, where = holds_up(call, 0)
      if is_held then
        local fn = call:func()
        local how = not fn and "the module does not finish loading before it is there" or `{fn.name ~= "" and fn.name or "the start"} is awaited before the server listens`
        report({
          at = call,
          message = `{naming.path(call:target()[1] or call.name)} holds up the start: {how}`,
          confidence = fn and "medium" or "high",
          reach = "startup",
          related = not where:same(call) and { { at = where, message = "this waits for the connection" } } or nil,
          notes = { library = call:fact("library") or call.name },
        })
      end
    end
  end
end

return M
