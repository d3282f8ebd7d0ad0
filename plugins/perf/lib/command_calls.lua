-- Whether a function whose entry cannot be followed is a step of commands alone: all that calls something of its name lies among the jobs and commands of the
-- repository. Calls through interfaces and attributes are found by nothing but the name.

local set = require("words").set

local M = {}

local DEEPEST = 3
local MOST = 6
local COMMANDS = set("jobs", "job", "commands", "cli", "scripts", "script", "management", "cron", "crons", "cronjobs", "tools", "bin")

local function lies_among_commands(path)
  local directories = path:match("^(.*)/[^/]*$") or ""
  for part in directories:lower():gmatch("[^/]+") do
    if COMMANDS[part] then
      return true
    end
  end
  return false
end

-- Names that many classes have say nothing of who calls this one.
local function is_telling(name)
  return #name >= 8 and name:find("_", 2, true) ~= nil
end

-- Whether `func` runs in commands alone, so far as calls by its name show.
function M.only(func, repo, depth)
  depth = depth or 0
  if not func or func.node.file.language ~= "python" or func.reach ~= "unknown" or depth > DEEPEST or not is_telling(func.name) then
    return false
  end
  local seen = 0
  for _, path in repo:holding("**/*.py", { `.{func.name}(`, ` {func.name}(` }) do
    local file = repo:open(path)
    for _, call in file and file.class ~= "test" and file.root and file.root:descendants("call", func.name) or {} do
      local outer = call:func()
      local is_step = outer and outer.name == func.name
      seen += is_step and 0 or 1
      if seen > MOST or not is_step and not lies_among_commands(path) and not M.only(outer, repo, depth + 1) then
        return false
      end
    end
  end
  return seen > 0
end

return M
