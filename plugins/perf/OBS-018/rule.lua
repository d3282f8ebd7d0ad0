-- Whether a response says how long the server took for it.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "header", "middleware" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "nothing in the repository sets `Server-Timing`; link a response that tells its time",
    })
  end,
}
