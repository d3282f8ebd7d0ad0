-- Containers of Docker Compose, with the memory limit of each: `deploy.resources.limits.memory`, or `mem_limit` of older files.

local setting = require("setting")
local words = require("words")

local M = {}

-- Words in the names of files for machines of developers and of CI.
local LOCAL = words.set("dev", "development", "test", "tests", "testing", "override", "local", "ci", "debug", "example", "sample")

local function is_local(path)
  for word in path:lower():gmatch("%a+") do
    if LOCAL[word] then
      return true
    end
  end
  return false
end

-- The containers in the files at `files`, as `workloads` describes them; what another file may add is left out.
function M.collect(repo, files)
  local all = {}
  for _, path in files do
    local file = repo:open(path)
    local services = file and file.documents and file.documents[1] and file.documents[1]:get("services")
    for _, own in services and services.kind == "map" and not file.is_partial and not is_local(file.path_below_named) and services:entries() or {} do
      if own.kind == "map" and not own:get("extends") then
        table.insert(all, {
          kind = "service", name = own.key, namespace = "", container = own.key, at = own, file = file, doc = own, is_compose = true,
          limit = setting.first(setting.at(own, "deploy.resources.limits.memory"), setting.at(own, "mem_limit")),
        })
      end
    end
  end
  return all
end

return M
