-- Requests that no service in use answers: those of routes that are there in development only (`if (isDev) app.get("/reset", ...)`), and those of a server
-- that one of its own handlers closes: a page that sets the service up, the answer of a login that a command waits for. What only they lead to
-- runs once, or for a developer.

local branch = require("branch")

local M = {}

local DEEPEST = 6
-- What more functions lead to is not looked at.
local MOST = 60

local CLOSES = { "close", "shutdown", "stop", "Shutdown", "Close" }
local SERVES = { "listen", "createServer", "serve" }

-- The names that hold what listens in a function: `server = app.listen(80)`, `server = tempServer = http.createServer(app)`.
local function servers_in(scope)
  local names = {}
  for _, call in scope:descendants("call", SERVES) do
    local at = call:parent()
    while at and at.kind ~= "function" and at.kind ~= "block" do
      local target = at.kind == "assign" and at:child("target")
      if target then
        names[target.source] = true
      end
      at = at:parent()
    end
  end
  return names
end

-- Whether a handler that is given to the application of this name closes what listens in `scope`.
local function is_closed_by_handler(scope, name)
  local servers = servers_in(scope)
  for _, closing in next(servers) ~= nil and scope:descendants("call", CLOSES) or {} do
    local on = closing:receiver()
    for _, given in on and servers[on.source] and closing:argument_of() or {} do
      local app = given:receiver()
      -- `process.on("SIGTERM", () => server.close())` ends every server.
      if app and (app.source == name or app.text == name) and given:is_within(scope) then
        return true
      end
    end
  end
  return false
end

-- Whether the application that is made by a call is answered by a server that one of its handlers closes.
function M.is_for_once(call, name)
  local func = call:func()
  return func ~= nil and name ~= nil and is_closed_by_handler(func.node, name)
end

-- Whether a call that registers a handler does so for a while, or for developers.
local function is_passing(registration)
  if branch.is_for_development(registration) then
    return true
  end
  local app = registration:receiver()
  local func = app and registration:func()
  return func ~= nil and is_closed_by_handler(func.node, app.source)
end

-- Goes up from a function to the handlers that lead to it; false as soon as one of them is there for good, or the way is lost.
local function walk(func, depth, seen)
  local key = `{func.node.file.path}:{func.node.id}`
  if seen[key] or func.reach ~= "request" then
    return true
  end
  seen.count += 1
  if depth > DEEPEST or seen.count > MOST or #func:decorators() > 0 then
    return false
  end
  seen[key] = true
  local ways = 0
  for _, registration in func:registrations() do
    ways += 1
    if not is_passing(registration) then
      return false
    end
  end
  for _, call in func:callers() do
    local around = call:func()
    if around and around.reach == "request" then
      ways += 1
      if not walk(around, depth + 1, seen) then
        return false
      end
    end
  end
  local outer = ways == 0 and func.node:parent()
  local around = outer and outer:func()
  return ways > 0 or around ~= nil and around.reach == "request" and walk(around, depth + 1, seen)
end

-- Whether all requests that lead to a place are such.
function M.are_all(node)
  local func = node:func()
  local is_code = node.file.language == "javascript" or node.file.language == "typescript"
  return is_code and func ~= nil and func.reach == "request" and walk(func, 0, { count = 0 })
end

return M
