-- Methods and properties of SQLAlchemy's models that a loop asks of each row and that query: `for order in shop.orders: total += order.open_amount()`. Rows are the
-- library's for whoever follows names, so that nobody else sees what such a call runs.

local called = require("called")
local database_effects = require("database_effects")
local declared = require("declared")
local few_rows = require("few_rows")
local LONG = require("item_work").LONG
local one_item = require("one_item")
local per_item = require("per_item")
local remembered_reads = require("remembered_reads")
local set = require("words").set
local sqlalchemy_instances = require("sqlalchemy_instances")
local statement_verbs = require("statement_verbs")

local M = {}

local PROPERTIES = set("property", "cached_property", "hybrid_property")

-- The model of the rows that a loop turns over: those of a query, or of a relation of a known row.
function M.model_of(iter, find, repo)
  local rows = find.rows(iter)
  if rows then
    return not rows.is_async and find.model(rows.base) or nil
  end
  return iter.kind == "attr" and sqlalchemy_instances.model(iter, repo) or nil
end

-- The method of a model that is called so, and whether it is read as an attribute.
function M.method_of(model, name, repo)
  for _, class in declared.lineage(model.class, repo) do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and statement.name == name then
        return statement
      end
    end
  end
  return nil
end

-- Whether a method reads the database each time and does nothing that takes longer.
function M.queries(method, is_read)
  local is_property = false
  for _, decorator in method:children("decorator") do
    local name = decorator.name
    is_property = is_property or PROPERTIES[name] ~= nil
    if decorator:fact("memo") or decorator:fact("remembers") then
      return false
    end
  end
  local func = method:func()
  for _, effect in func and is_property == is_read and func:effects() or {} do
    -- What takes longer than the query that it comes with.
    if LONG[effect] or effect == "db-write" then
      return false
    end
  end
  for _, call in func and is_property == is_read and method:descendants("call") or {} do
    -- What stands under a condition or in a loop of the method is not asked for each row.
    local around = call:enclosing({ "function", "if", "for", "while", "handler", "conditional", "comprehension", "logic" })
    local is_always = around ~= nil and around:same(method)
    if is_always and (call:fact("kind") == "db" and call:fact("verb") == "read" or database_effects.reads(call) and not remembered_reads.are_all(call, true)) then
      return true
    end
  end
  return false
end

-- Whether a method changes its row and asks for something else to do so: `def close(self): self.state = State.query.filter_by(name="closed").one(); self.save()`. It is
-- called for the rows that are to be changed, and may ask under a condition.
local function reads_to_write(method)
  local func, writes = method:func(), false
  for _, effect in func and func:effects() or {} do
    if LONG[effect] then
      return false
    end
    writes = writes or effect == "db-write"
  end
  for _, call in writes and method:descendants("call") or {} do
    local around = call:enclosing({ "function", "for", "while", "handler", "comprehension" })
    if around and around:same(method) and call:fact("kind") == "db" and call:fact("verb") == "read" then
      local verb = statement_verbs.of(call)
      return verb ~= "write"
    end
  end
  return false
end

local function judge(loop, find, report, repo)
  local target, iter = loop:child("target"), loop:child("iter")
  if not target or target.kind ~= "name" or not iter or iter.kind ~= "name" and iter.kind ~= "attr" and iter.kind ~= "call" then
    return
  end
  local body = loop.kind == "clause" and loop:parent() or loop:child("body")
  local model = nil
  for _, attr in body and body:descendants("attr") or {} do
    local on = attr:child("value")
    if not on or on.kind ~= "name" or on.text ~= target.text or attr:role() == "target" then
      continue
    end
    local is_read = attr:role() ~= "callee"
    local call = not is_read and attr:parent() or attr
    model = model or M.model_of(iter, find, repo)
    if not model or not model.class then
      return
    end
    local method = (is_read or #call:callees() == 0) and M.method_of(model, attr.text, repo)
    if method and (M.queries(method, is_read) or not is_read and reads_to_write(method)) and per_item.counts(call) and not one_item.leaves(call, { node = loop, iter = iter, kind = "per-item" }) then
      report({
        at = call,
        message = `{model.name}.{attr.text} queries the database for every item of \`{iter.source:sub(1, 60)}\`: one query per item`,
        confidence = called.confidence(call, few_rows.named(model.name) and "low" or "medium", repo),
        related = { { at = loop.kind == "clause" and iter or loop, message = "the loop" }, { at = method, message = "queries" } },
        notes = { store = "sql", model = model.name },
      })
      return
    end
  end
end

-- Reports such loops of a file.
function M.check(file, report, repo, find)
  for _, loop in file.root:descendants({ "for", "clause" }) do
    judge(loop, find, report, repo)
  end
end

return M
