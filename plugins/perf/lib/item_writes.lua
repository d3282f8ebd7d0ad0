-- What a write of a loop is besides a write: off by a parameter, a method of the model's own, or a mark on items that take far longer to be worked through.

local declared = require("declared")
local item_work = require("item_work")
local optional_way = require("optional_way")
local orm_finders = require("orm_finders")

local M = {}

-- Whether the commit on the way stands under a parameter that the call hands over as off: `store(row, commit=False)`.
function M.is_switched_off(access)
  local call = access.call
  for _, hop in access.hops do
    local func = hop.node and hop.node:func()
    if func and optional_way.is_off(hop.node, func, call) then
      return true
    end
    call = hop.node or call
  end
  return false
end

-- Whether a row's model has a `save` or `delete` of its own, though which one runs is not seen: `for order in shop.orders.all(): order.save()`.
function M.has_own_way(access, repo)
  local call = access.call
  local on = #access.hops == 0 and call.file.language == "python" and (call.name == "save" or call.name == "delete") and call:receiver()
  local held = on and on.kind == "name" and orm_finders.django(repo).instance(on)
  for _, class in held and held.model.class and declared.lineage(held.model.class, repo) or {} do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and statement.name == call.name then
        return true
      end
    end
  end
  return false
end

-- The names that the items of a loop come from: `orders`, and `ids` where `orders = [load(id) for id in ids]`.
local function names_over(loop)
  local all, over = {}, loop.iter
  if over and over.kind == "name" then
    all[over.text] = true
    local value = over:value()
    for _, clause in value and value.kind == "comprehension" and value:descendants("clause") or {} do
      local iter = clause:child("iter")
      if iter and iter.kind == "name" then
        all[iter.text] = true
      end
    end
  end
  return all
end

-- Whether another loop of the function works the same items through, which takes far longer than to write that it is about to.
function M.are_worked_through(loop)
  local func, names = loop.node:func(), names_over(loop)
  for _, other in func and next(names) ~= nil and func.node:descendants("for") or {} do
    local iter = other:child("iter")
    local is_same = iter and iter.kind == "name" and names[iter.text] and not other:same(loop.node)
    if is_same and item_work.does_more({ node = other }, other) then
      return true
    end
  end
  return false
end

return M
