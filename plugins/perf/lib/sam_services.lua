-- Lambda functions that SAM and CloudFormation declare, with the defaults of `Globals` and who calls them.

local setting = require("setting")
local warming = require("warming")
local words = require("words")

local M = {}

-- Types of a function's events, and of resources that name it, for which somebody waits.
local PUBLIC_EVENTS = words.set("Api", "HttpApi", "AlexaSkill")
local PUBLIC = words.set(
  "AWS::ApiGateway::Method", "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer",
  "AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::Lambda::Url", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::AppSync::DataSource", "AWS::Serverless::GraphQLApi"
)
local BACKGROUND = words.set(
  "AWS::Events::Rule", "AWS::Lambda::EventSourceMapping", "AWS::SNS::Subscription", "AWS::SNS::Topic", "AWS::S3::Bucket", "AWS::Scheduler::Schedule", "AWS::StepFunctions::StateMachine",
  "AWS::Serverless::StateMachine", "AWS::Logs::SubscriptionFilter"
)

-- Events, and resources that name a function, that hand it work as it comes: what it does slowly, somebody's order or sign-up waits for, or a queue grows.
local CONSUMED_EVENTS = words.set("SQS", "SNS", "DynamoDB", "Kinesis", "MSK", "MQ", "SelfManagedKafka", "DocumentDB", "EventBridgeRule", "CloudWatchEvent", "S3", "Cognito")
local CONSUMED = words.set("AWS::Lambda::EventSourceMapping", "AWS::SNS::Subscription", "AWS::Events::Rule", "AWS::S3::Bucket", "AWS::Cognito::UserPool")

-- Whether a text names a resource: `!Ref X`, `!GetAtt X.Arn`, `${X.Arn}`, `{"Ref": "X"}`.
local function names(text, id)
  local at = 1
  while true do
    local from, to = text:find(id, at, true)
    if not from then
      return false
    end
    if not text:sub(from - 1, from - 1):find("[%w_-]") and not text:sub(to + 1, to + 1):find("[%w_-]") then
      return true
    end
    at = to + 1
  end
end

local function type_of(resource)
  local kind = resource:get("Type")
  return kind and kind.text or ""
end

-- Who calls the function `id`: by its own events, or by what names it; third, whether it only decides who may call others.
local function trigger_of(resources, own, id)
  local background = false
  for _, event in own:select("Properties.Events.*") do
    local kind = event:get("Type")
    if kind and PUBLIC_EVENTS[kind.text] then
      return "public", kind
    end
    background = true
  end
  if own:get("Properties.FunctionUrlConfig") then
    return "public", own:get("Properties.FunctionUrlConfig")
  end
  for _, other in resources:entries() do
    if other.key ~= id then
      local kind = type_of(other)
      -- A custom resource is called while the stack is set up, a macro while it is read.
      local is_setup = kind:find("^Custom::") or kind == "AWS::CloudFormation::CustomResource" or kind == "AWS::CloudFormation::Macro"
      local principal = kind == "AWS::Lambda::Permission" and other:get("Properties.Principal")
      local by = principal and (if principal.text:find("^apigateway") or principal.text:find("^elasticloadbalancing") then "public" else "background")
      if (PUBLIC[kind] or BACKGROUND[kind] or by or is_setup) and names(other.span.source, id) then
        if PUBLIC[kind] or by == "public" then
          local auth = other:get("Properties.Auth")
          return "public", other, kind:find("Authorizer", 1, true) ~= nil or auth ~= nil and names(auth.span.source, id)
        end
        background = true
      end
    end
  end
  return if background then "background" else "unknown", nil
end

-- What hands a function work as it comes: its own event, or the resource that names it; not what calls it by the clock.
local function consumed_by(resources, own)
  for _, event in own:select("Properties.Events.*") do
    local kind = event:get("Type")
    if kind and CONSUMED_EVENTS[kind.text] then
      return kind
    end
  end
  for _, other in resources:entries() do
    local kind = type_of(other)
    if CONSUMED[kind] and (kind ~= "AWS::Events::Rule" or other:get("Properties.EventPattern")) and names(other.span.source, own.key) then
      return other:get("Type")
    end
  end
  return nil
end

-- Whether a function stands only where nobody depends on it: `Condition: IsNotProd`.
local function is_for_trial(own)
  local condition = own:get("Condition")
  local text = condition and condition.text and condition.text:lower():gsub("[^%a]", "") or ""
  return text:find("no[tn]prod") ~= nil or text:find("isdev", 1, true) ~= nil or text:find("istest", 1, true) ~= nil
end

-- Whether a version or an alias of the function is kept warm.
local function is_kept_warm(resources, id)
  for _, other in resources:entries() do
    local kind = type_of(other)
    if (kind == "AWS::Lambda::Alias" or kind == "AWS::Lambda::Version") and other:get("Properties.ProvisionedConcurrencyConfig") and names(other.span.source, id) then
      return true
    end
  end
  return false
end

local function service_of(top, resources, own, file)
  local function at(key)
    local mine, how = own:get(`Properties.{key}`)
    if how == "absent" and type_of(own) == "AWS::Serverless::Function" then
      mine, how = top:get(`Globals.Function.{key}`)
    end
    return setting.of(mine, how)
  end
  local snapshot = at("SnapStart.ApplyOn")
  local minimum = setting.first(at("ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"), if snapshot.value == "None" then setting.ABSENT else snapshot)
  if at("ProvisionedConcurrencyConfig").state ~= "absent" then
    minimum = setting.first(minimum, setting.HIDDEN)
  elseif is_kept_warm(resources, own.key) then
    minimum = setting.given("alias")
  elseif minimum.state == "absent" and warming.of_sam(own) then
    minimum = setting.given("schedule")
  end
  local trigger, caller, is_authorizer = trigger_of(resources, own, own.key)
  return {
    source = if type_of(own) == "AWS::Serverless::Function" then "sam" else "cloudformation", platform = "lambda", at = own:get("Type"), file = file, top = top, block = own, name = own.key,
    minimum = minimum, memory = at("MemorySize"), unit = "MiB", runtime = at("Runtime"), concurrency = setting.given(1), cpu = setting.ABSENT, throttling = setting.ABSENT,
    trigger = trigger, caller = caller, is_authorizer = is_authorizer, consumed = consumed_by(resources, own), is_for_trial = is_for_trial(own),
  }
end

-- Whether a function of a template that could not be read to its end is known as if it had been: it stands whole before the place, says itself who calls it, and
-- nothing behind the place keeps it warm or sets what holds for all.
local function is_known(top, own, file)
  if type_of(own) ~= "AWS::Serverless::Function" or file.text:find("ProvisionedConcurrency", 1, true) or not top:get("Globals") and file.text:find("\nGlobals:", 1, true) then
    return false
  end
  for _, event in own:select("Properties.Events.*") do
    local kind = event:get("Type")
    if kind and PUBLIC_EVENTS[kind.text] then
      return true
    end
  end
  return false
end

-- The functions in the templates at `files`.
function M.collect(repo, files)
  local all = {}
  for _, path in files do
    local file = repo:open(path)
    for _, top in file and file.documents or {} do
      local resources = top:get("Resources")
      local entries = resources and resources:entries() or {}
      for index, own in entries do
        local kind = type_of(own)
        local is_read = not file.is_partial or index < #entries and is_known(top, own, file)
        if is_read and (kind == "AWS::Serverless::Function" or kind == "AWS::Lambda::Function") then
          table.insert(all, service_of(top, resources, own, file))
        end
      end
    end
  end
  return all
end

return M
