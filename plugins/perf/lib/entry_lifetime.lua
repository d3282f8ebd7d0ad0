-- How long an entry of a cache lives, in seconds, as it is written in code: the number, and the unit that it stands in.

local words = require("words")

local M = {}

local UNITS = { ["time.Second"] = 1, ["time.Minute"] = 60, ["time.Hour"] = 3600, ["time.Millisecond"] = 0.001 }
local PARTS = { days = 86400, hours = 3600, minutes = 60, seconds = 1, weeks = 604800, milliseconds = 0.001 }

-- A number that is worked out of constants: `60 * 15`, `DAY`, `5 * time.Minute`, `timedelta(minutes=5)`; second, whether it says its unit.
function M.of_value(node, depth)
  depth = depth or 0
  if not node or depth > 4 then
    return nil, false
  end
  local literal = node:literal()
  if type(literal) == "number" then
    return literal, false
  end
  if UNITS[node.source] then
    return UNITS[node.source], true
  elseif node.kind == "num" then
    return tonumber((node.text:gsub("_", ""))), false
  elseif node.kind == "binary" and (node.text == "*" or node.text == "+") then
    local parts = node:children()
    local left, is_left = M.of_value(parts[1], depth + 1)
    local right, is_right = M.of_value(parts[#parts], depth + 1)
    if left and right then
      return node.text == "*" and left * right or left + right, is_left or is_right
    end
  elseif node.kind == "call" and node.name == "timedelta" then
    local sum = 0
    for name, factor in PARTS do
      local given = node:arg(name)
      local amount = given and M.of_value(given, depth + 1)
      if given and not amount then
        return nil, false
      end
      sum += (amount or 0) * factor
    end
    return sum > 0 and sum or nil, true
  elseif node.kind == "name" or node.kind == "attr" then
    local value = node:value() or node:definition()
    if value and value.kind ~= "function" and value.kind ~= "class" then
      return M.of_value(value, depth + 1)
    end
  end
  return nil, false
end

local MILLISECONDS = { ms = 0.001, msec = 0.001, msecs = 0.001, millis = 0.001, milliseconds = 0.001, millisecond = 0.001 }
local LONGER = { minutes = 60, minute = 60, mins = 60, hours = 3600, hour = 3600, days = 86400, day = 86400 }
-- Names of options and modes that say no unit by a word of theirs.
local MODES = { px = 0.001, ex = 1 }
-- Moments at which an entry ends, not how long it lives.
local MOMENTS = words.set("exat", "pxat")
-- Libraries that count in milliseconds.
local IN_MILLISECONDS = table.freeze({ "keyv**", "lru-cache**", "cache-manager**", "@nestjs/cache-manager**" })

-- The unit that a name says, in seconds; nil where it says none.
local function unit_of(name, units)
  for _, word in words.of(name) do
    if units[word] then
      return units[word]
    end
  end
  return nil
end

-- The parameter that a function of the project takes the lifetime by.
local function param_of(entry)
  local callee = entry.call:callees()[1]
  for at, argument in callee and entry.call:args() or {} do
    if argument:same(entry.lifetime) then
      -- A method's own object is no argument.
      local first = callee.params[1]
      local own = first and (first.text == "self" or first.text == "cls") and 1 or 0
      local param = callee.params[at + own]
      return param and param.text
    end
  end
  return nil
end

-- What `cacheManager.set(...)` is called on is Nest's cache, which counts in milliseconds.
local function is_on_manager(call)
  local on = call:receiver()
  return on ~= nil and on.name:lower():find("cachemanager", 1, true) ~= nil
end

local function unit_behind(entry)
  local said = entry.said or ""
  local unit = MODES[said:lower()] or unit_of(said, MILLISECONDS) or unit_of(said, LONGER)
  if unit then
    return unit
  elseif entry.call.name:lower():find("^psetex") then
    return 0.001
  end
  local given = entry.lifetime
  local is_name = given.kind == "name" or given.kind == "attr"
  local param = param_of(entry) or ""
  unit = is_name and unit_of(given.text, MILLISECONDS) or unit_of(param, MILLISECONDS) or unit_of(param, LONGER)
  if unit then
    return unit
  end
  return (entry.call:is(IN_MILLISECONDS) or is_on_manager(entry.call)) and 0.001 or 1
end

-- How long an entry lives, as `cache_entries` and `read_through` give it; nil where that is not seen.
function M.seconds(entry)
  if not entry.lifetime or MOMENTS[(entry.said or ""):lower()] then
    return nil
  end
  local amount, is_said = M.of_value(entry.lifetime)
  return amount and (is_said and amount or amount * unit_behind(entry)) or nil
end

return M
