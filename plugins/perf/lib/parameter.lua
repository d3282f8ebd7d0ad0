-- Parameters of Python that no argument is given for: the object or the class itself.

local M = {}

-- Whether a name or a parameter is called as the object itself is.
function M.is_self(node)
  return node.text == "self" or node.text == "cls"
end

-- How many parameters stand before the first argument.
function M.leading(func)
  local first = func.params[1]
  return first and M.is_self(first) and 1 or 0
end

return M
