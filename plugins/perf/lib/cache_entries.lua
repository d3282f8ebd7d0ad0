-- Entries of caches as code sets them: which call does, with which key, value and lifetime, and which call asked for the same key before. A cache is
-- known by its library or by its name, since most code calls a wrapper of its own: `cache.set(key, value, 300)`, `redisClient.setEx(...)`, `set_cached(...)`.

local closures = require("closures")
local words = require("words")

local M = {}

local CACHES = words.set("cache", "caches", "cached", "caching", "redis", "memcache", "memcached", "kv", "rdb", "valkey", "lru", "pipe", "pipeline")

-- Which words say so: few different ones stand in a repository.
local told = {}

-- Whether a name says that it is a cache.
local function says_cache(name)
  for _, word in words.of(name) do
    local says = told[word]
    if says == nil then
      says = CACHES[word] or word:find("^cache") ~= nil or word:find("cache$") ~= nil or word:find("^redis") ~= nil
      told[word] = says
    end
    if says then
      return true
    end
  end
  return false
end

M.says_cache = says_cache

-- Whether what a method is called on says so, without the arguments of calls on the way.
local function is_on_cache(call)
  local on = call:receiver()
  while on do
    local kind = on.kind
    if (kind == "attr" or kind == "call" or kind == "name") and says_cache(on.name) then
      return true
    end
    if kind == "call" then
      on = on:receiver()
    elseif kind == "attr" or kind == "index" then
      on = on:child("value")
    else
      return false
    end
  end
  return false
end

-- Whether a call asks a cache or changes one.
function M.is_of_cache(call)
  return says_cache(call.name) or is_on_cache(call) or call:fact("kind") == "cache"
end

-- Names of arguments and options by which a lifetime is given.
local LIFETIMES = { "ex", "px", "exat", "pxat", "EX", "PX", "EXAT", "PXAT", "timeout", "ttl", "TTL", "expire", "expiry", "expires", "expiration", "expires_in", "expire_seconds", "ttl_seconds", "ttl_minutes", "ttl_hours", "ttl_ms", "ttlSeconds", "ttlMinutes", "ttlMs", "expiresIn", "time" }
-- Names of arguments that are no lifetime, so that a third argument by position is one.
local MODES = words.set("ex", "px", "exat", "pxat")

local IN_THE_MIDDLE = words.set("setex", "setEx", "psetex", "pSetEx")

-- Whether an argument is Go's context, which stands before the key.
function M.is_context(node)
  local text = node.source
  return node.file.language == "go" and (text == "ctx" or text == "c" or text == "context" or text:find("[cC]ontext%(%)$") ~= nil or text:find("^context%.") ~= nil or text:find("%.[cC]tx$") ~= nil or text:find("^_?ctx") ~= nil)
end

local function entry_of(call)
  if not M.is_of_cache(call) then
    return nil
  end
  local first = 1
  if call.file.language == "go" then
    local context = call:arg(1)
    first = context and M.is_context(context) and 2 or 1
  end
  local key = call:arg(first) or call:arg("key") or call:arg("name")
  local in_the_middle = IN_THE_MIDDLE[call.name]
  local value = call:arg("value") or call:arg(in_the_middle and first + 2 or first + 1)
  if not key or not value or key.kind == "dict" or key.kind == "function" then
    return nil
  end
  local lifetime, state, said = nil, "absent", nil
  for _, name in LIFETIMES do
    local given, how = call:arg(name)
    if how ~= "absent" then
      lifetime, state, said = given, how, name
      break
    end
  end
  if state == "absent" then
    lifetime, state = call:arg(in_the_middle and first + 1 or first + 2)
    if lifetime and lifetime.kind == "str" and MODES[lifetime.text:lower()] then
      said = lifetime.text
      lifetime, state = call:arg(first + 3)
    end
    if lifetime and lifetime.kind == "dict" then
      -- Options of which none is a lifetime.
      lifetime, state = nil, "absent"
    elseif lifetime and (lifetime.kind == "str" or lifetime.kind == "list" or lifetime.kind == "function") then
      lifetime, state = nil, "absent"
    elseif lifetime and call.file.language == "go" and lifetime:literal() == 0 then
      -- go-redis, which takes a context, keeps such an entry for ever; go-cache as long as it keeps all.
      lifetime, state = nil, first == 2 and "absent" or "hidden"
    end
  end
  return { call = call, key = key, value = value, lifetime = lifetime, said = said, state = state }
end

-- What was said of the calls of the file that was asked about last: half a dozen rules ask the same of each.
local said, said_of = {}, nil

-- What a call sets: {call, key, value, lifetime, said, state}. `said` is the name or the mode that the lifetime stands behind, `state` is "given", "absent" or
-- "hidden" as of an argument. Nil for what sets nothing.
function M.of(call)
  local path, id = call.file.path, call.id
  if path ~= said_of then
    said, said_of = {}, path
  end
  if said[id] == nil then
    said[id] = entry_of(call) or false
  end
  return said[id] or nil
end

local ASKING = { "get", "fetch", "read", "load", "find", "lookup" }

local function written(node)
  return (node.source:gsub("%s+", ""))
end

-- The call before that asks the cache for the same key in the same function; nil where the entry is state that nobody looks up first.
function M.asked_before(entry)
  local outer = closures.outermost(entry.call)
  local key = written(entry.key)
  for _, call in outer and outer.node:descendants("call") or {} do
    if call.id < entry.call.id and words.any_in(call.name, ASKING) and M.is_of_cache(call) then
      for at = 1, 2 do
        local asked = call:arg(at)
        if asked and written(asked) == key then
          return call
        end
      end
      local named = call:arg("key")
      if named and written(named) == key then
        return call
      end
    end
  end
  return nil
end

return M
