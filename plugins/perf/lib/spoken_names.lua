-- What the rows of a query of SQLAlchemy are called in a message, where the place that runs it names no model: `query = Order.query.filter(..)`, then `query.all()`;
-- `session.query(totals.c.number, Order.name)`.

local set = require("words").set

local M = {}

local BEGINS = set("query", "select", "with_entities")

local function is_class(node)
  return node ~= nil and node ~= false and node.kind == "name" and node.text:find("^%u%w*%l") ~= nil
end

-- The name of a read's rows as it is judged, else the first model that its query speaks of; nil where there is none.
function M.of(found)
  if found.name or found.read.file.language ~= "python" then
    return found.name
  end
  for _, part in found.query or {} do
    local on = part.call:receiver()
    local value = on and on.kind == "attr" and on.text == "query" and on:child("value")
    if is_class(value) then
      return value.text
    end
    for _, argument in BEGINS[part.name] and part.call:args() or {} do
      local owner = argument.kind == "attr" and argument:child("value")
      if is_class(argument) then
        return argument.text
      elseif is_class(owner) then
        return owner.text
      end
    end
  end
  return nil
end

return M
