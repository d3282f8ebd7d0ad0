-- Rates from which on a sampler keeps about everything.
local EVERYTHING = 0.9

local DEVELOPMENT = { "debug", "develop", "dev", "local", "test" }

local function is_for_development(text)
  text = text:lower()
  for _, word in DEVELOPMENT do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether the place runs only in a branch for development.
local function is_conditional(node)
  local inner = node
  local at = node:parent()
  while at do
    if at.kind == "if" or at.kind == "conditional" or at.kind == "ternary" then
      local test = at:child("test")
      if test and not inner:same(test) and is_for_development(test.source) then
        return true
      end
    end
    inner = at
    at = at:parent()
  end
  return false
end

-- The rate that an expression has, as far as the code tells: a literal, a constant, or the default behind the environment.
local function rate_of(node, depth)
  local literal, known = node:literal()
  if known then
    if type(literal) == "number" then
      return literal, node
    end
    if type(literal) == "string" then
      return tonumber(literal), node
    end
    if literal == true then
      return 1, node
    end
    return nil
  end
  if depth > 4 then
    return nil
  end
  if node.kind == "binary" or node.kind == "logical" or node.kind == "bool" or node.kind == "boolean" then
    local list = node:children()
    local last = list[#list]
    return last and rate_of(last, depth + 1)
  end
  if node.kind == "call" then
    -- `float(os.environ.get("RATE", "1.0"))`, `Number(process.env.RATE ?? 1)`
    local name = node.name
    if name == "float" or name == "Number" or name == "parseFloat" then
      local first = node:arg(1)
      return first and rate_of(first, depth + 1)
    end
    if name == "getenv" or (name == "get" and (node.source:find("environ", 1, true) or node.source:lower():find("config", 1, true))) or name == "env" or name == "config" then
      local default = node:arg("default") or node:arg("fallback") or node:arg(2)
      return default and rate_of(default, depth + 1)
    end
    return nil
  end
  if node.kind == "name" then
    local value = node:value()
    return value and rate_of(value, depth + 1)
  end
  return nil
end

-- Whether a file beside the code decides the sampler by the environment: "no" when it samples less, nil when none speaks.
local function from_environment(repo)
  for _, path in repo:holding("**/{*[Dd]ockerfile*,*.yml,*.yaml,*.tf,*.env*,*.toml,*.json,*.sh,*.ts,*.py}", "OTEL_TRACES_SAMPLER") do
    local file = repo:open(path)
    if file and file.class ~= "test" then
      local value = file.text:match("OTEL_TRACES_SAMPLER[\"']?%s*[:=]?%s*[\"']?%s*(%a[%w_]*)") or file.text:match("OTEL_TRACES_SAMPLER%s+(%a[%w_]*)") or ""
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
  return reach == "test" or reach == "script" or file.class ~= "source" or is_conditional(node)
end

local function check_sentry(file, call, report)
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
        fix = { title = "trace one request in twenty", safety = "unsafe", edits = { { at = at, text = at:literal() == nil and "0.05" or (type((at:literal())) == "string" and "\"0.05\"" or "0.05") } } },
      })
    end
    return
  end
  local switch = call:fact("switch")
  if state == "absent" and switch then
    local value, given = call:arg(switch)
    if given == "given" and value:literal() == true then
      report({ at = value, message = `{switch} without a rate traces every request`, confidence = "high" })
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
          local rate = first and rate_of(first, 0)
          if rate and rate >= EVERYTHING then
            report({ at = call, message = `the sampler keeps {rate >= 1 and "every request" or "nearly every request"}`, confidence = "high", notes = { rate = tostring(rate) } })
          end
        end
      end
    end
  end,
}
