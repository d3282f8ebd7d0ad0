-- Where a step of an image puts Python packages: what its options, the environment and the program's own place say.

local docker = require("docker")
local paths = require("paths")
local shell_command = require("shell_command")

local M = {}

-- Where packages go that no environment of their own holds.
local SYSTEM = "/usr/local/lib"

local function is_set(text)
  return text ~= nil and text ~= "" and text ~= "0" and text:lower() ~= "false"
end

-- The directory of the image that a step installs into.
function M.of(step)
  local target = shell_command.option_value(step.args, "--target -t --prefix --root")
  if target then
    return paths.join(step.cwd, target)
  end
  local own = step.command.program:match("^(/.*)/bin/[^/]+$")
  if own and own ~= "/usr/local" and own ~= "/usr" then
    return own
  end
  if shell_command.has_option(step, "--user") then
    return "/root/.local"
  end
  local environment = docker.env(step, "VIRTUAL_ENV") or docker.env(step, "UV_PROJECT_ENVIRONMENT")
  if environment and environment ~= "" then
    return paths.join(step.cwd, environment)
  end
  local path = step.instruction:expand("$PATH")
  local first = path:match("^([^:]*)/bin:")
  if first and first:match("venv") or first and first:match("env$") then
    return first
  end
  if step.fact.installs_into and step.program ~= "pip" then
    local in_project = docker.env(step, "POETRY_VIRTUALENVS_IN_PROJECT") or docker.env(step, "PIPENV_VENV_IN_PROJECT")
    if step.program == "uv" or step.program == "pdm" or is_set(in_project) then
      return paths.join(step.cwd, step.fact.installs_into)
    end
  end
  return SYSTEM
end

return M
