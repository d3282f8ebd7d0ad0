-- What expressions of SQLAlchemy Core ask of tables: columns that are compared with values, and those by which tables are joined.

local set = require("words").set

local M = {}

-- Whether a key of one table leads to another one.
local function leads_to(column, other)
  local owner = column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_%.]+$")
  return owner ~= nil and (owner == other.table or column.foreign_key:find(`%f[%w_]{other.name}%.`) ~= nil)
end

-- The one key of `model` to `other`; nil where there are several, or none.
function M.key_between(model, other)
  local found = nil
  for field, column in model.columns do
    if leads_to(column, other) then
      if found then
        return nil
      end
      found = field
    end
  end
  return found
end

local function read(node, tables, out)
  if node.kind == "compare" and node.text == "==" then
    local left, right = table.unpack(node:children())
    if not left or not right or right.kind == "null" or left.kind == "null" then
      return
    end
    local a, a_name, is_column_a = tables.column_at(left)
    local b, b_name, is_column_b = tables.column_at(right)
    if a and b then
      if a ~= b then
        table.insert(out.joins, { model = a, field = a_name, other = b })
        table.insert(out.joins, { model = b, field = b_name, other = a })
      end
    elseif a and not is_column_b then
      table.insert(out.values, { model = a, field = a_name, value = right })
    elseif b and not is_column_a then
      table.insert(out.values, { model = b, field = b_name, value = left })
    end
  elseif node.kind == "binary" and node.text == "&" then
    for _, part in node:children() do
      read(part, tables, out)
    end
  elseif node.kind == "call" and node.name == "and_" then
    for _, part in node:args() do
      read(part, tables, out)
    end
  elseif node.kind == "call" and node.name == "in_" then
    local on = node:receiver()
    local found, name = nil, nil
    if on then
      found, name = tables.column_at(on)
    end
    if found then
      table.insert(out.values, { model = found, field = name, value = node:arg(1) })
    end
  end
end

-- The conditions of a call's arguments: {values = {{model, field, value}}, joins = {{model, field, other}}}.
function M.of(call, tables)
  local out = { values = {}, joins = {} }
  for _, argument in call:args() do
    read(argument, tables, out)
  end
  return out
end

-- What a statement joins: `orders.join(lines)`, `join(orders, lines, orders.c.id == lines.c.order_id)`.
local JOINS = set("join", "outerjoin", "join_from", "outerjoin_from")

function M.joins_of(statement, tables)
  local all = {}
  for _, call in statement:descendants("call", { "join", "outerjoin", "join_from", "outerjoin_from", "where", "filter" }) do
    local said = M.of(call, tables)
    for _, join in said.joins do
      table.insert(all, join)
    end
    if not JOINS[call.name] or #said.joins > 0 then
      continue
    end
    -- Without a condition the key between two tables is meant.
    local named = {}
    local on = call:receiver()
    for _, node in { on or false, table.unpack(call:args()) } do
      local found = node and node.kind ~= "kw-arg" and tables.table_at(node)
      if found then
        table.insert(named, found)
      end
    end
    for _, link in { table.unpack((select(2, call:chained()))) } do
      local first = (link.name == "select_from" or link.name == "select" or link.name == "join" or link.name == "outerjoin") and link:arg(1)
      local found = first and tables.table_at(first)
      if found then
        table.insert(named, found)
      end
    end
    for _, model in named do
      for _, other in named do
        local field = model ~= other and M.key_between(model, other)
        if field then
          table.insert(all, { model = model, field = field, other = other })
          table.insert(all, { model = other, field = "id", other = model })
        end
      end
    end
  end
  return all
end

return M
