-- Whether a call that sets an entry of a cache keeps a copy of data that lies elsewhere, and not state that has its only place there: counters, locks, flags, tokens,
-- sessions, times of a last run.

local entries = require("cache_entries")
local words = require("words")

local M = {}

-- Words of keys, values and functions around that speak of state.
local STATE = words.set(
  "token", "tokens", "session", "sessions", "otp", "nonce", "state", "csrf", "lock", "locks", "locked", "idempotency", "ratelimit", "throttle", "attempt", "attempts", "counter", "counters", "verification", "verify", "progress", "heartbeat", "jwt",
  "jti", "blacklist", "revoked", "refresh", "code", "challenge", "cooldown", "presence", "online", "login", "auth", "oauth", "pkce", "success", "failure", "cursor", "checkpoint", "semaphore", "deny", "denylist", "limit", "limiter", "threshold"
)
-- Calls that remember what a function gives.
local REMEMBERING = words.set("cached", "memoize", "cache_page", "cache_response", "cacheMiddleware", "get_or_set", "getOrSet")

local function speaks_of_state(text)
  for _, word in words.of(text) do
    if STATE[word] then
      return true
    end
  end
  return false
end

-- A number, a truth, a moment: what is counted or noted, no copy of something.
local function is_note(value)
  local literal, known = value:literal()
  if known and type(literal) ~= "string" or value.kind == "num" or value.kind == "bool" then
    return true
  end
  return value.source:find("time%.time%(") ~= nil or value.source:find("Date%.now%(") ~= nil or value.source:find("%.now%(") ~= nil or value.source:find("isoformat%(") ~= nil or value.source:find("uuid", 1, true) ~= nil
    or known and type(literal) == "string" and #literal < 8 and literal:find("^%w+$") ~= nil
end

-- Whether an entry is only made where there is none.
local function takes_lock(call)
  for _, arg in call:args() do
    if arg.kind == "str" and arg.text:upper() == "NX" then
      return true
    end
  end
  return call.name == "SetNX" or call.name == "setnx" or select(2, call:arg("nx")) == "given" or select(2, call:arg("NX")) == "given"
end

function M.is_copy(call)
  if REMEMBERING[call.name] then
    return true
  end
  local entry = entries.of(call)
  if not entry then
    return false
  end
  local func = call:func()
  local around = call:symbol()
  return not takes_lock(call) and not is_note(entry.value) and not speaks_of_state(entry.key.source) and not speaks_of_state(entry.value.source) and not (func and speaks_of_state(around))
end

return M
