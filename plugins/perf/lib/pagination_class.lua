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

local OPEN = "rest_framework.pagination.LimitOffsetPagination"

local function report_open(node, report)
  report({
    at = node,
    message = "callers choose how many rows they get by `limit`, and REST framework's own `LimitOffsetPagination` has no `max_limit`",
    confidence = "high",
    reach = "request",
  })
end

-- Reports a setting of REST framework that names its own class for windows, which has no ceiling.
function M.check_default(text, report)
  local pair = text:parent()
  if pair and pair.kind == "pair" and pair.source:find("^[\"']DEFAULT_PAGINATION_CLASS[\"']") then
    report_open(text, report)
  end
end

-- Reports a view that names it.
function M.check_named(assign, report)
  local value = assign:child("value")
  for _, path in value and value:origin() or {} do
    if path == OPEN then
      report_open(value, report)
      return
    end
  end
end

return M
