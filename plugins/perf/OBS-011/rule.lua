-- Whether logs are written by field.

local presence = require("presence")

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "logger", "format", "fastify", "required" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "no logger that is known writes fields in this repository; link a query that finds the log lines of one request by its id",
    })
  end,
}
