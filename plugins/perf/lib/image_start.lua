-- What an image starts: the server in its CMD or ENTRYPOINT, also by way of a script of the repository.

local paths = require("paths")
local server_command = require("server_command")
local server_settings = require("server_settings")
local words = require("words")

local M = {}

-- Variables that servers read unasked; the rule's evidence matcher `variable` finds where one of them is set.
local READ_UNASKED = words.set("WEB_CONCURRENCY", "GUNICORN_CMD_ARGS", "UWSGI_PROCESSES", "UWSGI_WORKERS", "GRANIAN_WORKERS")

-- The last instruction with that keyword in the image that ships.
local function last(stage, keyword)
  while stage do
    for at = #stage.instructions, 1, -1 do
      if stage.instructions[at].keyword == keyword then
        return stage.instructions[at]
      end
    end
    stage = stage.parent
  end
  return nil
end

-- The script of the repository that a command runs.
local function script_of(repo, directory, command)
  for _, word in { command.program, table.unpack(command.args) } do
    local name = word:match("([%w_.-]+%.sh)$") or (word == command.program and word:find("/", 1, true) and paths.basename(word)) or nil
    local found = name and repo:paths("**/" .. name) or {}
    if name and repo:at(name) == "file" then
      table.insert(found, name)
    end
    for _, path in found do
      if #found == 1 or paths.is_within(path, directory) then
        local file = repo:open(path)
        return file and file:commands() and file
      end
    end
  end
  return nil
end

-- The server that commands start, those of scripts included; second, whether the words of CMD are run at the end.
local function server_in(repo, directory, commands, env, depth)
  local passes_on = false
  for _, command in commands do
    local server = server_command.read(repo, command, env)
    if server then
      -- What a condition chooses, another start may not run.
      server.is_conditional = command.is_conditional
      return server, false
    end
    passes_on = passes_on or command.program:find("$@", 1, true) ~= nil
    local file = depth > 0 and script_of(repo, directory, command)
    if file then
      local function env_of_script(name)
        local value, known = env(name)
        -- What the script itself sets cannot be followed.
        return value, known and not file.text:find(name .. "=", 1, true)
      end
      local inner, goes_on = server_in(repo, directory, file:commands(), env_of_script, depth - 1)
      if inner then
        inner.script = file
        return inner, false
      end
      passes_on = passes_on or goes_on
    end
  end
  return nil, passes_on
end

-- The server that the image of a Dockerfile starts by itself; nil where there is none, or it cannot be seen.
function M.server(repo, file)
  local stage = file.docker and file.docker.shipped
  if not stage then
    return nil
  end
  local directory = paths.directory(file.path)
  local entry, command = last(stage, "ENTRYPOINT"), last(stage, "CMD")
  local function env(name)
    local value, known = stage:variable(name)
    -- Any other variable may be set where the image runs.
    return value, value ~= nil or known and READ_UNASKED[name] == true and #repo:matched("variable") == 0
  end
  local server, passes_on = nil, true
  if entry then
    server, passes_on = server_in(repo, directory, entry.commands, env, 1)
    if server and command then
      -- CMD holds more of its options.
      server.is_open = true
    end
    -- A program that nothing is known of may run what it is given.
    passes_on = passes_on or #entry.commands == 1 and entry.commands[1].program:find("%.sh$") == nil
  end
  if not server and command and passes_on then
    server = server_in(repo, directory, command.commands, env, 1)
  end
  if server then
    server_settings.fill(repo, server, directory)
    server.file = file
  end
  return server
end

return M
