-- APIs whose routes Powertools for AWS Lambda resolves: `app = APIGatewayRestResolver()`, `@app.get("/orders")`. It compresses what a route answers where that is told so; API Gateway may do it instead.

local rest_apis = require("rest_apis")

local M = {}

local MODULE = table.freeze({ "aws_lambda_powertools.event_handler**" })

-- Names of those that routes are declared on, by the calls that make them.
local function is_maker(call)
  return call.name:find("Resolver$") ~= nil or call.name == "Router" or call.name:find("Router$") ~= nil
end

local function names_of(file)
  local all = {}
  for _, call in file.root:descendants("call") do
    local assign = is_maker(call) and call:parent()
    local target = assign and assign.kind == "assign" and assign:child("target")
    if target and target.kind == "name" then
      all[target.text] = true
    end
  end
  return all
end

-- How many reads the routes of all its files answer, as far as they are seen; `is_small` tells paths whose answers are.
local function reads_of(repo, is_small)
  local reads = 0
  for _, path in repo:importers(MODULE) do
    local file = repo:open(path)
    local names = file and file.root and file.class == "source" and names_of(file) or {}
    for _, call in next(names) and file.root:descendants("call", { "get", "route" }) or {} do
      local on, route = call:receiver(), call:arg(1) or call:arg("rule")
      local is_route = on and on.kind == "name" and names[on.text] and route and route.kind == "str" and not is_small(route.text)
      local method = call:arg("method") or call:arg(2)
      reads += is_route and (call.name == "get" or method ~= nil and method.source:find("GET", 1, true) ~= nil) and 1 or 0
    end
  end
  return reads
end

-- Whether a template declares the API and the reads that go through it: then it is told there.
local function is_declared(repo, is_small)
  for _, path in repo:holding("**/*.{yml,yaml,json,template}", { "AWS::Serverless::", "AWS::ApiGateway::RestApi" }) do
    local file = repo:open(path)
    for _, api in file and file.class == "source" and rest_apis.uncompressed(file, is_small) or {} do
      if api.reads >= 2 then
        return true
      end
    end
  end
  return #repo:calls({ "aws_cdk.aws_apigateway.{RestApi,LambdaRestApi,SpecRestApi}", "aws-cdk-lib/aws-apigateway.{RestApi,LambdaRestApi,SpecRestApi}" }) > 0
end

-- How many reads a resolver answers that nothing compresses, no route and no template of its API; nil where something does, or the API is judged where it is declared.
function M.uncompressed(repo, is_small)
  for _, path in repo:importers(MODULE) do
    local file = repo:open(path)
    for _, call in file and file.root and file.text:find("compress", 1, true) and file.root:descendants("call") or {} do
      local told = call:arg("compress")
      if told and told:literal() ~= false then
        return nil
      end
    end
  end
  return not is_declared(repo, is_small) and reads_of(repo, is_small) or nil
end

return M
