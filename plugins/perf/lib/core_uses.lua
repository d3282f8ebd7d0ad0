-- Which columns of SQLAlchemy Core's tables queries find rows by.

local core_conditions = require("core_conditions")
local refined = require("sqlalchemy_refined")
local sqlalchemy_uses = require("sqlalchemy_uses")

local M = {}

local IDLE = { test = true, script = true }
local FILTERS = { "where", "filter", "filter_by" }

-- The table that `filter_by` sifts: that of `session.query(Order)`.
local function sifted(call, tables)
  for _, link in (select(2, call:chained())) do
    local first = (link.name == "query" or link.name == "select") and link:arg(1)
    if first then
      return first.kind == "name" and tables.mapped[first.text] or tables.table_at(first)
    end
  end
  return nil
end

local function read_filter(call, tables)
  if call.name ~= "filter_by" then
    return core_conditions.of(call, tables)
  end
  local out, model = { values = {}, joins = {} }, sifted(call, tables)
  for _, argument in model and call:children("arg") or {} do
    if argument.kind == "kw-arg" and model.columns[argument.text] then
      table.insert(out.values, { model = model, field = argument.text, value = argument:child("value") })
    end
  end
  return out
end

-- `orders.select(orders.c.customer_id == id)`, `delete(orders, orders.c.id == id)`: the condition as an argument.
local function read_clause(call, tables)
  local said = core_conditions.of(call, tables)
  return #said.values > 0 and said or nil
end

-- Calls `add(model, field, value, call)` for each column that a query finds rows by, where nothing that has an index finds the same rows.
local function judge(call, said, applied, all, tables, sql_tables, add)
  local filtered, served, joins, seen = {}, {}, {}, {}
  for _, other in applied do
    local own = all[other.id] or said
    for _, one in own.values do
      filtered[one.model] = true
      served[one.model] = served[one.model] or sqlalchemy_uses.begins_with(one.model, one.field, sql_tables)
    end
    local statement = other:statement()
    if statement and not seen[statement.id] then
      seen[statement.id] = true
      for _, join in core_conditions.joins_of(statement, tables) do
        table.insert(joins, join)
      end
    end
  end
  for _, one in said.values do
    if not served[one.model] then
      add(one.model, one.field, one.value, call)
    end
  end
  -- From what is filtered, along the joins.
  for _ = 1, 3 do
    local found = {}
    for _, join in joins do
      if filtered[join.other] and not filtered[join.model] then
        found[join.model] = join
      end
    end
    for model, join in found do
      filtered[model] = true
      if model.columns[join.field] and model.columns[join.field].foreign_key then
        add(model, join.field, nil, call)
      end
    end
  end
end

-- Calls `add` for the questions of one file.
function M.each(file, tables, sql_tables, add)
  local all, known = {}, {}
  for _, call in file.root:descendants("call", FILTERS) do
    all[call.id] = read_filter(call, tables)
  end
  for _, call in file.root:descendants("call", FILTERS) do
    local said = all[call.id]
    local applied = #said.values > 0 and not IDLE[call:reach()] and refined.applied_with(call, known)
    if applied then
      judge(call, said, applied, all, tables, sql_tables, add)
    end
  end
  for _, call in file.root:descendants("call", { "select", "delete", "update", "count" }) do
    local said = not IDLE[call:reach()] and read_clause(call, tables)
    if said then
      judge(call, said, { call }, all, tables, sql_tables, add)
    end
  end
end

return M
