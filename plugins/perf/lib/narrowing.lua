-- What filters the rows of a query: conditions with constants say nothing about how many there are, a value that comes with the request
-- narrows them to what belongs to something.

local lower = require("words").lower
local model_modifiers = require("model_modifiers")
local optional_parts = require("optional_parts")
local set = require("words").set

local M = {}

-- Links that make groups of it: as many as there are values to group by.
M.GROUPS = set("group_by", "groupBy", "Group", "addGroupBy")
-- Links that filter.
M.FILTERS = set(
  "where", "andWhere", "orWhere", "whereIn", "whereRaw", "andWhereRaw", "whereBetween", "modify", "filter", "findAndCountAll", "findAndCount", "filter_by", "exclude", "find", "findBy", "findMany", "findAll", "find_many", "query", "Where", "Find", "get_list", "scan",
  "And", "In", "Between", "ID", "Id", "Not", "Filter", "Exclude", "SetCond", "WherePK", "WhereIn", "WhereInMulti", "WhereOr"
)

local NOW = set("now", "utcnow", "today", "date", "timenow", "localdate")

-- How much a filter says of the number of rows: "caller" is a condition from elsewhere, "key" a value that comes with the request.
local STRENGTH = { none = 0, constant = 1, caller = 2, key = 3 }

-- The one of two filters that says more.
function M.stronger(left, right)
  return STRENGTH[right] > STRENGTH[left] and right or left
end

-- What a condition compares with: constants say nothing about how many rows there are; a value that comes with the request
-- narrows them to what belongs to something; a whole condition from elsewhere may hold anything, or nothing.
local function filter_of_operand(node)
  local text, is_known = node:literal()
  if type(text) == "string" and text:find("{}", 1, true) then
    -- A text with holes: `%${name}%`.
    return "key"
  elseif is_known or node.kind == "bool" or node.kind == "null" then
    return "constant"
  elseif node.kind == "dict" or node.kind == "list" then
    return M.filter_of_value(node)
  elseif node.kind == "call" and NOW[lower(node.name)] then
    return "constant"
  elseif node.file.language ~= "python" and (node.kind == "conditional" or node.kind == "logic" and node.text ~= "and") and optional_parts.may_be_nothing(node) then
    -- `ownerId: isAdmin ? undefined : user.id`.
    return "caller"
  end
  return "key"
end

-- The one of two filters that says less.
local function weaker(left, right)
  return STRENGTH[right] < STRENGTH[left] and right or left
end

-- Of two ways to filter one is taken: where one of them lets everything through, all may come.
local function filter_of_either(node)
  local body, other = node:child("body"), node:child("else")
  if not body or not other or body.kind ~= "dict" or other.kind ~= "dict" then
    return "caller"
  end
  local found = weaker(M.filter_of_value(body), M.filter_of_value(other))
  return found == "none" and "caller" or found
end

-- The same of what a condition is made of.
function M.filter_of_value(node)
  local kind = node.kind
  if kind == "dict" then
    local found = "none"
    for _, item in node:children("item") do
      if item.kind == "pair" then
        found = M.stronger(found, filter_of_operand(item:child("value") or item))
      elseif item.kind == "spread" then
        local value = item:child("value")
        found = M.stronger(found, value and M.filter_of_value(value) or "caller")
      end
    end
    return found
  elseif kind == "list" then
    local found = "none"
    for _, item in node:children("item") do
      found = M.stronger(found, filter_of_operand(item))
    end
    return found
  elseif kind == "kw-arg" then
    return filter_of_operand(node:child("value"))
  elseif kind == "name" then
    local value = node:value()
    if value and (value.kind == "dict" or value.kind == "conditional" or value.kind == "call") then
      return M.filter_of_value(value)
    end
    return "caller"
  elseif kind == "conditional" then
    return filter_of_either(node)
  elseif kind == "logic" and node.text == "and" and node.file.language ~= "python" then
    -- `...(state && { state })`: without the state nothing is asked.
    return "caller"
  elseif kind == "compare" or kind == "binary" or kind == "logic" or kind == "unary" then
    local found = "none"
    for at, side in node:children("value") do
      if at > 1 or kind ~= "compare" then
        found = M.stronger(found, kind == "compare" and filter_of_operand(side) or M.filter_of_value(side))
      end
    end
    return found
  elseif kind == "call" then
    if #node:callees() > 0 then
      return "caller"
    end
    local found = "none"
    for _, argument in node:args() do
      found = M.stronger(found, argument.kind == "str" and "none" or filter_of_operand(argument))
    end
    local receiver = node:receiver()
    if receiver and (receiver.kind == "call" or receiver.kind == "binary") then
      found = M.stronger(found, M.filter_of_value(receiver))
    end
    return found
  elseif kind == "spread" then
    local value = node:child("value")
    return value and M.filter_of_value(value) or "caller"
  elseif kind == "str" or kind == "num" or kind == "bool" or kind == "null" or kind == "function" then
    return "none"
  end
  return "caller"
end

-- Options that stand beside a condition.
local OPTIONS = set("take", "skip", "limit", "offset", "orderBy", "order", "include", "select", "cursor", "distinct", "relations")

