-- Loops whose turns run files of statements, as a service brings its schema from version to version: `run_file("patch4.sql")`. Each turn runs other statements than
-- the one before, in an order that counts, and each once in the life of a database: there is nothing to ask for together.

local M = {}

-- What reads a whole file, by its name.
local READERS = { "readFileSync", "readFile", "readTextFile", "readTextFileSync", "open", "read_text", "ReadFile", "Open" }

-- Whether a function is handed the name of a file and reads that: in its own body, by a name that is a parameter.
local function reads_handed_file(func)
  for _, call in func.node:descendants("call", READERS) do
    local named = call:fact("kind") == "disk" and (call:arg(1) or call:receiver())
    for _, name in named and { named, unpack(named:descendants("name")) } or {} do
      local owner = name.kind == "name" and name:param_position() and name:func()
      if owner and owner.node:same(func.node) then
        return true
      end
    end
  end
  return false
end

-- Whether a function asks the store for what it has put together or read, and not only for statements that stand in it.
local function runs_given_statements(func)
  for _, call in func.node:descendants("call") do
    local statement = call:fact("kind") == "db" and call:arg(1)
    if statement and statement.kind == "name" and not select(2, statement:literal()) then
      return true
    end
  end
  return false
end

-- Whether an access of a loop leads to the statements of a file that is chosen by the turn.
function M.are_run(access)
  local leaf = access.leaf or access.call
  local func = #access.hops > 0 and leaf:func()
  return func ~= nil and func ~= false and reads_handed_file(func) and runs_given_statements(func)
end

return M
