-- Services that Terraform declares: Cloud Run, Cloud Functions and Lambda, with who calls them.

local setting = require("setting")
local terraform = require("terraform")
local words = require("words")

local M = {}

-- Resources that let the world, or a gateway that it talks to, reach a service.
local PUBLIC = words.set(
  "aws_api_gateway_authorizer", "aws_api_gateway_integration", "aws_apigatewayv2_authorizer", "aws_apigatewayv2_integration", "aws_appsync_datasource", "aws_lambda_function_url",
  "aws_lb_target_group_attachment", "aws_alb_target_group_attachment", "aws_api_gateway_rest_api", "aws_apigatewayv2_api", "google_api_gateway_api_config", "google_cloud_run_domain_mapping",
  "google_compute_region_network_endpoint_group"
)
local INVOKERS = {
  "^google_cloud_run_service_iam_", "^google_cloud_run_v2_service_iam_", "^google_cloudfunctions_function_iam_", "^google_cloudfunctions2_function_iam_",
}
-- Resources for whose calls nobody waits.
local BACKGROUND = words.set(
  "aws_cloudwatch_event_target", "aws_cloudwatch_log_subscription_filter", "aws_lambda_event_source_mapping", "aws_s3_bucket_notification", "aws_scheduler_schedule", "aws_sfn_state_machine",
  "aws_sns_topic_subscription", "google_cloud_scheduler_job", "google_cloud_tasks_queue", "google_eventarc_trigger", "google_pubsub_subscription"
)
-- Those that hand over work as it comes.
local CONSUMED = words.set("aws_lambda_event_source_mapping", "aws_s3_bucket_notification", "aws_sns_topic_subscription", "aws_cognito_user_pool")
local PRINCIPALS = {
  ["apigateway.amazonaws.com"] = "public", ["elasticloadbalancing.amazonaws.com"] = "public", ["events.amazonaws.com"] = "background", ["s3.amazonaws.com"] = "background",
  ["sns.amazonaws.com"] = "background", ["logs.amazonaws.com"] = "background", ["scheduler.amazonaws.com"] = "background", ["ses.amazonaws.com"] = "background",
}

-- The blocks that name a resource, and those that name an alias of it: who calls a Lambda function by an alias, and what keeps its instances ready, speak of that alone.
local function users_of(module, reference, own)
  local all = {}
  for _, user in module:users(reference, own) do
    table.insert(all, user)
    for _, other in user.type == "aws_lambda_alias" and module:users(`{user.type}.{user.name}`, user) or {} do
      if other ~= own then
        table.insert(all, other)
      end
    end
  end
  return all
end

-- Who calls a resource, by the blocks that name it: "public", "background", or "unknown"; second, the block that says so, third, whether it only decides who may call others.
local function trigger_of(module, reference, own)
  local background = nil
  for _, user in users_of(module, reference, own) do
    local is_invoker = false
    for _, pattern in INVOKERS do
      is_invoker = is_invoker or user.type:find(pattern) ~= nil
    end
    local by_principal = user.type == "aws_lambda_permission" and PRINCIPALS[module:text(user.doc, "principal") or ""]
    if PUBLIC[user.type] or by_principal == "public" or is_invoker and module:is_for_all(user) then
      return "public", user.doc, user.type:find("_authorizer$") ~= nil
    elseif BACKGROUND[user.type] or by_principal == "background" then
      background = background or user
    end
  end
  return if background then "background" else "unknown", background and background.doc
end

local READ = {}

local function annotation(name)
  return { "template", "metadata", "annotations", name }
end

function READ.google_cloud_run_service(module, block, service)
  local container = { "template", "spec", "containers" }
  local function limit(name)
    return module:at(block, { container[1], container[2], container[3], "resources", "limits", name })
  end
  service.platform = "cloud-run"
  service.minimum = setting.first(module:at(block, annotation("autoscaling.knative.dev/minScale")), module:at(block, { "metadata", "annotations", "run.googleapis.com/minScale" }))
  service.memory, service.unit = limit("memory"), "bytes"
  service.cpu = limit("cpu")
  service.concurrency = module:at(block, { "template", "spec", "container_concurrency" })
  service.throttling = module:at(block, annotation("run.googleapis.com/cpu-throttling"))
  service.set_minimum = { annotation = "autoscaling.knative.dev/minScale" }
end

