-- Work that a server does beside its requests, again and again: `setInterval(sweep, HOUR)`. It is begun when the process starts, and shares its memory with them.

local words = require("words")

local M = {}

local STARTS = words.set("setInterval", "scheduleJob", "schedule", "CronJob", "AddFunc")
-- How many calls are followed up to what the clock starts.
local DEEPEST = 4

-- The name under which a function is kept: `const sweep = async () => { ... }`.
local function name_of(func)
  local parent = func.node:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  return target and target.kind == "name" and target.text or func.name
end

local function is_started_by_clock(func)
  for _, call in func.node:argument_of() do
    if STARTS[call.name] then
      return true
    end
  end
  local name = name_of(func)
  if name == "" then
    return false
  end
  for start in STARTS do
    for _, call in func.node.file.root:descendants("call", start) do
      for _, argument in call:args() do
        if argument.kind == "name" and argument.text == name then
          return true
        end
      end
    end
  end
  return false
end

-- Whether the function around a place is begun by the clock, itself or through what calls it.
function M.holds(place)
  local seen = {}
  local function follow(func, depth)
    local key = func.node.file.path .. ":" .. func.node.id
    if seen[key] or depth > DEEPEST then
      return false
    end
    seen[key] = true
    if is_started_by_clock(func) then
      return true
    end
    for _, caller in func:callers() do
      local around = caller:func()
      if around and follow(around, depth + 1) then
        return true
      end
    end
    return false
  end
  local func = place:func()
  return func ~= nil and follow(func, 0)
end

return M
