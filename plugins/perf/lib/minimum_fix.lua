-- Edits that keep an instance of a service ready.

local deploy_edits = require("deploy_edits")

local M = {}

local function edits_of(service)
  local minimum = service.minimum
  if minimum.state == "given" then
    return deploy_edits.value(minimum, "1")
  elseif service.command then
    return deploy_edits.option(service, "--min-instances=1")
  elseif service.source == "manifest" then
    local annotations = service.top:get("spec.template.metadata.annotations")
    return deploy_edits.entry(service.file, annotations, 'autoscaling.knative.dev/minScale: "1"')
  elseif service.source == "serverless" then
    return deploy_edits.entry(service.file, service.block, "provisionedConcurrency: 1")
  end
  if service.source == "sam" then
    -- Only a published alias can be kept ready.
    if service.block:get("Properties.AutoPublishAlias") then
      return deploy_edits.entry(service.file, service.block:get("Properties"), "ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }")
    end
    local both = { "AutoPublishAlias: live", "ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }" }
    return deploy_edits.entry(service.file, service.block:get("Properties"), both)
  elseif service.source == "terraform" then
    return deploy_edits.terraform_annotation(service, "autoscaling.knative.dev/minScale", "1")
  end
  return nil
end

-- A change of a setting that says zero, or a new one where the notation has a plain place for it.
function M.of(service)
  local edits = edits_of(service)
  return edits and { title = "keep one instance ready", safety = "unsafe", edits = edits }
end

return M
