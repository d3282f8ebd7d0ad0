-- Limits that a function of JavaScript takes from its callers and need not be given: `list({ take = Number.MAX_SAFE_INTEGER })`, `list(params: { take?: number })`.
-- Who leaves one out gets every row.

local narrowing = require("narrowing")

local M = {}

-- How many calls a limit is followed through.
local DEEPEST = 3
-- Values that limit nothing.
local ENDLESS = { "MAX_SAFE_INTEGER", "MAX_VALUE", "Infinity" }
local IDLE = { test = true, script = true, build = true, startup = true }

local function is_endless(text)
  for _, word in ENDLESS do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether the names that a pattern takes apart hold one: `{ skip, take = 20 }`; second, what it is where nothing is given.
local function default_in(pattern, name)
  for _, item in pattern:children() do
    if item.text == name or item.source:match("^" .. name .. "%f[^%w_$]") then
      return true, item.source:match("^" .. name .. "%s*=%s*(.+)$")
    end
  end
  return false, nil
end

local function position_of(func, param)
  for at, one in func.params do
    if one:same(param) then
      return at
    end
  end
  return nil
end

-- Where a function takes a limit from: {func, at, key, default, is_optional}. `key` is its key where it comes as a part of an object.
local function taken(value)
  local func = value.kind == "name" and value:func()
  local name = value.text
  for at, param in func and func.params or {} do
    local pattern = param:child("target")
    local is_held, default = false, nil
    if pattern and pattern.kind == "dict" then
      is_held, default = default_in(pattern, name)
    end
    if is_held then
      return { func = func, at = at, key = name, default = default }
    elseif param.text == name then
      local said = param:child("default")
      return { func = func, at = at, default = said and said.source, is_optional = param.source:find("%f[%w_$]" .. name .. "%?") ~= nil and not param.source:find("DefaultValue", 1, true) }
    end
  end
  -- `const { skip, take } = params`
  for _, assign in func and func.node:descendants("assign") or {} do
    local pattern, from = assign:child("target"), assign:child("value")
    if pattern and pattern.kind == "dict" and from and from.kind == "name" and from:param_position() then
      local is_held, default = default_in(pattern, name)
      for _, param in is_held and func.params or {} do
        if param.text == from.text then
          return { func = func, at = position_of(func, param), key = name, default = default }
        end
      end
    end
  end
  return nil
end

-- What a call gives for it: the value, and "given", "absent" or "hidden".
local function given_by(call, limit)
  local argument, state = call:arg(limit.at)
  if not limit.key or state ~= "given" or not argument then
    return argument, state
  end
  local object = argument.kind == "name" and argument:value() or argument
  if object.kind ~= "dict" then
    return nil, "hidden"
  end
  return object:entry(limit.key)
end

-- Whether what a call gives bounds nothing: true or false, or nil where that is decided by who calls its function, by the value that is returned.
local function step(call, limit)
  local value, state = given_by(call, limit)
  if state == "hidden" then
    return false, nil
  elseif state == "absent" or not value or value.source == "undefined" then
    return limit.default == nil or is_endless(limit.default), nil
  elseif is_endless(value.source) then
    return true, nil
  end
  local further = value.kind == "name" and taken(value) or nil
  if further == nil then
    return false, nil
  end
  return nil, further
end

-- Whether a call asks for what a key leaves: `list({ where: { id } })`.
local function narrows(call, limit)
  local object = limit.key and call:arg(limit.at)
  local where = object and object.kind == "dict" and object:entry("where")
  return where and where.kind == "dict" and narrowing.filter_of_value(where) == "key"
end

-- Whether somebody leaves a limit out, and whether somebody gives it.
local function asked_for(limit, depth)
  if limit.default and not is_endless(limit.default) or depth > DEEPEST then
    return false, true
  end
  local callers = limit.func:callers()
  if #callers == 0 then
    -- What a framework calls gets what the caller over the network sends.
    return limit.is_optional == true and limit.func.reach == "request", true
  end
  local left_out, given = false, false
  for _, call in callers do
    if not IDLE[call:reach()] and call.file.class == "source" and not narrows(call, limit) then
      local is_open, further = step(call, limit)
      local is_given = is_open == false
      if further then
        is_open, is_given = asked_for(further, depth + 1)
      end
      left_out, given = left_out or is_open == true, given or is_given
    end
  end
  return left_out, given
end

-- What the limit `value` does: "bound", "optional" where somebody leaves it out, or "none" where everybody does.
function M.bound_by(value)
  local limit = value.file.language ~= "python" and value.file.language ~= "go" and taken(value)
  if not limit then
    return "bound"
  end
  local left_out, given = asked_for(limit, 0)
  return not left_out and "bound" or given and "optional" or "none"
end

-- Whether those who come by the calls of `path`, outermost first, give one that bounds.
function M.is_given_on(value, path)
  local limit = taken(value)
  for at = #path, 1, -1 do
    if not limit then
      return true
    end
    local is_open, further = step(path[at], limit)
    if is_open ~= nil then
      return not is_open
    end
    limit = further
  end
  return not (limit and limit.is_optional and limit.default == nil)
end

return M
