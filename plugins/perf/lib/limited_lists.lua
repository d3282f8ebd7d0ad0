-- Lists of which the code beside a loop says that they are short: `files = fields.List(..., validate=validate.Length(max=2))`, `files: z.array(file).max(2)`,
-- `if files.count() == 2`.

local set = require("words").set

local M = {}

-- So many entries are few.
local FEW = 5
local LIMITS = { "max", "max_length", "max_items", "max_size" }
local LISTS = set("List", "list", "conlist", "array", "Array", "ListField", "Field", "ListSerializer")

-- The key under which a loop finds its list: `files` of `body["files"]` and `request.body.files`.
local function key_of(loop)
  local over = loop.iter
  if over and over.kind == "name" then
    over = over:value() or over
  end
  local index = over and over.kind == "index" and over:child("index")
  local text = index and index:literal()
  return type(text) == "string" and text or over and over.kind == "attr" and over.text or nil
end

local function is_few(value)
  local number = value and value:literal()
  return type(number) == "number" and number >= 1 and number <= FEW
end

-- Whether an expression declares a list that holds a few entries at most.
local function declares_few(value)
  local is_list = false
  for _, call in { value, unpack(value:descendants("call")) } do
    is_list = is_list or call.kind == "call" and LISTS[call.name] == true
    local bounds = call.kind == "call" and call.name == "max" and is_few(call:arg(1))
    for _, link in bounds and select(2, call:chained()) or {} do
      if link.name == "array" then
        return true
      end
    end
  end
  for _, argument in is_list and value:descendants("kw-arg") or {} do
    if table.find(LIMITS, argument.text) and is_few(argument:child("value")) then
      return true
    end
  end
  return false
end

-- Whether the file compares how many of them there are with a small number: `if files.count() == 2`, `len(files) == 2`.
local function is_counted_to_few(file, key)
  for _, compare in file.root:descendants("compare") do
    local sides = compare.text == "==" and compare:children("value") or {}
    local count = sides[1] and sides[1].kind == "call" and (sides[1].name == "len" and sides[1]:arg(1) or sides[1].name == "count" and sides[1]:receiver()) or nil
    local number = count and (count.kind == "name" or count.kind == "attr") and count.text == key and sides[2]:literal()
    if type(number) == "number" and number > 1 and number <= FEW then
      return true
    end
  end
  return false
end

-- Whether the file of a loop says of the list under the same key that it is short, in a schema or by the number of them that it expects.
function M.is_over_few(loop)
  local key = key_of(loop)
  local file = key and loop.node.file
  if not file or not file.root then
    return false
  elseif file.language == "python" and is_counted_to_few(file, key) then
    return true
  elseif not file.text:find("max", 1, true) then
    return false
  end
  for _, one in file.root:descendants({ "assign", "pair" }) do
    local target = one.kind == "assign" and one:child("target")
    local is_it = target and target.kind == "name" and target.text == key and one:enclosing({ "class", "function" }) ~= nil or one.kind == "pair" and one.text == key
    local value = is_it and (one:child("value") or one:child("type"))
    if value and declares_few(value) then
      return true
    end
  end
  return false
end

return M
