-- Rows that nobody reads: the name that takes them gets another value before it is read. `orders = Order.objects.all()`, and behind it `orders = Order.objects.filter(id__in=ids)`.

local query_chain = require("query_chain")

local M = {}

-- Whether a name is read between two places of a function, the second one included.
local function is_read_between(text, scope, from, to)
  for _, name in scope:descendants("name") do
    if name.text == text and name.id > from.id and name.id <= to.id and name:role() ~= "target" then
      return true
    end
  end
  return false
end

local function last_id_of(node)
  local all = node:descendants("name")
  return all[#all] or node
end

-- Whether what a call gives is lost like that.
function M.are(call, scope)
  local taker = query_chain.taker(call)
  local assigns = taker and query_chain.assigned(scope)[taker] or {}
  if #assigns < 2 then
    return false
  end
  local own = call:enclosing({ "assign", "function" })
  local statement = own and own:statement()
  local block = statement and statement:parent()
  for at, assign in assigns do
    local next_one = own and assign:same(own) and assigns[at + 1]
    if next_one and not next_one:is_within(own) then
      local after = next_one:statement()
      local around = after and after:parent()
      return block ~= nil and block ~= false and around ~= nil and around ~= false and around:same(block) and not is_read_between(taker, scope, last_id_of(own), last_id_of(next_one))
    end
  end
  return false
end

return M
