-- Tables from which code in Python deletes rows, by statements of SQL or expressions of SQLAlchemy Core, and those from which the database then deletes along.

local statement_keys = require("statement_keys")

local M = {}

local IDLE = { test = true, script = true, build = true }
local STATEMENT = { "sqlalchemy.delete", "sqlalchemy.sql.delete", "sqlalchemy.sql.expression.delete", "sqlmodel.delete" }

-- Adds what the texts of a file delete.
local function read_texts(file, gone)
  for _, node in file.root:descendants({ "str", "template" }) do
    local text = #node.text > 12 and node:joined() or nil
    for name in (text or ""):gmatch("[Dd][Ee][Ll][Ee][Tt][Ee]%s+[Ff][Rr][Oo][Mm]%s+([%w_%.\"`]+)") do
      local bare = statement_keys.bare(name)
      if not gone[bare] and not IDLE[node:reach()] then
        gone[bare] = node
      end
    end
  end
end

-- Adds what expressions delete: `orders.delete().where(...)`, `delete(orders)`.
local function read_expressions(file, tables, gone)
  for _, call in file.root:descendants("call", "delete") do
    local on, first = call:receiver(), call:arg(1)
    local owner = if first and call:is(STATEMENT) then first else on
    local found = owner and (tables.table_at(owner) or owner.kind == "name" and tables.mapped[owner.text])
    local name = found and found.table:lower()
    if name and not gone[name] and not IDLE[call:reach()] then
      gone[name] = call
    end
  end
end

local function target_of(column)
  return column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$")
end

M.target_of = target_of

-- What becomes of a row when what its key leads to is deleted: "CASCADE", "SET NULL"; nil where nothing is said.
function M.rule_of(column)
  local rule = column.key_at and column.key_at:arg("ondelete")
  local text = rule and rule:literal()
  return type(text) == "string" and text:upper() or nil
end

-- Where rows of each table are deleted, by its name in small letters.
function M.of(repo, tables)
  local gone, seen = {}, {}
  for _, path in repo:holding("**/*.py", { "DELETE FROM", "delete from", "Delete from", ".delete(", "delete(" }) do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      read_texts(file, gone)
      read_expressions(file, tables, gone)
    end
  end
  -- Rows that go along take others with them.
  local more = true
  while more do
    more = false
    for _, model in tables.all do
      for _, column in model.columns do
        local target, name = (target_of(column) or ""):lower(), model.table:lower()
        if gone[target] and not gone[name] and not seen[name] and M.rule_of(column) == "CASCADE" then
          seen[name], gone[name], more = true, gone[target], true
        end
      end
    end
  end
  return gone
end

return M
