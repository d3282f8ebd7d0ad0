-- Levels that another module gives a logger while the service starts: `logger.level = config.level` of a logger that it imports.

local flow = require("flow")

local M = {}

local MODULES = "**/*.{js,cjs,mjs,ts}"

-- Whether `other` imports the module at `path` under a name, by its last word.
local function imports(other, path)
  local stem = path:match("([^/]+)%.%w+$") or ""
  local folder = stem == "index" and path:match("([^/]+)/index%.%w+$") or nil
  for spec in other.text:gmatch("[\"'](%.[^\"'\n]*)[\"']") do
    local last = spec:gsub("%.[cm]?[jt]s$", ""):match("([^/]+)/?$")
    if last == stem or folder and last == folder then
      return true
    end
  end
  return false
end

-- Whether a module assigns the level of the logger that `call` makes in `file` from something that is decided there.
function M.is_set(repo, file, call)
  local target = flow.target(call)
  local name = target and target.kind == "name" and target.text
  if not name or file.language == "python" or file.language == "go" then
    return false
  end
  for _, path in repo:holding(MODULES, { `{name}.level =` }) do
    local other = path ~= file.path and repo:open(path)
    for _, assign in other and other.root and other.class == "source" and imports(other, file.path) and other.root:descendants("assign") or {} do
      local into, value = assign:child("target"), assign:child("value")
      if into and into.kind == "attr" and into.text == "level" and into.source == name .. ".level" and value and value.kind ~= "str" then
        return true
      end
    end
  end
  return false
end

return M
