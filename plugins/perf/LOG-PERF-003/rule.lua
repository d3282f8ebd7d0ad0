local branch = require("branch")
local imports = require("imports")
local layout = require("layout")

-- Rates from which on a sampler keeps about everything.
local EVERYTHING = 0.9

-- The rate that an expression has, as far as the code tells (a literal, a constant, the default behind the environment), and where it is written.
local function rate_of(node, depth)
  if not node or depth > 4 then
    return nil
  end
  local literal, known = node:literal()
  if known and node.kind ~= "name" then
    local rate = literal == true and 1 or tonumber(literal)
    return rate, node
  end
  if node.kind == "logic" then
    local list = node:children()
    return rate_of(list[#list], depth + 1)
  end
  if node.kind == "call" then
    -- `float(os.environ.get("RATE", "1.0"))`, `Number(process.env.RATE ?? 1)`
    local name = node.name
    if name == "float" or name == "Number" or name == "parseFloat" then
      return rate_of(node:arg(1), depth + 1)
    end
    if name == "getenv" or (name == "get" and (node.source:find("environ", 1, true) or node.source:lower():find("config", 1, true))) or name == "env" or name == "config" then
      return rate_of(node:arg("default") or node:arg("fallback") or node:arg(2), depth + 1)
    end
    return nil
  end
  if node.kind == "name" or node.kind == "attr" then
    return rate_of(node:value() or node:definition(), depth + 1)
  end
  return nil
end

-- Whether a file beside the code decides the sampler by the environment: "no" when it samples less, nil when none speaks.
local function from_environment(repo)
  for _, path in repo:matched("environment") do
    local file = repo:open(path)
    if file and file.class ~= "test" then
      local rest = file.text:match("OTEL_TRACES_SAMPLER([^_%w].*)") or ""
      -- `NAME=word`, `NAME: word`, `"NAME", "word"`, and `name: NAME` with `value: word` on the next line.
      local value = rest:match("^[\"']?%s*[,:=]?%s*[\"']?value[\"']?%s*[:=]%s*[\"']?(%a[%w_]*)") or rest:match("^[\"']?%s*[,:=]?%s*[\"']?(%a[%w_]*)") or ""
      if value:lower():find("always_on", 1, true) then
        return "always", path
      end
      return "sampled", path
    end
  end
  return nil
end

local function out_of_scope(file, node)
  local reach = node:reach()
  return reach == "test" or reach == "script" or file.class ~= "source" or branch.is_for_development(node)
end

-- The edit that lowers a rate where it is written.
local function keep_one_in_twenty(at)
  local quote = at.kind == "str" and at.source:sub(1, 1) or ""
  return { title = "keep one request in twenty", safety = "unsafe", edits = { { at = at, text = `{quote}0.05{quote}` } } }
end

-- The edits that give an OpenTelemetry provider a sampler which follows its caller and keeps one request in twenty of its own.
local function sample(file, call)
  local args = call:args()
  local last = args[#args]
  local text, edits = nil, {}
  if file.language == "python" then
    text = "sampler=ParentBased(TraceIdRatioBased(0.05))"
    local module, missing = "opentelemetry.sdk.trace.sampling", {}
    for _, name in { "ParentBased", "TraceIdRatioBased" } do
      if not imports.item(file, module, name) then
        table.insert(missing, name)
      end
    end
    edits = #missing > 0 and imports.edits(file, module, table.concat(missing, ", ")) or edits
  elseif file.language == "go" then
    local package = call:receiver()
    if not package then
      return nil
    end
    text = `{package.source}.WithSampler({package.source}.ParentBased({package.source}.TraceIDRatioBased(0.05)))`
  else
    return nil
  end
  if last and last.line ~= call.line then
    local indent = layout.indent(file, last.line)
    table.insert(edits, { after = last, text = `,\n{indent}{text}` })
  elseif last then
    table.insert(edits, { after = last, text = `, {text}` })
  else
    local callee = call:child("callee")
    local rest = callee and call.source:sub(#callee.source + 1)
    if not callee or not rest or not rest:match("^%(%s*%)$") then
      return nil
    end
    table.insert(edits, { at = call, text = `{callee.source}({text})` })
  end
  return { title = "sample one request in twenty, and follow callers that are traced", safety = "unsafe", edits = edits }
end

local function check_sentry(file, call, report)
  local needed = call:fact("needs")
  if needed then
    local value = call:arg(needed)
    if not value or value:literal() ~= true then
      return
    end
  end
  local _, sampler = call:arg(call:fact("sampler"))
  if sampler == "given" then
    return
  end
  local value, state = call:arg(call:fact("rate"))
  if state == "given" then
    local rate, at = rate_of(value, 0)
    if rate and rate >= EVERYTHING then
      report({
        at = value,
        message = `{call:fact("rate")} is {rate}, so Sentry traces {rate >= 1 and "every request" or "nearly every request"}`,
        confidence = file.side == "browser" and "medium" or "high",
        notes = { rate = tostring(rate) },
        fix = at.file.path == file.path and keep_one_in_twenty(at) or nil,
      })
    end
    return
  end
  local switch = call:fact("switch")
  if state == "absent" and switch then
    local value, given = call:arg(switch)
    if given == "given" and value:literal() == true then
      report({
        at = value,
        message = `{switch} without a rate traces every request`,
        confidence = "high",
        fix = { title = "trace one request in twenty", safety = "unsafe", edits = { { after = value, text = `, {call:fact("rate")}=0.05` } } },
      })
    end
  end
end

local function check_provider(file, call, report, repo)
  local option = call:fact("option")
  local state = "absent"
  local sampler = nil
  if option then
    for _, arg in call:args() do
      if arg.kind == "call" and arg:is(option) then
        state = "given"
      elseif arg.kind == "spread" or arg.kind == "name" then
        state = "hidden"
      end
    end
  else
    sampler, state = call:arg(call:fact("sampler"))
    local position = tonumber(call:fact("position") or "")
    if state == "absent" and position then
      sampler, state = call:arg(position)
    end
  end
  if state == "given" and sampler and sampler.kind ~= "call" and sampler.source:match("^[%w_%.]*%f[%u]%u*_?ON$") then
    report({ at = sampler, message = `the sampler {sampler.source} records every request`, confidence = "high" })
    return
  end
  if state ~= "absent" then
    return
  end
  local decided, path = from_environment(repo)
  if decided == "sampled" then
    return
  end
  report({
    at = call,
    message = `{call:target()[1] or call.name} is made without a sampler and then records every request ({call:fact("unsampled")})`,
    confidence = "high",
    notes = { environment = decided and `{path} says always_on` or "no OTEL_TRACES_SAMPLER in the repository" },
    fix = sample(file, call),
  })
end

return {
  check = function(file, matches, report, repo)
    for _, match in matches do
      local call = match.node
      if out_of_scope(file, call) then
        continue
      end
      if match.matcher == "tracer" then
        if call:fact("traces") == "sentry" then
          check_sentry(file, call, report)
        else
          check_provider(file, call, report, repo)
        end
      elseif match.matcher == "sampler" then
        if call:fact("samples") == "always" then
          report({ at = call, message = `{call:target()[1] or call.name} records every request`, confidence = "high" })
        else
          local first = call:arg(1) or call:arg("rate") or call:arg("fraction")
          local rate, at = rate_of(first, 0)
          if rate and rate >= EVERYTHING then
            report({
              at = call,
              message = `the sampler keeps {rate >= 1 and "every request" or "nearly every request"}`,
              confidence = "high",
              notes = { rate = tostring(rate) },
              fix = at.file.path == file.path and keep_one_in_twenty(at) or nil,
            })
          end
        end
      end
    end
  end,
}
