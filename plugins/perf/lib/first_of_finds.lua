-- Finds in JavaScript and TypeScript whose rows are sorted, and of which only the first is taken: `const orders = await Order.findAll({ order: ... }); orders[0]`, and
-- TypeORM's `getOne()`, which does not change the statement. Without a limit the database sorts and sends all of them.

local awaited = require("awaited")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

local ORDERS = set("sort", "orderBy", "addOrderBy", "order", "orderByRaw")
local BOUNDED = set("limit", "take", "first", "findOne", "groupBy", "skip", "offset")

-- Whether a value is the place of the first: `rows[0]`.
local function takes_first(node)
  local parent = node:parent()
  local at = parent and parent.kind == "index" and node:role() == "value" and parent:child("index")
  return at ~= nil and at ~= false and at.kind == "num" and at.text == "0"
end

-- Whether a use of the rows only asks whether there are any.
local function asks_for_any(node)
  local parent = node:parent()
  if not parent then
    return false
  elseif parent.kind == "attr" then
    return parent.text == "length"
  end
  return parent.kind == "unary" or parent.kind == "logic" or node:role() == "test"
end

-- Whether of all that a name holds within `scope` only the first is taken.
local function only_first(name, scope)
  local firsts = 0
  for _, one in scope:descendants("name", name.text) do
    if one.id ~= name.id and one:role() ~= "target" and one:role() ~= "param" then
      if takes_first(one) then
        firsts += 1
      elseif not asks_for_any(one) then
        return false
      end
    end
  end
  return firsts > 0
end

-- What a callback of a promise calls the rows: `.then((orders) => ...)`; second, the callback.
local function taken_by_callback(call)
  for _, link in call:chained() do
    local func = link.name == "then" and link:arg(1)
    if func then
      local param = func.kind == "function" and func:children("param")[1]
      return param and param or nil, param and func or nil
    end
  end
  return nil, nil
end

-- Whether a call's rows come in an order.
local function is_sorted(call, parts)
  local options = call:args()
  for _, option in options do
    if option.kind == "dict" and (option:entry("order") or option:entry("orderBy") or option:entry("sort")) then
      return true
    end
  end
  for _, part in parts do
    if ORDERS[part.name] and not part.is_optional then
      return true
    end
  end
  return false
end

-- Whether only the first of a find's sorted rows is taken.
function M.are_wanted(call)
  local func = call.file.language ~= "python" and call.file.language ~= "go" and call:func()
  if not func or not is_sorted(call, query_chain.of(call, func.node)) then
    return false
  end
  local param, callback = taken_by_callback(call)
  if param and callback then
    return only_first(param, callback)
  end
  local after = call:chained()
  local parent, top = awaited.parent(after[#after] or call)
  if top and takes_first(top) then
    return true
  end
  local target = parent and parent.kind == "assign" and parent:child("target")
  return target ~= nil and target ~= false and target.kind == "name" and only_first(target, func.node)
end

-- The order by which TypeORM's `getOne` takes the first of a query that nothing limits; nil where there is none.
function M.order_of_one(call)
  local func = call:func()
  local order, is_builder = nil, false
  for _, part in func and #call:args() == 0 and query_chain.of(call, func.node) or {} do
    if BOUNDED[part.name] and part.name ~= "groupBy" then
      return nil
    end
    is_builder = is_builder or part.name == "createQueryBuilder"
    order = order or ORDERS[part.name] and not part.is_optional and part.call or nil
  end
  return is_builder and order or nil
end

return M
