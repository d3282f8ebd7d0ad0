-- Whether the routes around a place are mounted in development only: `if debug: app.include_router(tools.router)`, an app of Django that the
-- settings install there.

local branch = require("branch")
local closures = require("closures")
local development_apps = require("development_apps")

local M = {}

local MOUNTS = table.freeze({
  "fastapi.FastAPI.include_router", "fastapi.APIRouter.include_router", "fastapi.applications.FastAPI.include_router", "fastapi.routing.APIRouter.include_router",
  "flask.Flask.register_blueprint", "flask.Blueprint.register_blueprint", "quart.Quart.register_blueprint", "sanic.Sanic.blueprint",
})

-- What makes the router that a decorator of the function registers with.
local function router_of(handler)
  for _, decorator in handler:children("decorator") do
    local on = decorator.kind == "call" and decorator:fact("role") == "request" and decorator:receiver()
    local made = on and on.kind == "name" and (on:value() or on:definition())
    if made and made.kind == "call" then
      return made
    end
  end
  return nil
end

-- The handler of the request in which a place runs, in whatever file.
local function handler_of(func, repo)
  local route = func:route()
  local first = route[1]
  if not first or #route == 1 then
    local outer = closures.outermost(func.node)
    return outer and outer.node
  end
  local file = repo:open(first.path)
  for _, one in file and file.root and file.root:descendants("function") or {} do
    if one.text == first.symbol then
      return one
    end
  end
  return nil
end

-- Whether every mount of the router stands under a branch that says it is for development; false where none is seen.
function M.is_for_development(node, repo)
  local func = node:func()
  if not func or func.reach ~= "request" or node.file.language ~= "python" then
    return false
  elseif development_apps.holds(node.file.path, repo) then
    return true
  end
  local handler = handler_of(func, repo)
  local made = handler and router_of(handler)
  if not made then
    return false
  end
  local mounts = 0
  for _, mount in repo:calls(MOUNTS) do
    local given = mount:arg("router") or mount:arg("blueprint") or mount:arg(1)
    local what = given and (given:value() or given:definition())
    if what and what:same(made) then
      mounts += 1
      if not branch.is_for_development(mount) then
        return false
      end
    end
  end
  return mounts > 0
end

return M
