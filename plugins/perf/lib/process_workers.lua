-- How many worker processes the command of a container starts, as far as it says a number.

local server_command = require("server_command")

local M = {}

-- What a variable holds, nobody asked here.
local function unknown()
  return nil, false
end

-- The workers of a container of a manifest: `command` and `args` are one command.
function M.of_container(repo, container)
  for _, command in M.commands(container) do
    local server = server_command.read(repo, command, unknown)
    local count = server and server.workers.state == "given" and server.workers.value
    if server and count and count > 1 and not server.is_light and not server.is_preloaded then
      return {
        count = count, program = server.program, at = server.workers.at,
        edits = function(fewer)
          return server_command.edits(server, fewer)
        end,
      }
    end
  end
  return nil
end

-- The commands that a container of a manifest or a composition runs; none where its image decides.
function M.commands(container)
  local command, args = container:get("command"), container:get("args")
  local all = {}
  local program = command and args and command.kind == "list" and command:entries()[1]
  -- What `args` lists is given to the program of `command`.
  for _, one in program and args:commands(program.text) or {} do
    table.insert(all, one)
  end
  for _, node in { command or false, args or false } do
    for _, one in node and node:commands() or {} do
      table.insert(all, one)
    end
  end
  return all
end

return M