-- The condition in an object that a function is handed: what stands under `where`, or all of it; nil where options stand in it only, for `list({ skip, take })` asks for no
-- rows in particular.
function M.condition_in(object)
  local where = object:entry("where")
  if where then
    return where
  end
  for _, item in object:children("item") do
    if OPTIONS[item.text] then
      return nil
    end
  end
  return object
end

-- Types of Go that stand for one value.
local VALUES = set("Time", "UUID", "ULID", "ObjectID", "Duration", "NullString", "NullInt64", "Decimal", "Int", "ID")

-- Whether a name in Go holds a struct that the function is handed: as a condition it asks for the fields that are filled, which may be none.
local function is_struct_of_caller(node)
  local at = node.kind == "name" and node:param_position()
  local func = at and node:func()
  local param = func and func.params[at]
  local kind = param and param.source:match("%s%*?([%w_.]+)$")
  local last = kind and kind:match("([%w_]+)$")
  return last ~= nil and last ~= false and last:find("^%u") ~= nil and not VALUES[last]
end

-- Links of mappers in Go that narrow besides `Where`.
local GO_CONDITIONS = set("And", "In", "Between", "Not", "Filter", "Exclude")

-- Links that take their condition as one of several options.
local TAKES_OPTIONS = set("findMany", "findAll", "findAndCountAll", "findAndCount")

-- How one link of a query filters.
function M.filter_of_call(call)
  local found = "none"
  local arguments = call:args()
  local first = arguments[1]
  if call:fact("orm") == "knex" and call.name == "query" then
    -- Objection's takes a transaction.
    return "none"
  elseif call.name == "modify" then
    return model_modifiers.filter_of(call)
  end
  if first and (TAKES_OPTIONS[call.name] or (call:fact("orm") == "typeorm" and call.name == "find")) then
    local where, state = call:arg("where")
    if state == "hidden" and first.kind == "dict" then
      state = optional_parts.state_of(first, "where")
    end
    return where and M.filter_of_value(where) or state == "absent" and "none" or "caller"
  end
  -- Firestore and knex: field, operator, value; mappers of Go: a condition and its values, or a column and what may stand in it.
  local takes_values = call.name:lower():find("where", 1, true) or GO_CONDITIONS[call.name]
  if first and #arguments >= 2 and first.kind ~= "dict" and first.kind ~= "kw-arg" and first.kind ~= "compare" and takes_values then
    local _, known = first:literal()
    return known and filter_of_operand(arguments[#arguments]) or "caller"
  end
  local into = tonumber(call:fact("lists_into"))
  for at, argument in arguments do
    -- Mongo's second argument picks fields; Go names what the rows are put into.
    if not (at > 1 and not into and (call.name == "find" or call.name == "Find")) and at ~= into then
      local is_whole = into and #arguments == into + 1 and is_struct_of_caller(argument)
      found = M.stronger(found, is_whole and "caller" or into and filter_of_operand(argument) or M.filter_of_value(argument))
    end
  end
  if call:fact("store") == "dynamo" and first and #arguments > 0 then
    local _, known = first:literal()
    local condition = call:arg("KeyConditionExpression")
    local text = condition and condition:literal()
    if type(text) == "string" and text:find("=%s*:") then
      -- The key is compared with what stands among the values.
      local values = call:arg("ExpressionAttributeValues")
      return values and M.filter_of_value(values) or "key"
    end
    return (condition and M.filter_of_value(condition)) or (known and "constant") or found
  end
  return found
end

-- Calls that say which columns are read.
local COLUMNS = set("query", "select", "selectDistinct", "distinct", "with_entities", "values", "values_list", "pluck")

-- Whether such a call reads one column: `select(Order.state)`, `values_list("state", flat=True)`, `selectDistinct({ state: orders.state })`.
local function selects_one_column(call)
  local columns, found = 0, false
  for _, argument in call:args() do
    local given = { argument }
    if argument.kind == "dict" then
      given = {}
      for _, item in argument:children("item") do
        table.insert(given, item:child("value") or item)
      end
    end
    for _, column in given do
      if column.kind ~= "kw-arg" and column.kind ~= "bool" then
        columns += 1
        found = found or column.kind == "str" or column.kind == "attr" and column.text:find("^%l") ~= nil
      end
    end
  end
  return columns == 1 and found
end

-- How a query as a whole filters: "none", "constant", "caller" or "key".
function M.filter_of(query)
  local found = "none"
  local by_values = false
  local one_column, is_distinct = false, false
  for _, part in query do
    local name = part.name
    one_column = one_column or COLUMNS[name] and selects_one_column(part.call) or false
    is_distinct = is_distinct or name == "distinct" or name == "selectDistinct"
    by_values = by_values or name == "values" or name == "values_list"
  end
  if one_column and is_distinct then
    -- As many as the column has values.
    found = "key"
  end
  for _, part in query do
    local name = part.name
    if M.GROUPS[name] or by_values and name == "annotate" and part.call.source:find("[( =](%u%l+)%(") then
      found = M.stronger(found, "key")
    end
    if M.FILTERS[name] and (not part.is_optional or part.begins) then
      found = M.stronger(found, M.filter_of_call(part.call))
    end
  end
  return found
end

return M
