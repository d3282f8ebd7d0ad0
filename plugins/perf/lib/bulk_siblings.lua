-- Methods of a class of the project that do for many rows what another one does for one: `create_many` beside `create`.

local M = {}

local FORMS = { "%s_many", "%s_all", "%s_bulk", "%s_batch", "%s_multiple", "bulk_%s", "batch_%s", "multi_%s" }

-- The method of that kind beside the one that a call runs; nil where there is none, where it is the caller, or only a loop over the one.
function M.of(call)
  local callees = call:callees()
  local method = #callees == 1 and callees[1].node
  local class = method and method:enclosing("class")
  local body = class and class:child("body")
  if not body then
    return nil
  end
  local names = {}
  for _, form in FORMS do
    names[form:format(method.name)] = true
  end
  local caller = call:func()
  for _, statement in body:children() do
    if statement.kind == "function" and names[statement.name] and #statement:children("param") > 1 then
      local is_caller = caller ~= nil and caller.node:same(statement)
      return not is_caller and #statement:descendants("call", method.name) == 0 and statement or nil
    end
  end
  return nil
end

return M
