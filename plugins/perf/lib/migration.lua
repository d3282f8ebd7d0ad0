-- Migrations, wherever they lie: what they do row by row, they do once.

local M = {}

-- What the scripts of tools for migrations import.
local TOOLS = table.freeze({ "alembic.op", "alembic.op.**", "yoyo", "yoyo.**" })

-- A service may run its migrations when it starts: what imports the tool is a migration itself where it says so.
local function is_revision(file)
  return file.text:find("down_revision", 1, true) ~= nil or file.text:find("def upgrade(", 1, true) ~= nil or file.text:find("__depends__", 1, true) ~= nil
end

-- Whether a file is one: known of each file that was asked about, since every call in it is.
local known = {}

local function is_migration(file)
  local path = file.path
  if known[path] == nil then
    local name = path:match("([^/]+)$") or path
    known[path] = name:match("^migrations?%.%w+$") ~= nil or name:match("[_%-.]migrations?%.%w+$") ~= nil or file.language == "python" and file:imports(TOOLS) and is_revision(file)
  end
  return known[path]
end

M.is = is_migration

-- Whether a way through functions leads into one: what steps from one version of a schema to the next does there, it does once.
function M.is_on_way(hops)
  for _, hop in hops do
    if hop.symbol:lower():find("migrat", 1, true) or hop.node and is_migration(hop.node.file) then
      return true
    end
  end
  return false
end

-- Whether a place runs in one. What lies among migrations may as well bring users' data in from elsewhere, when they ask for it.
function M.runs(node)
  local reach = node:reach()
  return reach ~= "request" and reach ~= "worker" and is_migration(node.file)
end

return M
