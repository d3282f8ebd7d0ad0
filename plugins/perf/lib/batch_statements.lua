-- What takes the statements of a loop together: several rows of VALUES, or one filter for all keys where each item is written the same.

local same_values = require("same_values")
local statement_verbs = require("statement_verbs")

local M = {}

-- Calls that are given their statement as text.
local RUNS = table.freeze({
  "database/sql.{DB,Tx,Conn,Stmt}.*", "github.com/jmoiron/sqlx.{DB,Tx,Stmt,NamedStmt}.*", "github.com/jackc/pgx.**", "github.com/jackc/pgx/**",
})

-- How many values of a call hang on the item of the loop.
local function carried(call, loop)
  local count = 0
  for _, argument in call:args() do
    if loop:carries(argument) then
      count += 1
    end
  end
  return count
end

-- What does for many items what an access does for one; nil where nothing does, or it is not seen what is run.
function M.bulk_of(access, loop)
  local call = access.leaf or access.call
  if call.file.language ~= "go" or not call:is(RUNS) then
    return access.bulk or access.sort == "write" and same_values.of(access, loop) or nil
  end
  local _, word = statement_verbs.of(call)
  if word == "insert" or word == "replace" then
    return access.bulk
  elseif word == "delete" or word == "update" then
    -- With more than a key that differs, each row is another statement. What a helper is handed is not told apart.
    return #access.hops == 0 and carried(call, loop) == 1 and `one {word:upper()} for all keys` or nil
  end
  return nil
end

return M
