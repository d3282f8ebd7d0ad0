-- Accesses that only happen when something else has failed: `try { send(item) } catch { subscriptions.remove(item) }`. A fault is no item's lot.

local M = {}

local STORED = { ["db-read"] = true, ["db-write"] = true }

-- Whether a part of the code asks a database itself: then what is done when that fails is a second way to ask.
local function asks(part)
  for _, call in part:descendants("call") do
    if call:fact("kind") == "db" then
      return true
    end
    for _, effect in #call:callees() > 0 and call:effects() or {} do
      if STORED[effect] then
        return true
      end
    end
  end
  return false
end

-- Whether a place stands in the handler of a fault that no database has made, within its function and `limit`.
local function is_in_handler(node, limit)
  local handler = node:enclosing({ "handler", "function" })
  if not handler or handler.kind ~= "handler" or limit and not handler:is_within(limit) then
    return false
  end
  local try = handler:parent()
  local body = try and try:child("body")
  return body ~= nil and body ~= false and not asks(body)
end

-- Whether an access of a loop is only reached by way of such a handler: in the loop, or in the functions on the way to the store.
function M.is_reached(access, loop)
  if is_in_handler(access.call, loop.node) then
    return true
  end
  for _, hop in access.hops do
    if hop.node and is_in_handler(hop.node, nil) then
      return true
    end
  end
  return false
end

return M
