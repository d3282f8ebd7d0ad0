-- Code that a platform of functions runs (AWS Lambda, Cloud Functions, Azure Functions): whether a file is such code, and whether
-- a place in it runs there or on a developer's machine only.

local branch = require("branch")
local cold_start = require("cold_start")
local function_handlers = require("function_handlers")
local paths = require("paths")
local words = require("words")

local M = {}

local FUNCTIONS = words.set("lambda", "cloud-functions", "azure-functions", "firebase")

local CLOCK = words.set("cron", "crons", "cronjob", "cronjobs", "nightly", "daily", "weekly", "monthly", "scheduled")

-- What one invocation leaves to the next one is kept in between on all of these.
local NAMES = { lambda = "AWS Lambda", ["cloud-functions"] = "Cloud Functions", ["azure-functions"] = "Azure Functions", firebase = "Cloud Functions" }

-- Whether something loads the file that no import shows: Django loads applications, their models and their signals by name.
local function is_loaded_by_name(repo, file)
  if file.language ~= "python" then
    return false
  end
  if file:imports("django**") then
    return true
  end
  local stem = file.path:match("([^/]+)%.py$")
  for _, path in stem and repo:importers({ `*.{stem}`, stem }) or {} do
    local importer = repo:open(path)
    if importer and importer.class == "source" and importer:imports("django**") then
      return true
    end
  end
  return false
end

local GO = { "github.com/aws/aws-lambda-go/lambda", "github.com/GoogleCloudPlatform/functions-framework-go/**" }

-- The platform that calls a function of Go from which the place is reached.
function M.of_go(repo, call)
  local first = call:route()[1]
  local file = first and repo:open(first.path)
  if not file then
    return nil
  end
  return file:imports(GO[1]) and { name = NAMES.lambda, hops = {} } or file:imports(GO[2]) and { name = NAMES["cloud-functions"], hops = {} } or nil
end

-- The same where nothing is seen to deploy the file, by the handler from which the place is reached, or in whose package it lies.
local function by_handler(repo, node)
  local handler = function_handlers.of_route(repo, node)
  local hops = handler and {} or nil
  if not handler and node:reach() == "unknown" then
    handler = function_handlers.of_package(repo, node.file.path)
  end
  if not handler then
    return nil
  end
  for _, target in repo:deploy_targets(handler) do
    if not FUNCTIONS[target.name] then
      return nil
    end
  end
  -- A layer lies beneath others as well.
  local is_own = hops ~= nil or paths.is_within(node.file.path, paths.directory(handler))
  return { name = NAMES.lambda, hops = hops, handler = handler, is_scheduled = is_own and M.is_of_clock(handler) }
end

-- Whether a path is of what a clock starts: `cron-jobs/digest.ts`, `nightly_report/handler.py`.
function M.is_of_clock(path)
  for _, word in words.of(path) do
    if CLOCK[word] then
      return true
    end
  end
  return false
end

-- The platform that runs a file, with the way from the function to it: {name, hops}. `hops` is nil where the file lies in what is deployed,
-- and a framework loads it by name; nil where it is no function, or its service also runs elsewhere. Given a place in the file, where nothing is seen
-- to deploy it, the handler that leads there is looked for, too: `handler` is its path. `is_scheduled`: only a clock starts it.
function M.of(repo, file, node)
  local by_clock = nil
  for _, way in cold_start.ways(repo, file) do
    if FUNCTIONS[way.target.name] and not way.kept then
      local found = { name = NAMES[way.target.name], hops = way.hops, is_scheduled = M.is_of_clock(way.hops[1].path) }
      if not found.is_scheduled then
        return found
      end
      by_clock = by_clock or found
    end
  end
  if by_clock then
    return by_clock
  end
  local targets = repo:deploy_targets(file.path)
  for _, target in targets do
    if not FUNCTIONS[target.name] then
      return nil
    end
  end
  if #targets > 0 and is_loaded_by_name(repo, file) then
    return { name = NAMES[targets[1].name], hops = nil }
  end
  return node and file.side ~= "browser" and by_handler(repo, node) or nil
end

-- What the platforms set in the environment of a function.
local SET_THERE = { "AWS_EXECUTION_ENV", "AWS_LAMBDA_", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "FUNCTION_TARGET", "FUNCTION_NAME", "FUNCTIONS_WORKER_RUNTIME", "K_SERVICE", "K_REVISION", "on_lambda", "onLambda", "in_lambda", "inLambda", "is_lambda", "isLambda" }
-- What stands for a developer's machine instead.
local SET_ELSEWHERE = { "AWS_SAM_LOCAL", "IS_OFFLINE", "IS_LOCAL", "LOCALSTACK", "EMULATOR", "FUNCTIONS_EMULATOR" }

local function names_one(text, list)
  for _, name in list do
    if text:find(name, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a test holds on the platform ("here"), elsewhere ("elsewhere"), or says nothing of it.
local function meaning(test)
  local source = test.source
  local is_negated = source:find("%f[%a]not%f[%A]") ~= nil or source:find("^!") ~= nil or source:find("!=", 1, true) ~= nil or source:find("is%s+None") ~= nil or source:find("===?%s*undefined") ~= nil or source:find("==%s*nil") ~= nil or source:find('==%s*""') ~= nil
  if names_one(source, SET_ELSEWHERE) then
    return is_negated and "here" or "elsewhere"
  elseif names_one(source, SET_THERE) then
    return is_negated and "elsewhere" or "here"
  end
  return nil
end

-- Whether a place runs on a developer's machine or another platform only, by the branches around it.
function M.is_elsewhere(node)
  local inner, at = node, node:parent()
  while at do
    if at.kind == "if" or at.kind == "conditional" then
      local test = at:child("test")
      local said = test and not inner:same(test) and meaning(test)
      if said and (said == "elsewhere") == (inner:role() ~= "else") then
        return true
      end
    end
    inner, at = at, at:parent()
  end
  return branch.is_for_development(node)
end

return M
