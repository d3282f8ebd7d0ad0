-- Edits that keep an instance of a service ready.

local deploy_edits = require("deploy_edits")
local live_alias = require("live_alias")

local M = {}

-- The executions that Lambda keeps ready are those of a version.
local PROVISIONED = [[


resource "aws_lambda_provisioned_concurrency_config" "NAME" {
  function_name                     = aws_lambda_function.NAME.function_name
  qualifier                         = aws_lambda_function.NAME.version
  provisioned_concurrent_executions = 1
}]]

-- Where the resource keeps its minimum; a function of Lambda gets a version, and executions that are kept ready of it.
local function terraform(service)
  local place = service.set_minimum
  if not place then
    return nil
  elseif place.annotation then
    return deploy_edits.terraform_annotation(service, place.annotation, "1")
  elseif place.provisioned then
    -- One that is published has versions already; what another value means is not for an edit to say.
    local publish = service.at:get("publish")
    local is_published = publish ~= nil and publish.text == "true"
    local first = publish == nil and deploy_edits.entry(service.file, service.at, "publish = true") or nil
    local last = { after = service.at.span, text = (PROVISIONED:gsub("NAME", place.provisioned)) }
    return if is_published then { last } elseif first then { first[1], last } else nil
  end
  local block = if place.block then service.at:get(place.block) else service.at
  if not block or block.kind ~= "map" or block.tag then
    return nil
  elseif place.nested then
    return deploy_edits.terraform_setting(service, block, place.nested, `{place.name} = 1`)
  end
  return deploy_edits.entry(service.file, block, `{place.name} = 1`)
end

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
    return terraform(service)
  elseif service.source == "cdk" then
    return live_alias.edits(service)
  end
  return nil
end

-- A change of a setting that says zero, or a new one where the notation has a plain place for it.
function M.of(service)
  local edits = edits_of(service)
  if service.set_minimum and service.set_minimum.provisioned then
    -- Whoever calls it has to ask for the version, and that is written in other places.
    return edits and { title = "keep one instance of each version ready, and let callers ask for the version", safety = "shown-only", edits = edits }
  end
  return edits and { title = "keep one instance ready", safety = "unsafe", edits = edits }
end

return M
