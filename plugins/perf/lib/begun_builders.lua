-- A query that is put together in one statement and waited for in another: `const orders = knex("orders").where({ shop })`, then `await orders` or
-- `await orders.distinct("id")`. Nothing is asked before somebody waits.

local M = {}

local WRITES = { insert = true, update = true, delete = true, del = true, upsert = true, patch = true, truncate = true, increment = true, decrement = true, insertGraph = true, merge = true }

-- Names that a transaction goes by: what is asked on it keeps its order.
local SESSIONS = { trx = true, tx = true, transaction = true, transacting = true, txn = true }

-- The name on which a chain of calls stands.
local function root_of(value)
  local at, names = value, {}
  while at and at.kind == "call" do
    table.insert(names, at.name)
    at = at:receiver()
  end
  return at and at.kind == "name" and at or nil, names
end

local function on_transaction(made)
  for _, name in made:descendants({ "name", "attr" }) do
    if SESSIONS[name.text] then
      return true
    end
  end
  return false
end

-- What waiting for such a value does: { call, sort }, with the call that begins it; nil for any other value.
function M.of(value)
  local root, names = root_of(value)
  local made = root and root:value()
  if not made or made.kind ~= "call" then
    return nil
  end
  local _, before = made:chained()
  local begun = nil
  for _, part in { made, unpack(before) } do
    if part:fact("builder") == "true" then
      begun = part
    end
    table.insert(names, part.name)
  end
  if not begun or on_transaction(made) then
    return nil
  end
  local func = value:func()
  for _, use in func and func.node:descendants("name", root.text) or {} do
    local attr = use:parent()
    if attr and attr.kind == "attr" and use:role() == "value" then
      table.insert(names, attr.text)
    end
  end
  local sort = "read"
  for _, name in names do
    sort = (WRITES[name] or sort == "write") and "write" or "read"
  end
  return { call = begun, sort = sort }
end

return M
