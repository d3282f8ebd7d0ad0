-- Whether instances are added before a peak that is known.

local presence = require("presence")

local function scales(repo)
  return presence.first(repo, { "autoscaler", "autoscaler in Terraform", "autoscaler in code" }) ~= nil
end

-- A command that sets how many instances run is a schedule where something runs it by the clock: a CronJob, a workflow with a schedule.
local function is_by_the_clock(repo)
  for _, path in repo:matched("schedule") do
    local text = repo:text(path) or ""
    if not text:find("kubectl", 1, true) or text:find("kind:%s*[\"']?CronJob") or text:find("schedule:", 1, true) or text:find("cron:", 1, true) then
      return true
    end
  end
  return false
end

local function has_trigger(repo)
  for _, path in repo:matched("trigger") do
    if (repo:text(path) or ""):find("kind:%s*[\"']?ScaledObject") then
      return true
    end
  end
  return false
end

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = if has_trigger(repo) then { "trigger", "schedule in code" } elseif is_by_the_clock(repo) then { "schedule", "schedule in code" } else { "schedule in code" },
      about = scales,
      nothing = "nothing in this repository adds instances",
      missing = "instances are added when load is there, by no schedule; link the schedule for known peaks, or a week of traffic that shows none",
    })
  end,
}
