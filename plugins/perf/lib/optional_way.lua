-- Ways through a function that it goes only where its caller leaves a parameter out: `if user_id: return one(user_id)`, and all of them behind it.

local parameter = require("parameter")

local M = {}

-- The parameter that a test asks for, and whether the test holds where it is given: `user_id`, `user_id is not None`, `!userId`.
local function asked_by(test)
  if not test then
    return nil, nil
  end
  if test.kind == "unary" and (test.text == "not" or test.text == "!") then
    local inner, holds = asked_by(test:children()[1])
    return inner, not holds
  elseif test.kind == "compare" then
    local sides = test:children("value")
    local _, known = sides[2] and sides[2]:literal()
    local is_null = #sides == 2 and sides[2].kind == "null" or known and sides[2]:literal() == nil
    if #sides ~= 2 or not is_null or sides[1].kind ~= "name" then
      return nil, nil
    end
    return sides[1], test.text == "is not" or test.text:sub(1, 1) == "!"
  elseif test.kind == "name" then
    return test, true
  end
  return nil, nil
end

local function ends(block)
  local statements = block and block:children() or {}
  local last = statements[#statements]
  return last ~= nil and (last.kind == "return" or last.kind == "raise")
end

-- The names of the parameters without which alone a function gets to a node.
local function left_out_before(node, func)
  local all = {}
  local function add(name)
    local at = name and name:param_position()
    if at and func.params[at] then
      all[func.params[at].text] = true
    end
  end
  local at = node:statement()
  for _ = 1, 16 do
    local block = at and at:parent()
    if not block then
      break
    end
    for _, before in block:children() do
      if before:same(at) then
        break
      end
      local name, holds = asked_by(before.kind == "if" and before:child("test") or nil)
      if name and holds and ends(before:child("body")) then
        add(name)
      end
    end
    local owner = block:parent()
    if not owner or owner.kind == "function" then
      break
    elseif owner.kind == "if" then
      local name, holds = asked_by(owner:child("test"))
      if name and holds == (block:role() == "else") then
        add(name)
      end
    end
    at = owner.kind == "if" and owner or owner:statement()
  end
  return all
end

-- Whether an argument is there whenever the call is made: what a caller may have left out itself, or what a mapping may not hold, need not be.
local function is_there(given)
  local value = given.kind == "kw-arg" and given:child("value") or given
  if value.kind == "null" or value.kind == "call" and value.name == "get" or value.kind == "conditional" or value.kind == "logic" or value.kind == "spread" then
    return false
  end
  local at = value.kind == "name" and value:param_position()
  local param = at and value:func() and value:func().params[at]
  return not (param and param:child("default"))
end

-- Whether an argument is there whenever its call is made.
function M.is_there(given)
  return is_there(given)
end

-- The parameters of a function that must be given, or be true, for it to get to a node.
local function needed_before(node, func)
  local all = {}
  local owner = node:enclosing({ "if", "function" })
  while owner and owner.kind == "if" and owner:is_within(func.node) do
    local test, body = owner:child("test"), owner:child("body")
    local is_name = test and test.kind == "name" and body and node:is_within(body)
    local at = is_name and test:param_position()
    table.insert(all, at and func.params[at] or nil)
    owner = owner:enclosing({ "if", "function" })
  end
  return all
end

local OFF = { ["False"] = true, ["None"] = true, ["false"] = true, ["null"] = true, ["undefined"] = true }

-- Whether a function gets to `node` only where a parameter is on that a call hands over as off, or leaves off as it is: `store(row, commit=False)`.
function M.is_off(node, func, call)
  for _, param in needed_before(node, func) do
    local default = param:child("default")
    local value, is_hidden = default, false
    for _, given in call:args() do
      is_hidden = is_hidden or given.kind == "spread"
      local taking = parameter.taking(func, call, given)
      if taking and taking:same(param) then
        value = given.kind == "kw-arg" and given:child("value") or given
      end
    end
    if value and OFF[value.source] and not is_hidden then
      return true
    end
  end
  return false
end

-- Whether a call gives a function a parameter without which alone the function gets to `node`, of its own.
function M.is_not_taken(node, func, call)
  local left_out = left_out_before(node, func)
  if next(left_out) == nil then
    return false
  end
  for _, given in call:args() do
    local param = is_there(given) and parameter.taking(func, call, given)
    if param and left_out[param.text] then
      return true
    end
  end
  return false
end

-- Whether the call at a place of a way gives a parameter that is there whenever the first call of the way is made; what it hands on itself, the call before gave.
local function is_given(way, at, name, func)
  for _, given in way[at]:args() do
    local param = parameter.taking(func, way[at], given)
    if param and param.text == name and is_there(given) then
      local value = given.kind == "kw-arg" and given:child("value") or given
      local outer = at > 1 and value.kind == "name" and value:func()
      -- A closure may read what the function around it takes.
      local taken = outer and value:param_position() and outer.params[value:param_position()]
      return not taken or taken.text ~= value.text or is_given(way, at - 1, taken.text, outer)
    end
  end
  return false
end

-- Whether a call gives, of its own or by what it hands from function to function, a parameter without which alone the way of `hops` below it is gone.
function M.leads_past(call, hops)
  local way = { call }
  for at, hop in hops do
    local func = hop.node and hop.node:func()
    if not func then
      return false
    end
    for name in left_out_before(hop.node, func) do
      if is_given(way, at, name, func) then
        return true
      end
    end
    table.insert(way, hop.node)
  end
  return false
end

return M
