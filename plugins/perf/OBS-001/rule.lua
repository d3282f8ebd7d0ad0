-- Whether the time of requests is kept as a distribution.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "instrumentation", "histogram", "agent", "required" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "nothing in the repository times requests; link the panel with p50, p95 and p99 of each endpoint, or where a proxy or a mesh measures them",
    })
  end,
}
