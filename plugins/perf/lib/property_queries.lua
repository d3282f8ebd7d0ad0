-- Properties of Django's models that ask the database themselves: reading `customer.open_orders` of each row runs a query that no relation brings along.

local relation_reads = require("relation_reads")
local row_methods = require("row_methods")
local row_sources = require("row_sources")
local set = require("words").set

local M = {}

local USING = set("list", "len", "sorted", "set", "tuple", "bool", "any", "all", "sum", "dict", "next", "max", "min")
local ASKING = set("count", "exists", "first", "last", "get", "aggregate", "latest", "earliest", "values", "values_list", "in_bulk")

-- Whether the rows that an expression stands for are asked for where it stands.
local function is_used_up(attr)
  local parent, role = attr:parent(), attr:role()
  if not parent then
    return false
  elseif parent.kind == "attr" then
    local call = parent:parent()
    return ASKING[parent.text] == true and call ~= nil and call.kind == "call" and parent:role() == "callee"
  end
  return role == "iter" or parent.kind == "compare" or role == "arg" and parent.kind == "call" and USING[parent.name] == true or role == "test"
end

-- Whether a property gives rows of a query that begins with a model, not with a relation of its row.
local function gives_rows(method, find)
  local value = row_sources.given_by(method)
  local rows = value and find.rows(value)
  return rows ~= nil and rows ~= false and rows.root == nil
end

-- The first read below `body` of a property that asks for more, of the row that is called `text`; second, the property.
function M.of(body, text, model, find)
  for _, name in model.class and find.may_ask and body:descendants("name", text) or {} do
    local attr = name:parent()
    if name:role() == "value" and attr and attr.kind == "attr" and attr:role() ~= "target" and attr:role() ~= "callee" and find.may_ask(attr.text) then
      local method, sort = relation_reads.method(model, attr.text)
      if method and sort == "property" and (row_methods.queries(method, true) or is_used_up(attr) and gives_rows(method, find)) then
        return attr, method
      end
    end
  end
  return nil
end

return M
