-- What adds instances under load: HorizontalPodAutoscalers, KEDA, Cloud Run and Knative, and ECS in Terraform and CDK; each with the CPU that it aims at, what
-- else it looks at, and how long it waits before it adds one.

local helm_values = require("helm_values")
local paths = require("paths")
local setting = require("setting")
local terraform = require("terraform")
local words = require("words")

local M = {}

-- What holds where nothing is said: Kubernetes aims at 80 % of the CPU, Application Auto Scaling waits 300 s between additions for ECS services.
local HPA_CPU, ECS_COOLDOWN = 80, 300

local function or_default(one, value, place)
  return if one.state == "absent" then { state = "given", value = value, at = place, by_default = true } else one
end

local ECS = words.set("ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization")

-- The setting that a node of a template is by the values that its chart ships with.
local function resolved(repo, file, node, how)
  if how == "given" and node.kind == "unknown" and file.path:find("templates/", 1, true) then
    local value, found = helm_values.resolve(repo, file.path, node.text)
    local one = setting.of(value, found)
    return if one.state == "given" then { state = "given", value = one.value, at = one.at, used = node, by_values = true } else setting.HIDDEN
  end
  return setting.of(node, how)
end

local function at(repo, file, doc, path)
  local node, how = doc:get(path)
  return resolved(repo, file, node, how)
end

-- A name as far as it is known: of `{{ include "shop.fullname" . }}-worker` the last word.
local function known_text(node)
  local text = node and node.text:gsub("{{.-}}", ""):gsub("^%-", "")
  return if text and text ~= "" then text else nil
end

-- The metrics of an autoscaler: the CPU target, and whether it looks at anything besides CPU and memory.
local function metrics_of(repo, file, doc, one)
  local list, how = doc:get("spec.metrics")
  if how == "absent" then
    one.cpu = at(repo, file, doc, "spec.targetCPUUtilizationPercentage")
    -- A patch says a part of it: only what names its workload is a whole one.
    if doc:get("spec.scaleTargetRef") and not file.path:lower():find("patch", 1, true) and not file.path:find("overlays/", 1, true) then
      one.cpu = or_default(one.cpu, HPA_CPU, one.at)
    end
    return
  elseif how == "hidden" or list.kind ~= "list" then
    one.is_open = true
    return
  end
  for _, metric in list:entries() do
    local kind = metric:get("type")
    local name = metric:get("resource.name") or metric:get("containerResource.name")
    if not kind or kind.kind == "unknown" then
      one.is_open = true
    elseif kind.text ~= "Resource" and kind.text ~= "ContainerResource" then
      one.by_load = true
    elseif name and name.text == "cpu" then
      local resource = if kind.text == "Resource" then "resource" else "containerResource"
      one.cpu = setting.first(at(repo, file, metric, `{resource}.target.averageUtilization`), at(repo, file, metric, `{resource}.targetAverageUtilization`))
      one.looks_at_cpu = true
    end
  end
end

local function read_hpa(repo, file, doc)
  local one = { kind = "HorizontalPodAutoscaler", name = known_text(doc:get("metadata.name")), target = known_text(doc:get("spec.scaleTargetRef.name")), at = doc:get("kind"), file = file, cpu = setting.ABSENT }
  metrics_of(repo, file, doc, one)
  one.looks_at_cpu = one.looks_at_cpu or one.cpu.state == "given"
  one.window = at(repo, file, doc, "spec.behavior.scaleUp.stabilizationWindowSeconds")
  local policies = doc:select("spec.behavior.scaleUp.policies[*]")
  -- By default the fastest policy counts; one that adds few instances per period is slow only where no other is there.
  for _, policy in #policies == 1 and policies or {} do
    local kind, value, period = policy:get("type"), policy:get("value"), policy:get("periodSeconds")
    if kind and kind.text == "Pods" and value and value.value == 1 and period then
      one.period = setting.of(period, "given")
    end
  end
  return one
