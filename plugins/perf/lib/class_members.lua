-- What a Python class defines under a name: a value that is assigned in its body, or a method.

local M = {}

-- The value or the function that a class itself defines under a name.
function M.named(class, name)
  for _, statement in class:child("body"):children() do
    local target = statement.kind == "assign" and statement:child("target")
    if target and target.text == name then
      return statement:child("value")
    elseif statement.kind == "function" and statement.name == name then
      return statement
    end
  end
  return nil
end

-- The first definition of a name among a class and its bases in this repository, nearest first.
function M.inherited(lineage, name)
  for _, class in lineage do
    local found = M.named(class, name)
    if found then
      return found
    end
  end
  return nil
end

return M
