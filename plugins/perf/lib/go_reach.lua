-- How a method of Go comes to run that is only called through an interface: as the calls do that name the method of one. A type that embeds the one with the
-- method has it too, so that the calls do not lead there. Only a name that no other method has says which one is meant.

local go_implementations = require("go_implementations")

local M = {}

-- Files that are looked into for calls of one method, at most.
local MOST_FILES = 24
-- The strongest first: who is waited for decides.
local ORDER = { request = 3, worker = 2, startup = 1 }

-- What was found, by the name of the method and the number of its parameters.
local known = {}

-- Whether a call is one of an interface's method: what it runs is declared, and nothing more.
local function is_of_interface(call)
  local callee = call:callees()[1]
  return callee ~= nil and not callee.node:child("body")
end

local function search(name, amount, repo)
  local best = "unknown"
  for at, path in repo:holding("**/*.go", `.{name}(`) do
    local file = at <= MOST_FILES and not path:find("_test%.go$") and repo:open(path) or nil
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", name) or {} do
      local is_meant = #call:args() == amount and is_of_interface(call) and #go_implementations.of(call:callees()[1], repo) == 1
      local reach = is_meant and call:reach() or "unknown"
      if (ORDER[reach] or 0) > (ORDER[best] or 0) then
        best = reach
      end
    end
  end
  return best
end

-- The reach of a call, also where the function around it is called through an interface.
function M.of(call, repo)
  local reach, func = call:reach(), call:func()
  if reach ~= "unknown" or call.file.language ~= "go" or not func or func.name == "" or not func.node.source:find("^func%s*%(") then
    return reach
  end
  local key = `{func.name}:{#func.params}`
  known[key] = known[key] or search(func.name, #func.params - 1, repo)
  return known[key]
end

return M
