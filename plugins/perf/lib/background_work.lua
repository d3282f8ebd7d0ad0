-- Work that goes on when no request is open: tasks and threads that a handler leaves behind, timers and schedulers in the process.

local paths = require("paths")
local words = require("words")

local M = {}

-- What a call starts, and where it must stand for that: "request" for what a handler leaves behind, "process" for what the process does by itself.
local CALLS = {
  { paths = { "fastapi.**.add_task", "fastapi.BackgroundTasks.add_task", "starlette.background.**" }, where = "any", what = "goes on with a background task when the answer is sent" },
  { paths = { "asyncio.create_task", "asyncio.ensure_future" }, where = "request", left = true, what = "leaves a task behind that no answer waits for" },
  { paths = { "threading.Thread" }, where = "request", what = "leaves a thread behind that no answer waits for" },
  { paths = { "apscheduler.**.start" }, where = "process", what = "runs jobs by a scheduler of its own" },
  { paths = { "node-cron.schedule", "cron.CronJob", "node-schedule.scheduleJob" }, where = "process", what = "runs jobs by a timetable of its own" },
  { paths = { "global.setInterval", "setInterval" }, where = "process", what = "works by a timer", is_mild = true },
}

-- Packages with which a file of JavaScript serves requests.
local SERVERS = { "express", "fastify", "koa", "@hapi/hapi", "@nestjs/**", "http", "node:http", "hono", "@hono/node-server", "restify", "apollo-server**", "@apollo/server**", "ws", "socket.io" }

local PROCESS = words.set("request", "worker", "startup", "unknown")

-- Whether a process that serves loads the file: what lies among assets runs in a browser.
local function is_served(repo, file, servers)
  for _, way in repo:loaded_by(file.path) do
    for _, hop in way do
      if servers[hop.path] then
        return true
      end
    end
  end
  return false
end

-- Whether a thread that a function starts is waited for there.
local function is_joined(call)
  local around = call:func()
  for _, other in around and around.node:descendants("call") or {} do
    if other.name == "join" and other ~= call then
      return true
    end
  end
  return false
end

local function fits(repo, call, kind, servers)
  local reach = call:reach()
  if call.file.side == "browser" or reach == "script" or reach == "test" or reach == "build" then
    return false
  elseif kind.where == "request" then
    local statement = call:statement()
    local is_left = not kind.left or statement ~= nil and statement.kind == "expr-stmt" and not call:is_awaited() and #call:argument_of() == 0
    return reach == "request" and is_left and not is_joined(call)
  elseif kind.where == "process" then
    local is_python = call.file.language == "python"
    return PROCESS[reach] == true and call.file.side == "server" and (is_python or is_served(repo, call.file, servers))
  end
  return true
end

-- Goroutines that a handler starts and does not wait for.
local function goroutines(repo, all)
  for _, path in repo:holding("**/*.go", "go func") do
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
  local all, servers = {}, {}
  for _, path in repo:importers(SERVERS) do
    servers[path] = true
  end
  for _, kind in CALLS do
    for _, call in repo:calls(kind.paths) do
      if fits(repo, call, kind, servers) then
        table.insert(all, { at = call, file = call.file, what = kind.what, is_mild = kind.is_mild })
      end
    end
  end
  if #repo:matched("goroutine") > 0 then
    goroutines(repo, all)
  end
  return all
end

-- Those that a service runs: all of them where it is the only one, else those in a directory that is called like it.
function M.of_service(work, service, count)
  if count == 1 then
    return work
  end
  local own = {}
  for _, place in work do
    local name = service.name
    for part in name and paths.directory(place.file.path):gmatch("[^/]+") or function() end do
      if #part > 2 and (part == name or name:sub(-#part - 1) == "-" .. part or name:sub(-#part - 1) == "_" .. part) then
        table.insert(own, place)
        break
      end
    end
  end
  return own
end

return M
