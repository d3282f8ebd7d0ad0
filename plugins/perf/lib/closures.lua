-- Functions seen from outside: a closure belongs to the function that makes it.

local M = {}

-- The outermost function that a node is or lies in; nil at the top level.
function M.outermost(node)
  local func = node:func()
  while func do
    local around = func.node:parent()
    local outer = around and around:func()
    if not outer then
      return func
    end
    func = outer
  end
  return nil
end

return M
