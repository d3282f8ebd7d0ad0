-- The absence of a limit is a search for its presence in an enlarging scope: the call, the options, the client, what the call is
-- raced against. Only when all of it was seen and nothing found is the call reported.

local LIMITS = { "timeout", "signal", "Timeout", "deadline", "cancelToken", "abortSignal" }

-- "set" when a limit is given, "off" when it is switched off, "absent", or "hidden" when it cannot be seen.
local function limit_of(call)
  local hidden = false
  for _, name in LIMITS do
    local value, state = call:arg(name)
    if state == "given" then
      local literal, known = value:literal()
      if known and (literal == nil or literal == 0) then
        return "off", value
      end
      return "set", value
    elseif state == "hidden" then
      hidden = true
    end
  end
  if hidden then
    return "hidden"
  end
  return "absent"
end

-- Whether the call is one of several that race, one of them a timer, or runs under a limit for a block.
local function is_raced(call)
  for _, outer in call:argument_of() do
    if outer:is({ "asyncio.wait_for", "asyncio.timeout", "anyio.fail_after", "global.Promise.race", "async_timeout.timeout" }) then
      return true
    end
    local name = outer.name:lower()
    if name:find("timeout") or name:find("deadline") then
      return true
    end
  end
  local scope = call:enclosing({ "with" })
  while scope do
    for _, item in scope:children("item") do
      local value = item:child("value")
      if value and value.source:lower():find("timeout") then
        return true
      end
    end
    scope = scope:enclosing({ "with" })
  end
  return false
end

-- Whether the client that the call is made with sets a limit where it is made, or later on: `session.timeout = 5`.
local function client_limit(call)
  local receiver = call:receiver()
  if not receiver then
    return "absent"
  end
  if receiver.kind == "call" then
    return (limit_of(receiver))
  end
  local value = receiver:value()
  if value then
    if value.kind == "await" then
      value = value:child("value")
    end
    if value and value.kind == "call" then
      local state = limit_of(value)
      if state ~= "absent" then
        return state
      end
    end
  end
  return "absent"
end

local function says(text, words)
  text = text:lower()
  for _, word in words do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function check_call(file, call, report)
  local reach = call:reach()
  if reach == "test" or reach == "script" then
    return
  end
  local library = call:fact("library")
  local default = call:fact("timeout")
  if library == "fetch" then
    -- In a browser a hanging request holds nothing but its own tab.
    local path = file.path:lower()
    if reach ~= "request" and reach ~= "worker" then
      return
    end
    local target = call:arg(1)
    if target then
      local url = target:literal()
      if type(url) == "string" and url:sub(1, 1) == "/" then
        return
      end
    end
  end
  local state, value = limit_of(call)
  if state == "set" or state == "hidden" then
    return
  end
  if state == "absent" and (client_limit(call) ~= "absent" or is_raced(call)) then
    return
  end
  local what = call:target()[1] or call.name
  local message
  if state == "off" then
    message = `this call to {what} switches the time limit off`
  elseif default == "300 s" then
    message = `this call waits up to 300 s for headers and again for the body`
  else
    message = `this call to {what} waits without end: no time limit on the call or its client`
  end
  report({
    at = call,
    message = message,
    confidence = (default == "none" or state == "off") and "high" or "medium",
    notes = { library = library or "unknown", default = default or "unknown" },
  })
end

return {
  check = function(file, matches, report)
    for _, match in matches do
      local call = match.node
      if match.matcher == "client" then
        local _, state = call:arg("Timeout")
        local _, transport = call:arg("Transport")
        if state == "absent" and call:reach() ~= "test" and call:reach() ~= "script" then
          report({ at = call, message = "this http.Client has no Timeout: its calls wait without end", confidence = "medium" })
        end
      elseif call:fact("timeout") ~= "client" then
        check_call(file, call, report)
      end
    end
  end,
}
