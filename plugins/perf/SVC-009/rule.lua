-- Proxies that wait without end, or so long that nobody is there any more. Limits that a proxy has by itself count.

local presence = require("presence")

-- Seconds beyond which a limit is none: five minutes.
local LONGEST = 300

local UNITS = { ms = 0.001, s = 1, m = 60, h = 3600, d = 86400, w = 604800 }

-- Signs of answers that have no end.
local ENDLESS = { "upgrade", "websocket", "event%-stream", "grpc", "proxy_buffering%s+off", "%f[%w]streams?%f[%W]", "%f[%w]streaming", "%f[%w]wss?%f[%W]", "/events?%f[%W]", "%f[%w]sockets?%f[%W]", "socket%.io", "%f[%w]sse%f[%W]" }

local function is_endless(text)
  text = text:lower():gsub("#[^\n]*", "")
  for _, form in ENDLESS do
    if text:find(form) then
      return true
    end
  end
  return false
end

-- Seconds of a time of nginx, which may have parts: `90`, `5m`, `1h30m`.
local function seconds_of(text)
  local sum, rest = 0, text
  while rest ~= "" do
    local number, unit, more = rest:match("^(%d+)(%l*)(.*)$")
    local factor = number and UNITS[if unit == "" then "s" else unit]
    if not factor then
      return nil
    end
    sum += tonumber(number) * factor
    rest = more
  end
  return sum
end

-- The lines of the block of nginx around a line: up to the brace that opens it and down to the one that closes it.
local function block(file, line)
  local lines = string.split(file.text, "\n")
  local first, last, depth = line, line, 0
  while first > 1 do
    local text = lines[first - 1]
    depth += select(2, text:gsub("}", "")) - select(2, text:gsub("{", ""))
    first -= 1
    if depth < 0 then
      break
    end
  end
  depth = 0
  while last < #lines do
    last += 1
    depth += select(2, lines[last]:gsub("{", "")) - select(2, lines[last]:gsub("}", ""))
    if depth < 0 then
      break
    end
  end
  return table.concat(lines, "\n", first, last)
end

local function check_long(file, match, report, around, text)
  local seconds = text and seconds_of(text)
  if seconds and seconds > LONGEST and not is_endless(around) then
    report({ at = match.span, message = `waits up to {math.floor(seconds)} s for one read or write, the proxy's own limit is 60 s`, severity = "low", confidence = "medium" })
    return true
  end
  return false
end

-- Whether a limit of nginx counts where it stands: one of `proxy_pass` says nothing of what `uwsgi_pass` hands on. A file without either is included by another.
local function counts(file, module, around)
  local passes = around:gsub("#[^\n]*", "")
  local is_snippet = file.text:gsub("#[^\n]*", ""):find("%w+_pass%s") == nil
  return is_snippet or passes:find("%f[%w]" .. module .. "_pass%s") ~= nil
end

local NEEDS = { frontend = { "client" }, backend = { "server", "connect" }, listen = { "client", "server", "connect" } }

-- Sections of HAProxy with the limits that they have, those of their `defaults` included: the ones that they name (`from`), else the last above them.
local function check_haproxy(file, report)
  local defaults, named, section = {}, {}, nil
  local function close()
    local missing = {}
    for _, name in section and NEEDS[section.kind] or {} do
      if not section.has[name] then
        table.insert(missing, `\`timeout {name}\``)
      end
    end
    if #missing > 0 then
      report({ at = file:line_span(section.line), message = `this {section.kind} has no {table.concat(missing, " and no ")}: HAProxy waits without end` })
    end
  end
  for number, line in string.split(file.text, "\n") do
    local keyword = line:match("^(%l[%l-]*)")
    if keyword then
      close()
      local rest = line:gsub("#.*$", "")
      local from = rest:match("%sfrom%s+(%S+)")
      local taken = if from then named[from] elseif NEEDS[keyword] then defaults else nil
      -- What is named and not here stands in another file.
      section = { kind = keyword, line = number, has = if from and not taken then { client = true, server = true, connect = true } else table.clone(taken or {}) }
      if keyword == "defaults" then
        defaults = section.has
        local name = rest:match("^defaults%s+(%S+)")
        if name and name ~= "from" then
          named[name] = section.has
        end
      end
    elseif section then
      local name = line:match("^%s+timeout%s+([%w-]+)")
      if name then
        section.has[name] = true
      end
    end
  end
  close()
end

-- A file that is included elsewhere, or put together from others, does not show all.
local function is_whole(file)
  return not file.text:find("{%%") and not file.text:find("{{")
end

return {
  check_repository = function(repo)
    if #repo:matched("proxy") == 0 then
      return { not_applicable = "no settings of nginx, HAProxy, Envoy or an ingress in this repository" }
    end
    return nil
  end,

  check = function(file, matches, report)
    local is_haproxy, told = false, {}
    for _, match in matches do
      if match.matcher == "nginx" then
        local around = block(file, match.span.line)
        local module = match.span.source:match("(%l+)_%l+_timeout")
        -- Reading and sending of one place are one finding.
        local key = `{module}:{around}`
        if counts(file, module, around) and not told[key] then
          told[key] = check_long(file, match, report, around, match.span.source:match("(%w+)%s*;"))
        end
      elseif match.matcher == "ingress" then
        if not presence.is_comment(file:line_span(match.span.line).source, file.path) then
          check_long(file, match, report, file.text, match.span.source:match("(%d+)$"))
        end
      elseif match.matcher == "envoy" then
        local lines = string.split(file.text, "\n")
        local line = match.span.line
        local around = table.concat(lines, "\n", math.max(1, line - 6), math.min(#lines, line + 6))
        local same = lines[line]
        if (around:find("route") or same:find("cluster")) and not is_endless(around) then
          report({ at = match.span, message = "takes away Envoy's limit of 15 s for this route", confidence = "medium" })
        end
      elseif not is_haproxy then
        is_haproxy = true
        if is_whole(file) then
          check_haproxy(file, report)
        end
      end
    end
  end,
}
