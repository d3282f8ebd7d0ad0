-- Refusals that are kept for longer than seconds: answers 401, 403, 404 and 410 with a lifetime, in code and in what stands in front of it, and entries of a
-- cache that say that there is nothing.

local about = require("about")
local entries = require("cache_entries")
local entry_lifetime = require("entry_lifetime")
local per_item = require("per_item")
local removal = require("entry_removal")
local words = require("words")

-- What is kept for no longer than this spares the origin a burst, and nobody waits for it to end.
local TOLERATED = 60

local REFUSED = { ["401"] = true, ["403"] = true, ["404"] = true, ["410"] = true }
local NAMED = { "StatusNotFound", "StatusForbidden", "StatusUnauthorized", "StatusGone", "HTTP_404", "HTTP_403", "HTTP_401", "NOT_FOUND", "FORBIDDEN", "http.NotFound(", "HttpResponseNotFound", "HttpResponseForbidden" }

-- The lifetime that a header gives to shared or private caches; nil where it gives none.
local function max_age(text)
  local lower = text:lower()
  if lower:find("no-store", 1, true) or lower:find("no-cache", 1, true) then
    return nil
  end
  return tonumber(lower:match("s%-maxage=(%d+)") or lower:match("max%-age=(%d+)"))
end

-- The status of a refusal that a text names; nil where it names none.
local function refusal_in(text)
  for number in text:gmatch("%f[%w]4%d%d%f[%W]") do
    if REFUSED[number] then
      return number
    end
  end
  for _, name in NAMED do
    if text:find(name, 1, true) then
      return text:find("orbidden") and "403" or text:find("FORBIDDEN") and "403" or "404"
    end
  end
  return nil
end

-- The status that one of the calls around a header answers with.
local function status_around(node)
  for _, call in node:argument_of() do
    for _, name in { "status_code", "status", "code" } do
      local value, state = call:arg(name)
      if value and state == "given" then
        local literal = value:literal()
        return refusal_in(tostring(literal or value.source))
      end
    end
    for _, arg in call:args() do
      if arg.kind == "num" or arg.kind == "attr" then
        local status = refusal_in(arg.source)
        if status then
          return status
        end
      end
    end
    local _, before = call:chained()
    for _, link in before do
      if link.name == "status" or link.name == "code" then
        local first = link:arg(1)
        return first and refusal_in(first.source)
      end
    end
  end
  return nil
end

local PLAIN = words.set("expr-stmt", "return", "raise", "assign")

local function says_cache(text)
  local lower = text:lower()
  return lower:find("cache-control", 1, true) ~= nil or lower:find("cache_control", 1, true) ~= nil or lower:find("no-store", 1, true) ~= nil or lower:find("cachecontrol", 1, true) ~= nil
end

-- Whether a statement sends an answer.
local function answers(text)
  return text:find("res%.") or text:find("reply") or text:find("c%.") or text:find("ctx%.") or text:find("w[,%.]") or text:find("http%.") or text:find("return")
end

-- The refusal that stands behind a statement which sets the header, in the same block or in a branch of it: its status and the place.
local function refusal_behind(statement)
  local at = statement:next_statement()
  while at do
    if PLAIN[at.kind] then
      if says_cache(at.source) then
        return nil
      end
      local status = at.kind ~= "assign" and answers(at.source) and refusal_in(at.source)
      if status then
        return status, at
      elseif at.kind == "return" then
        return nil
      end
    elseif at.kind == "if" then
      local body = at:child("body")
      local is_set_anew = false
      for _, inner in body and body:children() or {} do
        is_set_anew = is_set_anew or says_cache(inner.source)
      end
      if body and not is_set_anew then
        for _, inner in body:children() do
          local status = PLAIN[inner.kind] and inner.kind ~= "raise" and inner.kind ~= "assign" and answers(inner.source) and refusal_in(inner.source)
          if status then
            return status, inner
          end
        end
      end
    end
    at = at:next_statement()
  end
  return nil
end

-- Whether a text is the value of the header, and not the wish of a request that is sent elsewhere.
local function is_header(node)
  for _, call in node:argument_of() do
    if call:fact("kind") == "http" or call.name == "fetch" then
      return false
    end
    local first, second = call:arg(1), call:arg(2)
    if first and first.kind == "str" and first.text:lower() == "cache-control" and second and second:same(node) then
      return true, call
    end
  end
  local pair = node:parent()
  if pair and (pair.kind == "pair" or pair.kind == "kw-arg") then
    return pair.source:lower():find("^[\"'`]?cache.control") ~= nil
  end
  return false
end

local function check_text(node, report)
  local seconds = max_age(node.text ~= "" and node.text or node.source)
  if not seconds or seconds <= TOLERATED then
    return
  end
  local is_one, setter = is_header(node)
  if not is_one then
    return
  end
  local status, at = status_around(node), node
  if not status and setter then
    local statement = node:statement()
    if statement and statement.kind == "expr-stmt" then
      status, at = refusal_behind(statement)
    end
  end
  if status then
    report({
      at = at,
      message = `this answer {status} is kept for {seconds} s: what comes into being, or is allowed, meanwhile is refused all the same`,
      confidence = "medium",
      reach = "request",
      related = at ~= node and { { at = node, message = "the lifetime that it is given" } } or nil,
      notes = { seconds = seconds },
    })
  end
