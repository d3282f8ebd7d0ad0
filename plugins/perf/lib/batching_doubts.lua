-- How sure it is that the writes of a loop may as well go out together: what each of them does on its own, who waits for it, how it is got to.

local awaited = require("awaited")
local bulk_siblings = require("bulk_siblings")
local collected_results = require("collected_results")
local item_work = require("item_work")
local item_writes = require("item_writes")
local keyed_rows = require("keyed_rows")
local limited_lists = require("limited_lists")
local loop_commits = require("loop_commits")
local loop_data = require("loop_data")
local on_failure = require("on_failure")

local M = {}

-- Whether a place is in what Django shows to those who look after the data.
function M.is_admin(node)
  if node.file.path:match("[^/]*$") == "admin.py" then
    return true
  end
  local class = node:enclosing({ "class" })
  for _, base in class and class:children("base") or {} do
    if base:comes_from("django.contrib.admin.*") then
      return true
    end
  end
  return false
end

-- How many accesses the function that a call runs makes itself.
local function accesses_within(call)
  local callee = call:callees()[1]
  local count = 0
  for _, inner in callee and callee.node:descendants("call") or {} do
    if inner:fact("kind") == "db" and inner:fact("verb") ~= "lazy" then
      count += 1
    elseif #inner:callees() > 0 then
      for _, effect in inner:effects() do
        if effect == "db-read" or effect == "db-write" then
          count += 1
          break
        end
      end
    end
  end
  return count
end

-- Calls that only put what they are given with the rest.
local COLLECTS = { append = true, add = true, push = true }

-- Whether a name that a write's result is kept in is read for more than to be collected.
local function is_read(target, func)
  for _, name in func and func.node:descendants("name", target.text) or {} do
    local user = name:parent()
    local only_collected = user ~= nil and user.kind == "call" and name:role() == "arg" and COLLECTS[user.name]
    if not name:same(target) and not only_collected then
      return true
    end
  end
  return false
end

-- Whether a helper keeps the row that it writes under a name and reads it.
local function needs_row(access)
  local leaf = #access.hops > 0 and access.leaf or nil
  local after = leaf and leaf:chained()
  local parent = leaf and awaited.parent(after[#after] or leaf)
  local target = parent and parent.kind == "assign" and parent:child("target")
  return target and target.kind == "name" and is_read(target, leaf:func()) or false
end

-- Whether what the write gives is needed before the next item: a new row's id, a count.
local function is_result_used(whole, loop, access)
  local is_given_back, is_dropped = collected_results.of(whole, loop)
  if is_given_back then
    -- A form that takes a list gives one of the same rows; a helper that reads what it wrote needs it for the rows below that one.
    return needs_row(access) or not is_dropped and access.bulk ~= "the same call with a list"
  end
  local parent, at = awaited.parent(whole)
  -- `(await write(row)).rows[0].id` is a part of what it gives.
  while parent and at.file.language ~= "python" and (parent.kind == "attr" or parent.kind == "index") do
    at, parent = parent, parent:parent()
  end
  if not parent then
    return false
  end
  if parent.kind == "assign" then
    local target = parent:child("target")
    if at.file.language == "go" then
      -- `_, err := tx.Exec(...)`: whether it went wrong is asked of each, and would be of all.
      for _, target in parent:children("target") do
        for _, name in target.kind == "name" and { target } or target:descendants("name") do
          if name.text ~= "_" and not name.text:lower():find("err") and is_read(name, at:func()) then
            return true
          end
        end
      end
      return false
    end
    if target and target.kind == "name" then
      return is_read(target, at:func())
    end
    -- `const { rows } = await write(row)`
    local names = target and at.file.language ~= "python" and (target.kind == "dict" or target.kind == "list") and target:descendants("name") or {}
    for _, name in names do
      if is_read(name, at:func()) then
        return true
      end
    end
    return #names == 0
  end
  if parent.kind == "call" and COLLECTS[parent.name] and at.file.language ~= "python" then
    return false
  end
  return parent.kind == "compare" or parent.kind == "if" or parent.kind == "return" or parent.kind == "attr" or parent.kind == "aug-assign" or parent.kind == "call" and at.kind ~= "call" and at.kind ~= "await"
end

-- Arguments by which a store writes only if a condition holds, one item at a time.
local CONDITIONS = { "ConditionExpression", "Expected", "nx", "xx", "condition", "if_primary_term", "ReturnValues" }

-- "given" when a write has a condition, "hidden" when it may have one among options that cannot be seen.
function M.condition_of(call)
  local found = "absent"
  local hides = call:fact("store") == "dynamo"
  for _, argument in call:args() do
    hides = hides or argument.kind == "spread"
  end
  for _, name in CONDITIONS do
    local _, state = call:arg(name)
    if state == "given" then
      return "given"
    elseif state == "hidden" and hides then
      found = "hidden"
    end
  end
  return found
end

-- Models whose own `save` does more than the row: a form for many passes it by. What is handed a key is no row: `orderStore.delete(order.id)`.
local function is_own_save(access)
  local name = access.call.name:lower()
  return #access.hops > 0 and (access.call.file.language == "python" or #access.call:args() == 0) and (name == "save" or name == "delete") and access.leaf ~= nil and access.leaf.name:lower() == name
end

-- "high", "medium" or "low" for a write, as `accesses` gives it with its loop.
function M.confidence(one, language, repo)
  local access, row = one.access, one.row
  local loop, whole = row.loop, access.whole
  local hops = #access.hops
  if access.heavy or access.seldom or hops > 3 or loop_data.is_over_one(loop) or limited_lists.is_over_few(loop) or keyed_rows.is_over_one(loop, repo) or on_failure.is_reached(access, loop) or loop_data.is_over_messages(loop) then
    return "low"
  end
  local is_guarded = loop_commits.is_guarded(whole, loop)
  if access.hops[1] and not is_guarded and whole:reach() ~= "startup" and not M.is_admin(whole) and bulk_siblings.of(access.call) then
    -- What the project itself does for many at once, with what that gives, may go before the loop.
    return "medium"
  end
  if M.is_admin(whole) or is_own_save(access) or item_writes.has_own_way(access, repo) or is_result_used(whole, loop, access) or item_work.does_more(loop, access.call) or item_work.takes_work(loop) or item_writes.are_worked_through(loop) then
    return "low"
  end
  if whole:reach() == "startup" then
    -- What a process writes when it starts is what its code names: done once, and few.
    return "low"
  end
  if access.sort == "commit" then
    -- A commit per item on purpose: what is done is kept, a fault undoes one item.
    local body = loop.node:child("body")
    if is_guarded or body and loop_commits.read_behind(whole, body) == "attribute" then
      return "low"
    end
    return hops > 1 and "medium" or "high"
  end
  if access.is_command and language ~= "python" and not whole:is_awaited() and language ~= "go" then
    -- Commands that nobody waits for in between leave in one go.
    return "low"
  end
  local inside = hops > 0 and accesses_within(access.call) or 0
  if inside > 3 or (access.mixed and hops > 1) then
    return "low"
  end
  if hops > 1 or inside > 2 or access.mixed or access.is_unseen or access.word == "delete" or access.call.name == "delete" or is_guarded or access.store == "search" or access.store == "vector" or M.condition_of(access.leaf or access.call) == "hidden" then
    return "medium"
  end
  return "high"
end

return M
