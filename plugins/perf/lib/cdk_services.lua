-- Lambda functions that CDK code makes, in TypeScript, JavaScript and Python, and who calls them as far as the same file says.

local setting = require("setting")
local words = require("words")

local M = {}

-- Constructs that make a function.
M.FUNCTIONS = {
  "aws-cdk-lib/aws-lambda.Function", "aws-cdk-lib/aws-lambda.DockerImageFunction", "aws-cdk-lib/aws-lambda-nodejs.NodejsFunction", "aws-cdk-lib.aws_lambda.Function",
  "aws-cdk-lib.aws_lambda.DockerImageFunction", "aws-cdk-lib.aws_lambda_nodejs.NodejsFunction", "@aws-cdk/aws-lambda.Function", "@aws-cdk/aws-lambda.DockerImageFunction",
  "@aws-cdk/aws-lambda-nodejs.NodejsFunction", "@aws-cdk/aws-lambda-python-alpha.PythonFunction", "@aws-cdk/aws-lambda-go-alpha.GoFunction", "aws_cdk.aws_lambda.Function",
  "aws_cdk.aws_lambda.DockerImageFunction", "aws_cdk.aws_lambda_python_alpha.PythonFunction", "aws_cdk.aws_lambda_nodejs.NodejsFunction",
}

-- Constructs and methods that put a function behind something that somebody waits for, or that nobody does.
local PUBLIC = words.set(
  "LambdaRestApi", "LambdaIntegration", "Integration", "CfnIntegration", "HttpLambdaIntegration", "WebSocketLambdaIntegration", "LambdaProxyIntegration", "LambdaTarget", "TokenAuthorizer", "RequestAuthorizer", "HttpLambdaAuthorizer",
  "WebSocketLambdaAuthorizer", "addLambdaDataSource", "add_lambda_data_source", "ApiGatewayToLambda"
)
local BACKGROUND = words.set("LambdaFunction", "LambdaSubscription", "LambdaDestination", "LambdaInvoke", "Provider", "CustomResource", "Trigger", "addEventSource", "add_event_source", "LambdaInvokeFunction")

-- Those that hand over work as it comes.
local CONSUMED = words.set("LambdaSubscription", "LambdaDestination", "addEventSource", "add_event_source")

-- What keeps an alias or a version ready.
local WARM = { "provisionedConcurrentExecutions", "provisioned_concurrent_executions" }

-- The names that a value is given where it is made: of a variable, or of a property of `this` and `self`.
local function name_of(call)
  local assign = call:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  if target and (target.kind == "name" or target.kind == "attr") then
    return target.name
  end
  return nil
end

local function mentions(node, name)
  for _, inner in node:descendants({ "name", "attr" }) do
    if inner.name == name then
      return true
    end
  end
  return (node.kind == "name" or node.kind == "attr") and node.name == name
end

-- Who calls a function, by what it is handed to or what is called on it; second, what says so; third, what hands it work as it comes.
local function trigger_of(call, calls)
  local name = name_of(call)
  local background, consumed = false, nil
  for _, outer in call:argument_of() do
    if PUBLIC[outer.name] then
      return "public", outer
    end
    consumed = consumed or CONSUMED[outer.name] and outer or nil
    background = background or BACKGROUND[outer.name] == true
  end
  for _, other in name and calls or {} do
    local receiver = other:receiver()
    local is_on = receiver ~= nil and mentions(receiver, name)
    if is_on and (other.name == "addFunctionUrl" or other.name == "add_function_url") then
      return "public", other
    elseif PUBLIC[other.name] or BACKGROUND[other.name] then
      local is_given = is_on
      for _, value in other:args() do
        is_given = is_given or mentions(value, name)
      end
      if is_given and PUBLIC[other.name] then
        return "public", other
      end
      background = background or is_given
      consumed = consumed or is_given and CONSUMED[other.name] and other or nil
    end
  end
  return if background then "background" else "unknown", nil, consumed
end

local function read(call, names, unit)
  for _, name in names do
    local value, how = call:arg(name)
    if how == "given" then
      local literal, known = value:literal()
      if known and literal ~= nil then
        return setting.given(literal, value)
      end
      return { state = "hidden", at = value }
    elseif how == "hidden" then
      return setting.HIDDEN
    end
  end
  return setting.ABSENT
end

local function service_of(call, calls)
  local id = call:arg(2)
  local name = id and id:literal()
  local trigger, caller, consumed = trigger_of(call, calls)
  local minimum = read(call, { "snapStart", "snap_start", "currentVersionOptions", "current_version_options" })
  -- Aliases and versions may be kept warm; of which function they are is followed where one is asked for it by name.
  local own = name_of(call)
  for _, other in minimum.state == "absent" and calls or {} do
    local on = (other.name == "addAlias" or other.name == "add_alias") and other:receiver()
    local is_named = on and (on.kind == "name" or on.kind == "attr")
    for _, key in is_named and own and on.name ~= own and {} or WARM do
      if select(2, other:arg(key)) == "given" then
        minimum = if is_named and own then setting.given(1, other) else setting.HIDDEN
      end
    end
  end
  local runtime, how = call:arg("runtime")
  return {
    source = "cdk", platform = "lambda", at = call, file = call.file, call = call, name = type(name) == "string" and name or call.name, minimum = minimum,
    memory = read(call, { "memorySize", "memory_size" }), unit = "MiB",
    runtime = if how == "given" then setting.given(runtime.name, runtime) else setting.ABSENT,
    concurrency = setting.given(1), cpu = setting.ABSENT, throttling = setting.ABSENT, trigger = trigger, caller = caller, consumed = consumed,
    is_authorizer = caller ~= nil and caller.name:find("Authorizer$") ~= nil,
  }
end

-- Every function that the repository's CDK code makes.
function M.collect(repo)
  local all, calls_of = {}, {}
  for _, call in repo:calls(M.FUNCTIONS) do
    local path = call.file.path
    calls_of[path] = calls_of[path] or call.file.root:descendants("call")
    table.insert(all, service_of(call, calls_of[path]))
  end
  return all
end

return M
