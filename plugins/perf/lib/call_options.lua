-- What the options of a call in JavaScript say under a name: in the branches of a condition, in what is spread into them, in what the repository's own functions
-- put together.

local M = {}

local EMPTY = { undefined = true, ["void 0"] = true }

-- How deep options are looked into.
local DEEPEST = 6

-- Words of limits: what holds none of them adds none.
local LIMITS = { "timeout", "deadline", "abort", "signal", "canceltoken" }

local function speaks_of_limits(text)
  text = text:lower()
  for _, word in LIMITS do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether all functions that a call runs are of this repository and add no limit.
local function adds_none(call)
  local functions = call:callees()
  for _, func in functions do
    if speaks_of_limits(func.node.source) then
      return false
    end
  end
  return #functions > 0
end

-- What a function of its own may be given for a name: nil where something else than it may add to that.
local function values_of(name)
  local func = name:func()
  if not func or name:param_position() then
    return nil
  end
  local values = {}
  for _, one in func.node:descendants("name", name.text) do
    local parent = one:parent()
    local outer = parent and parent:parent()
    if parent.kind == "assign" and one:role() == "target" then
      table.insert(values, parent:child("value"))
    elseif parent.kind == "attr" and one:role() == "value" and outer and outer.kind == "assign" and parent:role() == "target" then
      -- `options.headers = ...`
      if speaks_of_limits(parent.text) then
        return nil
      end
    elseif parent.kind == "call" and one:role() == "arg" then
      if not parent:fact("kind") and not adds_none(parent) then
        return nil
      end
    elseif not one:same(name) then
      return nil
    end
  end
  return #values > 0 and values or nil
end

-- What a call of the repository's own functions gives: the values of their returns, and for a parameter what it is given.
local function results_of(call)
  if not adds_none(call) then
    return nil
  end
  local parts = {}
  for _, func in call:callees() do
    for _, given in func.node:descendants("return") do
      local around = given:enclosing("function")
      local value = given:child("value")
      if not around or not around:same(func.node) or not value then
        continue
      end
      local at = value.kind == "name" and value:param_position()
      local arg, state = nil, "given"
      if at then
        arg, state = call:arg(at)
      end
      if at and state == "hidden" then
        return nil
      elseif at then
        local param = func.params[at]
        table.insert(parts, arg or param and param:child("default"))
      else
        table.insert(parts, value)
      end
    end
  end
  return parts
end

-- The values one of which options are; nil where they are one thing, or cannot be seen.
local function parts_of(options)
  local parts = {}
  if options.kind == "conditional" then
    for _, part in options:children() do
      if part:role() ~= "test" then
        table.insert(parts, part)
      end
    end
    return parts
  elseif options.kind == "logic" then
    parts = options:children()
    -- What decides whether there are options is none: `token && { headers }`.
    if options.text == "and" or options.text == "&&" then
      table.remove(parts, 1)
    end
    return parts
  elseif options.kind == "dict" then
    for _, item in options:children() do
      if item.kind == "spread" then
        table.insert(parts, item:child("value"))
      end
    end
    return #parts > 0 and parts or nil
  elseif options.kind == "await" then
    return { options:child("value") }
  elseif options.kind == "name" then
    return values_of(options)
  elseif options.kind == "call" then
    return results_of(options)
  end
  return nil
end

local function entry_of(options, name, depth, seen)
  if not options or options.kind == "null" or EMPTY[options.source] then
    return nil, "absent"
  end
  local value, state = options:entry(name)
  if state == "given" then
    return value, state
  end
  -- `options = withProxy(options)`: what the name held before was looked at.
  local key = options.kind == "name" and options.text or nil
  if key and seen[key] then
    return nil, "absent"
  end
  local parts = state == "hidden" and depth < DEEPEST and parts_of(options)
  if not parts then
    return value or state == "hidden" and options or nil, state
  end
  local below = table.clone(seen)
  if key then
    below[key] = true
  end
  local unseen = nil
  for _, part in parts do
    local own, said = entry_of(part, name, depth + 1, below)
    if said == "given" then
      return own, said
    elseif said == "hidden" then
      unseen = own
    end
  end
  return unseen, unseen and "hidden" or "absent"
end

-- What options say under a name, in whatever branch: the value and "given", nil and "absent", or the part that cannot be seen and "hidden".
function M.entry(options, name)
  return entry_of(options, name, 0, {})
end

return M
