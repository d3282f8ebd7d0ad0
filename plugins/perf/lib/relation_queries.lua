-- Queries on a relation of one row of Django that run in a loop over something else: `if item in album.photos.all()`,
-- `album.photos.filter(number=item.number).exists()`. The row is the same in every turn; its relation is asked for again all the same.

local called = require("called")
local few_items = require("few_items")
local loop_data = require("loop_data")
local orm_finders = require("orm_finders")
local per_item = require("per_item")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- What asks where it stands, and links whose rows are asked for where something uses them up.
local ASKS = { "count", "exists", "first", "last", "get", "aggregate", "latest", "earliest", "get_or_create", "in_bulk" }
local ROWS = { "all", "filter", "exclude", "values_list", "values", "order_by" }
local USING = set("list", "len", "sorted", "set", "tuple", "bool", "any", "sum", "dict", "next", "max", "min")

-- Whether a query without an answer of its own is used up: iterated, searched, made a list, tested.
local function is_used_up(whole)
  local parent, role = whole:parent(), whole:role()
  if not parent then
    return false
  elseif role == "iter" or parent.kind == "compare" or parent.kind == "index" and role == "value" then
    return true
  end
  return role == "arg" and parent.kind == "call" and USING[parent.name] == true or role == "test" and (parent.kind == "if" or parent.kind == "conditional")
end

-- The relation that a chain of calls begins with: `album.photos` of `album.photos.filter(...).exists()`.
local function relation_of(call)
  local at = call:child("callee")
  while at do
    if at.kind == "call" then
      at = at:child("callee")
    elseif at.kind == "attr" then
      local on = at:child("value")
      if on and on.kind == "attr" and at:role() == "callee" then
        return on
      end
      at = on
    else
      return nil
    end
  end
  return nil
end

-- Whether a row is another one in each turn of a loop: the loop's element, or given a value in the body.
local function changes_in(loop, holder)
  local root = query_chain.root_of(holder)
  if not root then
    return true
  end
  for _, name in loop.node:descendants("name", root.text) do
    if name:role() == "target" or name:role() == "item" and name:parent():role() == "target" then
      return true
    end
  end
  return false
end

local function judge(call, find, report, repo, told)
  if #call:loops() == 0 then
    return
  end
  local relation = relation_of(call)
  if not relation or not find.is_list(relation.text) then
    return
  end
  -- The query may hang on the item of a loop further out: it is the nearest one that repeats it.
  local loop, holder = per_item.item_loop(call) and call:loops()[1] or nil, relation:child("value")
  -- What hangs on the item is that item's, and judged with the loop's rows.
  if not loop or not holder or loop.kind ~= "per-item" or changes_in(loop, holder) or few_items.is_written_out(loop) or told[loop.node.id] then
    return
  end
  local source = find.related(relation)
  local held = source and source.holder
  if not held or held.rows and held.rows.is_guess or not per_item.counts(call) then
    return
  end
  told[loop.node.id] = true
  report({
    at = call,
    message = `{relation.source} is asked for {loop:carries(call) and "each" or "again for every"} {loop_data.each(loop)}: one query per item, where one before the loop does`,
    confidence = called.confidence(call, loop_data.is_over_one(loop) and "low" or "medium", repo),
    related = { { at = loop.node, message = "the loop" } },
    notes = { store = "sql", model = held.model.name },
  })
end

-- Reports such queries of a repository.
function M.check(repo, report)
  local find = orm_finders.django(repo)
  for _, path in repo:imports("django.db**") and repo:holding("**/*.py", { ".all()", ".filter(", ".exists()", ".count()", ".first()" }) or {} do
    local file = repo:open(path)
    if not file or not file.root or file.class ~= "source" then
      continue
    end
    local told = {}
    for _, call in file.root:descendants("call", ASKS) do
      judge(call, find, report, repo, told)
    end
    for _, call in file.root:descendants("call", ROWS) do
      if is_used_up(call) then
        judge(call, find, report, repo, told)
      end
    end
  end
end

return M
