-- Autoscalers that add instances late: because they wait for busy processors, or because they wait.

local autoscalers = require("autoscalers")

-- Percent of the processors that leave room for what comes while a new instance starts.
local MOST = 65
-- Seconds within which an instance should have been asked for.
local LONGEST = 60

local function check_repository(repo, report)
  local all = autoscalers.collect(repo)
  local open = nil
  for _, one in all do
    local cpu, window, period = one.cpu, one.window or { state = "absent" }, one.period
    local percent = cpu.state == "given" and tonumber(cpu.value)
    if percent and percent > MOST then
      report({
        at = cpu.at or one.at,
        message = `{autoscalers.name(one)} adds instances from {percent} % of CPU on{cpu.by_default and ", the default without metrics," or ""}: what comes until they run meets processors that are nearly full`,
        -- Whoever installs the chart may set another value, and a platform may change its default.
        confidence = if cpu.by_values or cpu.by_default then "low" else "medium",
        related = cpu.used and { { at = cpu.used, message = "read here" } } or nil,
      })
    elseif cpu.state == "hidden" or one.is_open then
      open = open or one
    end
    for _, wait in { window, period or {}, one.poll or {} } do
      local seconds = wait.state == "given" and tonumber(wait.value)
      if seconds and seconds > LONGEST then
        report({
          at = wait.at or one.at,
          message = if wait.by_default
            then `{autoscalers.name(one)} sets no time between additions: by default it waits {seconds} s after one before it adds more`
            else `{autoscalers.name(one)} waits {seconds} s before it adds an instance, while requests queue`,
          confidence = if wait.by_values or wait.by_default then "low" else "medium",
        })
      end
    end
  end
  if #all == 0 then
    return { not_applicable = "nothing in this repository adds instances under load by a rule of its own" }
  elseif open then
    return { needs_evidence = `at how much CPU {autoscalers.name(open)} adds instances is decided outside of the files that could be read ({open.file.path}); link its settings` }
  end
  return nil
end

return { check_repository = check_repository }
