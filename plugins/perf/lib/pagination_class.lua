-- Classes that say how REST framework pages, and the ceiling that they leave out.

local M = {}

-- By base class: the attribute that lets a caller choose, where one must be set for that, and the one that bounds what is chosen.
local CEILINGS = {
  ["rest_framework.pagination.PageNumberPagination"] = { asks = "page_size_query_param", bounds = "max_page_size", method = "get_page_size" },
  ["rest_framework.pagination.CursorPagination"] = { asks = "page_size_query_param", bounds = "max_page_size", method = "get_page_size" },
  ["rest_framework.pagination.LimitOffsetPagination"] = { bounds = "max_limit", method = "get_limit" },
}

-- Reports a class whose callers choose the size of a page without a ceiling.
function M.check(node, report)
  local body = node:child("body")
  local ceiling = nil
  for _, base in node:children("base") do
    for _, path in base:origin() do
      ceiling = ceiling or CEILINGS[path]
    end
  end
  -- A second base may set what this one leaves out.
  if not body or not ceiling or #node:children("base") > 1 then
    return
  end
  local own = {}
  for _, statement in body:children() do
    local target = statement.kind == "assign" and statement:child("target")
    if target then
      own[target.text] = statement:child("value")
    elseif statement.kind == "function" then
      own[statement.text] = statement
    end
  end
  local asks = ceiling.asks and own[ceiling.asks]
  local bound = own[ceiling.bounds]
  if ceiling.asks and (not asks or asks.kind == "null") or bound and bound.kind ~= "null" or own[ceiling.method] or own.paginate_queryset then
    return
  end
  report({
    at = node,
    message = `callers of {node.text} choose the size of a page, and \`{ceiling.bounds}\` is not set`,
    confidence = "high",
    reach = "request",
    related = asks and { { at = asks, message = "lets the caller choose" } } or nil,
  })
end

return M
