-- Services that scale to zero although somebody waits for their answers.

local deployed = require("deployed")
local lean_runtime = require("lean_runtime")
local minimum_fix = require("minimum_fix")
local setting = require("setting")

local PLATFORMS = { ["cloud-run"] = "Cloud Run", ["cloud-functions"] = "Cloud Functions", lambda = "Lambda" }

-- How sure it is that somebody waits.
local CONFIDENCE = { public = "medium", requests = "medium", unknown = "low" }

local function message_of(service, confidence)
  local kept = if service.platform == "lambda" then "no provisioned concurrency and no SnapStart" else "no minimum of instances"
  local name = service.name and `\`{service.name}\`` or "this service"
  local platform = PLATFORMS[service.platform]
  if confidence == "low" then
    return `{name} runs on {platform} with {kept}; if somebody waits for it, measure the first request after a pause (\`http.cold.p99\`)`
  elseif service.trigger == "public" then
    return `{name} answers requests on {platform} with {kept}: after a pause the first caller waits for its start`
  end
  return `{name} runs on {platform} with {kept}: after a pause the first caller waits for its start`
end

local function check_repository(repo, report)
  local services = deployed.services(repo)
  local hidden = nil
  for _, service in services do
    -- A compiled function starts in a fraction of the time.
    local confidence = CONFIDENCE[service.trigger] and lean_runtime.is_lean(service) and "low" or CONFIDENCE[service.trigger]
    if confidence and setting.is_zero(service.minimum) then
      local caller = service.caller
      report({
        at = service.at,
        message = message_of(service, confidence),
        confidence = confidence,
        related = caller and { { at = caller, message = "who waits comes in here" } } or nil,
        fix = minimum_fix.of(service),
      })
    elseif service.trigger == "public" and service.minimum.state == "hidden" then
      hidden = hidden or service
    end
  end
  if #services == 0 then
    return { not_applicable = "nothing in this repository deploys a service that scales to zero" }
  elseif hidden then
    local name = hidden.name or "a service"
    return { needs_evidence = `how many instances of {name} are kept ready is decided outside of the files that could be read ({hidden.file.path})` }
  end
  return nil
end

return { check_repository = check_repository }
