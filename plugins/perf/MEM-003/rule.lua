-- Memory that nobody decided: containers without a limit, functions at the smallest default.

local compose_services = require("compose_services")
local deployed = require("deployed")
local lean_runtime = require("lean_runtime")
local memory_fix = require("memory_fix")
local setting = require("setting")
local words = require("words")
local workloads = require("workloads")

-- What Lambda gives where nothing is said, in MB.
local DEFAULT = 128
-- Directories of what runs on a developer's machine.
local LOCAL = words.set("dev", "development", "local", "minikube", "kind", "skaffold", "tilt", "sandbox", "demo", "demos", "ci")

local function is_local(path)
  for part in path:lower():gmatch("[^/]+") do
    if LOCAL[part] then
      return true
    end
  end
  return false
end

local function check_function(service, report)
  local memory = service.memory
  local is_answering = service.trigger == "public"
  if not is_answering and not service.consumed then
    return
  elseif memory.state == "absent" then
    -- A small binary, and what compares a token, need little; what is no part of production may be slow.
    local is_small = lean_runtime.is_lean(service) or service.is_authorizer or service.is_for_trial
    local measure = if is_small then "; compare its `Max Memory Used` and its duration at 512 MB" else ""
    report({
      at = service.at,
      message = `\`{service.name}\` {is_answering and "answers requests" or "works off what comes in"} with the {DEFAULT} MB that Lambda gives by default, and a fourteenth of a processor{measure}`,
      confidence = if is_small then "low" else "medium",
      related = is_answering and service.caller and { { at = service.caller, message = "who waits comes in here" } } or not is_answering and { { at = service.consumed, message = "the work comes in here" } } or nil,
      fix = memory_fix.of_function(service),
    })
  elseif memory.state == "given" and (setting.mebibytes(memory.value, "MiB") or math.huge) <= DEFAULT and memory.at then
    report({
      at = memory.at,
      message = `\`{service.name}\` {is_answering and "answers requests" or "works off what comes in"} with {memory.value} MB, and with them a fourteenth of a processor; compare its \`Max Memory Used\` and its duration at 512 MB`,
      confidence = "low",
    })
  end
end

local function check_container(record, report)
  if record.limit.state == "absent" then
    local where = record.kind:gsub("^kubernetes_", "")
    report({
      at = record.at,
      message = if record.limit.by_values
        then `container \`{record.container}\` of {where} \`{record.name}\` has no memory limit by the template and the values that its chart ships with; compare \`process.rss.peak\` with what its node can spare`
        else `container \`{record.container}\` of {where} \`{record.name}\` has no memory limit: when it grows, other services on its node are killed too`,
      confidence = if record.limit.by_values or is_local(record.file.path_below_named) then "low" else "medium",
      fix = memory_fix.of_container(record),
    })
  end
end

local function check_repository(repo, report)
  local functions, containers = 0, workloads.collect(repo, repo:matched("workload"), repo:matched("workload in Terraform"))
  for _, service in deployed.services(repo) do
    if service.platform == "lambda" then
      functions += 1
      check_function(service, report)
    end
  end
  for _, record in containers do
    check_container(record, report)
  end
  local composed = compose_services.collect(repo, repo:matched("compose"))
  for _, record in composed do
    if record.limit.state == "absent" then
      report({
        at = record.at,
        message = `service \`{record.name}\` of this composition has no memory limit; where it runs in production, compare \`process.rss.peak\` with the memory of the machine`,
        confidence = "low",
      })
    end
  end
  if functions == 0 and #containers == 0 and #composed == 0 then
    return { not_applicable = "no workloads of Kubernetes and no Lambda functions are declared in this repository" }
  end
  return nil
end

return { check_repository = check_repository }
