-- The calls that make instances of a class of the repository, as those who call its methods name them: `orders = OrderClient()` before `orders.fetch()`.

local M = {}

-- Methods of one class that are asked who calls them.
local MOST_METHODS = 12

local ITSELF = { self = true, cls = true, this = true, super = true }

-- The call that makes what a method is called on, if it is one of the class by its name.
local function maker_of(caller, class)
  local on = caller:receiver()
  if not on or on.kind == "name" and ITSELF[on.text] then
    return nil
  end
  local made = on.kind == "name" and on:value() or on
  return made and made.kind == "call" and made.name == class.text and made or nil
end

-- Each of those calls once.
function M.of(class)
  local all, asked = {}, 0
  for _, node in class:descendants("function") do
    local func = node:enclosing("class"):same(class) and not node:has("lambda") and asked < MOST_METHODS and node:func()
    if func then
      asked += 1
      for _, caller in func:callers() do
        local made = maker_of(caller, class)
        local is_known = false
        for _, other in all do
          is_known = is_known or made ~= nil and other:same(made)
        end
        if made and not is_known then
          table.insert(all, made)
        end
      end
    end
  end
  return all
end

return M
