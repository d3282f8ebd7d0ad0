-- Whether the time of statements is kept.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "calls", "imports", "agent", "hook", "server" },
      about = presence.stores,
      nothing = "no database is used in this repository",
      missing = "nothing in the repository keeps the time of statements; link the panel with the time of queries, or the server's statistics",
    })
  end,
}
