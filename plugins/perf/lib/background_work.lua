-- Work that goes on when no request is open: tasks and threads that a handler leaves behind, timers and schedulers in the process.

local paths = require("paths")
local words = require("words")

local M = {}

-- What a call starts, and where it must stand for that: "request" for what a handler leaves behind, "process" for what the process does by itself.
local CALLS = {
  { paths = { "fastapi.BackgroundTasks.add_task", "fastapi.background.BackgroundTasks.add_task", "starlette.background.**" }, where = "any", what = "goes on with a background task when the answer is sent" },
  { paths = { "asyncio.create_task", "asyncio.ensure_future" }, where = "request", left = true, what = "leaves a task behind that no answer waits for" },
  { paths = { "threading.Thread" }, where = "request", at_start = true, what = "leaves a thread behind that no answer waits for" },
  { paths = { "apscheduler.schedulers.background.BackgroundScheduler.start", "apscheduler.schedulers.asyncio.AsyncIOScheduler.start" }, where = "process", what = "runs jobs by a scheduler of its own" },
  { paths = { "node-cron.schedule", "cron.CronJob", "node-schedule.scheduleJob" }, where = "process", what = "runs jobs by a timetable of its own" },
  { paths = { "global.setInterval", "setInterval" }, where = "process", what = "works by a timer", is_mild = true },
}

-- Packages with which a file of JavaScript serves requests.
local SERVERS = table.freeze({ "express", "fastify", "koa", "@hapi/hapi", "@nestjs/**", "http", "node:http", "hono", "@hono/node-server", "restify", "apollo-server**", "@apollo/server**", "ws", "socket.io" })

local PROCESS = words.set("request", "worker", "startup", "unknown")

-- The files at which a process starts that serves.
local function serving_starts(repo)
  local starts = {}
  for _, path in repo:importers(SERVERS) do
    for _, way in repo:loaded_by(path) do
      starts[way[1].path] = true
    end
  end
  return starts
end

-- Whether such a process loads the file: what lies among assets runs in a browser.
local function is_served(repo, file, starts)
  for _, way in repo:loaded_by(file.path) do
    if starts[way[1].path] then
      return true
    end
  end
  return false
end

-- Whether a thread that a function starts is waited for there.
local function is_joined(call)
  local around = call:func()
  for _, other in around and around.node:descendants("call") or {} do
    -- `thread.join()`, `thread.join(5)`; a text is joined from something.
    local limit = other.name == "join" and (other:arg(1) or other:arg("timeout"))
    if other.name == "join" and (not limit or type(limit:literal()) == "number") then
      return true
    end
  end
  return false
end

local function fits(repo, call, kind, starts)
  local reach = call:reach()
  if call.file.side == "browser" or reach == "script" or reach == "test" or reach == "build" then
    return false
  elseif kind.where == "request" then
    local statement = call:statement()
    local is_left = not kind.left or statement ~= nil and statement.kind == "expr-stmt" and not call:is_awaited() and #call:argument_of() == 0
    local is_beside = reach == "request" or reach == "startup" and kind.at_start == true
    return is_beside and is_left and not (call.name == "Thread" and is_joined(call))
  elseif kind.where == "process" then
    local is_python = call.file.language == "python"
    return PROCESS[reach] == true and call.file.side == "server" and (is_python or is_served(repo, call.file, starts))
  end
  return true
end

-- Goroutines that a handler starts and does not wait for.
local function goroutines(repo, all)
  for _, path in repo:matched("goroutine") do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      for _, start in file.root:descendants("go") do
        local around = start:func()
        local text = around and around.node.source or ""
        local is_awaited = text:find("%.Wait%(") or text:find("<%-") or text:find("select%s*{")
        if start:reach() == "request" and not is_awaited then
          table.insert(all, { at = start, file = file, what = "leaves a goroutine behind that no answer waits for" })
        end
      end
    end
  end
end

-- Every such place of the repository.
function M.collect(repo)
  local all, starts = {}, serving_starts(repo)
  for _, kind in CALLS do
    for _, call in repo:calls(kind.paths) do
      if fits(repo, call, kind, starts) then
        table.insert(all, { at = call, file = call.file, what = kind.what, is_mild = kind.is_mild })
      end
    end
  end
  goroutines(repo, all)
  return all
end

-- Directories for what deploys a service, which lie beside its code or in it.
local DEPLOYS = words.set(".github", "workflows", "deploy", "deployment", "deployments", "infra", "infrastructure", "terraform", "k8s", "ops", "scripts", "ci", "gcp", "cloudrun", "cloud-run")

-- The directory that a service's files belong to.
local function home_of(service)
  local directory = paths.directory(service.file.path)
  while DEPLOYS[paths.basename(directory)] do
    directory = paths.directory(directory)
  end
  return directory
end

-- Whether a directory on the way to a file is called like a service, or like the end of its name.
local function is_named(path, name)
  for part in paths.directory(path):gmatch("[^/]+") do
    if #part > 2 and (part == name or name:sub(-#part - 1) == "-" .. part or name:sub(-#part - 1) == "_" .. part) then
      return true
    end
  end
  return false
end

-- Services by the directory that their files belong to.
local function by_home(services)
  local all = {}
  for _, service in services do
    local home = home_of(service)
    all[home] = all[home] or {}
    table.insert(all[home], service)
  end
  return all
end

-- The services whose files lie nearest around a file; none where no service's do.
local function nearest_to(path, homes)
  local at = paths.directory(path)
  while not homes[at] and at ~= "" do
    at = paths.directory(at)
  end
  return homes[at] or {}
end

-- Whether a service runs the code at a place: the only service does, else the one whose files lie nearest around it, and of several there the one that the
-- directory is called like.
local function runs(service, place, homes)
  local is_near, others = false, 0
  for _, other in nearest_to(place.file.path, homes) do
    is_near = is_near or other == service
    -- One service may be declared twice, for two ways to deploy it.
    others += if other ~= service and (other.name == nil or other.name ~= service.name) then 1 else 0
  end
  return is_near and (others == 0 or service.name ~= nil and is_named(place.file.path, service.name))
end

-- Whether there is code in the directory of the only service, which then runs that code and no other.
local function has_code(repo, directory)
  for _, path in if directory == "" then {} else repo:below(directory) do
    if path:find("%.py$") or path:find("%.[jt]sx?$") or path:find("%.go$") then
      return true
    end
  end
  return false
end

-- What a service runs, what matters most first.
function M.of_service(repo, work, service, services)
  local is_alone = #services == 1 and not has_code(repo, home_of(service))
  local own, mild, homes = {}, {}, by_home(services)
  for _, place in work do
    if is_alone or runs(service, place, homes) then
      table.insert(if place.is_mild then mild else own, place)
    end
  end
  for _, place in mild do
    table.insert(own, place)
  end
  return own
end

return M
