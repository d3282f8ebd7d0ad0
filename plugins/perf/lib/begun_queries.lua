-- Functions that begin a query for their callers: `const orders = (db) => db("orders").join(...)`, of which a caller makes `orders(db).where("id", id).first()`.
-- A builder reads nothing until somebody waits for it: what such a query brings, its last caller decides.

local narrowing = require("narrowing")
local query_bounds = require("query_bounds")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Links that run a builder or go on with its rows.
local RUNS = set("then", "catch", "finally", "execute", "executeTakeFirst", "executeTakeFirstOrThrow", "stream", "asCallback", "toSQL", "toString")

-- Whether what a call gives is handed back as it is, by a function that waits for nothing.
local function is_handed_back(call, func)
  if func.is_async or func.is_generator then
    return false
  end
  local after = call:chained()
  for _, link in after do
    if RUNS[link.name] then
      return false
    end
  end
  local top = after[#after] or call
  local parent = top:parent()
  if parent and (parent.kind == "return" or parent:same(func.node)) then
    return true
  end
  local taker = parent and parent.kind == "assign" and query_chain.taker(call)
  for _, gives in taker and func.node:descendants("return") or {} do
    local value = gives:child("value")
    local root = value and query_chain.root_of(value)
    if root and root.text == taker then
      return value.kind == "name" or not RUNS[value.name]
    end
  end
  return false
end

-- Whether a caller goes on with the builder that a call gives it.
local function goes_on(call)
  local after = call:chained()
  if after[1] then
    return not RUNS[after[1].name]
  end
  local parent = call:parent()
  local func = call:func()
  local taker = parent and parent.kind == "assign" and func and query_chain.taker(call)
  return taker ~= nil and taker ~= false and query_chain.called_on(func.node)[taker] ~= nil and not call:is_awaited()
end

-- What a caller makes of a query that was begun for it: its own parts behind those that it has. Nil where it bounds it, else what `listing.judge` says with
-- the filter of both.
function M.carried_on(found, call)
  local func = call:func()
  local parts = func and query_chain.of(call, func.node) or {}
  local bound = query_bounds.bound_of(call, parts)
  if bound == "bound" or func and query_bounds.is_bounded_later(call, func.node) then
    return nil
  end
  local all = table.clone(found)
  all.query = table.clone(found.query or {})
  for _, part in parts do
    if not part.call:same(call) then
      table.insert(all.query, part)
    end
  end
  all.bound = bound == "optional" and bound or found.bound
  all.filter = narrowing.stronger(found.filter, narrowing.filter_of(all.query))
  all.shown = call
  return all
end

-- Whether the query that a call begins or carries on is one for the callers of the function around.
function M.is_begun(call)
  local func = call.file.language ~= "python" and call.file.language ~= "go" and call:func()
  if not func or not is_handed_back(call, func) then
    return false
  end
  for _, caller in func:callers() do
    if goes_on(caller) then
      return true
    end
  end
  return false
end

-- The calls behind which nobody goes on with a query that is begun at `call`: there it is run.
function M.ends(call)
  local all, seen = {}, {}
  local function follow(from, depth)
    for _, caller in from:func():callers() do
      local key = query_chain.key_of(caller)
      local func = not seen[key] and caller:func()
      seen[key] = true
      if func and depth < 3 and is_handed_back(caller, func) and M.is_begun(caller) then
        follow(caller, depth + 1)
      elseif func then
        table.insert(all, caller)
      end
    end
  end
  follow(call, 0)
  return all
end

return M
