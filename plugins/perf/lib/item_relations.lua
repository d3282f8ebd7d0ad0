-- Queries of Django on a relation of the item of a loop, whose rows come from where nobody sees: `for line in order.line_set.filter(open=True)`. A relation that is refined
-- is asked for anew whatever was brought along, so that it does not matter where the item comes from. Also in a function that is handed the item.

local called = require("called")
local django_managers = require("django_managers")
local loop_data = require("loop_data")
local orm_finders = require("orm_finders")
local parameter = require("parameter")
local per_item = require("per_item")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Links that no prefetched relation answers, those that one does, and what asks on the spot.
local REFINING = set("filter", "exclude", "order_by", "annotate", "values", "values_list", "select_related", "only", "defer", "distinct", "reverse")
local PLAIN = set("all", "get_queryset", "using")
local ANEW = set("first", "last", "latest", "earliest", "get", "aggregate", "in_bulk")
local AT_ONCE = set("count", "exists", "first", "last", "latest", "earliest", "get", "aggregate", "in_bulk", "iterator")
local USING = set("list", "len", "sorted", "set", "tuple", "bool", "any", "all", "sum", "dict", "next", "max", "min")

-- Whether a method of the managers of the model behind a relation refines what it is asked of.
local function refines(attr, name, find)
  local related = find.related(attr)
  local model = related and find.model(related.class)
  return model ~= nil and django_managers.refines(model.asked_by, name)
end

-- The chain of calls on a relation: the whole of it, whether it asks anew, whether on the spot, and whether a method of the project is among its links.
local function chain_of(attr, find)
  local at, is_anew, is_asked, is_own = attr, false, false, false
  while true do
    local link = at:parent()
    local call = link and link.kind == "attr" and at:role() == "value" and link:parent()
    if not call or call.kind ~= "call" or link:role() ~= "callee" then
      return at, is_anew, is_asked, is_own
    end
    local name = link.text
    if REFINING[name] or ANEW[name] then
      is_anew = true
    elseif not PLAIN[name] and not AT_ONCE[name] then
      -- `order.line_set.open()`
      if not refines(attr, name, find) then
        return at, false, false, false
      end
      is_anew, is_own = true, true
    end
    is_asked = is_asked or AT_ONCE[name] == true
    at = call
  end
end

local function is_used_up(node)
  local parent, role = node:parent(), node:role()
  if not parent then
    return false
  end
  return role == "iter" or parent.kind == "compare" or role == "test" or parent.kind == "index" and role == "value" or role == "arg" and parent.kind == "call" and USING[parent.name] == true
end

-- Whether rows are asked for where they stand, or under the name that they are given.
local function is_read(whole)
  local assign = whole:parent()
  local target = assign and assign.kind == "assign" and whole:role() == "value" and assign:child("target")
  local scope = target and target.kind == "name" and whole:enclosing({ "function" })
  for _, name in scope and scope:descendants("name", target.text) or {} do
    if name:role() ~= "target" and is_used_up(name) then
      return true
    end
  end
  return is_used_up(whole)
end

-- Whether the rows of a loop are known: then what is asked of them is judged with their query, unless methods of the project stand between.
local function is_judged(loop, is_own, find)
  return not is_own and loop.iter ~= nil and find.rows(loop.iter) ~= nil
end

local function judge(attr, find, told, report, repo)
  local root = query_chain.root_of(attr)
  local whole, is_anew, is_asked, is_own = chain_of(attr, find)
  if not root or root.kind ~= "name" or parameter.is_self(root) or whole:same(attr) or not is_anew or not (is_asked or is_read(whole)) then
    return
  end
  local function tell(at, row)
    local key = `{at.file.path}:{row.loop.node.id}`
    if told[key] or is_judged(row.loop, is_own, find) or not per_item.counts(at) then
      return
    end
    told[key] = true
    report({
      at = at,
      message = `{attr.source} is asked for each {loop_data.each(row.loop)}{at:same(whole) and "" or " in " .. at.name .. "()"}: one query per item, whatever was brought along with the rows`,
      confidence = called.confidence(at, loop_data.is_over_one(row.loop) and "low" or "medium", repo),
      related = { { at = row.loop.node, message = "the loop" }, if at:same(whole) then nil else { at = whole, message = "the query" } },
      notes = { store = "sql" },
    })
  end
  local row, carried = per_item.item_loop(whole)
  if row and carried then
    return tell(whole, row)
  end
  local at = root:param_position()
  local func = not row and at and root:func()
  for _, call in func and func:callers() or {} do
    local argument = call:args()[at - parameter.leading(func)]
    local loop = argument and per_item.item_loop(call)
    if loop and loop.loop:carries(argument) then
      tell(call, loop)
    end
  end
end

-- Reports such queries of a repository.
function M.check(repo, report)
  local find, told = nil, {}
  for _, path in repo:imports({ "django.db", "django.db.**" }) and repo:holding("**/*.py", "_set.") or {} do
    local file = repo:open(path)
    for _, attr in file and file.class == "source" and file.root and file.root:descendants("attr") or {} do
      if attr.text:find("%l_set$") and attr:role() == "value" then
        find = find or orm_finders.django(repo)
        judge(attr, find, told, report, repo)
      end
    end
  end
end

return M
