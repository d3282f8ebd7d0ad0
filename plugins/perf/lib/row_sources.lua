-- Where rows come from that stand under a name or are given by a function of the repository.

local query_chain = require("query_chain")

local M = {}

-- So many beginnings are looked at, and so many values: a query that parameters of a request refine is given anew for each of them.
local MOST, MOST_VALUES = 12, 40

-- What a name of a function was given, where each of it is a query of its own or refines the one before.
function M.assigned(name)
  local scope = name:enclosing({ "function" }) or name.file.root
  local all, begins = {}, 0
  for _, assign in query_chain.assigned(scope)[name.text] or {} do
    local value = assign:child("value")
    if not value or assign.kind ~= "assign" or #assign:children("target") ~= 1 then
      return nil
    elseif value.kind ~= "list" or #value:children() > 0 then
      table.insert(all, value)
      local root = query_chain.root_of(value)
      begins += if root and root.text == name.text then 0 else 1
      if #all > MOST_VALUES or begins > MOST then
        return nil
      end
    end
  end
  return #all > 0 and all or nil
end

-- Ends of a query that give one row or none.
local SINGLE = { one = true, one_or_none = true, first = true, scalar_one = true, scalar_one_or_none = true, scalar = true, get = true }

-- What a function gives, where it gives it in one place; nothing and empty lists do not count, nor, unless `may_be_one`, single rows.
function M.given_by(func, may_be_one)
  local found = nil
  for _, statement in func:descendants({ "return" }) do
    local value = statement:child("value")
    local inner = statement:enclosing({ "function" })
    local is_empty = value and (value.kind == "null" or value.kind == "list" and #value:children() == 0 or value.source:find("%.none%(%)%s*$") ~= nil or not may_be_one and value.kind == "call" and SINGLE[value.name] == true and value:receiver() ~= nil)
    if inner and inner:same(func) and value and not is_empty then
      if found then
        return nil
      end
      found = value
    end
  end
  return found
end

-- What the one function of this repository that a call runs gives, where it gives it in one place: `for order in open_orders(shop)`.
function M.returned(call, may_be_one)
  if call.kind ~= "call" or #call:target() > 0 and not call:target()[1]:find(":", 1, true) then
    return nil
  end
  local callees = call:callees()
  local func = #callees == 1 and callees[1]
  return func and not func.is_generator and M.given_by(func.node, may_be_one) or nil
end

return M
