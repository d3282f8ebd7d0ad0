-- What a command starts that answers requests or takes jobs with several processes: which server, and how many processes and threads it is told to start.

local setting = require("setting")
local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- Options by server: for the number of processes and of threads, for the class of the workers, for the file with settings, and those after which the server serves a developer.
local SERVERS = {
  gunicorn = { workers = "-w --workers", threads = "--threads", class = "-k --worker-class", config = "-c --config", reload = "--reload", variables = { "WEB_CONCURRENCY" } },
  uvicorn = { workers = "--workers", reload = "--reload", variables = { "WEB_CONCURRENCY" } },
  hypercorn = { workers = "-w --workers", class = "-k --worker-class", config = "-c --config", reload = "--reload", variables = {} },
  granian = { workers = "--workers", threads = "--blocking-threads", reload = "--reload", variables = { "GRANIAN_WORKERS" } },
  uwsgi = { workers = "-p --processes --workers", threads = "--threads", config = "--ini", variables = { "UWSGI_PROCESSES", "UWSGI_WORKERS" } },
  puma = { workers = "-w --workers", threads = "-t --threads", config = "-C --config", variables = { "WEB_CONCURRENCY" } },
  celery = { workers = "-c --concurrency", class = "-P --pool", subcommand = "worker", variables = {} },
  fastapi = { workers = "--workers", subcommand = "run", variables = { "WEB_CONCURRENCY" } },
}

-- Pools of Celery whose members are no processes.
local LIGHT = words.set("threads", "gevent", "eventlet", "solo")

-- What asks the machine for the number of its processors.
local MACHINE = { "nproc", "cpu_count", "cpuinfo", "getconf _NPROCESSORS" }

-- Whether a text works a number out from the processors of the machine.
function M.asks_machine(text)
  for _, word in MACHINE do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- The setting that a word gives: a number, "machine" for what follows the processors that a process sees, hidden for other variables. `env` tells what a variable is.
local function setting_of(text, span, env)
  local number = tonumber(text)
  if number then
    return setting.given(number, span, span)
  elseif M.asks_machine(text) then
    return { state = "machine", at = span }
  end
  local name, default = text:match("^[\"']?%${([%w_]+):?%-(%d+)}[\"']?$")
  name = name or text:match("^[\"']?%${?([%w_]+)}?[\"']?$")
  local value, known = nil, false
  if name and text:find("$", 1, true) then
    value, known = env(name)
  end
  if tonumber(value) then
    return setting.given(tonumber(value), span)
  elseif known and not value and default then
    return { state = "given", value = tonumber(default), at = span, by_default = true }
  end
  return { state = "hidden", at = span }
end

-- The value of the first option among `names` that the command gives, and where it stands.
local function option(command, args, offset, names)
  for at, word in args do
    for _, name in words.list(names) do
      if word == name and args[at + 1] then
        return args[at + 1], command:arg_at(offset + at + 1)
      elseif word:sub(1, #name + 1) == name .. "=" then
        return word:sub(#name + 2), command:arg_at(offset + at)
      elseif #name == 2 and word:sub(1, 2) == name and word:find("^%-%a[%d$]") then
        return word:sub(3), command:arg_at(offset + at)
      end
    end
  end
  return nil
end

-- What `command` starts, nil for anything else. `env` gives the value of a variable as the command sees it, and whether that is known.
function M.read(repo, command, env)
  local name, _, args = shell_command.recognise(repo, command.name, command.args, 0)
  local offset = #command.args - #args
  if name == "python" or not SERVERS[name] then
    -- Programs that nothing is known of may hand the rest on: `chamber exec shop -- gunicorn`.
    local from = table.find(args, "--")
    local inner = from and args[from + 1]
    if not inner or not SERVERS[inner] then
      return nil
    end
    name, args, offset = inner, { table.unpack(args, from + 2) }, offset + from + 1
  end
  local known = SERVERS[name]
  if known.subcommand and not table.find(args, known.subcommand) then
    return nil
  end
  for _, word in args do
    -- What goes to the background stands beside what the container is for.
    if word == "--help" or word == "--version" or word == "--check-config" or word == "--detach" or word == "--daemon" then
      return nil
    end
  end
  local server = { program = name, command = command, at = command.span, workers = setting.ABSENT, threads = setting.ABSENT }
  for _, kind in { "workers", "threads" } do
    local text, span = option(command, args, offset, known[kind])
    if text then
      server[kind] = setting_of(text, span, env)
    end
  end
  local given = option(command, args, offset, "--autoscale")
  if given and name == "celery" then
    server.workers = setting.HIDDEN
  end
  for _, variable in known.variables do
    local value, is_known = env(variable)
    if server.workers.state == "absent" and (value or not is_known) then
      server.workers = if tonumber(value) then setting.given(tonumber(value), command.span) else setting.HIDDEN
    end
  end
  -- Options that a variable holds as a whole.
  local held, is_known = nil, true
  if name == "gunicorn" then
    held, is_known = env("GUNICORN_CMD_ARGS")
  end
  for at, word in args do
    local before = args[at - 1] or ""
    -- Behind an option stands its value.
    local is_value = before:find("^%-%-?%a[%w-]*$") ~= nil
    is_known = is_known and (is_value or not word:find("^[\"']?%$[%w_{(@*]"))
  end
  server.is_open = held ~= nil or not is_known
  server.class = option(command, args, offset, known.class)
  server.config = option(command, args, offset, known.config)
  if name == "uwsgi" and not server.config then
    for _, word in args do
      server.config = server.config or word:match("^[^-].*%.ini$")
    end
  end
  server.is_light = name == "celery" and server.class ~= nil and LIGHT[server.class] == true
  server.is_preloaded = table.find(args, "--preload") ~= nil
  server.is_for_development = known.reload ~= nil and table.find(args, known.reload) ~= nil
  return server
end

-- The edits that set another number of processes; nil where the number is no word of its own.
function M.edits(server, count)
  local span = server.workers.span
  return span and { { at = span, text = (span.source:gsub("%d+", tostring(count), 1)) } } or nil
end

return M
