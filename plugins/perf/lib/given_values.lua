-- Whether a value that a query is asked with is there each time: what a function is handed by itself is, one of the wishes that a request may come with is not.

local optional_parts = require("optional_parts")
local set = require("words").set

local M = {}

-- Names of objects that hold wishes.
local WISHES = set("query", "querystring", "searchparams", "options", "opts", "filters", "filter", "criteria", "search")

-- How many calls a bag of wishes is followed up.
local DEEPEST = 3

-- Whether a parameter may be left out.
local function may_be_left_out(param)
  return param:child("default") ~= nil or param.source:find("^[%w_$]+%s*%?") ~= nil
end

-- Whether an object holds what a caller may wish for: `request.query`, and what was handed over as such.
local function holds_wishes(node, field, depth)
  if node.kind == "attr" then
    return WISHES[node.text:lower()] == true
  elseif node.kind == "dict" then
    local value, state = node:entry(field)
    if state == "given" and value then
      return M.sort_of(value, depth + 1) ~= "key"
    elseif state == "absent" then
      return true
    end
    for _, item in node:children("item") do
      local inner = item.kind == "spread" and item:child("value")
      if inner and holds_wishes(inner, field, depth) then
        return true
      end
    end
    return false
  elseif node.kind ~= "name" then
    return false
  end
  local at = node:param_position()
  local func = node:func()
  if not at or not func or depth > DEEPEST then
    local value = not at and node:value()
    return value ~= nil and value ~= false and value.kind ~= "name" and holds_wishes(value, field, depth + 1)
  end
  local callers = func:callers()
  for _, call in callers do
    local given = call:arg(at)
    if given and holds_wishes(given, field, depth + 1) then
      return true
    end
  end
  return #callers == 0 and WISHES[node.text:lower()] == true
end

-- Whether a variable begins as nothing and gets its value under a condition.
local function begins_as_nothing(name, func)
  local assigned, nothing = 0, false
  for _, assign in func.node:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and target.kind == "name" and target.text == name.text then
      assigned += 1
      nothing = nothing or not value or value.kind == "null" or value.text == "undefined"
    end
  end
  return assigned > 1 and nothing
end

-- What is known of a value: "none" (it is nothing), "constant", "caller" (it may be missing) or "key".
function M.sort_of(node, depth)
  depth = depth or 0
  local _, known = node:literal()
  if node.kind == "null" or node.kind == "name" and node.text == "undefined" then
    return "none"
  elseif known or node.kind == "bool" then
    return "constant"
  elseif depth > DEEPEST then
    return "key"
  elseif node.kind == "conditional" or node.kind == "logic" then
    return optional_parts.may_be_nothing(node) and "caller" or "key"
  elseif node.kind == "name" then
    local at, func = node:param_position(), node:func()
    local param = at and func and func.params[at]
    if param then
      return may_be_left_out(param) and "caller" or "key"
    end
    if func and begins_as_nothing(node, func) then
      return "caller"
    end
    local value = node:value()
    return value and value.kind ~= "name" and M.sort_of(value, depth + 1) or "key"
  elseif node.kind == "attr" then
    local on = node:child("value")
    return on and holds_wishes(on, node.text, depth) and "caller" or "key"
  end
  return "key"
end

return M
