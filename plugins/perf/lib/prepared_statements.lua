-- Writes by a statement that is prepared before the loop, to a file of SQLite: nothing goes over a network, the text is parsed once, and the rows of one
-- transaction are flushed once. That is the batch form there, while a server costs a round trip for each row all the same.

local database_kind = require("database_kind")

local M = {}

local PREPARES = { Prepare = true, PrepareContext = true, Preparex = true, PreparexContext = true, PrepareNamed = true, PrepareNamedContext = true, prepare = true }

-- What prepares the statement that a call runs: `stmt, err := tx.Prepare(text)`, `const insert = db.prepare(text)`.
local function preparing(call)
  local on = call:receiver()
  local func = on and on.kind == "name" and call:func()
  for _, made in func and func.node:descendants("call") or {} do
    local assign = PREPARES[made.name] and made:parent()
    while assign and assign.kind ~= "assign" and assign.kind ~= "block" do
      assign = assign:parent()
    end
    for _, target in assign and assign.kind == "assign" and assign:children("target") or {} do
      local first = target.kind == "list" and target:children()[1] or target
      if first.text == on.text and made.id < call.id then
        return made
      end
    end
  end
  return nil
end

-- Whether a write runs a statement that was prepared before the loop around it, and no server is there that it could go to.
function M.is_batch(access, repo)
  local leaf = access.sort == "write" and (access.leaf or access.call) or nil
  local made = leaf and preparing(leaf)
  local loop = made and leaf:loops()[1]
  return loop ~= nil and loop ~= false and not made:is_within(loop.node) and database_kind.only_a_file(repo, leaf.file.language) == true
end

return M