end

local NOTHING = { "NOT_FOUND", "NOTFOUND", "MISSING", "NEGATIVE", "NO_SUCH", "DOES_NOT_EXIST", "ABSENT", "not_found", "notfound", "__null__", "__none__" }

local function says_nothing(value)
  if value.kind == "null" or value.source == "undefined" or value.source == "nil" or value.source == "'null'" or value.source == '"null"' or value.source == '"None"' then
    return true
  end
  for _, word in NOTHING do
    if (value.kind == "str" or value.kind == "name" or value.kind == "attr") and value.source:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function check_set(call, report, repo)
  local entry = entries.of(call)
  local seconds = entry and says_nothing(entry.value) and per_item.counts(call) and entry_lifetime.seconds(entry)
  if not seconds then
    return
  end
  local asked = seconds > TOLERATED and entries.asked_before(entry)
  if not asked or removal.is_kept_true(repo, entry, removal.tokens(entry.key)) then
    return
  end
  report({
    at = call,
    message = `that there is nothing is kept for {seconds} s, and no code takes it away when there is`,
    confidence = "medium",
    related = { { at = asked, message = "answers with it" } },
    notes = { seconds = seconds },
  })
end

local UNITS = { s = 1, m = 60, h = 3600, d = 86400, w = 604800 }

-- `proxy_cache_valid 404 10m;`
local function check_proxy(span, report)
  local codes, amount, unit = span.source:match("_cache_valid%s+(.-)%s+(%d+)([smhdw]?);?$")
  local seconds = amount and tonumber(amount) * (UNITS[unit] or 1)
  local status = codes and (codes:find("any") and "of any kind" or refusal_in(codes))
  if status and seconds > TOLERATED then
    report({ at = span, message = `answers {status} are kept for {seconds} s`, confidence = "medium", reach = "request", notes = { seconds = seconds } })
  end
end

-- The block of Terraform or the entry of a list around a line: the lines up to its borders.
local function block_around(file, line)
  local text = ""
  for step = -1, 1, 2 do
    local at = line
    for _ = 1, 8 do
      local ok, span = pcall(function()
        return file:line_span(at).source
      end)
      if not ok then
        break
      end
      if at ~= line or step == -1 then
        text ..= span:gsub("#.*", "") .. "\n"
      end
      if span:find("[{}]") or step == -1 and span:find("^%s*%-%s") or step == 1 and at ~= line and span:find("^%s*%-%s") then
        break
      end
      at += step
    end
  end
  return text
end

-- `error_caching_min_ttl = 300` of CloudFront, `ttl = 1800` of a policy for refusals.
local function check_network(file, span, report)
  local seconds = tonumber(span.source:match("(%d+)[\"']?$"))
  if not seconds or seconds <= TOLERATED then
    return
  end
  local block = block_around(file, span.line)
  local code = block:match("[Ee]rror_?[cC]ode[\"']?%s*[:=]%s*[\"']?(%d+)") or block:match("%f[%a]code%s*=%s*\"?(%d+)")
  local becomes = block:match("[Rr]esponse_?[cC]ode[\"']?%s*[:=]%s*[\"']?(%d+)")
  if code and REFUSED[code] and becomes ~= "200" then
    report({ at = span, message = `the network keeps answers {code} for {seconds} s`, confidence = "medium", reach = "request", notes = { seconds = seconds } })
  end
end

local DURATIONS = { seconds = 1, minutes = 60, hours = 3600, days = 86400 }

-- `{ httpStatus: 404, ttl: Duration.minutes(30) }`, `ErrorResponse(http_status=404, ttl=Duration.minutes(30))`.
local function check_cdk(call, report)
  local amount = call:arg(1) and call:arg(1):literal()
  local seconds = type(amount) == "number" and amount * DURATIONS[call.name]
  local pair = call:parent()
  local is_ttl = pair and (pair.kind == "pair" or pair.kind == "kw-arg") and pair.source:find("^%s*ttl%s*[:=]") ~= nil
  if not seconds or seconds <= TOLERATED or not is_ttl then
    return
  end
  local around = pair:parent()
  local function said(name, other)
    local value = around and (around.kind == "dict" and around:entry(name) or around.kind == "call" and around:arg(other))
    return value and tostring(value:literal()):match("^%d+") or nil
  end
  local code, becomes = said("httpStatus", "http_status"), said("responseHttpStatus", "response_http_status")
  if code and REFUSED[code] and becomes ~= "200" then
    report({ at = call, message = `the network keeps answers {code} for {seconds} s`, confidence = "medium", reach = "request", notes = { seconds = seconds } })
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      if match.matcher == "header" then
        check_text(match.node, report)
      elseif match.matcher == "set" then
        check_set(match.node, report, repo)
      elseif match.matcher == "cdk" then
        check_cdk(match.node, report)
      elseif match.matcher == "proxy" then
        check_proxy(match.span, report)
      else
        check_network(file, match.span, report)
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(#repo:matched("kept") > 0 or about.caches(repo), "no code of this repository keeps entries in a cache, and nothing in it says how long answers are kept")
  end,
}
