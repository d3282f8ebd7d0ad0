-- Whether somebody is told when a process grows.

local presence = require("presence")

-- What makes a rule of a figure, and what makes a warning of a reading at most six lines away.
local RULES = { "alert", "[aA]larm", "threshold", "datadog_monitor", "AlertPolicy" }
local READINGS = { "memory_info%(", "memory_percent%(", "memory_full_info%(", "take_snapshot", "get_traced_memory", "ru_maxrss", "memoryusage", "getheapstatistics", "readmemstats", "heapused" }
local WARNS = { "warn", "alert", "[tT]hreshold", "[lL]imit", "capture_message", "critical" }

-- Whether a file is a dashboard that warns nobody: the thresholds of its panels are colours.
local function only_shows(text)
  if not text:find("gridPos", 1, true) and not text:find('["\']panels["\']%s*:') then
    return false
  end
  return not text:find("\n%s*%-?%s*alert:%s") and not text:find('"alert"%s*:%s*{')
end

-- Rules and alarms lie in files that are no code of the service.
local function is_alerted(repo)
  for _, path in repo:matched("alert") do
    local file = repo:open(path)
    for _, form in file and file.class ~= "vendored" and file.class ~= "test" and not only_shows(file.text) and RULES or {} do
      if file.text:find(form) then
        return true
      end
    end
  end
  return false
end

return {
  check_repository = function(repo)
    if presence.near(repo, "reading", READINGS, WARNS, 6) then
      return nil
    end
    if is_alerted(repo) then
      return nil
    end
    return presence.verdict(repo, {
      shown = {},
      about = presence.runs,
      nothing = "nothing in this repository answers requests or takes jobs",
      missing = "nothing in the repository reports a process that grows; link what warns when one holds half as much again as after its start",
    })
  end,
}