function READ.google_cloud_run_v2_service(module, block, service)
  local resources = { "template", "containers", "resources" }
  local function limit(name)
    return module:at(block, { resources[1], resources[2], resources[3], "limits", name })
  end
  service.platform = "cloud-run"
  service.minimum = setting.first(module:at(block, { "template", "scaling", "min_instance_count" }), module:at(block, { "scaling", "min_instance_count" }))
  service.set_minimum = { block = "template", nested = "scaling", name = "min_instance_count" }
  service.memory, service.unit = limit("memory"), "bytes"
  service.cpu = limit("cpu")
  service.concurrency = module:at(block, { "template", "max_instance_request_concurrency" })
  -- The provider leaves processors on once resources are written down and nothing is said of them.
  local idle = module:at(block, { resources[1], resources[2], resources[3], "cpu_idle" })
  local has_resources = block:get("template.containers.resources") ~= nil
  service.throttling = if idle.state == "absent" and has_resources then setting.given("false") else idle
end

function READ.google_cloudfunctions_function(module, block, service)
  service.platform = "cloud-functions"
  service.minimum = module:at(block, { "min_instances" })
  service.set_minimum = { name = "min_instances" }
  service.memory, service.unit = module:at(block, { "available_memory_mb" }), "MiB"
  service.concurrency = setting.given(1)
  if block:get("event_trigger") then
    service.trigger = "background"
  end
end

function READ.google_cloudfunctions2_function(module, block, service)
  service.platform = "cloud-functions"
  service.minimum = module:at(block, { "service_config", "min_instance_count" })
  service.set_minimum = { nested = "service_config", name = "min_instance_count" }
  service.memory, service.unit = module:at(block, { "service_config", "available_memory" }), "bytes"
  service.cpu = module:at(block, { "service_config", "available_cpu" })
  service.concurrency = module:at(block, { "service_config", "max_instance_request_concurrency" })
  if service.concurrency.state == "absent" then
    service.concurrency = setting.given(1)
  end
  if block:get("event_trigger") then
    service.trigger = "background"
  end
end

function READ.aws_lambda_function(module, block, service, own)
  service.platform = "lambda"
  service.memory, service.unit = module:at(block, { "memory_size" }), "MiB"
  service.runtime = module:at(block, { "runtime" })
  service.minimum = setting.ABSENT
  service.set_minimum = { provisioned = own.name }
  local is_edge = false
  for _, user in users_of(module, `aws_lambda_function.{own.name}`, own) do
    if user.type == "aws_lambda_provisioned_concurrency_config" then
      service.minimum = setting.given(1, user.doc)
    end
    service.consumed = service.consumed or CONSUMED[user.type] and user.doc or nil
    is_edge = is_edge or user.type == "aws_cloudfront_distribution"
  end
  if block:get("snap_start") then
    service.minimum = setting.given("SnapStart")
  end
  -- Lambda@Edge takes no provisioned concurrency.
  if is_edge then
    service.minimum = setting.HIDDEN
  end
end

-- The module `terraform-aws-modules/lambda`.
local function read_lambda_module(module, block, service)
  service.platform = "lambda"
  service.memory, service.unit = module:at(block, { "memory_size" }), "MiB"
  service.runtime = module:at(block, { "runtime" })
  service.minimum = module:at(block, { "provisioned_concurrent_executions" })
  if module:at(block, { "snap_start" }).state ~= "absent" then
    service.minimum = setting.given("SnapStart")
  end
  local makes = module:at(block, { "create_function" })
  if makes.state == "hidden" or makes.value == false then
    service.trigger = "none"
  end
  local url = module:at(block, { "create_lambda_function_url" })
  local allowed = block:get("allowed_triggers")
  if url.value == true or allowed and allowed.span.source:find("apigateway", 1, true) then
    service.trigger = "public"
  elseif block:get("event_source_mapping") or allowed and allowed.span.source:find("events.amazonaws.com", 1, true) then
    service.trigger = "background"
    service.consumed = block:get("event_source_mapping")
  end
end

-- The services in the modules that hold the files at `files`.
function M.collect(repo, files)
  local all, seen = {}, {}
  for _, path in files do
    local directory = require("paths").directory(path)
    if seen[directory] then
      continue
    end
    seen[directory] = true
    local module = terraform.module(repo, directory)
    for _, resource in module.resources do
      local read = resource.kind == "resource" and READ[resource.type]
      local source = resource.kind == "module" and module:text(resource.doc, "source") or ""
      local reference = `{resource.type}.{resource.name}`
      if not read and source:find("terraform-aws-modules/lambda/aws", 1, true) and not source:find("//", 1, true) then
        read, reference = read_lambda_module, `module.{resource.name}`
      end
      if read then
        local service = {
          source = "terraform", at = resource.doc, file = resource.file, name = module:text(resource.doc, "name") or module:text(resource.doc, "function_name") or resource.name,
          reference = reference, concurrency = setting.ABSENT, cpu = setting.ABSENT, throttling = setting.ABSENT, module = module,
        }
        read(module, resource.doc, service, resource)
        if not service.trigger then
          service.trigger, service.caller, service.is_authorizer = trigger_of(module, reference, resource)
        end
        table.insert(all, service)
      end
    end
  end
  return all
end

return M
