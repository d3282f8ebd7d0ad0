-- Lists that are narrowed to a tenant and no further: to who asks, all rows of his organisation are the whole table.

local narrowing = require("narrowing")
local tenant_columns = require("tenant_columns")
local words = require("words")

local M = {}

local TENANTS = words.set("tenant", "org", "organization", "organisation", "workspace")
local KEYS = words.set("id", "uuid", "pk", "slug")

-- Whether the name of a column speaks of the tenant of a row: `users.tenant_id`, `organizationId`.
local function is_of_tenant(column)
  local all = words.of(column:match("([%w_]+)$") or "")
  local last = all[#all]
  if last and KEYS[last] then
    last = all[#all - 1]
  end
  return last ~= nil and (TENANTS[last] == true or tenant_columns.has(last))
end

-- When something happened, by the name of the column.
local function is_moment(column)
  return column:find("%lAt$") ~= nil or column:find("_at$") ~= nil or column:lower():find("date$") ~= nil or column:lower():find("time$") ~= nil
end

-- Whether a condition of Prisma asks for rows that have others, whichever and whenever they came: `views: { some: { viewedAt: interval } }`.
local function asks_for_any(value)
  local some = value.kind == "dict" and value:entry("some")
  if not some or some.kind ~= "dict" then
    return false
  end
  for _, item in some:children("item") do
    local inner = item.kind == "pair" and item:child("value")
    local _, is_known = (inner or item):literal()
    if not inner or not is_known and inner.kind ~= "bool" and inner.kind ~= "null" and not is_moment(item.text) then
      return false
    end
  end
  return true
end

-- Whether a dictionary of conditions asks for the tenant; nil where it asks for something else as well.
local function of_dict(dict)
  local found = false
  for _, item in dict:children("item") do
    local value = item.kind == "pair" and item:child("value")
    local _, is_known = (value or item):literal()
    if not value then
      return nil
    elseif not is_known and value.kind ~= "bool" and value.kind ~= "null" then
      if is_of_tenant(item.text) then
        found = true
      elseif not asks_for_any(value) then
        return nil
      end
    end
  end
  return found
end

-- The same of one link.
local function of_link(call)
  local first = call:args()[1]
  local named = first and first:literal()
  if #call:args() >= 2 and type(named) == "string" then
    if is_of_tenant(named) then
      return true
    end
    return nil
  end
  local value = first and first.kind == "name" and first:value() or first
  if value and value.kind == "dict" then
    local where, state = value:entry("where")
    if state == "given" and where and where.kind == "dict" then
      return of_dict(where)
    end
    return of_dict(value)
  elseif value and value.kind == "call" and value.name == "eq" then
    local column = value:arg(1)
    return column and is_of_tenant(column.text) or nil
  end
  return nil
end

-- Whether the parts of a query narrow it to a tenant only.
function M.is_whole(query)
  local found = false
  for _, part in query do
    if narrowing.FILTERS[part.name] then
      local filter = narrowing.filter_of_call(part.call)
      if filter == "key" or filter == "caller" then
        if filter == "caller" or not of_link(part.call) then
          return false
        end
        found = found or not part.is_optional
      end
    elseif part.name:find("^where") and part.name ~= "whereNull" and part.name ~= "whereNotNull" then
      return false
    end
  end
  return found
end

return M
