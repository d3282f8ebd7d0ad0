-- Whether the time of requests is kept as a distribution.

local presence = require("presence")
local words = require("words")

-- Calls that keep a distribution of whatever they are given; others, such as `timing`, say by their name that it is a time.
local OF_ANYTHING = words.set(
  "Histogram", "Summary", "histogram", "distribution", "NewHistogram", "NewHistogramVec", "NewSummary", "NewSummaryVec", "create_histogram", "createHistogram", "Float64Histogram", "Int64Histogram"
)
-- Calls that keep a time.
local OF_TIMES = words.set("timing", "timer", "timed", "InstrumentHandlerDuration")

local TIMES = { "second", "duration", "latenc", "%f[%a]times?%f[%A]", "elapsed", "millis", "%f[%a]ms%f[%A]", "timing", "took" }

-- Whether the name of a metric, or what is said of it, is one of a time; a name that code works out may be.
local function is_of_time(call)
  local text = call.source:lower()
  for _, form in TIMES do
    if text:find(form) then
      return true
    end
  end
  return text:find("[\"'`]") == nil
end

-- Whether a file keeps a distribution of times.
local function keeps_times(repo)
  for _, path in repo:matched("histogram") do
    local file = repo:open(path)
    for _, call in file and file.root and file.root:descendants("call") or {} do
      if OF_TIMES[call.name] or OF_ANYTHING[call.name] and is_of_time(call) then
        return true
      end
    end
  end
  return false
end

return {
  check_repository = function(repo)
    if presence.first(repo, { "histogram" }) and keeps_times(repo) then
      return nil
    end
    return presence.verdict(repo, {
      shown = { "instrumentation", "agent", "required", "sampling" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "nothing in the repository times requests; link the panel with p50, p95 and p99 of each endpoint, or where a proxy or a mesh measures them",
    })
  end,
}
