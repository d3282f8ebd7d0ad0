-- `.keys()` is nearly always a dictionary's. Two things prove the command: a receiver that is known to be a Redis client, or a
-- pattern as the argument of a receiver of which nothing else is known.

local called = require("called")

-- An argument that is written out: what stands behind `*names` or `**options` is not known.
local function given(call, key)
  local value, state = call:arg(key)
  return state == "given" and value or nil
end

local function pattern_of(argument)
  if not argument then
    return nil
  end
  if argument.kind == "kw-arg" then
    argument = argument:child("value") or argument
  end
  local value, known = argument:literal()
  if known then
    return type(value) == "string" and value:find("*", 1, true) and value or nil
  end
  -- Only texts hold patterns: `a * b` and `*names` are none.
  for _, part in argument:descendants({ "str", "template" }) do
    if part.text:find("*", 1, true) then
      return argument.source
    end
  end
  return nil
end

-- Says Redis where nothing is known of the receiver: its own name, or that of what holds it.
local function is_called_redis(call)
  local receiver = call:receiver()
  local source = receiver and receiver.source:lower() or ""
  return source:find("redis", 1, true) ~= nil or source:find("valkey", 1, true) ~= nil or source:match("%f[%w]rdb%f[%W]") ~= nil
end

-- What a call could be besides: a method of the project or of another library, a container.
local function is_other(call)
  local receiver = call:receiver()
  if not receiver then
    return true
  end
  local sort = receiver:sort()
  return sort == "literal" or sort == "project" or (sort == "library" and call:fact("store") ~= "redis" and not is_called_redis(call))
end

local function report_at(call, pattern, confidence, report, repo)
  local reach = call:reach()
  if reach == "test" or reach == "script" then
    return
  end
  local what = pattern and ` for {pattern}` or ""
  report({
    at = call,
    message = `KEYS{what} walks every key of the Redis server and holds up all its clients meanwhile`,
    confidence = called.confidence(call, confidence, repo),
    notes = { pattern = pattern },
  })
end

local function check_keys(file, call, report, repo)
  local first, second = given(call, 1), given(call, 2)
  local pattern = pattern_of(first) or (file.language == "go" and pattern_of(second)) or pattern_of(given(call, "pattern"))
  if call:fact("keys") then
    report_at(call, pattern, "high", report, repo)
  elseif (pattern or (first and is_called_redis(call))) and not is_other(call) then
    report_at(call, pattern, "medium", report, repo)
  end
end

-- A command by its name, alone or first in a list.
local function check_command(file, call, report, repo)
  local argument = call:arg(1)
  if file.language == "go" and argument and argument.kind ~= "str" then
    argument = call:arg(2)
  end
  if argument and argument.kind == "list" then
    argument = argument:children("item")[1]
  end
  if not argument or argument.kind ~= "str" or argument.text:upper() ~= "KEYS" then
    return
  end
  if call:fact("store") == "redis" or call:fact("kind") == "cache" then
    report_at(call, nil, "high", report, repo)
  elseif not is_other(call) then
    report_at(call, nil, "medium", report, repo)
  end
end

return {
  check = function(file, matches, report, repo)
    for _, match in matches do
      local node = match.node
      if match.matcher == "keys" then
        check_keys(file, node, report, repo)
      elseif match.matcher == "command" then
        check_command(file, node, report, repo)
      else
        report_at(node, nil, "high", report, repo)
      end
    end
  end,
}
