-- Migrations, wherever they lie: what they do row by row, they do once.

local M = {}

-- What the scripts of tools for migrations import.
local TOOLS = { "alembic.op", "alembic.op.**", "yoyo", "yoyo.**" }

-- A service may run its migrations when it starts: what imports the tool is a migration itself where it says so.
local function is_revision(file)
  return file.text:find("down_revision", 1, true) ~= nil or file.text:find("def upgrade(", 1, true) ~= nil or file.text:find("__depends__", 1, true) ~= nil
end

-- Whether a place runs in one. What lies among migrations may as well bring users' data in from elsewhere, when they ask for it.
function M.runs(node)
  local file, reach = node.file, node:reach()
  if reach == "request" or reach == "worker" then
    return false
  end
  local name = file.path:match("([^/]+)$") or file.path
  if name:match("^migrations?%.%w+$") or name:match("^db_migrations?%.%w+$") then
    return true
  end
  return file.language == "python" and file:imports(TOOLS) and is_revision(file)
end

return M
