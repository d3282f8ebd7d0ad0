-- The time limit that a call itself is given: an argument or option, what it races against, or the block that it runs in.

local call_options = require("call_options")

local M = {}

-- Arguments and options that limit a call.
local LIMITS = { "timeout", "signal", "Timeout", "deadline", "cancelToken", "abortSignal", "headersTimeout", "requestTimeout" }

-- Whether a text names a limit.
function M.says_limit(text)
  text = text:lower()
  return text:find("timeout", 1, true) ~= nil or text:find("deadline", 1, true) ~= nil or text:find("abort", 1, true) ~= nil
end

-- What cuts a call off from outside: none of it leaves the limit of the library.
local SIGNALS = { signal = true, cancelToken = true, abortSignal = true }

-- Whether a value without a limit leaves what the library does by itself: `undefined`, no signal, options that fetch does not know.
local function leaves_default(call, name, value)
  return SIGNALS[name] or value.source == "undefined" or value.source == "void 0" or call:fact("library") == "fetch"
end

-- Where the options of a call stand; what axios sends stands before them, and a field of that is for the other side.
local SENDING = { post = 3, put = 3, patch = 3, postForm = 3, putForm = 3, patchForm = 3 }
local ASKING = { get = 2, delete = 2, head = 2, options = 2 }

local function options_at(call)
  local library = call:fact("library")
  if library == "axios" and call:fact("verb") == "call" then
    return SENDING[call.name] or ASKING[call.name]
  end
  return library == "fetch" and 2 or nil
end

-- An option of a call, which no field of what it sends stands for.
local function option_of(call, name)
  local value, state = call:arg(name)
  local at = state ~= "absent" and options_at(call)
  if not at then
    return value, state
  end
  local options, presence = call:arg(at)
  if presence == "hidden" then
    return value, "hidden"
  end
  return call_options.entry(options, name)
end

-- "set" when a limit is given, "off" when it is switched off, "absent", or "hidden" when it cannot be seen; with the place.
function M.of(call)
  local hidden = nil
  for _, name in LIMITS do
    local value, state = option_of(call, name)
    if state == "given" then
      local literal, known = value:literal()
      local is_empty = known and (literal == nil or literal == 0 or literal == false) or value.source == "undefined"
      if not is_empty then
        return "set", value
      elseif not leaves_default(call, name, value) then
        return "off", value
      end
    elseif state == "hidden" then
      hidden = value
    end
  end
  if hidden then
    return "hidden", hidden
  end
  return "absent"
end

local RACES = table.freeze({ "global.Promise.race", "asyncio.wait_for", "asyncio.timeout", "anyio.fail_after", "anyio.move_on_after", "async_timeout.timeout", "p-timeout" })

local function is_race(outer)
  return outer:is(RACES) or M.says_limit(outer.name)
end

-- Whether the call is one of several that race, runs under a limit for a block, or is cut off through what it returned:
-- `request(...).timeout(5)`, `req.setTimeout(5)`, `const response = fetch(...); Promise.race([response, timer])`.
function M.is_raced(call)
  for _, outer in call:argument_of() do
    if is_race(outer) then
      return true
    end
  end
  local after = call:chained()
  for _, next in after do
    local event = next:arg(1)
    if M.says_limit(next.name) or (event and event.kind == "str" and event.text == "timeout") then
      return true
    end
  end
  for _, use in call:uses() do
    for _, outer in use.calls do
      if is_race(outer) then
        return true
      end
    end
    local around = use.node:parent()
    local method = around and around.kind == "attr" and around:parent()
    if method and method.kind == "call" then
      local event = method:arg(1)
      if M.says_limit(around.text) or (event and event.kind == "str" and event.text == "timeout") then
        return true
      end
    end
  end
  local scope = call:enclosing({ "with" })
  while scope do
    for _, item in scope:children("item") do
      -- What the block is called by says so, not what it is given: a lock's `timeout` bounds the wait for the lock.
      local value = item:child("value")
      local callee = value and value.kind == "call" and value:child("callee") or value
      if callee and (M.says_limit(callee.source) or (value and value.kind == "call" and is_race(value))) then
        return true
      end
    end
    scope = scope:enclosing({ "with" })
  end
  return false
end

-- Whether a value is a limit: one that is zero or nothing switches it off.
function M.is_limit(value)
  local literal, known = value:literal()
  return not (known and (literal == nil or literal == 0))
end

return M
