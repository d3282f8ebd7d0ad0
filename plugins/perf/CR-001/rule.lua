-- Services of Cloud Run whose code works on after the answer, while the platform takes the processors away.

local background_work = require("background_work")
local deployed = require("deployed")
local throttling_fix = require("throttling_fix")

-- Places of the code that are shown with a finding.
local MOST_SHOWN = 3

local function is_throttled(service)
  local value = service.throttling.value
  return service.throttling.state == "absent" or value == true or value == "true"
end

local function check_repository(repo, report)
  local services, all, kept = {}, {}, 0
  for _, service in deployed.services(repo) do
    if service.platform == "cloud-run" then
      table.insert(all, service)
      if is_throttled(service) then
        table.insert(services, service)
      else
        kept += 1
      end
    end
  end
  if #all == 0 then
    return { not_applicable = "nothing in this repository is deployed on Cloud Run" }
  end
  local work = if #services > 0 then background_work.collect(repo) else {}
  if #work == 0 then
    return nil
  end
  for _, service in services do
    local own = background_work.of_service(repo, work, service, all)
    if #own > 0 then
      local related = {}
      for at = 1, math.min(#own, MOST_SHOWN) do
        table.insert(related, { at = own[at].at, message = own[at].what })
      end
      -- Of several services the one that is kept awake may be the one that runs this code; a timer may only clean up what nobody misses.
      local is_sure = kept == 0 and not own[1].is_mild
      local measure = if is_sure then "" else "; in the logs of a quiet hour, compare when it should run with when it does (`process.cpu.throttled`)"
      local name = service.name and `\`{service.name}\`` or "this service"
      report({
        at = if service.throttling.at then service.throttling.at else service.at,
        message = `{name} has processors only while it answers, and {own[1].file.path} {own[1].what}{measure}`,
        confidence = if is_sure then "medium" else "low",
        related = related,
        fix = throttling_fix.of(service),
      })
    end
  end
  return nil
end

return { check_repository = check_repository }
