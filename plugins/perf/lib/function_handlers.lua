-- Code of functions that nothing in the repository is seen to deploy: their templates are put together by programs, or lie elsewhere. What the
-- platform calls shows it all the same, by its name and by what it is handed; and what lies in one package with that is run by it.

local paths = require("paths")

local M = {}

-- How a file begins the function that a platform calls: up to the first parameter, which holds the event.
local EVENT = "_*[%w_]*[eE]vent%f[^%w_]"
local JAVASCRIPT = {
  "exports%.handler%s*=[^\n]-%(%s*" .. EVENT, "exports%.handler%s*=%s*async%s+" .. EVENT, "export%s+const%s+handler[^\n]-%(%s*" .. EVENT, "export%s+const%s+handler%s*=%s*async%s+" .. EVENT,
  "export%s+function%s+handler%s*%(%s*" .. EVENT, "export%s+async%s+function%s+handler%s*%(%s*" .. EVENT,
  -- A class of Powertools: `class Orders implements LambdaInterface { async handler(event, context) {} }`, and `new Orders().handler` is what the file exports.
  "implements%s+LambdaInterface%f[%W].-%f[%w]handler%s*%(%s*" .. EVENT,
  "exports%.lambdaHandler%s*=[^\n]-%(%s*" .. EVENT, "export%s+const%s+lambdaHandler[^\n]-%(%s*" .. EVENT,
}
local PYTHON = { "def%s+[%w_]+%s*%(%s*" .. EVENT .. "[^,\n)]*,%s*_*[%w_]*[cC]ontext", "def%s+[%w_]+%s*%(%s*" .. EVENT .. "[^,\n)]*,%s*_*ctx", "def%s+lambda_handler%s*%(%s*" .. EVENT .. "[^,\n)]*," }

-- What says that it is for such a platform, where the handler is not handed a context besides.
local FOLDERS = { lambda = true, lambdas = true, functions = true, serverless = true }

local function is_in_folder(path)
  for folder in path:lower():gmatch("([^/]+)/") do
    for word in folder:gmatch("%a+") do
      if FOLDERS[word] then
        return true
      end
    end
  end
  return false
end

-- Whether a text of this path defines what a platform of functions calls.
local function defines_handler(path, text)
  local is_python = path:find("%.py$") ~= nil
  for _, pattern in is_python and PYTHON or JAVASCRIPT do
    local _, to = text:find(pattern)
    if to then
      local behind = text:sub(to + 1, to + 120):match("^[^)\n]*"):lower()
      return is_python or is_in_folder(path) or behind:find(",%s*[%w_]*context") ~= nil or behind:find(",%s*_*ctx") ~= nil or behind:find(",%s*_*callback") ~= nil
    end
  end
  return false
end

-- Whether a file defines what a platform of functions calls.
function M.is_one(repo, path)
  local text = repo:text(path)
  return text ~= nil and defines_handler(path, text)
end

-- The path of the function from which the platform comes to a place; nil where the way is not seen, or begins otherwise.
function M.of_route(repo, node)
  local first = node:route()[1]
  local text = first and repo:text(first.path)
  return text and defines_handler(first.path, text) and first.path or nil
end

local OF_DEPLOYMENT = { "RequestType", "ResponseURL", "ResourceProperties", "cfn-response", "cfnresponse", "crhelper", "LogicalResourceId", "Custom::" }

-- Whether a text is of a function that only a deployment calls, for a resource of its own.
function M.is_of_deployment(text)
  for _, sign in OF_DEPLOYMENT do
    if text:find(sign, 1, true) then
      return true
    end
  end
  return false
end

local NAMES = { "index", "handler", "app", "main", "lambda", "lambda_function", "lambda_handler" }
local ENDINGS = { "js", "mjs", "cjs", "ts", "mts", "py" }

local function handler_in(repo, directory)
  for _, name in NAMES do
    for _, ending in ENDINGS do
      local path = `{directory}/{name}.{ending}`
      local text = repo:at(path) == "file" and repo:text(path) or nil
      if text and defines_handler(path, text) then
        return path
      end
    end
  end
  return nil
end

local MOST_BESIDE = 40

-- A package beside `directory` that is a function: a layer is laid beneath those.
local function handler_beside(repo, directory)
  local above = paths.directory(directory)
  local seen = {}
  for _, path in repo:paths(`{above == "" and "" or above .. "/"}*/\{{table.concat(NAMES, ",")}}.\{{table.concat(ENDINGS, ",")}}`) do
    local at = paths.directory(path)
    if paths.directory(at) == above and at ~= directory and not seen[at] then
      seen[at] = true
      table.insert(seen, at)
      local found = #seen <= MOST_BESIDE and handler_in(repo, at)
      if found and not M.is_of_deployment(repo:text(found) or "") then
        return found
      end
    end
  end
  return nil
end

-- The function in whose package a file lies, whose code may be loaded by name; of a layer one of the functions that it is beneath.
function M.of_package(repo, path)
  local directory = paths.directory(path)
  while directory ~= "" do
    local found = handler_in(repo, directory)
    if found then
      return found
    end
    if directory:match("[^/]+$"):lower():find("%f[%a]layer%f[%A]") then
      return handler_beside(repo, directory)
    end
    if repo:at(`{directory}/package.json`) == "file" then
      return nil
    end
    directory = paths.directory(directory)
  end
  return nil
end

return M
