-- Indexes of SQLAlchemy that stand behind the class whose columns they name: `Index("ix", Order.customer_id)`, `Index("ix", Order.__table__.c.customer_id)`.

local declared = require("declared")

local M = {}

local INDEX = table.freeze({ "sqlalchemy.Index", "sqlalchemy.schema.Index", "sqlmodel.Index", "flask_sqlalchemy.SQLAlchemy.Index" })

-- The class and the column that an argument names; the column is missing where it is an expression over one.
local function column_of(argument, repo)
  local node = argument
  -- `Order.created.desc()` is an index over that column all the same.
  local callee = node.kind == "call" and #node:args() == 0 and node:child("callee")
  if callee and callee.kind == "attr" then
    node = callee:child("value")
  end
  if not node or node.kind ~= "attr" then
    for _, inner in argument:descendants("attr") do
      local class = column_of(inner, repo)
      if class then
        return class, nil
      end
    end
    return nil
  end
  local owner = node:child("value")
  local columns = owner and owner.kind == "attr" and (owner.text == "c" or owner.text == "columns") and owner:child("value")
  if columns and columns.kind == "attr" and columns.text == "__table__" then
    owner = columns:child("value")
  end
  local class = owner and (owner.kind == "name" or owner.kind == "attr") and declared.class(owner, repo)
  return class, class and node.text
end

-- Indexes by the key of the class whose columns they name: a list of {columns, at, is_partial}; what is no plain column stands in brackets among them.
function M.by_class(repo)
  local all = {}
  for _, call in repo:calls(INDEX) do
    local around = call.file.class ~= "migration" and call.file.class ~= "test" and call:enclosing({ "class", "function" })
    if around == nil or around and around.kind == "function" then
      local owner, columns = nil, {}
      for at, argument in call:args() do
        if at >= 2 and argument.kind ~= "kw-arg" then
          local class, column = column_of(argument, repo)
          owner = owner or class
          -- An expression stands in brackets, as in SQL.
          table.insert(columns, column or `({argument.source})`)
        end
      end
      if owner then
        local key = declared.key(owner)
        all[key] = all[key] or {}
        table.insert(all[key], { columns = columns, at = call, is_partial = select(2, call:arg("postgresql_where")) ~= "absent" })
      end
    end
  end
  return all
end

return M
