-- Whether one tool shows requests, errors and what they call together.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "calls", "imports", "agent", "sampling", "sdk" },
      about = presence.runs,
      nothing = "nothing in this repository answers requests or takes jobs",
      missing = "no agent is started in this repository; link the service in the monitoring tool",
    })
  end,
}