end

local function read_keda(repo, file, doc)
  local one = { kind = "ScaledObject", name = known_text(doc:get("metadata.name")), target = known_text(doc:get("spec.scaleTargetRef.name")), at = doc:get("kind"), file = file, cpu = setting.ABSENT, poll = at(repo, file, doc, "spec.pollingInterval") }
  one.window = at(repo, file, doc, "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.stabilizationWindowSeconds")
  local triggers, how = doc:get("spec.triggers")
  if how == "hidden" or triggers and triggers.kind ~= "list" then
    one.is_open = true
  end
  for _, trigger in triggers and triggers.kind == "list" and triggers:entries() or {} do
    local kind = trigger:get("type")
    if not kind or kind.kind == "unknown" then
      one.is_open = true
    elseif kind.text == "cpu" then
      one.looks_at_cpu = true
      local is_share = (trigger:get("metricType") or trigger:get("metadata.type"))
      if not is_share or is_share.text == "Utilization" then
        one.cpu = at(repo, file, trigger, "metadata.value")
      end
    elseif kind.text ~= "memory" and kind.text ~= "cron" then
      one.by_load = true
    end
  end
  return one
end

local function read_knative(repo, file, doc)
  local notes = doc:get("spec.template.metadata.annotations")
  local metric = notes and notes:get('"autoscaling.knative.dev/metric"')
  if not metric or metric.text ~= "cpu" then
    return nil
  end
  local name = doc:get("metadata.name")
  return {
    kind = "Knative service", name = name and name.text, target = name and name.text, at = metric, file = file, cpu = at(repo, file, notes, '"autoscaling.knative.dev/target"'), looks_at_cpu = true, window = setting.ABSENT,
  }
end

local READERS = { HorizontalPodAutoscaler = read_hpa, ScaledObject = read_keda, Service = read_knative }

local function read_manifest(repo, file, all)
  for _, top in file.documents or {} do
    local items = top:get("items")
    local docs = items and items.kind == "list" and items:entries() or {}
    table.insert(docs, top)
    for _, doc in docs do
      local kind = doc:get("kind")
      local version = doc:get("apiVersion")
      local reader = kind and READERS[kind.text]
      if reader and not (kind.text == "Service" and not (version and version.text:find("knative", 1, true))) then
        local one = reader(repo, file, doc)
        table.insert(all, one)
      end
    end
  end
end

-- ECS services that track a metric, and autoscalers of Kubernetes in Terraform.
local function read_terraform(repo, directory, all)
  local module = terraform.module(repo, directory)
  local others = {}
  for _, resource in module.resources do
    local doc = resource.doc
    if resource.kind == "resource" and resource.type == "aws_appautoscaling_policy" then
      local metric = module:at(doc, { "target_tracking_scaling_policy_configuration", "predefined_metric_specification", "predefined_metric_type" })
      local target = doc:get("resource_id")
      local key = target and target.text or resource.name
      if metric.state == "given" and metric.value == "ECSServiceAverageCPUUtilization" then
        table.insert(all, {
          kind = "ECS policy", name = resource.name, target = key, at = metric.at or doc, file = resource.file, cpu = module:at(doc, { "target_tracking_scaling_policy_configuration", "target_value" }), looks_at_cpu = true,
          window = or_default(module:at(doc, { "target_tracking_scaling_policy_configuration", "scale_out_cooldown" }), ECS_COOLDOWN, metric.at or doc),
        })
      elseif not (metric.state == "given" and ECS[metric.value]) then
        others[key] = true
      end
    elseif resource.kind == "resource" and (resource.type or ""):find("^kubernetes_horizontal_pod_autoscaler") then
      local one = {
        kind = "HorizontalPodAutoscaler", name = resource.name, target = module:text(doc, "spec.scale_target_ref.name"), at = doc, file = resource.file,
        cpu = module:at(doc, { "spec", "target_cpu_utilization_percentage" }), window = module:at(doc, { "spec", "behavior", "scale_up", "stabilization_window_seconds" }),
      }
      local spec = doc:get("spec")
      local metrics = spec and spec:blocks("metric") or {}
      if spec and #metrics == 0 and #spec:blocks("dynamic") == 0 then
        one.cpu = or_default(one.cpu, HPA_CPU, doc)
      end
      for _, metric in metrics do
        local kind = module:text(metric, "type")
        if kind ~= "Resource" and kind ~= "ContainerResource" then
          one.by_load = true
        elseif module:at(metric, { "resource", "name" }).value == "cpu" then
          one.cpu, one.looks_at_cpu = module:at(metric, { "resource", "target", "average_utilization" }), true
        end
      end
      one.looks_at_cpu = one.looks_at_cpu or one.cpu.state == "given"
      table.insert(all, one)
    end
  end
  for _, one in all do
    one.by_load = one.by_load or others[one.target or ""] == true
  end
