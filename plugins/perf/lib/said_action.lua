-- What a view of Django REST framework does for one of its actions only: `if self.action == "retrieve"`, `if self.request.method in ["GET"]`.

local M = {}

-- How the condition around a node within `method` speaks of the action: "list", "other", or nil where it does not; second, whether the condition names actions itself.
function M.of(node, method)
  local at = node:enclosing({ "if", "function" })
  while at and at.kind == "if" and at:is_within(method) do
    local test, body = at:child("test"), at:child("body")
    local text = test and test.source or ""
    if text:find("action", 1, true) or text:find("%.method%f[%W]") then
      local is_about = text:find("[\"']list[\"']") ~= nil or text:find("[\"']GET[\"']") ~= nil
      local is_negated = text:find("!=", 1, true) ~= nil or text:find("not in", 1, true) ~= nil
      local is_inside = body ~= nil and node:is_within(body)
      local is_named = text:find("[\"']%l+[\"']") ~= nil or text:find("[\"']%u+[\"']") ~= nil
      if is_inside then
        return is_about ~= is_negated and "list" or "other", is_named
      elseif is_about ~= is_negated then
        return "other", is_named
      end
    end
    at = at:enclosing({ "if", "function" })
  end
  return nil, false
end

-- Whether a statement of `get_queryset` is for an action that gives no list.
function M.is_of_other(node)
  local method = node:func()
  if not method or method.name ~= "get_queryset" then
    return false
  end
  local said, is_named = M.of(node, method.node)
  return said == "other" and is_named
end

-- The ways to the rows of a list: those that the view takes for it, where it says of one that it does.
function M.of_list(ways)
  local listed = {}
  for _, rows in ways do
    local scope = rows.way and rows.way:enclosing({ "function" })
    if scope and M.of(rows.way, scope) == "list" then
      table.insert(listed, rows)
    end
  end
  return #listed > 0 and listed or ways
end

return M
