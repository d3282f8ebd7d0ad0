-- Time limits that are given to all calls of a library at once.

local service = require("service")
local time_limit = require("time_limit")

local M = {}

-- The limit that a file gives to all calls of axios: `axios.defaults.timeout = 5000`, `Object.assign(axios.defaults, { timeout: 5000 })`.
local function limits_axios(file)
  local function is_defaults(node)
    local of = node.kind == "attr" and node.text == "defaults" and node:child("value")
    -- An instance that `axios.create` made has defaults of its own.
    return of and of:comes_from({ "axios", "axios.default", "axios.Axios" })
  end
  for _, node in file.root and file.root:descendants({ "assign", "call" }) or {} do
    local value = nil
    if node.kind == "assign" then
      local target = node:child("target")
      local of = target and target.kind == "attr" and target.text == "timeout" and target:child("value")
      value = of and is_defaults(of) and node:child("value")
    elseif node.name == "assign" then
      local into = node:arg(1)
      local from = into and is_defaults(into) and node:arg(2)
      value = from and from:entry("timeout")
    end
    if value and time_limit.is_limit(value) then
      return true
    end
  end
  return false
end

-- Limits for all calls of a library at once, in the package that a call belongs to.
function M.is_given(call, library, repo)
  local root = service.root(repo, call.file.path)
  if library == "axios" then
    for _, path in repo:matched("defaults") do
      local file = service.root(repo, path) == root and repo:open(path)
      -- What a page sets does not reach a server.
      if file and (file.side ~= "browser" or call.file.side == "browser") and limits_axios(file) then
        return true
      end
    end
  end
  if library == "urllib" or library == "http.client" then
    for _, one in repo:calls("socket.setdefaulttimeout") do
      local value = one:arg(1)
      if service.root(repo, one.file.path) == root and (not value or time_limit.is_limit(value)) then
        return true
      end
    end
  end
  if call:is("@nestjs/axios.**") then
    for _, module in repo:calls({ "@nestjs/axios.HttpModule.register", "@nestjs/axios.HttpModule.registerAsync" }) do
      if service.root(repo, module.file.path) == root and time_limit.says_limit(module.source) then
        return true
      end
    end
  end
  return false
end

return M
