-- The model behind a field that a class is handed, as its type says: `private readonly orders: ModelStatic<Order>`, `typeof Order`, `Props["orders"]`.

local M = {}

-- How many types of fields refer to one another.
local DEEPEST = 3

local in_type

-- The first field of a class or an interface that has the name, and a type.
local function in_class(class, field, find, depth)
  for _, node in class:descendants({ "param", "assign" }) do
    local target = node.kind == "assign" and node:child("target")
    local kind = (node.kind == "param" and node.text == field or target and target.text == field) and node:child("type")
    local found = kind and in_type(kind, find, depth + 1)
    if found then
      return found
    end
  end
  return nil
end

-- The interface or class that a type names: one of this file, or an imported one.
local function declared(name)
  local known = name:definition() or name:value()
  if known and known.kind == "class" then
    return known
  end
  for _, class in name.file.root and name.file.root:descendants("class") or {} do
    if class.name == name.text then
      return class
    end
  end
  return nil
end

in_type = function(kind, find, depth)
  if depth > DEEPEST then
    return nil
  end
  local field = kind.kind == "index" and kind.source:match("%[%s*[\"']([%w_$]+)[\"']%s*%]$")
  local whole = field and kind:child("value")
  if whole then
    local class = whole.kind == "name" and declared(whole)
    return class and in_class(class, field, find, depth) or nil
  end
  local found = kind.kind == "name" and find(kind.text)
  for _, name in found and {} or kind:descendants("name") do
    found = found or find(name.text)
  end
  return found or nil
end

-- What `find` says of the model of a field: `this.orders`; nil where no type tells.
function M.of(field, find)
  local base = field.kind == "attr" and field:child("value")
  local class = base and base.source == "this" and field:enclosing("class")
  return class and in_class(class, field.text, find, 0) or nil
end

return M
