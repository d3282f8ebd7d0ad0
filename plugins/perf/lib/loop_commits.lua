-- Commits and flushes in a loop: which of them stand there on purpose, for groups of rows, for what follows in the same turn, or so that a fault of one
-- item is kept from the others.

local store = require("store")

local M = {}

-- Calls that hand many rows at once to the store: `session.add_all(rows)`, `insert(Archive).from_select(columns, query)`.
local function takes_many(call)
  return call:fact("batch") == "true" or call.name == "add_all" or call.name == "from_select" or call.name:find("^bulk_") ~= nil
end

-- Whether the loop's body, or the function of the project that commits for it, hands many rows at once to the store, or writes in a loop of its own: it then runs over groups.
function M.runs_over_groups(loop, write)
  local body = loop.node:child("body")
  if not body then
    return false
  end
  local callee = write:callees()[1]
  for _, call in callee and callee.node:descendants("call") or {} do
    if takes_many(call) then
      return true
    end
  end
  for _, call in body:descendants("call") do
    if takes_many(call) then
      return true
    end
    local access = call:fact("kind") == "db" and store.access(call)
    if access and access.sort == "group" then
      return true
    end
    if not call:same(write) and (call.name == "add" or call:fact("kind") == "db") then
      for _, inner in call:loops() do
        if not inner.node:same(loop.node) and inner.node:is_within(body) and inner.kind ~= "constant" and inner.kind ~= "retry" then
          return true
        end
      end
    end
  end
  return false
end

-- Whether a test between the write and its loop counts: `if number % 500 == 0`, `if len(rows) >= SIZE`.
function M.is_every_so_often(write, loop)
  local at = write:enclosing({ "if", "function" })
  while at and at.kind == "if" and at:is_within(loop.node) do
    local test = at:child("test")
    local text = test and test.source or ""
    if text:find("%%") or text:find("len%(") or text:find("[><]=?%s*[%u_]+") or text:lower():find("batch") or text:lower():find("chunk") or text:lower():find("count") then
      return true
    end
    at = at:enclosing({ "if", "function" })
  end
  return false
end

-- Whether a fault of one item is kept from the others.
function M.is_guarded(write, loop)
  local at = write:enclosing({ "try", "function" })
  return at ~= nil and at.kind == "try" and at:is_within(loop.node)
end

-- Where what a commit stores is still read behind it in the same turn: "attribute" for what a row may have got by it, as its id, "whole" where the row is
-- handed on. Rows that were flushed have theirs before.
function M.read_behind(commit, body)
  local added, _, stop = {}, commit:bytes()
  if #body:descendants("call", "flush") > 0 then
    return nil
  end
  for _, call in body:descendants("call", { "add", "merge", "add_all" }) do
    for _, argument in call:args() do
      if argument.kind == "name" then
        added[argument.text] = true
      end
    end
  end
  local found
  for _, name in body:descendants("name") do
    if added[name.text] and name:bytes() > stop then
      local parent = name:parent()
      if parent and parent.kind == "attr" and name:role() == "value" and parent:role() ~= "target" then
        return "attribute"
      elseif parent and parent.kind == "call" and name:role() == "arg" and parent.name ~= "append" and parent.name ~= "add" then
        found = "whole"
      end
    end
  end
  return found
end

local SAVEPOINTS = { "begin_nested", "savepoint", "delete", "refresh" }

-- Whether a flush in a loop has nobody who waits for it: no row that the turn has made gets an id by it, no statement behind it needs the rows, and what is stored
-- may be stored with the others. Only a flush that stands in the loop itself is judged: what a helper flushes for, its caller knows.
function M.is_idle_flush(flush, loop)
  local body, _, stop = loop.node:child("body"), flush:bytes()
  if not body or #flush:args() > 0 or #body:descendants("call", SAVEPOINTS) > 0 or M.is_guarded(flush, loop) then
    return false
  end
  local made = {}
  for _, assign in body:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and target.kind == "name" and value and value.kind ~= "attr" and assign:bytes() < stop then
      made[target.text] = true
    end
  end
  for _, call in body:descendants("call") do
    local access = not call:same(flush) and call:fact("kind") == "db" and store.access(call)
    if access and access.sort ~= "flush" and call.name ~= "add" then
      return false
    elseif not call:same(flush) and #call:callees() > 0 and store.access(call) then
      return false
    end
  end
  for _, name in body:descendants("name") do
    if made[name.text] and name:bytes() > stop and name:role() ~= "target" then
      local parent = name:parent()
      local is_added = parent ~= nil and parent.kind == "call" and (parent.name == "add" or parent.name == "add_all")
      if not is_added then
        return false
      end
    end
  end
  return true
end

return M
