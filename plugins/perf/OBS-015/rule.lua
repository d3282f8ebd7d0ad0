-- Whether something counts the statements of a request.

local presence = require("presence")

-- Where statements are run, as drivers and mappers call it.
local RUNS = { "[eE]xecut", "cursor", "%$on%(", "listens_for", "[qQ]uery%(", "QueryContext", "TraceQuery", "BeforeQuery", "%$use%(", "%.on%(%s*[\"']query" }

-- Whether a number goes up with every statement: in a test it has no other reason to be there.
local function counts_itself(repo)
  for _, path in repo:matched("own counter") do
    local file = repo:open(path)
    if file and file.class == "test" then
      return true
    end
  end
  return presence.near(repo, "own counter", { "count%s*%+[+=]" }, RUNS, 6) ~= nil
end

return {
  check_repository = function(repo)
    if counts_itself(repo) then
      return nil
    end
    return presence.verdict(repo, {
      shown = { "counter" },
      about = presence.stores,
      nothing = "no database is used in this repository",
      missing = "nothing in tests or code counts the statements of a request; link those with more than ten",
    })
  end,
}
