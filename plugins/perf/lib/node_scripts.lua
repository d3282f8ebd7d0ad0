-- The manifest of a Node.js package in an image, and what its scripts run.

local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- The manifest of a Node.js package, as a document, with its path.
function M.package(step, repo)
  local path = step.origin("package.json")
  local file = path and repo:open(path)
  local documents = file and file.documents
  return documents and documents[1], path, file
end

-- What a script of the package runs, followed through the scripts it calls: a list of {program, args}.
function M.script(step, repo, name)
  local manifest = M.package(step, repo)
  if not manifest then
    return nil
  end
  local seen, found = {}, {}
  local function expand(script)
    if seen[script] then
      return
    end
    seen[script] = true
    local node = manifest:get("scripts." .. script)
    if not node then
      return
    end
    for part in node.text:gsub("&&", ";"):gsub("||", ";"):gsub("|", ";"):gmatch("[^;]+") do
      local list = words.list(part)
      while list[1] and (list[1]:find("^[%w_]+=") or list[1] == "cross-env" or list[1] == "dotenv" or list[1] == "--") do
        table.remove(list, 1)
      end
      if list[1] then
        local program, sub, args, fact = shell_command.recognise(repo, paths.basename(list[1]), { table.unpack(list, 2) }, 0)
        if fact and fact.does == "script" then
          local inner = (sub == "run" or sub == "run-script") and args[(table.find(args, sub) or 0) + 1] or sub
          if inner then
            expand(inner)
          end
        else
          table.insert(found, { program = program, sub = sub, args = args, fact = fact or {} })
        end
      end
    end
  end
  expand(name)
  return found
end

-- The name of the package's script that a step runs.
function M.script_name(step)
  if step.fact.does ~= "script" then
    return nil
  end
  if step.sub == "run" or step.sub == "run-script" then
    return shell_command.first_plain(step.args, "--filter -F --prefix -C -w --workspace", (step.sub_at or 0) + 1)
      and step.args[shell_command.first_plain(step.args, "--filter -F --prefix -C -w --workspace", (step.sub_at or 0) + 1)]
  end
  return step.sub
end

return M
