-- Helpers that ask the database only through functions which keep what they gave for the next who ask: `@cached(TTLCache(100, 600))`.

local database_effects = require("database_effects")
local set = require("words").set

local M = {}

local DEEPEST = 4

-- What decorators that keep results are called, also those of an object that the project makes of a library's class: `@cache.memoize(timeout=60)`. A
-- `cached_property` is kept for one object only.
local KEEPING = set("cache", "cached", "memoize", "memoized", "lru_cache", "alru_cache", "ttl_cache", "cached_as", "cache_memoize", "cache_result", "cache_on_arguments", "cachedmethod", "cache_page")

local function is_kept(func, is_shared)
  for _, decorator in func.node:children("decorator") do
    if decorator:fact("memo") or KEEPING[decorator.name] or is_shared and decorator:fact("remembers") then
      return true
    end
  end
  return false
end

local function are_all(call, depth, is_shared)
  local callees = call:callees()
  if #callees == 0 or depth > DEEPEST then
    return false
  end
  -- A function without a body stands for others that are not seen.
  local is_seen = false
  for _, func in callees do
    if is_kept(func, is_shared) then
      is_seen = true
      continue
    end
    for _, inner in func.node:descendants("call") do
      if inner:fact("kind") == "db" and inner:fact("verb") ~= "lazy" or database_effects.reads(inner) and not are_all(inner, depth + 1, is_shared) then
        return false
      end
      is_seen = is_seen or database_effects.reads(inner)
    end
  end
  return is_seen
end

local EMPTIES = { "delete_memoized", "delete_memoized_verhash", "cache_clear", "clear_cache", "delete_many" }

-- Whether the function around empties what is kept before it asks: then each key costs a query again.
local function is_emptied_before(call)
  local func = call:func()
  for _, before in func and func.node:descendants("call") or {} do
    if before.id >= call.id then
      return false
    end
    for _, name in EMPTIES do
      if before.name == name then
        return true
      end
    end
    for _, callee in #before:args() == 0 and before:callees() or {} do
      if #callee.node:descendants("call", EMPTIES) > 0 then
        return true
      end
    end
  end
  return false
end

-- Whether all that a call reads is kept so; with `is_shared`, caches outside of the process count, which cost a round trip but no query.
function M.are_all(call, is_shared)
  return call.file.language == "python" and are_all(call, 0, is_shared) and not is_emptied_before(call)
end

return M
