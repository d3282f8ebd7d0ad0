-- Whether something counts the statements of a request.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "counter" },
      about = presence.stores,
      nothing = "no database is used in this repository",
      missing = "nothing in tests or code counts the statements of a request; link those with more than ten",
    })
  end,
}
