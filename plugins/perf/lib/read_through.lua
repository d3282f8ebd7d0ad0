-- Calls that ask a cache and, where it has no answer, run what they are given and keep what that gives: `cache.get_or_set(key, load, 300)`, `cache.wrap(key, load)`,
-- dogpile's `region.get_or_create(key, load)`, singleflight's `group.Do(key, load)`.

local entries = require("cache_entries")
local entry_lifetime = require("entry_lifetime")
local words = require("words")

local M = {}

-- Names that mean it whatever they are called on, where a function is handed over.
local PLAIN = words.set("get_or_set", "getOrSet", "get_or_create", "getOrCreate", "get_or_compute", "getOrCompute", "get_or_load", "getOrLoad", "getOrFetch", "get_or_fetch", "GetOrSet", "GetOrLoad", "getOrElse")
-- Names that mean it on a cache.
local ON_CACHE = words.set("wrap", "remember", "fetch", "once", "Once")

local TOGETHER = table.freeze({ "golang.org/x/sync/singleflight.Group.Do", "golang.org/x/sync/singleflight.Group.DoChan" })
local IS_TOGETHER = words.set("Do", "DoChan")

-- Whether a call is one, by its name and by what it is called on.
function M.is_one(call)
  local name = call.name
  return PLAIN[name] or ON_CACHE[name] and entries.is_of_cache(call) or IS_TOGETHER[name] ~= nil and call:is(TOGETHER)
end

-- What it keeps, in the form of `cache_entries`: {call, key, value, lifetime, state}, and `is_shared` where callers of one moment share it and nothing is kept; nil where what makes the value is not written down in the call.
function M.of(call)
  if not M.is_one(call) then
    return nil
  end
  local first = call:arg(1)
  local at = first and entries.is_context(first) and 2 or 1
  local key, value = call:arg(at), nil
  for _, arg in call:args() do
    if arg.kind == "function" then
      value = value or arg
    end
  end
  if not key or not value or key.kind == "function" then
    return nil
  end
  local lifetime, state = nil, "hidden"
  for position = at + 1, at + 2 do
    local given = call:arg(position)
    if given and given.kind ~= "function" and entry_lifetime.of_value(given) then
      lifetime, state = given, "given"
    end
  end
  return { call = call, key = key, value = value, lifetime = lifetime, state = state, is_shared = call:is(TOGETHER) }
end

return M
