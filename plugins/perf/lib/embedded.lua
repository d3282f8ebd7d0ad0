-- What a statement costs where the database is a file that the process reads itself: no round trip, which is what most such findings are about.

local database_kind = require("database_kind")

local M = {}

local IN_PROCESS = { sql = true, sqlite = true }

M.COST = "no round trip: all that this code reaches is SQLite, in the process; each statement is parsed and planned on its own, and one that writes holds the lock of the file"

local known = {}

-- The words for a statement that `file` sends to `store`; `nil` where a server may answer it.
function M.cost(repo, file, store)
  if not IN_PROCESS[store] then
    return nil
  end
  local language = file.language
  if known[language] == nil then
    known[language] = database_kind.only_a_file(repo, language) == true
  end
  return known[language] and M.COST or nil
end

return M
