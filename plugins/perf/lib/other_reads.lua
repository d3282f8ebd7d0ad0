-- What a helper reads beside the statement that it writes, where one method of the client executes both: the way to a store that is known first may lead to the write.

local store = require("store")

local M = {}

local DEEPEST = 3

-- Whether a call executes what the function around it was handed: that may read or write.
local function runs_what_is_handed(call)
  local first = call:arg(1)
  return first ~= nil and first:param_position() ~= nil
end

-- The calls on the way to the first read that a function makes each time that it runs, or unless a parameter says otherwise; nil where it makes none.
local function way_to_read(func, depth, seen)
  local key = func.node.file.path .. func.node.id
  if depth > DEEPEST or seen[key] then
    return nil
  end
  seen[key] = true
  for _, call in func.node:descendants("call") do
    local around = call:enclosing({ "function", "handler", "for", "while", "comprehension" })
    if not around or not around:same(func.node) then
      continue
    end
    local callees = call:callees()
    local found = #callees == 0 and store.access(call)
    if found and found.sort == "read" and not runs_what_is_handed(call) then
      return { call }, found
    elseif #callees == 1 then
      local further, read = way_to_read(callees[1], depth + 1, seen)
      if further then
        table.insert(further, 1, call)
        return further, read
      end
    end
  end
  return nil
end

-- What a call reads so, in the form of `store.access`; nil where it reads nothing.
function M.of(call)
  local callees = call:callees()
  local known = #callees == 1 and store.access(call)
  local way, read = nil, nil
  if known then
    way, read = way_to_read(callees[1], 1, {})
  end
  if not way then
    return nil
  end
  local hops = {}
  for _, node in way do
    table.insert(hops, { path = node.file.path, symbol = node:symbol(), callee = node:target()[1] or node.name, node = node })
  end
  local found = table.clone(known)
  found.sort, found.word, found.bulk, found.alone, found.one = "read", nil, nil, read.alone, read.one
  found.what, found.leaf, found.hops, found.mixed = read.what, read.call, hops, true
  return found
end

return M
