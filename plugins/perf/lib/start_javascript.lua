-- Connections that JavaScript awaits before the server listens.

local naming = require("naming")

local M = {}

-- How many callers up a wait is followed, and how many functions down `listen` is looked for.
local DEEPEST, DOWN = 4, 2

-- Whether a function listens for requests; of what is handed on, with the functions of the repository that it calls.
local function listens(node, depth)
  for _, call in node:descendants("call") do
    if call.name == "listen" or call.name == "startServer" then
      return true
    end
    for _, callee in depth < DOWN and call:callees() or {} do
      if listens(callee.node, depth + 1) then
        return true
      end
    end
  end
  return false
end

-- Whether a call of JavaScript holds up the start: what waits for it has not listened yet.
local function holds_up(call, depth)
  if depth > DEEPEST then
    return false
  end
  for _, next in (call:chained()) do
    if next.name == "then" and listens(next, 0) then
      return true, call, true
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
  if listens(fn.node, DOWN) then
    return true, call
  end
  for _, caller in fn:callers() do
    local is_held, _, is_handed_on = false, nil, false
    if caller.file.class == "source" then
      is_held, _, is_handed_on = holds_up(caller, depth + 1)
    end
    if is_held then
      return true, caller, is_handed_on
    end
  end
  return false
end

-- Whether a call is awaited before the server listens; second, which call waits.
function M.holds_up(call)
  return holds_up(call, 0)
end

-- What the models of Sequelize are exported with, where they are gathered from a directory: `models.sequelize.sync()`.
local function is_of_models(repo, call)
  local on = call:receiver()
  return on ~= nil and on.kind == "attr" and on.text == "sequelize" and (call:target()[1] == nil or not call:fact("connects")) and (repo:imports({ "sequelize", "sequelize-typescript" }))
end

-- Reports those of a file.
function M.check(file, matches, report, repo)
  if file.side == "browser" then
    return
  end
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    local connects = match.matcher == "connect" or match.matcher == "models" and is_of_models(repo, call)
    if connects and reach ~= "script" and reach ~= "test" and reach ~= "request" then
      local is_held, where, is_handed_on = holds_up(call, 0)
      if is_held then
        local fn = call:func()
        local how = is_handed_on and "the server listens once it is there" or not fn and "the module does not finish loading before it is there" or `{fn.name ~= "" and fn.name or "the start"} is awaited before the server listens`
        report({
          at = call,
          message = `{naming.path(match.matcher == "connect" and call:target()[1] or call.name)} holds up the start: {how}`,
          confidence = (fn or is_handed_on) and "medium" or "high",
          reach = "startup",
          related = not where:same(call) and { { at = where, message = "this waits for the connection" } } or nil,
          notes = { library = call:fact("library") or call.name },
        })
      end
    end
  end
end

return M
