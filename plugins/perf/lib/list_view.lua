-- Django's and REST framework's generic views, which list all rows where neither they nor the settings paginate.

local few_rows = require("few_rows")
local query_chain = require("query_chain")

local M = {}

-- Whether the settings paginate; nil until that was looked up.
local default_pagination = nil

local function paginates_by_default(repo)
  if default_pagination == nil then
    default_pagination = false
    for _, path in repo:paths("**/*.py") do
      if path:find("settings", 1, true) or path:find("config", 1, true) then
        local file = repo:open(path)
        local value = file and file.text:match("[\"']DEFAULT_PAGINATION_CLASS[\"']%s*:%s*([^,\n]+)")
        if value and not value:find("None", 1, true) then
          default_pagination = true
        end
      end
    end
  end
  return default_pagination
end

-- Reports a class of views that lists all rows.
function M.check(node, report, repo)
  local body = node:child("body")
  if not body then
    return
  end
  local set_here, is_rest = {}, false
  for _, base in node:children("base") do
    for _, path in base:origin() do
      is_rest = is_rest or path:find("^rest_framework") ~= nil
    end
  end
  local name
  for _, statement in body:children() do
    local target = statement.kind == "assign" and statement:child("target")
    if target then
      set_here[target.text] = statement:child("value")
    elseif statement.kind == "function" then
      set_here[statement.text] = statement
    end
  end
  local bound = set_here.pagination_class or set_here.paginate_by or set_here.get_paginate_by or set_here.paginator_class or set_here.list
  if bound and not (bound.kind == "null") then
    return
  end
  if is_rest and paginates_by_default(repo) and not (bound and bound.kind == "null") then
    return
  end
  local own = set_here.get_queryset
  if own and (own.source:find("%[[^%]]*:[^%]]*%]") or own.source:find("self.request", 1, true) or own.source:find("kwargs", 1, true)) then
    return
  end
  local queryset = set_here.queryset or set_here.model
  if queryset then
    if queryset.source:find("%[[^%]]*:[^%]]*%]") or queryset.source:find("%.none%(") then
      return
    end
    local root = query_chain.root_of(queryset)
    name = root and root.text
  end
  if not name and not (own and own.source:find("%.objects") and not own.source:find("self%.model")) then
    -- A base of views, or one whose rows are not seen.
    return
  end
  -- Django's own groups are roles.
  if few_rows.named(name or node.text) or name == "Group" then
    return
  end
  report({
    at = node,
    message = `{node.text} lists all rows{name and " of " .. name or ""}: neither the view nor the settings paginate`,
    confidence = "medium",
    reach = "request",
    notes = { framework = is_rest and "rest_framework" or "django" },
  })
end

return M
