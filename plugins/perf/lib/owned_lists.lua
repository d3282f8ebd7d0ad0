-- Lists of what one owner has, of things that are added without end: `Message.query().where("roomId", roomId)`.

local endless_lists = require("endless_lists")
local narrowing = require("narrowing")

local M = {}

-- Links and keys that ask for something else besides.
local NARROWS = { "whereIn", "findByIds", "having", "whereNotNull", "whereExists" }

-- The columns that a link asks for with a value that is not known, "" for those that are not seen.
local function columns_of(call)
  local arguments = call:args()
  local first = arguments[1]
  local column = first and first:literal()
  if type(column) == "string" and #arguments >= 2 then
    return { column }
  end
  local where = first and first.kind == "dict" and (first:entry("where") or first)
  if not where or where.kind ~= "dict" then
    return { "" }
  end
  local all = {}
  for _, item in where:children("item") do
    local value = item.kind == "pair" and item:child("value")
    local _, known = (value or item):literal()
    if not value then
      return { "" }
    elseif not known and value.kind ~= "bool" and value.kind ~= "null" then
      table.insert(all, value.kind == "dict" and "" or item.text)
    end
  end
  return all
end

-- Whether a column names another row: `roomId`, `room_id`, but not the row's own.
local function names_owner(column)
  local name = column:match("([%w_]+)$") or ""
  return name:find("%l[iI]d$") ~= nil or name:find("_id$") ~= nil
end

-- Whether the first rows are taken out of what comes: `const [message] = await ...`.
local function takes_first(read)
  local assign = read:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  return target ~= nil and target ~= false and target.kind == "list"
end

-- Whether a list in JavaScript is of all that belongs to one owner, and of things that are added without end.
function M.is_long(found)
  if found.read.file.language == "python" or found.read.file.language == "go" or not endless_lists.has(found) or takes_first(found.shown or found.read) then
    return false
  end
  local owners = 0
  for _, part in found.query or {} do
    if part.is_aside then
      continue
    end
    for _, name in NARROWS do
      if part.name == name then
        return false
      end
    end
    if narrowing.FILTERS[part.name] and narrowing.filter_of_call(part.call) == "key" then
      for _, column in part.name ~= "modify" and columns_of(part.call) or { "" } do
        if not names_owner(column) then
          return false
        end
        owners += 1
      end
    end
  end
  return owners == 1
end

return M
