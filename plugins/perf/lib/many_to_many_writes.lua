-- Rows that are put into a relation of Django, or taken out, one by one: `album.photos.add(photo)` in a loop over photos. The relation takes any number at
-- once, with one statement for all of them.

local called = require("called")
local item_work = require("item_work")
local loop_data = require("loop_data")
local orm_finders = require("orm_finders")
local per_item = require("per_item")

local M = {}

local WRITES = { "add", "remove", "aadd", "aremove" }

local function is_admin(file)
  return file.path:match("[^/]*$") == "admin.py"
end

-- The relation that a call writes to, and the one row that it is handed; nil for what is no relation.
local function written(call, find)
  local callee = call:child("callee")
  local relation = callee and callee.kind == "attr" and callee:child("value")
  local arguments = call:args()
  if not relation or relation.kind ~= "attr" or not find.is_list(relation.text) or #arguments ~= 1 or arguments[1].kind == "spread" then
    return nil
  end
  local source = find.related(relation)
  return source, relation, arguments[1]
end

-- Reports the writes of a repository that relations take together.
function M.check(repo, report)
  if not repo:imports({ "django.db.models", "django.db.models.**", "django.db" }) then
    return
  end
  local find = orm_finders.django(repo)
  for _, path in repo:holding("**/*.py", { ".add(", ".remove(", ".aadd(", ".aremove(" }) do
    local file = repo:open(path)
    if not file or file.class ~= "source" or not file.root or is_admin(file) then
      continue
    end
    local told = {}
    for _, call in file.root:descendants("call", WRITES) do
      local source, relation, item = written(call, find)
      if not source or #call:loops() == 0 then
        continue
      end
      local row = per_item.item_loop(call)
      -- Where each item has a relation of its own, or what is put in is not the item's, nothing takes them together.
      local is_together = row and row.loop:carries(item) and not row.loop:carries(relation)
      if not is_together or told[row.loop.node.id] or not per_item.counts(call) then
        continue
      end
      told[row.loop.node.id] = true
      local is_doubtful = loop_data.is_over_one(row.loop) or loop_data.is_over_messages(row.loop) or item_work.takes_work(row.loop)
      report({
        at = call,
        message = `{relation.source}.{call.name} runs for every {loop_data.each(row.loop)}: one statement each, where {call.name}(*rows) takes them together`,
        confidence = called.confidence(call, is_doubtful and "low" or source.is_guess and "medium" or "high", repo),
        related = { { at = row.loop.node, message = "the loop" } },
        notes = { store = "sql" },
      })
    end
  end
end

return M
