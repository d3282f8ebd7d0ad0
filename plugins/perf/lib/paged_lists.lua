-- Lists of Python that are cut into pages: all rows of a query are read, and a thing is made of each, where a page shows a few of them.

local few_rows = require("few_rows")
local orm_finders = require("orm_finders")
local query_chain = require("query_chain")

local M = {}

-- The rows that a loop turns over; `at` is the loop.
local function rows_of(iter, find)
  local rows = iter and find.rows(iter)
  return rows and not rows.is_guess and not rows.root and rows or nil
end

local function clause_of(comprehension)
  local clauses = comprehension:descendants("clause")
  return #clauses == 1 and clauses[1] or nil
end

-- Where a value is built of all rows of a query, and those rows; nil where it is not.
local function built(value, find)
  if value.kind == "comprehension" and not value:has("generator") then
    local clause = clause_of(value)
    return value, clause and rows_of(clause:child("iter"), find)
  elseif value.kind == "call" and value:is({ "builtins.list", "builtins.sorted" }) then
    return value, value:arg(1) and rows_of(value:arg(1), find)
  end
  return nil
end

-- The same for a name: what it was given, or the loop that puts something into it for each row.
local function built_under(name, find)
  local scope = name:enclosing({ "function" })
  local assigns = scope and query_chain.assigned(scope)[name.text] or {}
  if #assigns ~= 1 then
    return nil
  end
  local value = assigns[1]:child("value")
  if value and value.kind ~= "list" then
    return built(value, find)
  end
  for _, call in scope:descendants("call", "append") do
    local on, loop = call:receiver(), call:enclosing({ "for", "function" })
    if on and on.text == name.text and loop and loop.kind == "for" then
      local rows = rows_of(loop:child("iter"), find)
      -- What is put in under a condition only may be what the database cannot tell.
      local is_plain = call:statement():parent():same(loop:child("body"))
      return rows and is_plain and loop or nil, rows
    end
  end
  return nil
end

-- Reports a list that a paginator is given, though all of it was built before. `told` has the reads that are reported already, by their number.
function M.check(call, told, report, repo)
  local given = call:arg(1) or (call:arg("object_list"))
  local find = orm_finders.django(repo)
  local at, rows = nil, nil
  if given then
    if given.kind == "name" then
      at, rows = built_under(given, find)
    else
      at, rows = built(given, find)
    end
  end
  local model = at and rows and find.model(rows.base)
  local iter = model and at.kind == "for" and at:child("iter")
  if not model or iter and told[iter.id] then
    return
  end
  report({
    at = at,
    message = `all rows of {model.name} are read and something is made of each, and then one page of them is shown: the paginator takes the query, and the page what is made of its rows`,
    confidence = few_rows.named(model.name) and "low" or "medium",
    related = { { at = call, message = "cut into pages here" } },
    notes = { model = model.name },
  })
end

return M
