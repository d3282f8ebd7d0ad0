-- Conditions that ask for the rows of one sort, with whichever value comes: `filter_by(role=role)`, `find({ where: { regionId } })`, `WHERE status = ?`. There are few sorts, and each
-- of them holds its share of the whole table: such a condition lets as many rows through as one with a constant.

local narrowing = require("narrowing")
local words = require("words")

local M = {}

local SORTS = words.set(
  "role", "status", "state", "type", "kind", "region", "country", "language", "locale", "gender", "platform", "department", "environment", "severity", "priority", "visibility", "continent", "currency"
)
local KEYS = words.set("id", "code", "name", "slug")
-- Words of two values, which leave a half.
local STATES = words.set("active", "enabled", "disabled", "deleted", "archived", "hidden", "visible", "public", "published", "draft", "verified", "approved", "completed", "complete", "banned", "blocked", "pending")

-- What the name of a column says: "sort", "state" where it tells nothing, nil for any other.
local function said_by(column, said)
  local all = words.of((column:gsub("__.*$", ""):match("([%w_]+)$") or ""))
  local last = all[#all] or ""
  local is_key = KEYS[last] ~= nil and #all > 1
  last = is_key and all[#all - 1] or last
  -- Rows that join something with its sorts, `user_role.role_id`, are of those who have it.
  if SORTS[last] and not said.of[last] then
    return "sort"
  end
  return not is_key and STATES[last] and "state" or nil
end

-- Links of SQLAlchemy that compare with nothing, true or false.
local COMPARES_CONSTANT = words.set("is_", "is_not", "isnot")

local of_value

-- Adds what a pair of a column and a value says; whether it narrows to no more than a sort.
local function of_pair(column, value, said)
  local _, is_known = value:literal()
  if is_known or value.kind == "bool" or value.kind == "null" then
    return true
  end
  local sort = said_by(column, said)
  said.sort = said.sort or sort == "sort"
  -- What is compared otherwise, `{ in: ids }`, is left alone.
  return sort ~= nil and value.kind ~= "dict" and value.kind ~= "list"
end

of_value = function(value, said)
  if value.kind == "dict" then
    for _, item in value:children("item") do
      local given = item.kind == "pair" and item:child("value")
      if not given or not of_pair(item.text, given, said) then
        return false
      end
    end
    return true
  elseif value.kind == "kw-arg" then
    local given = value:child("value")
    return given ~= nil and of_pair(value.text, given, said)
  elseif value.kind == "compare" then
    local sides = value:children("value")
    if value.text == "!=" then
      return true
    end
    return value.text == "==" and #sides == 2 and sides[1].kind == "attr" and of_pair(sides[1].text, sides[2], said)
  elseif value.kind == "call" and COMPARES_CONSTANT[value.name] then
    return true
  elseif value.kind == "unary" or value.kind == "attr" then
    -- `~Order.archived`
    local column = value.kind == "unary" and value:children()[1] or value
    return column ~= nil and column.kind == "attr" and said_by(column.text, said) == "state"
  elseif value.kind == "call" and value.name == "eq" then
    local column, given = value:arg(1), value:arg(2)
    return column ~= nil and given ~= nil and column.kind == "attr" and of_pair(column.text, given, said)
  elseif value.kind == "call" and (value.name == "and" or value.name == "and_") then
    for _, one in value:args() do
      if not of_value(one, said) then
        return false
      end
    end
    return true
  end
  return false
end

-- The same of a condition that is written as a text: `Where("status = ? AND deleted = false", status)`.
local function of_text(text, said)
  local left = text:gsub("[%w_.]+%s*=%s*[%?$:@]?[%w_']*", function(pair)
    local column, value = pair:match("^([%w_.]+)%s*=%s*(.*)$")
    local sort = said_by(column, said)
    said.sort = said.sort or sort == "sort" and value:find("^[%?$:@]") ~= nil
    return (sort or not value:find("^[%?$:@]")) and "" or nil
  end)
  return left:lower():gsub("%f[%w]and%f[%W]", ""):gsub("%f[%w]is null%f[%W]", ""):gsub("%f[%w]is not null%f[%W]", ""):find("[%?$:@=<>]") == nil and not text:lower():find("%f[%w]x?or%f[%W]")
end

local function of_link(call, said)
  local arguments = call:args()
  local first = arguments[1]
  local text = first and first:literal()
  if type(text) == "string" then
    if text:find("[%?=]") then
      return of_text(text, said)
    end
    -- `where("status", status)`, `where("status", "=", status)`.
    local operator = #arguments == 3 and arguments[2]:literal()
    return (#arguments == 2 or operator == "=" or operator == "==") and of_pair(text, arguments[#arguments], said)
  end
  local where, state = call:arg("where")
  if first and first.kind == "dict" and state ~= "absent" then
    return state == "given" and where ~= nil and of_value(where, said)
  elseif first and first.kind == "dict" then
    local condition = narrowing.condition_in(first)
    return condition == nil or of_value(first, said)
  end
  for _, argument in arguments do
    if not of_value(argument, said) then
      return false
    end
  end
  return true
end

-- Whether all that a query is filtered by with values that are not known is a sort; `name` is what the rows are called.
function M.is_only(query, name)
  local said = { sort = false, of = words.set(unpack(words.of(name))) }
  for _, part in query do
    if narrowing.GROUPS[part.name] then
      return false
    elseif narrowing.FILTERS[part.name] and not part.is_aside and not part.is_optional and not (part.name == "query" and part.call.file.language == "python") then
      local filter = narrowing.filter_of_call(part.call)
      if (filter == "key" or filter == "caller") and not of_link(part.call, said) then
        return false
      end
    elseif part.name:find("^where") or part.name:find("^Where") or part.name == "join" or part.name == "having" then
      return false
    end
  end
  return said.sort
end

-- The same of a statement of SQL, whose values are not known.
function M.are_compared(statement, text, name)
  local said = { sort = false, of = words.set(unpack(words.of(name))) }
  local sorts = 0
  for _, one in statement.compares do
    local sort = said_by(one.column, said)
    if sort == "sort" and one.operator == "equal" then
      sorts += 1
    elseif sort ~= "state" and one.operator ~= "null" then
      return false
    end
  end
  local _, values = text:gsub("%%s", "?"):gsub("::", ""):gsub("%$%d", "?"):gsub("[:@]%a", "?"):gsub("{}", "?"):gsub("%?", "?")
  return sorts > 0 and values <= sorts
end

return M
