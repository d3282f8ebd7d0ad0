-- Whether the memory of functions is measured.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "calls", "imports", "tool", "handler", "allocations" },
      about = presence.runs,
      nothing = "nothing in this repository answers requests or takes jobs",
      missing = "nothing in the repository measures the memory of functions; link a measurement of those that hold most",
    })
  end,
}
