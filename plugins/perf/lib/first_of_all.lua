-- Statements of SQLAlchemy of which only the first row is taken: `session.scalar(select(Order).order_by(Order.id.desc()))`. What the result is asked for does not
-- change the statement: without `limit(1)` the database sorts and sends all rows. `Query.first()` of the older API adds the limit itself.

local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Which call gives the first row, and which runs the statement.
local TAKES = set("first", "scalar")
local RUNS = set("execute", "scalars", "scalar", "exec")
-- Links that bound the rows, make one of them, or belong to the older API.
local BOUNDED = set("limit", "fetch", "slice", "paginate", "query", "first_or_404", "distinct", "group_by", "one", "one_or_none", "scalar_one", "scalar_one_or_none", "subquery", "exists", "insert", "update", "delete", "text", "from_statement")

-- The call that runs what `taking` takes the first row of: itself, or one before it.
local function run_of(taking)
  local _, before = taking:chained()
  for _, call in { taking, unpack(before) } do
    if RUNS[call.name] and call:fact("kind") == "db" and call:fact("orm") ~= "django" then
      return call
    end
  end
  return nil
end

-- The class that a statement selects, where it selects one: `select(Order)`.
local function selected(call)
  local first = #call:args() == 1 and call:arg(1)
  local name = first and (first.kind == "name" or first.kind == "attr") and first.text or ""
  return name:find("^%u%w*%l") and name or nil
end

-- What a call takes the first of many rows of: {name, run, order}; nil where the statement is bounded, or nothing says that there are several.
function M.of(taking)
  local func = TAKES[taking.name] and #taking:args() <= 1 and taking:func()
  local run = func and run_of(taking)
  local statement = run and run:arg(1)
  if not statement or taking.name == "first" and taking:same(run) then
    return nil
  end
  local parts, name, order, filtered = {}, nil, nil, false
  query_chain.collect(statement, func.node, parts, {}, 0, false, false)
  for _, part in parts do
    if part.is_aside then
      continue
    elseif BOUNDED[part.name] or #part.call:callees() > 0 then
      return nil
    elseif part.name == "select" then
      name = name or selected(part.call)
    elseif part.name == "order_by" and not part.is_optional then
      order = part.call
    elseif part.name == "where" or part.name == "filter" or part.name == "filter_by" then
      filtered = true
    end
  end
  return name and order and { name = name, run = run, order = order, is_filtered = filtered } or nil
end

return M
