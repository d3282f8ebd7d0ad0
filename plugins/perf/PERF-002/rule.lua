-- A constructor does not connect unless facts say so: most clients open their first connection with their first command. What
-- connects is reported where it holds up a service that is not serving yet: in Python while a module is loaded, in JavaScript where
-- the module or the function that ends in `listen` awaits it, in Go between `main` and the server.

local exclusion = require("exclusion")
local start_go = require("start_go")
local start_javascript = require("start_javascript")
local start_python = require("start_python")

local RANK = { high = 3, medium = 2, low = 1 }

-- Reports one finding of those of which a start reaches only one, such as the cases of a switch over the kind of database: the surest.
local function report_starts(found, report)
  local kept = {}
  for _, one in found do
    local other = nil
    for at, before in kept do
      if exclusion.excludes(before.at, one.at) then
        other = at
        break
      end
    end
    if other then
      local first, second = kept[other], one
      if RANK[second.confidence] > RANK[first.confidence] then
        first, second = second, first
        kept[other] = first
      end
      first.related = first.related or {}
      table.insert(first.related, { at = second.at, message = "or here: a start takes only one of the branches" })
    else
      table.insert(kept, one)
    end
  end
  for _, one in kept do
    report(one)
  end
end

return {
  check = function(file, matches, report_all, repo)
    local found = {}
    local function report(finding)
      table.insert(found, finding)
    end
    if file.class ~= "source" or not file.root then
      return
    end
    if file.language == "python" then
      -- What a tool for migrations runs is no start of the service.
      if not file:imports("alembic.context") then
        start_python.check(repo, file, matches, report)
      end
    elseif file.language == "go" then
      start_go.check(repo, file, matches, report)
    else
      start_javascript.check(file, matches, report, repo)
    end
    report_starts(found, report_all)
  end,
}
