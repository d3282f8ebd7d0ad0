-- Connections that go by the name of what lends them: `async def get_db(): async with database.connection() as held: yield held`, and each handler
-- takes `db: Database = Depends(get_db)`. What is handed on from there is one connection, which answers one statement at a time.

local M = {}

-- Whether a function gives out what a call lends, and has it back afterwards: `async with pool.acquire() as held: yield held`.
local function gives_out(call)
  local func = call:func()
  local item = call:enclosing({ "with-item", "function" })
  local held = item and item.kind == "with-item" and item:child("target")
  if not func or not func.is_generator or not held then
    return false
  end
  for _, yield in func.node:descendants("yield") do
    local value = yield:child("value")
    if value and value.kind == "name" and value.text == held.text then
      return true
    end
  end
  return false
end

-- Whether a repository gives out connections of what a class lends them by.
local function are_given_out(owner, repo)
  local fact = repo:fact(owner)
  for _, call in fact and fact.lends_by and repo:calls(`{owner}.{fact.lends_by}`) or {} do
    if gives_out(call) then
      return true
    end
  end
  return false
end

-- Whether a thing was handed over: a parameter, or an attribute that a constructor keeps one in.
local function is_handed(node)
  if node.kind == "attr" then
    local value = node:definition()
    return value ~= nil and value.kind == "name" and value:param_position() ~= nil
  end
  return node.kind == "name" and node:param_position() ~= nil
end

-- Whether a call of a library is made on a connection that is handed over, whatever its type says.
function M.is_on_one(leaf, repo)
  local receiver = leaf.call:receiver()
  local owner = leaf.owner and leaf.owner:gsub("%(%)$", "")
  return owner ~= nil and receiver ~= nil and is_handed(receiver) and are_given_out(owner, repo)
end

return M
