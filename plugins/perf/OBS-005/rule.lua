-- Whether processor, memory and input/output of the instances are measured.

local presence = require("presence")

-- What is read, and what exports a reading at most two lines away.
local READINGS = { "psutil%.%a" }
local EXPORTED = { "Gauge", "[gG]auge%(", "%.set%(", "set_function", "Observation", "statsd", "[mM]etrics?[%.:_]", "%f[%a][mM]eter" }

return {
  check_repository = function(repo)
    if presence.near(repo, "gauge", READINGS, EXPORTED, 2) then
      return nil
    end
    return presence.verdict(repo, {
      shown = { "calls", "imports", "machine" },
      about = presence.runs,
      nothing = "nothing in this repository answers requests or takes jobs",
      missing = "nothing in the repository measures processor and memory of the instances; link the panel, or that of the platform",
    })
  end,
}
