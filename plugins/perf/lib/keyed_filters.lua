-- Filters that lead to one row at most: which columns a condition compares for equality, and whether these are a key of their table.

local set = require("words").set

local M = {}

-- Columns that tell one row from all others wherever they stand.
local OWN_KEYS = set("id", "pk", "_id", "uuid", "guid", "rowid")
-- Calls that say that all of their conditions hold, and that two sides are the same.
local ALL = set("and_", "and", "And", "dict")
local EQUAL = set("eq", "Eq", "equal")

local SEVERAL = set("list", "set", "dict", "comprehension", "null")
-- Conditions of TypeORM and others that are written as values and compare otherwise than for equality, and what gives lists.
local OTHERWISE = set("In", "Any", "Not", "Between", "MoreThan", "MoreThanOrEqual", "LessThan", "LessThanOrEqual", "Like", "ILike", "IsNull", "Raw", "Or", "ArrayContains", "ArrayOverlap", "inArray", "in_", "any_", "not_in")
local LISTING = set("map", "filter", "flatMap", "keys", "values", "split", "concat", "slice", "list", "set", "tuple", "sorted", "uniq", "unique", "compact", "pluck", "from")

-- Whether a value stands for many keys, by what it is, what gives it, or what it is called: `In(ids)`, `rows.map(...)`, `orderIds`.
local function is_several(value, depth)
  local kind = value.kind
  if kind == "await" then
    value = value:child("value") or value
    kind = value.kind
  end
  if SEVERAL[kind] then
    return true
  elseif kind == "call" then
    return OTHERWISE[value.name] == true or LISTING[value.name] == true
  elseif kind == "name" or kind == "attr" then
    local name = value.kind == "attr" and value.text or value.name
    local made = depth < 3 and kind == "name" and value:value()
    return name:find("[iI]ds$") ~= nil or name:find("_pks$") ~= nil or name:find("[uU]uids$") ~= nil or name:find("[kK]eys$") ~= nil or made and is_several(made, depth + 1) or false
  end
  return false
end

local function add(fields, column, value)
  if column.kind == "attr" and value and not is_several(value, 0) then
    fields[column.text] = true
  end
end

local function collect(node, fields, depth)
  if depth > 4 then
    return
  end
  local kind = node.kind
  if kind == "dict" then
    for _, item in node:children("item") do
      local value = item.kind == "pair" and item:child("value")
      if item.kind == "pair" and item.text ~= "" and not (value and is_several(value, 0)) then
        fields[item.text] = true
      end
    end
  elseif kind == "list" then
    for _, item in node:children("item") do
      collect(item, fields, depth + 1)
    end
  elseif kind == "compare" and (node.text == "==" or node.text == "===") then
    local sides = node:children("value")
    if #sides == 2 and sides[1].kind == "attr" then
      add(fields, sides[1], sides[2])
    end
  elseif (kind == "logic" and node.text == "and") or (kind == "binary" and node.text == "&") then
    for _, side in node:children("value") do
      collect(side, fields, depth + 1)
    end
  elseif kind == "kw-arg" then
    local value = node:child("value")
    if value and not is_several(value, 0) then
      fields[(node.text:gsub("__exact$", ""))] = true
    end
  elseif kind == "call" and EQUAL[node.name] then
    local column = node:arg(1)
    if column and column.kind == "attr" then
      add(fields, column, node:arg(2))
    end
  elseif kind == "call" and ALL[node.name] then
    for _, argument in node:args() do
      collect(argument, fields, depth + 1)
    end
  elseif kind == "name" then
    local value = node:value()
    if value and value.kind ~= "name" then
      collect(value, fields, depth + 1)
    end
  end
end

-- The columns that a condition compares for equality: `{"id": number}`, `[Order.id == number]`, `and(eq(orders.id, number))`.
function M.fields(node)
  local fields = {}
  collect(node, fields, 0)
  return fields
end

-- Whether one of the columns is a key by its name.
function M.has_own_key(fields)
  for name in fields do
    if OWN_KEYS[name] then
      return true
    end
  end
  return false
end

local COLUMNS = { "Column", "mapped_column", "Field" }

local function is_true(call, name)
  local value, state = call:arg(name)
  return state == "given" and value ~= nil and value:literal() == true
end

local function name_of(column)
  local text = column:arg(1) and column:arg(1):literal()
  if type(text) == "string" then
    return text
  end
  local statement = column:statement()
  local target = statement and statement:child("target")
  return target and target.kind == "name" and target.text or nil
end

-- The keys that tables of Python declare, each a set of columns that lead to one row together; known of the repository once it was asked.
local declared

local function declared_keys(repo)
  if declared then
    return declared
  end
  declared = {}
  for _, path in repo:holding("**/*.py", { "primary_key=True", "unique=True" }) do
    local file = repo:open(path)
    local tables, order = {}, {}
    for _, column in file and file.class == "source" and file.root and file.root:descendants("call", COLUMNS) or {} do
      local name, around = name_of(column), column:parent()
      local owner = around and around.kind == "call" and around.name == "Table" and around or column:enclosing({ "class" })
      if not name or not owner or around and around.kind == "call" and around.name ~= "Table" then
        continue
      end
      if is_true(column, "primary_key") then
        if not tables[owner.id] then
          tables[owner.id] = {}
          table.insert(order, tables[owner.id])
        end
        table.insert(tables[owner.id], name)
      elseif is_true(column, "unique") then
        table.insert(order, { name })
      end
    end
    for _, key in order do
      table.insert(declared, key)
    end
  end
  return declared
end

-- Whether columns are a whole key of some table of the repository: for filters of which nobody sees what table they are held against.
function M.are_key(fields, repo)
  if M.has_own_key(fields) then
    return true
  end
  for _, key in declared_keys(repo) do
    local is_whole = true
    for _, column in key do
      is_whole = is_whole and fields[column] == true
    end
    if is_whole then
      return true
    end
  end
  return false
end

return M
