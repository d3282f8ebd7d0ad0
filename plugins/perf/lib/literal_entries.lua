-- The entries of a mapping that is written out, in the forms of every language: `{ a: 1 }`, `{"a": 1}`, `bson.M{"a": 1}`,
-- and as a list of pairs where their order counts: `[("a", 1)]`, `bson.D{{"a", 1}}`.

local M = {}

-- Whether something is put into the mapping that a name holds, beside what it was given: `filter.owner = owner`.
local function is_filled(name)
  local scope = name:enclosing({ "function" }) or name.file.root
  for _, node in scope:descendants({ "assign", "aug-assign", "call" }) do
    if node.kind ~= "call" then
      for _, target in node:children("target") do
        local base = (target.kind == "attr" or target.kind == "index") and target:child("value")
        if base and base.text == name.text or node.kind == "aug-assign" and target.text == name.text then
          return true
        end
      end
      continue
    end
    local receiver, first = node:receiver(), node:child("arg")
    local is_update = receiver and receiver.text == name.text and (node.name == "update" or node.name == "setdefault" or node.name == "push" or node.name == "append")
    if is_update or first and first.text == name.text and (node.name == "assign" or node.name == "append" or node.name == "set") then
      return true
    end
  end
  return false
end

-- The key and the value of one element of a list of pairs.
local function pair_of(item)
  if item.kind == "list" or item.kind == "call" and item.name == "" then
    local parts = item.kind == "list" and item:children() or item:children("arg")
    local key, value = parts[1], parts[2]
    if #parts ~= 2 then
      return nil
    elseif key.kind == "kw-arg" and key.text == "Key" then
      return key:child("value"):literal(), value:child("value")
    end
    local text = key:literal()
    return type(text) == "string" and text or nil, value
  end
  return nil
end

-- The entries in order, {key, value, at}, and whether these are all of them; nil for what is no mapping.
function M.of(node)
  if not node then
    return nil
  end
  local is_whole = true
  if node.kind == "name" then
    local value = node:value()
    if not value or value.kind == "name" then
      return nil
    end
    is_whole = not is_filled(node)
    node = value
  end
  local all = {}
  local children = nil
  if node.kind == "dict" then
    children = node:children("item")
  elseif node.kind == "list" then
    children = node:children("item")
  elseif node.kind == "call" and (node:has("composite") or node.source:find("^[%w_%.]+%s*{") ~= nil) then
    children = node:children("arg")
  end
  if not children then
    return nil
  end
  for _, child in children do
    local key, value = nil, nil
    if child.kind == "pair" then
      key, value = child.text ~= "" and child.text or nil, child:child("value")
    else
      key, value = pair_of(child)
    end
    if not key then
      local written = child.kind == "pair" and child:child("key")
      local text, known = nil, false
      if written then
        text, known = written:literal()
      end
      if known and type(text) == "string" and not text:find("{}", 1, true) then
        key = text
      end
    end
    if key and value then
      table.insert(all, { key = key, value = value, at = child })
    else
      is_whole = false
    end
  end
  return all, is_whole
end

-- The value under a key, nil where there is none.
function M.get(node, key)
  for _, entry in M.of(node) or {} do
    if entry.key == key then
      return entry.value
    end
  end
  return nil
end

return M
