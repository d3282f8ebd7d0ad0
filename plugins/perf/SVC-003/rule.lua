-- Refusals for too many requests that do not say when to come back.

local service = require("service")
local words = require("words")

-- Whether a text is the status, as a number or by its name.
local function says_status(node)
  local value = node:literal()
  return value == 429 or node.source == "429" or node.source:find("TOO_MANY_REQUESTS$") ~= nil or node.source:find("StatusTooManyRequests$") ~= nil
end

-- Whether a call answers with that status.
local function is_refusal(call)
  if call.name == "TooManyRequests" then
    return call:is("werkzeug.exceptions.TooManyRequests")
  end
  for _, key in { "status_code", "status", "code" } do
    local value, how = call:arg(key)
    if value and how == "given" and says_status(value) then
      return true
    end
  end
  for _, arg in call:args() do
    if says_status(arg) then
      return true
    end
  end
  return false
end

-- The header in a text, as a header: not a field of the body.
local HEADER = { "retry%-after", "header[%w_.]*retryafter", "header[%w_.]*retry_after", "%.retry_after%s*=[^=]", "[(,]%s*retry_after%s*=[^=]" }

local function names_header(text)
  -- Comments send nothing.
  text = text:lower():gsub("#[^\n]*", ""):gsub("//[^\n]*", "")
  for _, form in HEADER do
    if text:find(form) then
      return true
    end
  end
  return false
end

-- Whether a line with the header sends it, and does not read what another service sent.
local function sends(line)
  local lower = line:lower()
  return names_header(line) and not lower:find("%.get%(") and (lower:find("set") or lower:find("%]%s*=[^=]") or lower:find("after[\"'`]%s*[:,)]") or lower:find("append") or lower:find("add%(") or lower:find("%.header%(")) ~= nil
end

-- Whether a call, or what it is chained to, is an answer that says its own status: its headers go with no other answer.
local function is_own_answer(call)
  if call.name == "HTTPException" then
    return true
  end
  local at, depth = call, 0
  while at and at.kind == "call" and depth < 6 do
    for _, arg in at:args() do
      local value = arg:literal()
      if type(value) == "number" and value >= 400 and value < 600 and value ~= 429 then
        return true
      end
    end
    for _, key in { "status_code", "status", "code" } do
      local value, how = at:arg(key)
      local found = value and how == "given" and value:literal()
      if type(found) == "number" and found ~= 429 then
        return true
      end
    end
    at = at:receiver()
    depth += 1
  end
  return false
end

-- Whether a line of a file stands in such an answer.
local function is_in_own_answer(file, number, line)
  for status in line:gmatch("%f[%w_.][45]%d%d%f[^%w_.]") do
    if status ~= "429" then
      return true
    end
  end
  for _, call in file.root and file.root:descendants("call") or {} do
    if call.line <= number and number <= call.last_line and is_own_answer(call) then
      return true
    end
  end
  return false
end

-- Whether other code of the service sends the header: a handler of errors, a middleware, a limiter.
local function is_sent_elsewhere(repo)
  for _, path in repo:holding("*.{py,js,ts,mjs,cjs,tsx,go}", { "Retry-After", "retry-after", "Retry-after", "HeaderRetryAfter" }) do
    local file = repo:open(path)
    if file and file.class == "source" and file.side ~= "browser" then
      for number, line in string.split(file.text, "\n") do
        if sends(line) and not is_in_own_answer(file, number, line) then
          return true
        end
      end
    end
  end
  return #repo:holding("*.py", { "headers_enabled=True", "RATELIMIT_HEADERS_ENABLED" }) > 0
end

-- Whether the header may come from where the code is called: a limiter that sends it before it hands over.
local LIMITERS = { "ratelimit", "rate_limit", "limiter", "throttle", "slowdown" }

local function is_called_by_limiter(node)
  for _, call in node:argument_of() do
    local callee = call:child("callee")
    if callee and words.any_in(callee.source, LIMITERS) then
      return true
    end
  end
  return false
end

-- Whether the headers of this answer hold it, or cannot be seen.
local function has_header(call)
  local headers, how = call:arg("headers")
  if how == "hidden" then
    return true
  end
  if not headers then
    return false
  end
  if names_header(headers.source) then
    return true
  end
  local _, is_there = headers:entry("Retry-After")
  local _, is_small = headers:entry("retry-after")
  return is_there ~= "absent" or is_small ~= "absent"
end

-- The function around a node, the outermost one of those that are written in each other: a middleware sets headers in its outer part.
local function around(node)
  local func = node:enclosing("function")
  while func and func:enclosing("function") do
    func = func:enclosing("function")
  end
  return func or node:statement() or node
end

-- The nodes that refuse, from the matches of a file.
local function refusals(file, matches)
  local all, lines = {}, {}
  for _, match in matches do
    local node = match.node
    if node and is_refusal(node) then
      table.insert(all, node)
    elseif not node and match.span and file.root then
      lines[match.span.line] = true
    end
  end
  if next(lines) then
    for _, node in file.root:descendants("return") do
      if lines[node.last_line] or lines[node.last_line - 1] then
        table.insert(all, node)
      end
    end
  end
  return all
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" or service.is_for_development(file.path_below_named) then
      return
    end
    local seen = {}
    local elsewhere = nil
    for _, node in refusals(file, matches) do
      local line = node.line
      if not seen[line] and not names_header(around(node).source) and not is_called_by_limiter(node) and not (node.kind == "call" and has_header(node)) then
        if elsewhere == nil then
          elsewhere = is_sent_elsewhere(repo)
        end
        if elsewhere then
          return
        end
        seen[line] = true
        report({ at = node, message = "answers 429 without `Retry-After`: clients try again at once", confidence = "medium", reach = "request" })
      end
    end
  end,

  check_repository = function(repo)
    local refuses = #repo:holding("{*.py,*.js,*.mjs,*.cjs,*.ts,*.mts,*.tsx,*.go}", { "429", "TooManyRequests", "TOO_MANY_REQUESTS" }) > 0
    return if refuses then nil else { not_applicable = "no code of this repository answers 429" }
  end,
}
