-- Whether something follows a request through the services, and settings that switch off what does.

local presence = require("presence")
local service = require("service")

-- Settings by which a tracer traces nothing, and the value that means so.
local OFF = { OTEL_SDK_DISABLED = "true", DD_TRACE_ENABLED = "false", OTEL_TRACES_EXPORTER = "none", OTEL_TRACES_SAMPLER = "always_off" }

local function check(file, matches, report)
  -- What a job of continuous integration builds or tests with says nothing of production.
  if service.is_for_development(file.path_below_named) or presence.is_of_jobs(file.path) then
    return
  end
  local lines = nil
  for _, match in matches do
    local text = match.span.source
    lines = lines or string.split(file.text, "\n")
    -- Commented out, it switches nothing off.
    if presence.is_comment(lines[match.span.line], file.path) then
      continue
    end
    local name = text:match("^[%w_]+")
    local value = text:match("([%a_]+)$")
    if OFF[name] == value then
      report({ at = match.span, message = `\`{name}\` is \`{value}\`: the tracer is there and traces nothing`, confidence = "medium" })
    end
  end
end

return {
  check = check,
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "tracer", "sampling", "agent", "required" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "no tracer is loaded in this repository; link a trace that crosses a service boundary and shows its database calls",
    })
  end,
}
