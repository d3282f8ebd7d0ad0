-- Tables that Alembic's migrations make: columns, keys and indexes of `op.create_table`, `op.add_column`, `op.create_foreign_key`. What a migration takes back when it
-- is undone says nothing.

local M = {}

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function is_true(call, name)
  local value = call:arg(name)
  return value ~= nil and value:literal() == true
end

local function texts_of(list)
  local all = {}
  for _, item in list and list.kind == "list" and list:children("item") or {} do
    table.insert(all, (literal(item) or ""):lower())
  end
  return all
end

-- Whether a call stands in what undoes a migration.
local function is_undoing(call)
  local func = call:enclosing({ "function" })
  return func ~= nil and func.name == "downgrade"
end

-- The table of what a key refers to: `orders` of `shop.orders.id`.
local function owner_of(target)
  return target and target:match("([%w_]+)%.[%w_]+$")
end

-- `rule` is the call that may say what becomes of the rows: `ondelete="CASCADE"`.
local function key_of(call, column, count, refers, rule)
  local first, last = call:bytes()
  local on_delete = literal((rule:arg("ondelete")))
  return { column = column, count = count, file = call.file, first = first, length = last - first + 1, at = call, is_migrated = true, refers = refers and refers:lower(), on_delete = on_delete and on_delete:upper() }
end

local function read_column(own, call, primary)
  local name = literal(call:arg(1))
  if not name then
    return
  end
  name = name:lower()
  local first, last = call:bytes()
  own.columns[name] = own.columns[name] or { file = call.file, first = first, length = last - first + 1, type = call.source }
  if is_true(call, "primary_key") then
    table.insert(primary, name)
  end
  if is_true(call, "unique") or is_true(call, "index") then
    table.insert(own.indexes, { columns = { name }, is_unique = is_true(call, "unique") })
  end
  for _, part in call:descendants("call", "ForeignKey") do
    if part.name == "ForeignKey" then
      table.insert(own.keys, key_of(call, name, 1, owner_of(literal(part:arg(1))), part))
    end
  end
end

local function read_constraint(own, call)
  local columns = {}
  if call.name == "ForeignKeyConstraint" then
    columns = texts_of(call:arg(1) or call:arg("columns"))
    local column = columns[1] and own.columns[columns[1]]
    if column then
      local key = key_of(call, columns[1], #columns, owner_of(texts_of(call:arg(2) or call:arg("refcolumns"))[1]), call)
      -- The column is shown, not the constraint at the end.
      key.file, key.first, key.length = column.file, column.first, column.length
      table.insert(own.keys, key)
    end
    return
  end
  for _, argument in call:args() do
    local text = argument.kind ~= "kw-arg" and literal(argument)
    if text then
      table.insert(columns, text:lower())
    end
  end
  if #columns > 0 then
    table.insert(own.indexes, { columns = columns, is_unique = true })
  end
end

local CONSTRAINTS = { PrimaryKeyConstraint = true, UniqueConstraint = true, ForeignKeyConstraint = true }

local function read_table(own, call)
  local primary = {}
  for _, part in call:args() do
    if part.kind == "call" and part.name == "Column" then
      read_column(own, part, primary)
    end
  end
  for _, part in call:args() do
    if part.kind == "call" and CONSTRAINTS[part.name] then
      read_constraint(own, part)
    elseif part.kind == "call" and part.name == "Index" then
      local columns = {}
      for at, argument in part:args() do
        local text = at > 1 and argument.kind ~= "kw-arg" and literal(argument)
        if text then
          table.insert(columns, text:lower())
        end
      end
      table.insert(own.indexes, { columns = columns, is_unique = is_true(part, "unique") })
    end
  end
  if #primary > 0 then
    table.insert(own.indexes, { columns = primary, is_unique = true })
  end
end

-- Adds the tables of a repository; `table_of` gives the entry of a table by its name.
function M.read(repo, table_of)
  if not repo:imports({ "alembic", "alembic.op" }) then
    return
  end
  for _, call in repo:calls("alembic.op.create_table") do
    local name = literal(call:arg(1))
    if name and not is_undoing(call) then
      read_table(table_of(name), call)
    end
  end
  for _, call in repo:calls("alembic.op.add_column") do
    local name, column = literal(call:arg(1)), call:arg(2)
    if name and column and column.kind == "call" and not is_undoing(call) then
      read_column(table_of(name), column, {})
    end
  end
  for _, call in repo:calls("alembic.op.create_foreign_key") do
    local name, columns = literal(call:arg("source_table") or call:arg(2)), texts_of(call:arg("local_cols") or call:arg(4))
    local own = name and #columns > 0 and not is_undoing(call) and table_of(name)
    local column = own and own.columns[columns[1]]
    if column then
      local key = key_of(call, columns[1], #columns, literal(call:arg("referent_table") or call:arg(3)), call)
      key.file, key.first, key.length = column.file, column.first, column.length
      table.insert(own.keys, key)
    end
  end
  -- What a later migration takes away has no keys.
  for _, call in repo:calls({ "alembic.op.drop_table", "alembic.op.rename_table", "alembic.op.drop_column" }) do
    local name = literal(call:arg(1))
    local own = name and not is_undoing(call) and table_of(name)
    local column = call.name == "drop_column" and literal(call:arg(2))
    for at = own and #own.keys or 0, 1, -1 do
      local key = own.keys[at]
      if key.is_migrated and (call.name ~= "drop_column" or key.column == (column or ""):lower()) then
        table.remove(own.keys, at)
      end
    end
  end
end

return M
