-- Parts of an object that are there under a condition only: `...(state && { state })`, `...(isOwner ? {} : { where: ... })`. Without them the
-- object says nothing of what they would say.

local M = {}

-- How many objects within objects are looked into.
local DEEPEST = 4

local function is_nothing(node)
  return node.kind == "null" or node.kind == "bool" or node.kind == "dict" and #node:children("item") == 0
end

-- The objects that an expression may stand for, and whether it may stand for nothing; nil where it may be something that is not seen.
local function objects_of(node, depth)
  if depth > DEEPEST then
    return nil
  elseif is_nothing(node) then
    return {}, true
  elseif node.kind == "dict" then
    return { node }, false
  elseif node.kind == "name" then
    local value = node:value()
    if not value or value.kind == "name" then
      return nil
    end
    return objects_of(value, depth + 1)
  elseif node.kind == "logic" and node.text == "and" then
    local sides = node:children("value")
    return objects_of(sides[#sides], depth + 1), true
  elseif node.kind == "conditional" then
    local body, other = node:child("body"), node:child("else")
    local all, is_open = body and objects_of(body, depth + 1)
    local more, is_open_else = other and objects_of(other, depth + 1)
    if not all or not more then
      return nil
    end
    for _, one in more do
      table.insert(all, one)
    end
    return all, is_open or is_open_else
  end
  return nil
end

-- Whether an expression stands for nothing in one of its cases: `isOwner ? {} : { shopId }`, `state && { state }`, `isOwner ? undefined : shopId`.
function M.may_be_nothing(node)
  if node.kind == "logic" then
    local sides = node:children("value")
    return node.text == "and" or is_nothing(sides[#sides])
  elseif node.kind == "conditional" then
    local body, other = node:child("body"), node:child("else")
    return body ~= nil and other ~= nil and (is_nothing(body) or is_nothing(other) or M.may_be_nothing(other))
  end
  return false
end

-- What an object says under a key, counting what is spread into it: "given", "optional" (in some cases), "absent", or "hidden" where something is
-- spread into it that is not seen.
function M.state_of(object, key)
  local found = "absent"
  for _, item in object:children("item") do
    if item.kind ~= "spread" then
      if item.text == key then
        return "given"
      end
    else
      local value = item:child("value")
      local parts, is_open = value and objects_of(value, 0)
      if not parts then
        return "hidden"
      end
      local with = 0
      for _, part in parts do
        local state = M.state_of(part, key)
        if state == "hidden" then
          return "hidden"
        end
        with += state == "given" and 1 or state == "optional" and 0.5 or 0
      end
      if with > 0 and with == #parts and not is_open then
        return "given"
      elseif with > 0 then
        found = "optional"
      end
    end
  end
  return found
end

return M
