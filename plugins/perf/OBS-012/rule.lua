-- Whether slow statements are written down, and settings by which a server writes none.

local paths = require("paths")
local presence = require("presence")
local service = require("service")

-- Whether settings beside a file have the server write slow statements down: insights are one of several ways.
local function is_replaced(repo, path, text)
  if not text:find("insights", 1, true) then
    return false
  end
  local directory = paths.directory(path)
  for _, other in repo:matched("server") do
    if paths.directory(other) == directory and presence.is_evidence(other) then
      return true
    end
  end
  return false
end

local function check(file, matches, report, repo)
  if service.is_for_development(file.path_below_named) then
    return
  end
  for _, match in matches do
    local setting = match.span.source:match("([%w_-]+%s*=%s*[\"']?%-?%w+)$") or match.span.source
    -- Behind the comment sign of SQL or of a cnf file it says nothing.
    if not match.span.source:find("^%s*%-%-%s") and not match.span.source:find("^%s*;") and not is_replaced(repo, file.path, setting) then
      report({ at = match.span, message = `\`{setting}\`: the server writes no slow statement down, however long one takes`, confidence = "medium" })
    end
  end
end

return {
  check = check,
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "hook", "server", "insights", "instrumentation", "required" },
      about = presence.stores,
      nothing = "no database is used in this repository",
      missing = "nothing in the repository writes slow statements down; link a log line of a slow query, with its time and statement",
    })
  end,
}
