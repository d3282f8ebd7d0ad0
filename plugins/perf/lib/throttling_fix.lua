-- Edits that keep the processors of a service of Cloud Run while no request is open.

local deploy_edits = require("deploy_edits")

local M = {}

local function edits_of(service)
  local throttling = service.throttling
  if throttling.state == "given" then
    if throttling.span and throttling.span.source == "--cpu-throttling" then
      return { { at = throttling.span, text = "--no-cpu-throttling" } }
    end
    return deploy_edits.value(throttling, "false")
  elseif service.command then
    return deploy_edits.option(service, "--no-cpu-throttling")
  elseif service.source == "manifest" then
    local annotations = service.top:get("spec.template.metadata.annotations")
    return deploy_edits.entry(service.file, annotations, 'run.googleapis.com/cpu-throttling: "false"')
  end
  if service.source == "terraform" then
    return deploy_edits.terraform_annotation(service, "run.googleapis.com/cpu-throttling", "false")
  end
  return nil
end

function M.of(service)
  local edits = edits_of(service)
  return edits and { title = "keep the processors while no request is open", safety = "unsafe", edits = edits }
end

return M
