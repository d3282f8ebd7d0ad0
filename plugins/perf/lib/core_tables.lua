-- Tables of SQLAlchemy Core and what stands for them in expressions: `orders.c.customer_id`, `Order.customer_id` of a class that is mapped to a table.

local association_tables = require("association_tables")
local declared = require("declared")

local M = {}

local INDEX = { "sqlalchemy.Index", "sqlalchemy.schema.Index", "flask_sqlalchemy.SQLAlchemy.Index" }
local MAPS = { "sqlalchemy.orm.registry.map_imperatively", "sqlalchemy.orm.registry().map_imperatively", "sqlalchemy.orm.mapper", "sqlalchemy.orm.mapperlib.mapper" }
-- What only the database knows of a table that it is read from.
local REFLECTED = { "autoload", "autoload_with", "extend_existing" }

-- A table behind the names that stand for it: `o = orders.alias()`, `Order.__table__`.
local function table_behind(node, by_call, repo)
  for _ = 1, 4 do
    local value = node and declared.value(node, repo)
    if not value or value.kind ~= "call" then
      return nil
    end
    local found = by_call[declared.key(value)]
    if found then
      return found
    elseif value.name == "alias" then
      node = value:receiver()
    elseif value.name == "aliased" then
      node = value:arg(1)
    else
      return nil
    end
  end
  return nil
end

-- The name that a column is asked for by, and what stands before it: `orders.c.customer_id`, `orders.c["customer_id"]`.
local function parts_of(node)
  local through, name = nil, nil
  if node.kind == "attr" then
    through, name = node:child("value"), node.text
  elseif node.kind == "index" then
    local key = node:child("index")
    local text = key and key:literal()
    through, name = node:child("value"), type(text) == "string" and text or nil
  end
  if through and name and through.kind == "attr" and (through.text == "c" or through.text == "columns") then
    return through:child("value"), name
  end
  return nil
end

local function read_all(repo)
  local self = { all = {}, mapped = {}, classes = {} }
  local by_call = {}
  for _, model in association_tables.of(repo) do
    local key = declared.key(model.at)
    if not by_call[key] then
      by_call[key] = model
      table.insert(self.all, model)
      for _, word in REFLECTED do
        model.is_whole = model.is_whole and select(2, model.at:arg(word)) == "absent"
      end
    end
  end
  if #self.all == 0 then
    return self
  end
  table.sort(self.all, function(a, b)
    return a.name < b.name
  end)

  -- The table that an expression stands for; nil where it is none of these.
  function self.table_at(node)
    if node.kind == "attr" and node.text == "__table__" then
      local owner = node:child("value")
      return owner and self.mapped[owner.text] or nil
    end
    return (node.kind == "name" or node.kind == "attr" or node.kind == "call") and table_behind(node, by_call, repo) or nil
  end

  -- The table and the column that an expression names; second, whether it is a column at all, of these tables or of another one.
  function self.column_at(node)
    local owner, name = parts_of(node)
    if owner then
      local found = self.table_at(owner)
      return found and found.columns[name] and found or nil, name, true
    end
    local base = node.kind == "attr" and node:child("value")
    local class = base and base.kind == "name" and self.mapped[base.text]
    if class and class.columns[node.text] then
      return class, node.text, true
    end
    -- A name in capitals is a constant, not a class.
    return nil, nil, base and base.kind == "name" and base.text:find("^%u%w*%l") ~= nil
  end

  for _, call in repo:calls(MAPS) do
    local class, owner = call:arg(1), call:arg(2)
    local found = class and owner and class.kind ~= "call" and self.table_at(owner)
    if found and call.file.class == "source" and not self.mapped[class.text] then
      self.mapped[class.text] = found
      table.insert(self.classes, class.text)
    end
  end
  -- `Index("ix_orders_customer", orders.c.customer_id)` behind the table.
  for _, call in repo:calls(INDEX) do
    local owner, columns = nil, {}
    for at, argument in call:args() do
      if at > 1 and argument.kind ~= "kw-arg" then
        local found, name = self.column_at(argument)
        owner = owner or found
        table.insert(columns, found and name or `({argument.source})`)
      end
    end
    if owner and call.file.class ~= "migration" and call.file.class ~= "test" then
      table.insert(owner.indexes, { columns = columns, at = call, is_partial = select(2, call:arg("postgresql_where")) ~= "absent" })
    end
  end
  return self
end

local known = nil

-- The tables of a repository: {all = models in the form of `sqlalchemy_models`, classes = names of classes mapped to them, table_at(node), column_at(node)}.
function M.of(repo)
  known = known or read_all(repo)
  return known
end

return M
