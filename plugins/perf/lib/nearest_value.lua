-- The value of a name that several blocks of a function declare, each its own: `const response = await fetch(a)` in one branch and in the next one. It is the last one
-- given before in a block around the name.

local query_chain = require("query_chain")

local M = {}

-- What a name holds, as far as one assignment decides it; nil where that is not seen.
function M.of(name)
  local value = name:value()
  if value then
    return value
  end
  local func = name:func()
  local found = nil
  for _, assign in func and query_chain.assigned(func.node)[name.text] or {} do
    local block = assign:enclosing({ "block", "function", "module" })
    if assign.id < name.id and block and name:is_within(block) then
      found = assign:child("value")
    end
  end
  return found
end

return M
