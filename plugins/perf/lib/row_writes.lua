-- Methods of SQLAlchemy's models that a loop calls for each of its rows and that commit: `for order in Order.newest(): order.save()`, whose `save` adds the row and commits. Rows
-- are the library's for whoever follows names, so that nobody else sees what such a call runs.

local batching_doubts = require("batching_doubts")
local called = require("called")
local few_rows = require("few_rows")
local item_work = require("item_work")
local loop_commits = require("loop_commits")
local orm_finders = require("orm_finders")
local per_item = require("per_item")
local row_methods = require("row_methods")

local M = {}

-- The commit that a method makes each time that it runs, itself or by another method of its row; nil where it makes none.
local function commit_of(method, model, repo, depth)
  for _, effect in method:func() and method:func():effects() or {} do
    -- Beside these a commit is not what a row costs.
    if item_work.LONG[effect] then
      return nil
    end
  end
  local self = method:children("param")[1]
  for _, call in self and method:descendants("call") or {} do
    local around, on = call:enclosing({ "function", "if", "for", "while", "handler", "comprehension" }), call:receiver()
    local is_always = around ~= nil and around:same(method)
    if is_always and call.name == "commit" and call:fact("bulk") == "one commit after the loop" then
      return call
    end
    local further = is_always and depth > 0 and on and on.kind == "name" and on.text == self.text and row_methods.method_of(model, call.name, repo)
    local commit = further and commit_of(further, model, repo, depth - 1)
    if commit then
      return commit
    end
  end
  return nil
end

local function judge(call, find, report, repo)
  local on, row = call:receiver(), nil
  if not on or on.kind ~= "name" or #call:callees() > 0 then
    return false
  end
  for _, loop in call:loops() do
    local target = loop.node:child("target")
    if target and target.kind == "name" and target.text == on.text and loop.iter then
      row = loop
      break
    end
  end
  local model = row and row.kind ~= "chunk" and row_methods.model_of(row.iter, find, repo)
  local method = model and model.class and row_methods.method_of(model, call.name, repo)
  local commit = method and commit_of(method, model, repo, 2)
  if not commit or not per_item.counts(call) or not per_item.item_loop(call) or loop_commits.is_every_so_often(call, row) then
    return false
  end
  local is_doubtful = few_rows.named(model.name) or loop_commits.is_guarded(call, row) or item_work.does_more(row, call) or item_work.takes_work(row) or batching_doubts.is_admin(call)
  report({
    at = call,
    message = `{model.name}.{call.name} commits for every item of \`{row.iter.source:sub(1, 60)}\`: one commit after the loop does`,
    confidence = called.confidence(call, is_doubtful and "low" or "medium", repo),
    related = { { at = row.node, message = "the loop" }, { at = commit, message = "commits" } },
    notes = { store = "sql", model = model.name },
  })
  return true
end

-- Reports such loops of a repository.
function M.check(repo, report)
  if not repo:imports({ "sqlalchemy", "sqlalchemy.**", "flask_sqlalchemy", "flask_sqlalchemy.**" }) then
    return
  end
  local find = orm_finders.sqlalchemy(repo)
  for _, path in repo:holding("**/*.py", { ".save()", ".delete()", ".update(", ".commit()" }) do
    local file, told = repo:open(path), {}
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call") or {} do
      local loop = #call:args() <= 4 and call:loops()[1]
      if loop and not told[loop.node.id] and judge(call, find, report, repo) then
        told[loop.node.id] = true
      end
    end
  end
end

return M