end

local CDK = { "scaleOnCpuUtilization", "scale_on_cpu_utilization" }
local CDK_OTHERS = { "scaleOnMetric", "scale_on_metric", "scaleOnRequestCount", "scale_on_request_count", "scaleToTrackCustomMetric", "scale_to_track_custom_metric" }

local function argument(call, ...)
  for _, name in { ... } do
    local node, how = call:arg(name)
    if how == "given" then
      local value, known = node:literal()
      return if known and value ~= nil then { state = "given", value = value, at = node } else setting.HIDDEN
    elseif how == "hidden" then
      return setting.HIDDEN
    end
  end
  return setting.ABSENT
end

local function seconds_of(call, ...)
  for _, name in { ... } do
    local node, how = call:arg(name)
    if how ~= "absent" then
      local first = node and node.kind == "call" and node:arg(1)
      local value = first and first:literal()
      local unit = node and node.name
      local seconds = type(value) == "number" and (if unit == "seconds" then value elseif unit == "minutes" then value * 60 else nil)
      return if seconds then { state = "given", value = seconds, at = node } else setting.HIDDEN
    end
  end
  return setting.ABSENT
end

-- Autoscaling of ECS services in code of the CDK, in the files at `files`.
local function read_cdk(repo, files, all)
  for _, path in files do
    local file = repo:open(path)
    local calls = file and file.root and file.root:descendants("call") or {}
    local by_load = false
    for _, call in calls do
      by_load = by_load or table.find(CDK_OTHERS, call.name) ~= nil
    end
    for _, call in calls do
      if table.find(CDK, call.name) then
        local id = call:arg(1)
        local name = id and id:literal()
        table.insert(all, {
          kind = "ECS policy", name = type(name) == "string" and name or nil, at = call, file = file, cpu = argument(call, "targetUtilizationPercent", "target_utilization_percent"), looks_at_cpu = true, by_load = by_load,
          window = or_default(seconds_of(call, "scaleOutCooldown", "scale_out_cooldown"), ECS_COOLDOWN, call),
        })
      end
    end
  end
end

-- How an autoscaler is spoken of in messages.
function M.name(one)
  return if one.name then `{one.kind} \`{one.name}\`` else `this {one.kind}`
end

-- Every autoscaler, by the evidence matchers `autoscaler`, `autoscaler in Terraform` and `autoscaler in code` of the rule.
function M.collect(repo)
  local all, seen = {}, {}
  for _, path in repo:matched("autoscaler") do
    local file = repo:open(path)
    if file then
      read_manifest(repo, file, all)
    end
  end
  for _, path in repo:matched("autoscaler in Terraform") do
    local directory = paths.directory(path)
    if not seen[directory] then
      seen[directory] = true
      read_terraform(repo, directory, all)
    end
  end
  read_cdk(repo, repo:matched("autoscaler in code"), all)
  return all
end

return M
