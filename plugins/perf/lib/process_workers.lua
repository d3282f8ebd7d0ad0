-- How many worker processes the command of a container starts, as far as it says a number.

local words = require("words")

local M = {}

-- Options that set the number of processes, by program.
local OPTIONS = {
  gunicorn = words.set("-w", "--workers"), uvicorn = words.set("--workers"), hypercorn = words.set("-w", "--workers"), granian = words.set("--workers"), celery = words.set("-c", "--concurrency"),
  fastapi = words.set("--workers"), uwsgi = words.set("-p", "--processes", "--workers"),
}

-- Pools whose members are threads or greenlets and no processes.
local LIGHT = words.set("threads", "gevent", "eventlet", "solo")

local function is_light(command)
  for at, word in command.args do
    local value = word:match("^%-%-pool=(.*)$") or (word == "-P" or word == "--pool") and command.args[at + 1]
    if value and LIGHT[value] then
      return true
    end
  end
  return command:has("--preload")
end

-- Where a command says how many processes it starts: the number, and what replaces it.
local function read(command)
  local options = OPTIONS[command.name]
  if not options or is_light(command) then
    return nil
  end
  for at, word in command.args do
    local name, inline = word:match("^(%-%-[%w-]+)=(%d+)$")
    if not name then
      name, inline = word:match("^(%-%w)(%d+)$")
    end
    local place = if name then at else at + 1
    local count = tonumber(inline or options[word] and command.args[at + 1])
    if options[name or word] and count and count > 1 then
      local span = command:arg_at(place)
      return {
        count = count, program = command.name, at = span,
        edits = function(fewer)
          return { { at = span, text = (span.source:gsub("%d+", tostring(fewer), 1)) } }
        end,
      }
    end
  end
  return nil
end

-- The workers of a container of a manifest: `command` and `args` are one command.
function M.of_container(container)
  local command, args = container:get("command"), container:get("args")
  for _, node in { command or false, args or false } do
    for _, one in node and node:commands() or {} do
      local found = read(one)
      if found then
        return found
      end
    end
  end
  local program = command and args and command.kind == "list" and command:entries()[1]
  for _, one in program and args:commands(program.text) or {} do
    local found = read(one)
    if found then
      return found
    end
  end
  return nil
end

return M
