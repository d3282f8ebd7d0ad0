-- Statements for each item that cost no round trip: those of a file of SQLite, prepared once and run in one transaction, are the way in which many rows are written.

local database_kind = require("database_kind")

local M = {}

local RUN = table.freeze({ "database/sql.Stmt.{Exec,ExecContext}" })
local PREPARED = table.freeze({ "database/sql.Tx.{Prepare,PrepareContext,Stmt,StmtContext}" })

-- Whether the name of a statement was prepared in a transaction: `stmt, err := tx.Prepare(query)`.
local function is_of_transaction(name)
  local func = name:func()
  for _, call in func and func.node:descendants("call", { "Prepare", "PrepareContext", "Stmt", "StmtContext" }) or {} do
    local statement = call:is(PREPARED) and call:statement()
    if statement and statement.source:find(`^%s*{name.text}%f[^%w_]`) then
      return true
    end
  end
  return false
end

-- Whether an access is such a statement.
function M.is_batched(access, repo)
  local leaf = access.leaf or access.call
  local on = access.sort == "write" and leaf.file.language == "go" and leaf:is(RUN) and leaf:receiver()
  return on ~= nil and on ~= false and on.kind == "name" and is_of_transaction(on) and database_kind.only_a_file(repo, "go") == true
end

return M
