-- Keys that were looked up in what a service is configured with before anything is kept under them: Python raises for one that is not there, so that there are
-- as many keys as are configured.

local query_chain = require("query_chain")

local M = {}

-- Whether a mapping is a table of settings: called so, or written out where it is made.
local function is_configured(mapping, scope)
  local root = query_chain.root_of(mapping)
  if not root or root:param_position() then
    return false
  end
  local source = mapping.source:lower()
  if source:find("config", 1, true) or source:find("setting", 1, true) then
    return true
  end
  local made = mapping.kind == "name" and mapping:definition()
  if made and made.kind == "assign" then
    made = made:child("value")
  end
  made = made or mapping.kind == "name" and mapping:value()
  return made ~= nil and made ~= false and made.kind == "dict" and #made:children("item") > 0 and not made:is_within(scope)
end

-- Whether the key of a write was looked up so on each way to it.
function M.is_looked_up(write)
  local key, func = write.key, write.at:func()
  if not key or key.kind ~= "name" or not func or write.at.file.language ~= "python" then
    return false
  end
  for _, node in func.node:descendants("index") do
    local at, mapping = node:child("index"), node:child("value")
    if at and mapping and at.kind == "name" and at.text == key.text and not at:same(key) and node.line <= write.at.line and not node:enclosing({ "try" }) then
      local branch = node:enclosing({ "if", "for", "while", "with", "function", "conditional", "logic" })
      local statement = node:enclosing({ "assign" })
      local is_target = statement and statement:child("target") and node:is_within(statement:child("target"))
      if branch and write.at:is_within(branch) and not is_target and is_configured(mapping, func.node) then
        return true
      end
    end
  end
  return false
end

return M
