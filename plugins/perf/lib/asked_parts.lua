-- Parts of a statement that a parameter brings in: whether a caller of the function hands it over in any case.

local optional_way = require("optional_way")
local parameter = require("parameter")

local M = {}

-- The value with which a parameter comes for a call; nil where it is left as it is, and second whether that can be seen.
local function given_for(param, func, call)
  for _, given in call:args() do
    if given.kind == "spread" then
      return nil, false
    end
    local taking = parameter.taking(func, call, given)
    if taking and taking:same(param) then
      return given, true
    end
  end
  return nil, true
end

-- Whether a value always is one that a bare test lets through: a literal of its own, what is made here, a parameter that must be given or has such a default.
local function holds(value)
  local given = value.kind == "kw-arg" and value:child("value") or value
  local literal, known = given:literal()
  if known then
    return literal ~= nil and literal ~= "" and literal ~= 0 and literal ~= false
  end
  local at = given.kind == "name" and given:param_position()
  local param = at and given:func() and given:func().params[at]
  local default = param and param:child("default")
  if default and default.kind ~= "call" then
    return holds(default)
  end
  return optional_way.is_there(given)
end

-- Whether a function that is entered by `call` (by nothing seen: a handler) has a parameter in any case.
local function is_had(name, func, call)
  for _, param in func.params do
    if param.text == name then
      local default = param:child("default")
      if not call then
        return func.node.file.language == "python" and default == nil
      end
      local given, is_seen = given_for(param, func, call)
      if not is_seen then
        return true
      elseif given then
        return holds(given)
      end
      return default ~= nil and default.kind ~= "call" and holds(default)
    end
  end
  return false
end

-- Whether one of the parameters is there in any case.
local function any(names, func, call)
  for name in names do
    if is_had(name, func, call) then
      return true
    end
  end
  return false
end

-- Whether all of them are.
local function all(names, func, call)
  for name in names do
    if not is_had(name, func, call) then
      return false
    end
  end
  return next(names) ~= nil
end

-- What a request may leave out.
local MAYBE = { "Query", "FormValue", "PostForm", "%.Get%(", "Header" }

-- Whether a value is there in any case: what a path holds is, what a query of an address holds is not.
local function is_certain(value, depth)
  local literal, known = value:literal()
  if known then
    return literal ~= nil and literal ~= "" and literal ~= 0 and literal ~= false
  end
  local scope = value.kind == "name" and depth < 3 and value:enclosing("function")
  for _, assign in scope and scope:descendants("assign") or {} do
    local target, given = assign:child("target"), assign:child("value")
    local first = target and (target.kind == "name" and target or target:children()[1])
    local branch = assign:enclosing({ "if", "case", "function" })
    if first and given and first.text == value.text and assign.id < value.id and branch and (branch.kind == "function" or value:is_within(branch)) then
      return is_certain(given, depth + 1)
    end
  end
  if value.kind == "name" then
    return value:param_position() ~= nil
  end
  for _, form in MAYBE do
    if value.source:find(form) then
      return false
    end
  end
  return true
end

-- Whether one of the calls on the way hands over a struct in which one of the fields is set in any case.
function M.sets_field(fields, calls)
  for _, call in calls do
    for _, argument in call:args() do
      local given = argument.kind == "name" and argument:value() or argument
      for field in fields do
        local value, state = given:entry(field)
        if state == "given" and value and is_certain(value, 0) then
          return true
        end
      end
    end
  end
  return false
end

-- What is said of a read once its caller is known: whether the parts that were left out of its statement narrow it, and whether they bound it.
function M.of(left_out, func, call)
  return any(left_out.narrowed_by, func, call), left_out.is_bounded and all(left_out.bounded_by, func, call)
end

return M
