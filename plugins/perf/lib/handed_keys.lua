-- Which values a parameter is handed: few where all that calls its function writes down what it hands over.

local parameter = require("parameter")

local M = {}

-- Whether a value is one of those that somebody has written: a literal, a constant, a member of an enumeration.
local function is_written(value)
  local _, is_literal = value:literal()
  if is_literal then
    return true
  end
  local last = (value.kind == "name" or value.kind == "attr") and value.text or nil
  return last ~= nil and #last > 1 and last == last:upper() and last:find("%u") ~= nil
end

-- The argument that a call gives for a parameter; nil where it leaves that out, false where it is hidden in `*args`.
local function given(call, func, at)
  local param = func.params[at]
  local named, state = call:arg(param.text)
  if state == "given" then
    return named
  elseif state == "hidden" then
    return false
  end
  local argument = call:args()[at - parameter.leading(func)]
  return argument and argument.kind ~= "kw-arg" and argument or nil
end

-- Whether every call hands over nothing, so that the defaults stand; needs a call to go by.
function M.are_defaults(func)
  for at, param in func.params do
    if not param:child("default") and not (at == 1 and parameter.is_self(param)) then
      return false
    end
  end
  local callers, seen = func:callers(), 0
  for _, call in callers do
    if call.file.class == "test" then
      continue
    end
    seen += 1
    if #call:args() > 0 then
      return false
    end
  end
  return seen > 0
end

local ENVIRONMENT = table.freeze({ "os.getenv()", "os.environ.get()", "os.environ[]", "os.environ" })

-- Whether a value is one of those that the process is configured with: read from its environment, in one branch or in each.
local function is_configured(value)
  for _, origin in value:origin() do
    if origin:sub(1, 1) ~= "%" and not origin:find("^os%.environ") and not origin:find("^os%.getenv") then
      return false
    end
  end
  return value:comes_from(ENVIRONMENT)
end

-- Whether every call hands over what the process is configured with, or what is written down; needs one of the first sort to go by.
function M.are_configured(func)
  local seen = 0
  for _, call in func:callers() do
    if call.file.class == "test" then
      continue
    end
    for at, param in func.params do
      if not (at == 1 and parameter.is_self(param)) then
        local value = given(call, func, at)
        local is_own = value and is_configured(value)
        if value == false or value and not is_own and not is_written(value) then
          return false
        end
        seen += is_own and 1 or 0
      end
    end
  end
  return seen > 0
end

local GLOBS = { python = { "**/*.py" }, go = { "**/*.go" }, javascript = { "**/*.js", "**/*.mjs", "**/*.cjs" }, typescript = { "**/*.ts", "**/*.tsx" } }

-- Whether a key is a parameter for which all calls by the name of its function hand over what is written down: `cache.register(SCRIPT, ...)`. Calls
-- through an interface are found by nothing but the name.
function M.are_written(key, repo)
  local at = key.kind == "name" and key:param_position()
  local func = at and key:func()
  if not func or func.name == "" then
    return false
  end
  local seen = 0
  for _, glob in GLOBS[key.file.language] or {} do
    for _, path in repo:holding(glob, { `{func.name}(` }) do
      local file = repo:open(path)
      for _, call in file and file.class == "source" and file.root and file.root:descendants("call", func.name) or {} do
        local value = given(call, func, at)
        local inner = call:func()
        -- A method of the same name that hands on what it was given is such a step itself.
        local is_step = inner and inner.node.name == func.name
        if not is_step then
          if not value or not is_written(value) then
            return false
          end
          seen += 1
        end
      end
    end
  end
  return seen > 0
end

return M
