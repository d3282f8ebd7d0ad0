-- Which methods of HTTP a route is registered for.

local M = {}

-- Whether a call that registers a route says that it answers GET, as it does where it names no methods; nil where the methods cannot be seen.
function M.answers_get(call)
  local methods, state = call:arg("methods")
  if state == "hidden" then
    return nil
  elseif not methods then
    -- `@api_view(["POST"])`.
    methods = call:arg(1)
    if not methods or methods.kind ~= "list" then
      return true
    end
  end
  local list = methods.kind == "name" and (methods:value() or methods:definition()) or methods
  if list.source:upper():find("%f[%w]GET%f[%W]") then
    return true
  end
  -- A name of another module, a list that code fills.
  return if #list:descendants("str") > 0 then false else nil
end

return M
