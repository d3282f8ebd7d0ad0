-- Reads of MongoDB's driver on a collection that is reached through something of which nothing is known: `ctx.store.collection(name).find(...).toArray()`. What they
-- are tells their form, which no list and no other library of JavaScript has.

local M = {}

local function is_collection(node, depth)
  if not node or depth > 3 then
    return false
  elseif node.kind == "await" then
    return is_collection(node:child("value"), depth)
  elseif node.kind == "name" then
    return is_collection(node:value(), depth + 1)
  elseif node.kind ~= "call" then
    return false
  elseif node.name == "collection" then
    return node:receiver() ~= nil and #node:target() == 0 and #node:args() >= 1
  end
  -- A function that gives it: `function orders() { return ctx.store.collection("orders") }`.
  local callee = node:callees()[1]
  for _, back in callee and #node:callees() == 1 and callee.node:descendants("return") or {} do
    if back:func() and back:func().node:same(callee.node) and is_collection(back:child("value"), depth + 1) then
      return true
    end
  end
  return false
end

-- Whether a call is a `find` of which a list is made.
function M.is_list(call)
  if call.name ~= "find" or call.file.language == "python" or call.file.language == "go" or #call:target() > 0 then
    return false
  end
  local is_listed = false
  for _, link in (call:chained()) do
    is_listed = is_listed or link.name == "toArray"
  end
  return is_listed and is_collection(call:receiver(), 0)
end

return M
