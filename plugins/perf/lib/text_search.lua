-- Conditions that are written as texts and only search for what somebody types: `Where("name LIKE ? OR email LIKE ?", word+"%", word+"%")`. They name nobody
-- whose rows are wanted, and where nothing is typed everything matches.

local narrowing = require("narrowing")

local M = {}

local function has_like(part)
  return part:find("%f[%w]i?like%f[%W]") ~= nil
end

-- What one condition says: "search", "key" where it compares with a value otherwise, or nil where it holds constants only.
local function part_sort(part)
  if has_like(part) then
    return "search"
  end
  return part:find("[%?@:$]") and "key" or nil
end

-- The same of a text: of several that are joined by OR, a search lets through whatever the others do.
local function text_sort(text)
  text = " " .. text:lower():gsub("[%s%(%)]+", " ") .. " "
  if text:find(" or ", 1, true) then
    return has_like(text) and not text:find(" and ", 1, true) and "search" or "key"
  end
  local found = nil
  for part in (text:gsub(" and ", "\1") .. "\1"):gmatch("([^\1]*)\1") do
    local sort = part_sort(part)
    if sort == "key" then
      return "key"
    end
    found = found or sort
  end
  return found
end

-- Whether all that narrows a query in Go is such a search.
function M.is_only(query)
  local found = false
  for _, part in query do
    local call = part.call
    if not narrowing.FILTERS[part.name] or call.file.language ~= "go" then
      continue
    end
    -- What `Find` fills stands before its conditions.
    local first = call:arg((tonumber(call:fact("lists_into")) or 0) + 1)
    local text = first and first:literal()
    if first and type(text) ~= "string" then
      return false
    end
    local sort = text and text_sort(text)
    if sort == "key" or sort == "search" and not call.source:find("%", 1, true) then
      return false
    end
    found = found or sort == "search"
  end
  return found
end

return M
