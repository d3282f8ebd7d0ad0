-- An option of a call by its name: an argument, or a key of one of the objects or structs that it is given.

local M = {}

-- The value and its presence, as `call:arg` gives them.
function M.of(call, name)
  local value, state = call:arg(name)
  if state == "given" then
    return value, state
  end
  for _, arg in call:args() do
    if arg.kind == "call" and arg:has("composite") then
      local inner, there = arg:arg(name)
      if there == "given" then
        return inner, there
      end
    elseif arg.kind == "dict" or arg.kind == "name" then
      local inner, there = arg:entry(name)
      if there == "given" then
        return inner, there
      end
    end
  end
  return value, state
end

return M
