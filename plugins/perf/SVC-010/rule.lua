-- Calls whose time limit is known, and longer than a request can wait.

local duration = require("duration")
local http_client = require("http_client")
local set = require("words").set
local time_limit = require("time_limit")
local waited_for = require("waited_for")
local words = require("words")

-- Seconds that a call may take, and those beyond which nobody can mean it.
local ALLOWED, LONG = 1, 3

-- What takes its time: models, files, answers that are read bit by bit.
local SLOW = { "openai", "anthropic", "completion", "ollama", "llm", "generativelanguage", "inference", "predict", "embedding", "upload", "download", "transcri*", "replicate", "stream", "proxy", "scrap*", "crawl", "whisper", "backup", "export", "import" }
-- Words by which a function speaks of a model.
local MODELS = { "openai", "anthropic", "gemini", "ollama", "llm", "gpt", "promptflow", "huggingface", "whisper", "summar*" }
-- Handlers by which somebody tries a connection out.
local TRIED = { "test", "checknow", "verify", "probe" }
local BODIES = { "files", "stream", "responseType" }

local function takes_its_time(call)
  if call:fact("library") == "model" or call:fact("sdk") then
    return true
  end
  for _, name in BODIES do
    if select(2, call:arg(name)) == "given" then
      return true
    end
  end
  local func = call:func()
  if func and words.has_form_of(func.node.source, MODELS) then
    return true
  end
  local url = http_client.url_of(call)
  return words.has_form_of(`{url and url.source or ""} {call.file.path} {call:symbol()}`, SLOW) or words.has_form_of(waited_for.handler_of(call), SLOW)
end

local DEADLINES = set("WithTimeout", "WithTimeoutCause")
local RACES = set("wait_for", "timeout", "fail_after", "move_on_after", "race")

-- The shortest limit around a call: `asyncio.wait_for(call, 1)`, `context.WithTimeout(ctx, time.Second)`.
local function limit_around(call)
  local least, known = nil, true
  for _, outer in call:argument_of() do
    if RACES[outer.name] then
      local limit = outer:arg("timeout") or outer:arg(2)
      local seconds = limit and duration.seconds(limit)
      known = known and seconds ~= nil
      least = seconds and math.min(least or seconds, seconds) or least
    end
  end
  local func = call.file.language == "go" and call:func()
  for _, inner in func and func.node:descendants("call") or {} do
    if DEADLINES[inner.name] then
      local limit = inner:arg(2)
      local seconds = limit and duration.seconds(limit)
      known = known and seconds ~= nil
      least = seconds and math.min(least or seconds, seconds) or least
    end
  end
  return least, known
end

-- What a block around a call makes the client of: `async with httpx.AsyncClient(timeout=10) as client`.
local function made_by_block(call)
  local on = call:receiver()
  local block = on and on.kind == "name" and call:enclosing("with")
  while block do
    for _, item in block:children("item") do
      local target = item:child("target")
      if target and target.text == on.text then
        return item:child("value")
      end
    end
    block = block:enclosing("with")
  end
  return nil
end

-- The seconds after which a call ends, and the place that says so; nil where that is not known.
local function limit_of(call, file, repo)
  local state, place = time_limit.of(call)
  local made = nil
  if state == "absent" then
    made = made_by_block(call)
    if made and made.kind == "call" and made:fact("client") then
      state, place = time_limit.of(made)
    elseif made then
      return nil
    elseif not call:is("httpx.*") then
      state, place = http_client.limit_of(call, file, repo)
      made = state == "absent" and place or nil
    end
  end
  local around, known = limit_around(call)
  if not known then
    return nil
  elseif state == "set" and place then
    local seconds = duration.seconds(place)
    return seconds and math.min(seconds, around or seconds), place
  elseif state == "set" or state == "hidden" then
    return nil
  elseif around then
    return around, call
  elseif state == "absent" and call:fact("timeout") == "5 s" and (made ~= nil or call:receiver() == nil or call:is("httpx.*")) and not time_limit.is_raced(call) then
    return 5, nil
  end
  return nil
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    local seen = {}
    for _, match in matches do
      local call = match.node
      local func = call:func()
      if not func or seen[func.node.id] or call:reach() ~= "request" or takes_its_time(call) or http_client.is_relative(http_client.url_of(call)) then
        continue
      end
      local waits, first = waited_for.by_request(call, repo)
      local seconds, place = nil, nil
      if waits ~= "no" then
        seconds, place = limit_of(call, file, repo)
      end
      if not seconds or seconds <= ALLOWED then
        continue
      end
      seen[func.node.id] = true
      local shown = seconds == math.floor(seconds) and string.format("%d", seconds) or tostring(seconds)
      report({
        at = call,
        message = `{waited_for.title(first, call)} waits for this call, which may take {shown} s{place and "" or ", the default of its library"}: when the other service hangs, each such request hangs as long`,
        confidence = (seconds > LONG and place and waits == "yes" and not words.has_form_of(waited_for.handler_of(call), TRIED)) and "medium" or "low",
        related = place and not place:same(call) and { { at = place, message = "the limit" } } or nil,
        notes = { seconds = seconds },
        reach = "request",
      })
    end
  end,
}
