-- What a row refers to, read by hand for each row of a loop: documents behind a reference of Firestore, documents that Mongoose fills in one by
-- one, relations that Tortoise loads where they are awaited.

local called = require("called")
local per_item = require("per_item")

local M = {}

-- References that stand in a document: `order.data().customer.get()`, `order.get("customer").get()`.
local REFERENCES = table.freeze({
  "firebase-admin.Firestore.DocumentSnapshot.data().**", "firebase-admin.Firestore.DocumentSnapshot.get().get", "google.cloud.firestore.DocumentSnapshot.get().get",
  "google.cloud.firestore.DocumentSnapshot.to_dict()[].get",
})
-- Calls by which one document loads what it refers to: `await order.populate("lines")`.
local POPULATES = table.freeze({ "mongoose.Model.populate", "mongoose.Document.populate" })

local function tell(node, loop, message, report, repo)
  report({
    at = node,
    message = message,
    confidence = called.confidence(node, "high", repo),
    related = { { at = loop.node, message = "the loop" } },
  })
end

-- The loop over rows that a node stands in, where it hangs on the row.
local function loop_of(node, subject)
  for _, loop in node:loops() do
    if loop.kind == "per-item" or loop.kind == "stream" then
      return per_item.counts(node) and loop:carries(subject) and loop or nil
    end
  end
  return nil
end

local function check_references(repo, report)
  local told = {}
  for _, call in repo:calls(REFERENCES) do
    local receiver = call.name == "get" and #call:args() == 0 and call:receiver()
    local loop = receiver and loop_of(call, receiver)
    local key = loop and `{call.file.path}:{loop.node.id}`
    if key and not told[key] then
      told[key] = true
      tell(call, loop, `{receiver.source} is read from the store for each document: one read per item, where one call takes all references`, report, repo)
    end
  end
end

local function check_populates(repo, report)
  for _, call in repo:calls(POPULATES) do
    local receiver = call:receiver()
    local loop = receiver and receiver.kind == "name" and call:is_awaited() and loop_of(call, receiver)
    if loop then
      tell(call, loop, `{receiver.text}.{call.name} asks the database once per item, where the query before the loop could bring the relation along`, report, repo)
    end
  end
end

-- `await order.customer`: an attribute of a row that is awaited is a relation.
local function check_awaits(repo, report)
  for _, path in repo:importers({ "tortoise", "tortoise.**" }) do
    local file = repo:open(path)
    for _, await in file and file.class == "source" and file.root and file.root:descendants({ "await" }) or {} do
      local attr = await:child("value")
      local base = attr and attr.kind == "attr" and attr:child("value")
      local is_row = false
      for _, origin in base and base.kind == "name" and base:origin() or {} do
        is_row = is_row or origin:find("^tortoise%.models%.Model") ~= nil and (origin:find("%[%]$") ~= nil or origin == "tortoise.models.Model()")
      end
      local loop = is_row and loop_of(await, base)
      if loop and not (loop.iter and loop.iter.source:find("prefetch_related", 1, true)) then
        tell(await, loop, `\`{attr.text}\` of each row is loaded by a query of its own: the rows are read without prefetch_related`, report, repo)
      end
    end
  end
end

-- Reports all of them in a repository.
function M.check(repo, report)
  check_references(repo, report)
  check_populates(repo, report)
  check_awaits(repo, report)
end

return M
