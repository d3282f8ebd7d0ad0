-- Whether two calls of a function lie on one way through it: neither in another branch, nor in what handles a failure.

local M = {}

-- The block of a call and of what stands around it, innermost first, within its function.
local function blocks_of(call)
  local all = {}
  local at = call:statement()
  for _ = 1, 24 do
    local block = at and at:parent()
    if not block then
      break
    end
    all[block.id] = true
    local owner = block:parent()
    if not owner or owner.kind == "function" then
      break
    end
    at = owner.kind == "block" and owner or owner:statement() or owner
  end
  return all
end

-- Whether the second of two calls runs after the first whenever it runs.
function M.follows(first, second)
  local statement = first:statement()
  local block = statement and statement:parent()
  local handler = second:enclosing({ "handler", "function" })
  local own = first:enclosing({ "handler", "function" })
  if handler and handler.kind == "handler" and not (own and own:same(handler)) then
    return false
  end
  return block ~= nil and block ~= false and first.id < second.id and blocks_of(second)[block.id] == true and not first:statement():same(second:statement())
end

return M
