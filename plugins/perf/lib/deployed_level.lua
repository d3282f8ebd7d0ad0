-- Levels that what deploys a service gives its environment: variables of functions in SAM, CloudFormation and serverless.yml, and of
-- functions and containers in Terraform and CloudFormation's ECS.

local for_work = require("for_work")
local log_level = require("log_level")
local lower = require("words").lower

local M = {}

-- What shows that a file deploys something, by the end of its name.
local function deploys(file)
  if file.path:find("%.tf$") then
    return true
  end
  local text = file.text
  return text:find("AWS::Serverless::", 1, true) ~= nil or text:find("AWS::Lambda::", 1, true) ~= nil or text:find("AWS::ECS::", 1, true) ~= nil
    or file.path:find("serverless%.ya?ml$") ~= nil and text:find("\nprovider:", 1, true) ~= nil
end

-- A level of debugging that is written there for every deployment: no variable, no mapping of stages decides it.
function M.check(file, span, report)
  if file.class ~= "source" or for_work.deploys(file.path) or not deploys(file) then
    return
  end
  local line = file:line_span(span.line).source
  local name, value = line:match("^%s*[\"']?([%w_]+)[\"']?%s*[:=]%s*[\"']?(%a+)[\"']?,?%s*$")
  if not name or not log_level.is_level_name(name) or lower(value) ~= "debug" and lower(value) ~= "trace" then
    return
  end
  report({
    at = span,
    message = `{name} is {value} in every environment that this deploys`,
    confidence = "medium",
    notes = { key = name },
    fix = log_level.replaced(span, (span.source:gsub(value .. "$", lower(value) == value and "info" or "INFO"))),
  })
end

return M
