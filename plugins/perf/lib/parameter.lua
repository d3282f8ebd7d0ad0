-- Parameters of functions of the project: which of them takes an argument, and those that none is given for, the object or the class itself.

local M = {}

-- Whether a name or a parameter is called as the object itself is.
function M.is_self(node)
  return node.text == "self" or node.text == "cls"
end

-- How many parameters stand before the first argument: Python's `self`, Go's receiver.
function M.leading(func)
  if func.node.file.language == "go" and func.params[1] then
    return func.node.source:find("^func%s*%(") and func.name ~= "" and 1 or 0
  end
  local first = func.params[1]
  return first and M.is_self(first) and 1 or 0
end

-- The parameter of a function that takes an argument of a call: the value as given, or the `name=value` around it; nil where none does.
function M.taking(func, call, argument)
  local parent = argument:parent()
  local keyword = argument.kind == "kw-arg" and argument or parent and parent.kind == "kw-arg" and parent or nil
  for at, given in call:args() do
    if given:same(keyword or argument) or given:is_within(argument) then
      local place = at + M.leading(func)
      for position, param in func.params do
        if keyword and param.text == keyword.text or not keyword and position == place then
          return param
        end
      end
    end
  end
  return nil
end

return M
