-- Queries that a helper makes only where it was not handed the answer: `const token = given ?? (await read())`, `if shop is None: shop = read()`.

local parameter = require("parameter")

local M = {}

-- The parameter around whose absence a query in a function is asked; nil where it is asked in any case.
local function asked_without(query, func)
  local at, parent = query, query:parent()
  while parent and not parent:same(func.node) do
    if parent.kind == "logic" and parent.text ~= "and" then
      local first = parent:children("value")[1]
      if first and first.kind == "name" and not query:is_within(first) then
        return first.text
      end
    elseif parent.kind == "conditional" or parent.kind == "if" then
      local test, body = parent:child("test"), parent:child("body")
      local text = test and test.source or ""
      local name, is_absent = text:match("^%s*!%s*([%w_]+)%s*$") or text:match("^not%s+([%w_]+)$") or text:match("^([%w_]+) is None$") or text:match("^([%w_]+)%s*===?%s*[nu][%w]+$"), true
      if not name and parent.kind == "conditional" then
        name, is_absent = text:match("^([%w_]+)$") or text:match("^([%w_]+) is not None$"), false
      end
      local is_in_body = body ~= nil and at:is_within(body)
      if name and is_in_body == is_absent and not (test and query:is_within(test)) then
        return name
      end
    end
    at, parent = parent, parent:parent()
  end
  return nil
end

-- Whether a call hands the helper that it runs what its query would answer.
function M.is_handed(access)
  local query = access.hops[1] and access.hops[1].node
  local func = query and query:func()
  local name = func and #access.hops == 1 and asked_without(query, func)
  for position, param in name and func.params or {} do
    if param.text == name then
      for at, given in access.call:args() do
        local value = given.kind == "kw-arg" and given:child("value") or given
        local fits = given.kind == "kw-arg" and given.text == name or given.kind ~= "kw-arg" and position == at + parameter.leading(func)
        if fits and value.kind ~= "null" then
          return true
        end
      end
    end
  end
  return false
end

return M
