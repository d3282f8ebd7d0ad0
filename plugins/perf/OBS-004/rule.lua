-- Whether failed requests are counted where they fail.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "calls", "imports", "agent", "status", "alarm" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "nothing in the repository counts failed requests; link the panel with the error rate of each endpoint",
    })
  end,
}
