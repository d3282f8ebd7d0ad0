-- Apps of Django that the settings install in development only: `if DEBUG: INSTALLED_APPS += ["inspection"]`.

local branch = require("branch")

local M = {}

-- The apps that settings name, by name: whether one that counts for production does. Nil until that was looked up.
local installed = nil

-- Whether a branch is taken where the environment does not name a deployment: `if not os.environ.get("ENVIRONMENT")`.
local function is_away_from_deployments(test)
  if test.kind ~= "unary" or test.text ~= "not" then
    return false
  end
  local asked = test:child("value") or test:children()[1]
  return asked ~= nil and asked.kind == "call" and asked:is({ "os.environ.get", "os.getenv" })
end

local function is_for_development(node)
  for _, one in branch.around(node) do
    if one.said == "development" or is_away_from_deployments(one.test) and not node:is_within(one.at:child("else") or one.test) then
      return true
    end
  end
  return false
end

local function read(repo)
  installed = {}
  for _, path in repo:holding("**/*.py", "INSTALLED_APPS") do
    local file = repo:open(path)
    local settings = file and file.class == "source" and file.root
    for _, assign in settings and settings:descendants({ "assign", "aug-assign" }) or {} do
      local target = assign:child("target")
      if target and target.text:find("APPS$") then
        local is_aside = is_for_development(assign)
        for _, text in assign:descendants("str") do
          installed[text.text] = installed[text.text] or not is_aside
        end
      end
    end
  end
end

-- Whether a file belongs to an app that is installed in development, and nowhere else.
function M.holds(path, repo)
  if not installed then
    read(repo)
  end
  local module = path:gsub("%.py$", ""):gsub("/", ".")
  for name, is_shipped in installed or {} do
    if not is_shipped and ("." .. module):find("." .. name:gsub("%.apps%.%w+$", "") .. ".", 1, true) then
      return true
    end
  end
  return false
end

return M
