-- Queries that a function begins and others run: it gives them back, or hands them to a serialiser that shows all of their rows.

local M = {}

-- Whether a call shows all rows that it is handed: `LineSerializer(lines, many=True)`.
local function shows_all(call, node)
  local many = call.kind == "call" and call.name:find("Serializer", 1, true) and call:arg("many")
  local first = many and many:literal() == true and call:arg(1)
  return first ~= nil and first ~= false and first:same(node)
end

-- Whether an expression is given back or shown, itself or by the name that it is kept under.
local function is_given(node, method, depth)
  local parent = node:parent()
  if not parent then
    return false
  elseif parent.kind == "return" then
    local func = parent:enclosing("function")
    return func ~= nil and func:same(method)
  elseif parent.kind == "call" then
    return shows_all(parent, node)
  end
  local target = parent.kind == "assign" and depth < 2 and node:role() == "value" and parent:child("target")
  for _, name in target and target.kind == "name" and method:descendants("name", target.text) or {} do
    if not name:same(target) and name:role() ~= "target" and is_given(name, method, depth + 1) then
      return true
    end
  end
  return false
end

-- The first query of that sort in a function, as `store` tells of accesses; nil where there is none. `taken` holds the numbers of calls that were told of before.
function M.first(method, taken)
  for _, call in method:descendants("call") do
    local is_lazy = not (taken and taken[call.id]) and call:fact("kind") == "db" and call:fact("verb") == "lazy" and call:fact("rows") == "true"
    local after = is_lazy and call:chained()
    local whole = after and (after[#after] or call)
    -- An empty query asks nothing.
    if whole and whole.name ~= "none" and is_given(whole, method, 0) then
      return { call = call, whole = whole, sort = "read", store = call:fact("store"), what = call:target()[1] or call.name, hops = {} }
    end
  end
  return nil
end

return M
