-- Whether a file changes a schema, wherever it lies: what a migration does row by row, it does once.

local M = {}

-- What the scripts of tools for migrations import.
local TOOLS = { "alembic.op", "alembic.op.**", "yoyo", "yoyo.**" }

-- A service may run its migrations when it starts: what imports the tool is a migration itself where it says so.
local function is_revision(file)
  return file.text:find("down_revision", 1, true) ~= nil or file.text:find("def upgrade(", 1, true) ~= nil or file.text:find("__depends__", 1, true) ~= nil
end

function M.is(file)
  if file.class == "migration" then
    return true
  end
  local name = file.path:match("([^/]+)$") or file.path
  if name:match("^migrations?%.%w+$") or name:match("^db_migrations?%.%w+$") then
    return true
  end
  return file.language == "python" and file:imports(TOOLS) and is_revision(file)
end

return M
