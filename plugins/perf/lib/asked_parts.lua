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

-- What is said of a read once its caller is known: whether the parts that were left out of its statement narrow it, and whether they bound it.
function M.of(left_out, func, call)
  return any(left_out.narrowed_by, func, call), left_out.is_bounded and all(left_out.bounded_by, func, call)
end

return M
