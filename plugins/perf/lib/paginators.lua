-- Paginators and reads that count all rows along with each page: Django's, Flask's, those of JavaScript's mappers, and `COUNT(*) OVER ()`.

local paged_read = require("paged_read")
local selects = require("selects")
local set = require("words").set

local M = {}

local PAGES = { "skip", "take", "limit", "offset", "page" }
local LINKS = set("skip", "take", "limit", "offset")

-- Whether a read asks for a page: one that takes all rows counts nothing besides.
local function is_page(call, query)
  for _, option in PAGES do
    if select(2, call:arg(option)) ~= "absent" then
      return true
    end
  end
  for _, part in query do
    if LINKS[part.name] then
      return true
    end
  end
  return false
end

-- The query that a paginator is given, where it is given one.
local function given(call)
  for _, at in { "object_list", "select", "query", 1, 2 } do
    local argument = call:arg(at)
    local value = argument and (argument.kind == "name" and argument:value() or argument)
    if value and value.kind == "call" then
      return value
    end
  end
  return nil
end

-- What a paginator counts; nil where it counts nothing, or what it pages is not seen.
function M.of(call, func)
  local name = call.name
  if name == "Paginator" or call:is({ "flask_sqlalchemy.SQLAlchemy.paginate", "fastapi_pagination.**" }) then
    local is_fastapi = call:is("fastapi_pagination.**")
    if is_fastapi and (not name:find("paginate") or call.file.text:find("CursorPage", 1, true) or call.file.text:find("LimitOffsetPageWithoutTotal", 1, true)) or not M.counts(call) then
      return nil
    end
    local query = given(call)
    return query and paged_read.query_of(query, func.node)
  elseif name == "paginate" then
    return M.counts(call) and paged_read.query_of(call, func.node) or nil
  elseif name == "select" then
    -- Supabase counts exactly where it is asked to.
    local count = call:arg("count")
    local how = count and count:literal()
    local is_paged = false
    for _, link in call:chained() do
      is_paged = is_paged or link.name == "range"
    end
    return how == "exact" and is_paged and select(2, call:arg("head")) == "absent" and paged_read.query_of(call, func.node) or nil
  end
  local found = paged_read.query_of(call, func.node)
  return found and is_page(call, found.query) and found or nil
end

-- Whether a paginator is told to count nothing, or may be.
function M.counts(call)
  local count, state = call:arg("count")
  return state == "absent" or state == "given" and count ~= nil and count.kind == "bool" and count.text:lower() == "true"
end

-- What a statement counts; with `is_beside`, one that gives its page too.
function M.of_text(node, text, is_beside)
  local statement = node.file:sql(text)[1]
  if not statement or statement.kind ~= "select" or selects.groups_rows(text) or is_beside and statement.limit == "no" or not is_beside and (not statement.aggregates_only or statement.limit ~= "no") then
    return nil
  end
  local name = nil
  for _, source in statement.sources do
    if source.kind ~= "base" then
      return nil
    end
    name = name or source.name
  end
  local head = text:gsub("[Ll][Ii][Mm][Ii][Tt]%s.*$", "")
  local filter = selects.has_placeholder(head) and "key" or statement.filter == "no" and "none" or "constant"
  return name and { at = node, name = name, filter = filter, is_whole = true } or nil
end

local function members(node)
  local all = {}
  for _, statement in node:child("body") and node:child("body"):children() or {} do
    local target = statement.kind == "assign" and statement:child("target")
    if target then
      all[target.text] = statement:child("value")
    elseif statement.kind == "function" then
      all[statement.text] = statement
    end
  end
  return all
end

-- Reports a class of Django or REST framework whose pages are counted.
function M.check_class(node, report)
  local own = members(node)
  local is_rest = false
  for _, base in node:children("base") do
    for _, path in base:origin() do
      is_rest = is_rest or path:find("^rest_framework") ~= nil
    end
  end
  if is_rest then
    if not (own.django_paginator_class or own.paginate_queryset or own.get_count) and not node.source:lower():find("cache", 1, true) then
      report({ at = node, message = `every list that {node.text} pages is counted with each of its pages`, confidence = "low", reach = "request" })
    end
    return
  end
  local size, queryset = own.paginate_by, own.queryset or own.model
  if not size or size.kind == "null" or own.paginator_class or own.get_paginator or not queryset then
    return
  end
  local name = queryset.source:match("^([%w_]+)")
  local found = { name = name, filter = (own.get_queryset or queryset.source:find("filter", 1, true)) and "key" or "none", is_whole = true }
  local confidence = paged_read.confidence(found)
  if confidence then
    report({ at = node, message = `{node.text} counts the total of {name} with each page, as every ListView with \`paginate_by\` does`, confidence = confidence, reach = "request" })
  end
end

return M
