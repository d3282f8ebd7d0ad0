-- Handlers that are no health checks by their path and are probed as one: the home page behind a load balancer, say.

local health_route = require("health_route")
local probe_paths = require("probe_paths")

local M = {}

-- What a route is registered on where its path is all of it.
local WHOLE = { "^express%.Application", "^fastapi%.FastAPI", "^flask%.Flask", "^fastify%.Instance", "^koa", "^hono", "^net/http%.", "gin%.Engine", "echo[/v%d]*%.Echo", "fiber[/v%d]*%.App" }

local function is_whole(call)
  local target = call:target()[1] or ""
  for _, form in WHOLE do
    if target:find(form) then
      return true
    end
  end
  return false
end

-- The path that a call of a route names: its first text.
local function path_in(call)
  local first = call:arg(1)
  local text = first and first:literal()
  return type(text) == "string" and text:gsub("^%u+%s+", "") or nil
end

local ROUTES_OF_DJANGO = { path = true, re_path = true, url = true }

-- Whether the routes of a file are those at the root of a project: it includes those of others.
local function is_root(file)
  return file.text:find("include(", 1, true) ~= nil
end

-- The path at which a root of Django's shows a function.
local function path_in_root(call)
  local text = ROUTES_OF_DJANGO[call.name] and call.file.language == "python" and is_root(call.file) and path_in(call)
  return text and "/" .. text:gsub("[%^%$]", "") or nil
end

-- Settings by which a platform ends what does not answer; a balancer that asks for readiness asks as it should.
local ENDING = { "liveness", "HEALTHCHECK" }

local function ends(setting)
  for _, word in ENDING do
    if setting.source:find(word, 1, true) then
      return true
    end
  end
  return false
end

local VIEWS = { get_context_data = true, get_queryset = true, get = true }

-- The paths at which Django's routes show a class.
local function paths_of_class(repo, name)
  local all = {}
  for _, path in repo:holding("**/*.py", { name .. ".as_view" }) do
    local file = repo:open(path)
    for _, call in file and file.root and is_root(file) and file.root:descendants("call", { "path", "re_path", "url" }) or {} do
      local text = call.source:find(name .. "%.as_view") and path_in(call)
      if text then
        table.insert(all, "/" .. text:gsub("[%^%$]", ""))
      end
    end
  end
  return all
end

-- The path by which a handler is probed, and the setting that says so; nil where it is not.
function M.of(func, repo)
  if not probe_paths.any(repo) then
    return nil
  end
  local paths = {}
  for _, call in func:registrations() do
    table.insert(paths, is_whole(call) and path_in(call) or path_in_root(call))
  end
  for _, decorator in func.node:children("decorator") do
    table.insert(paths, decorator.kind == "call" and is_whole(decorator) and path_in(decorator) or nil)
  end
  local class = VIEWS[func.name] and func.node.file.language == "python" and func.node:enclosing({ "class", "function" })
  for _, path in class and class.kind == "class" and paths_of_class(repo, class.name) or {} do
    table.insert(paths, path)
  end
  for _, path in paths do
    local setting = probe_paths.of(repo, path)
    local says = setting and health_route.says(path)
    if setting and (not says or says == "purpose" and ends(setting)) then
      return path, setting
    end
  end
  return nil
end

-- The first call of a function that asks a model of Django's for rows, which the page reads while it is made.
function M.asked_rows(func)
  for _, call in func.node:descendants("call") do
    local on = call:receiver()
    if on and on.kind == "attr" and on.text:find("objects$") and on:child("value") and on:child("value").text:find("^%u") then
      return call
    end
  end
  return nil
end

return M
