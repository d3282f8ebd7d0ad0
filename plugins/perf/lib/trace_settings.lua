-- How many traces the settings of a service say to keep, where its code is not read: those of Spring, Quarkus and Micronaut, and variables of its
-- deployment.

local service = require("service")
local words = require("words")

local M = {}

-- Rates from which on a sampler keeps about everything.
local EVERYTHING = 0.9

-- Keys whose value is the part of all traces that is kept.
local RATES = words.set(
  "spring.sleuth.sampler.probability", "spring.sleuth.sampler.percentage", "management.tracing.sampling.probability", "tracing.zipkin.sampler.probability", "tracing.jaeger.sampler.probability",
  "opentracing.jaeger.probabilistic-sampler.sampling-rate", "quarkus.otel.tracer.sampler.ratio", "quarkus.opentelemetry.tracer.sampler.ratio"
)

-- Keys that name a sampler, or say that it always agrees.
local SAMPLERS = words.set("otel.traces.sampler", "quarkus.otel.traces.sampler", "quarkus.opentelemetry.tracer.sampler", "opentracing.jaeger.const-sampler.decision")
local ALWAYS = words.set("always_on", "parentbased_always_on", "on", "always", "true")

-- Keys that switch tracing as a whole.
local SWITCHES = words.set("spring.sleuth.enabled", "management.tracing.enabled", "spring.zipkin.enabled", "tracing.zipkin.enabled", "tracing.jaeger.enabled", "quarkus.otel.enabled", "otel.sdk.disabled", "opentracing.jaeger.enabled")

-- What a setting is unless the environment says otherwise: `${RATE:1.0}` is 1.0, `${RATE}` is nothing.
local function default_of(text)
  local default = text:match("^%s*[\"']?%${[^:}]+:([^}]*)}")
  if default then
    return default
  end
  return not text:find("${", 1, true) and text:match("^%s*[\"']?(.-)[\"']?%s*$") or ""
end

-- Whether a value of a key keeps about every trace; nil where the key is about something else, or nothing is said.
local function keeps_all(key, text)
  local value = default_of(text)
  if RATES[key] then
    local rate = tonumber(value)
    return rate ~= nil and rate >= EVERYTHING or nil
  end
  return SAMPLERS[key] and ALWAYS[value:lower()] or nil
end

-- The settings of a file: { key, text, at }, with `at` as their place.
local function settings_of(file)
  local all = {}
  if file.path:find("%.properties$") then
    local number = 0
    for line in (file.text .. "\n"):gmatch("([^\n]*)\n") do
      number += 1
      local key, text = line:match("^%s*([%w%._%-]+)%s*[=:]%s*(.-)%s*$")
      if key then
        table.insert(all, { key = key:lower(), text = text, at = file:line_span(number) })
      end
    end
    return all
  end
  local function walk(doc, above)
    for _, entry in doc:entries() do
      local key = entry.key and (above == "" and entry.key or `{above}.{entry.key}`)
      if key and (entry.kind == "map") then
        walk(entry, key)
      elseif key then
        table.insert(all, { key = key:lower(), text = entry.text, at = entry })
      end
    end
  end
  for _, document in file.documents or {} do
    if document.kind == "map" then
      walk(document, "")
    end
  end
  return all
end

-- Whether a file is the settings of a profile for production, or of one for work and tests.
local function profile_of(path)
  local name = path:match("([^/]+)%.%w+$") or path
  local profile = name:match("^%w+%-(.+)$")
  if not profile then
    return nil
  end
  for word in profile:lower():gmatch("%a+") do
    if word == "prod" or word == "production" or word == "live" then
      return "production"
    end
  end
  return "other"
end

-- Variables that win over a file of settings.
local VARIABLES = { "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "SPRING_SLEUTH_SAMPLER_PROBABILITY", "OTEL_TRACES_SAMPLER", "QUARKUS_OTEL_TRACES_SAMPLER" }

-- Whether another file decides: the profile for production beside it, or a variable of the deployment.
local function is_decided_elsewhere(repo, file)
  local directory, ending = file.path:match("^(.-)[^/]*(%.%w+)$")
  for _, path in repo:paths(`{directory}*{ending}`) do
    local other = path ~= file.path and profile_of(path) == "production" and repo:open(path)
    for _, setting in other and settings_of(other) or {} do
      if RATES[setting.key] or SAMPLERS[setting.key] then
        return true
      end
    end
  end
  return #repo:holding("**/*.{yml,yaml,tf,env,sh}", VARIABLES) > 0
end

-- Reports the settings of a file that keep every trace.
function M.check(repo, file, report)
  if file.class ~= "source" or service.is_for_development(file.path) or profile_of(file.path) == "other" then
    return
  end
  local found = {}
  for _, setting in settings_of(file) do
    if SWITCHES[setting.key] then
      local value = default_of(setting.text):lower()
      if value == (setting.key == "otel.sdk.disabled" and "true" or "false") then
        return
      end
    elseif keeps_all(setting.key, setting.text) then
      table.insert(found, setting)
    end
  end
  if #found == 0 or profile_of(file.path) ~= "production" and is_decided_elsewhere(repo, file) then
    return
  end
  for _, setting in found do
    report({
      at = setting.at,
      message = `{setting.key} is {default_of(setting.text)}, so every request is traced`,
      confidence = "high",
      notes = { rate = default_of(setting.text) },
    })
  end
end

return M
