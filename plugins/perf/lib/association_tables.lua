-- Tables of SQLAlchemy that are no classes: `Table("order_tags", metadata, Column("order_id", ForeignKey("orders.id")), ...)`, most of which tie two classes together.

local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

local TABLE = table.freeze({ "sqlalchemy.Table", "sqlalchemy.schema.Table", "flask_sqlalchemy.SQLAlchemy.Table" })

local function read_all(repo)
  local by_name = {}
  for _, call in repo:calls(TABLE) do
    local name = call:arg(1) and call:arg(1):literal()
    if call.file.class == "source" and type(name) == "string" and not call.file:imports({ "alembic.op", "alembic" }) then
      local model = sqlalchemy_models.table_of_call(call, name)
      by_name[name] = by_name[name] or model
      local assign = call:parent()
      local target = assign and assign.kind == "assign" and assign:child("target")
      if target and target.kind == "name" then
        by_name[target.text] = by_name[target.text] or model
      end
    end
  end
  return by_name
end

local known = nil

-- Such tables by their name and by that of the variable which holds them, in the form of `sqlalchemy_models`.
function M.of(repo)
  known = known or read_all(repo)
  return known
end

return M
