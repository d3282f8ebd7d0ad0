-- Writes that go out one by one where the library takes many: a statement, a request or a commit per item of a loop. One finding per
-- loop, at the write; the reads of the same loop are DB-PERF-001's.

local accesses = require("accesses")
local awaited = require("awaited")
local called = require("called")
local item_work = require("item_work")
local item_writes = require("item_writes")
local keyed_rows = require("keyed_rows")
local limited_lists = require("limited_lists")
local loop_data = require("loop_data")
local many_to_many_writes = require("many_to_many_writes")
local naming = require("naming")
local on_failure = require("on_failure")
local store = require("store")
local written_reads = require("written_reads")

local RANK = { high = 3, medium = 2, low = 1 }

-- Calls that make a new row.
local MAKING = { "create", "insert", "insert_one", "acreate" }

-- Whether a helper makes a row each time that it is called: the statement stands on the way through it, in no branch, loop or handler.
local function makes_a_row(written)
  local leaf = written.leaf
  local statement = leaf and written.sort == "write" and table.find(MAKING, leaf.name) and leaf:statement()
  local block = statement and statement:parent()
  local owner = block and block:parent()
  return owner ~= nil and owner ~= false and owner.kind == "function"
end

-- The write: a cache's command, else what is done to a database. What a helper of Python commits itself, and the row that it makes each time, count before what
-- it reads for that.
local function access_of(call)
  local found = store.command(call) or store.access(call)
  local written = found and found.sort == "read" and found.mixed and call.file.language == "python" and store.written(call)
  if not written or #written.hops ~= 1 then
    return found
  elseif written.sort == "commit" then
    return written
  elseif makes_a_row(written) then
    -- The call in the loop is told of for what is read by it.
    written.told_at = written.leaf
    return written
  end
  return found
end

local function is_admin(node)
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

-- Calls that hand many rows at once to the store: `session.add_all(rows)`, `insert(Archive).from_select(columns, query)`.
local function takes_many(call)
  return call:fact("batch") == "true" or call.name == "add_all" or call.name == "from_select" or call.name:find("^bulk_") ~= nil
end

-- Whether the loop's body, or the function of the project that commits for it, hands many rows at once to the store, or writes in a loop of its own: it then runs over groups.
local function runs_over_groups(loop, write)
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
local function is_every_so_often(write, loop)
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

-- Whether a fault of one item is kept from the others.
local function is_guarded(write, loop)
  local at = write:enclosing({ "try", "function" })
  return at ~= nil and at.kind == "try" and at:is_within(loop.node)
end

-- Whether what the write gives is needed before the next item: a new row's id, a count.
local function is_result_used(whole)
  local parent, at = awaited.parent(whole)
  if not parent then
    return false
  end
  if parent.kind == "assign" then
    local target = parent:child("target")
    if not target or target.kind ~= "name" then
      return true
    end
    local func = at:func()
    for _, name in func and func.node:descendants("name", target.text) or {} do
      local user = name:parent()
      local only_collected = user ~= nil and user.kind == "call" and name:role() == "arg" and (user.name == "append" or user.name == "add")
      if not name:same(target) and not only_collected then
        return true
      end
    end
    return false
  end
  return parent.kind == "compare" or parent.kind == "if" or parent.kind == "return" or parent.kind == "attr" or parent.kind == "aug-assign"
end

-- Arguments by which a store writes only if a condition holds, one item at a time.
local CONDITIONS = { "ConditionExpression", "Expected", "nx", "xx", "condition", "if_primary_term", "ReturnValues" }

-- "given" when a write has a condition, "hidden" when it may have one among options that cannot be seen.
local function condition_of(call)
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

-- Models whose own `save` does more than the row: a form for many passes it by.
local function is_own_save(access)
  return #access.hops > 0 and (access.call.name == "save" or access.call.name == "delete") and access.leaf ~= nil and access.leaf.name == access.call.name
end

-- Where what a commit stores is still read behind it in the same turn: "attribute" for what a row may have got by it, as its id, "whole" where the row is
-- handed on. Rows that were flushed have theirs before.
local function read_behind(commit, body)
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
local function is_idle_flush(flush, loop)
  local body, _, stop = loop.node:child("body"), flush:bytes()
  if not body or #flush:args() > 0 or #body:descendants("call", SAVEPOINTS) > 0 or is_guarded(flush, loop) then
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

local function confidence_of(one, language, repo)
  local access, row = one.access, one.row
  local loop, whole = row.loop, access.whole
  local hops = #access.hops
  if access.heavy or access.seldom or hops > 3 or loop_data.is_over_one(loop) or limited_lists.is_over_few(loop) or keyed_rows.is_over_one(loop, repo) or on_failure.is_reached(access, loop) or loop_data.is_over_messages(loop) then
    return "low"
  end
  if is_admin(whole) or is_own_save(access) or item_writes.has_own_way(access, repo) or is_result_used(whole) or item_work.does_more(loop, access.call) or item_work.takes_work(loop) or item_writes.are_worked_through(loop) then
    return "low"
  end
  if whole:reach() == "startup" then
    -- What a process writes when it starts is what its code names: done once, and few.
    return "low"
  end
  if access.sort == "commit" then
    -- A commit per item on purpose: what is done is kept, a fault undoes one item.
    local body = loop.node:child("body")
    if is_guarded(whole, loop) or body and read_behind(whole, body) == "attribute" then
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
  if hops > 1 or inside > 2 or access.mixed or access.is_unseen or access.word == "delete" or access.call.name == "delete" or is_guarded(whole, loop) or access.store == "search" or access.store == "vector" or condition_of(access.leaf or access.call) == "hidden" then
    return "medium"
  end
  return "high"
end

-- Whether a statement is for many rows as it stands: `session.query(Order).filter(Order.id.in_(ids)).delete()`.
local function is_for_many(write)
  local _, before = write:chained()
  for _, link in before do
    for _, argument in link:args() do
      if argument.kind == "kw-arg" and argument.text:find("__in$") or argument.kind == "call" and argument.name == "in_" then
        return true
      end
    end
  end
  return false
end

local function is_found(one, language)
  local access, row = one.access, one.row
  if not accesses.is_batching(access, language) or not access.bulk or access.sort == "group" then
    return false
  end
  local leaf = access.leaf or access.call
  if condition_of(leaf) == "given" or is_for_many(leaf) or is_every_so_often(access.whole, row.loop) then
    return false
  end
  if access.sort == "commit" then
    return not item_writes.is_switched_off(access) and not runs_over_groups(row.loop, access.call)
  elseif access.sort == "flush" then
    return #access.hops == 0 and not runs_over_groups(row.loop, access.call) and is_idle_flush(access.call, row.loop)
  end
  return one.carried
end

local function message_of(access, loop)
  local each = loop_data.each(loop)
  local what = naming.of(access.leaf or access.call, access.what)
  local does = #access.hops > 0 and `{access.function_name or access.call.name}() runs {what}` or `{what} runs`
  if access.sort == "commit" then
    return `{does} for every {each}: one commit after the loop does`
  elseif access.sort == "flush" then
    return `{does} for every {each}: what is pending goes out row by row, where one flush after the loop takes all rows together`
  end
  local one = access.store == "sql" and "statement" or access.is_command and "round trip" or "request"
  return `{does} for every {each}: one {one} each, where {access.bulk} takes them together`
end

-- ---------------------------------------------------------------------------------------------------------------------
-- The commit behind the loop instead of in it.

-- Statements that need the commit before them, or leave so that the one behind the loop is never reached.
local function needs_each(body, commit)
  for _, node in body:descendants({ "return", "yield", "raise", "call" }) do
    if node.kind ~= "call" then
      return true
    end
    if node.name == "refresh" or node.name == "rollback" or (node:fact("kind") == "db" and not node:same(commit) and node:fact("verb") ~= "lazy") then
      return true
    end
  end
  return read_behind(commit, body) ~= nil
end

local function fix_of(one)
  local access, loop = one.access, one.row.loop
  if access.sort ~= "commit" or #access.hops > 0 or loop.node.kind ~= "for" then
    return nil
  end
  local statement = access.whole:statement()
  local body = loop.node:child("body")
  if not statement or not body or loop.node:child("else") then
    return nil
  end
  local block = statement:parent()
  if not block or not block:same(body) or #body:children() < 2 or statement.line ~= statement.last_line or needs_each(body, access.call) then
    return nil
  end
  -- A session that the loop makes ends with it.
  local receiver = access.call:receiver()
  while receiver and receiver.kind == "attr" do
    receiver = receiver:child("value")
  end
  if not receiver or receiver.kind ~= "name" then
    return nil
  end
  for _, assign in body:descendants({ "assign", "with-item" }) do
    local target = assign:child("target")
    if target and target.text == receiver.text then
      return nil
    end
  end
  local file = access.call.file
  local line, head = file:line_span(statement.line), file:line_span(loop.node.line)
  if line.source:gsub("%s", "") ~= statement.source:gsub("%s", "") or body:children()[1].line == loop.node.line then
    return nil
  end
  local indent = head.source:match("^%s*") or ""
  local newline = file.text:find("\r\n", 1, true) and "\r\n" or "\n"
  local children = body:children()
  if children[#children]:same(statement) then
    -- The last line of the loop only moves out of it.
    return {
      title = "commit once, after the loop",
      safety = "unsafe",
      edits = { { at = file:span(line.first, statement:bytes() - 1), text = indent } },
    }
  end
  local before = file:line_span(statement.line - 1)
  return {
    title = "commit once, after the loop",
    safety = "unsafe",
    edits = {
      { at = file:span(before.last + 1, line.last), text = "" },
      { after = loop.node, text = newline .. indent .. statement.source },
    },
  }
end

-- By the number of its call what a statement inserts on a connection that is not seen; such calls are matched by their text only.
local function by_loop(matches)
  local unseen, all = {}, {}
  for _, match in matches do
    if match.matcher ~= "statement" then
      table.insert(all, match)
    else
      for _, access in match.node and written_reads.inserts(match.node) or {} do
        if not unseen[access.call.id] then
          unseen[access.call.id] = access
          table.insert(all, { matcher = "statement", node = access.call, file = match.file })
        end
      end
    end
  end
  return accesses.by_loop(all, function(call)
    return access_of(call) or unseen[call.id]
  end)
end

local function check(file, matches, report, repo)
  for _, group in by_loop(matches) do
    local here, primary = {}, nil
    for _, one in group.all do
      if is_found(one, file.language) then
        one.confidence = confidence_of(one, file.language, repo)
        table.insert(here, one)
        local better = primary == nil or RANK[one.confidence] > RANK[primary.confidence]
        if better or (one.access.sort == "commit" and primary.access.sort ~= "commit" and one.confidence == primary.confidence) then
          primary = one
        end
      end
    end
    if primary then
      local confidence, reach = called.of_loop(group.loop, primary.access.whole, primary.confidence, repo)
      report({
        at = primary.access.told_at or primary.access.whole,
        message = message_of(primary.access, group.loop),
        confidence = confidence,
        reach = reach,
        related = accesses.related(group, primary, here),
        notes = { store = primary.access.store },
        fix = fix_of(primary),
      })
    end
  end
end

-- What relations of Django take is no call of a library that the scan knows: models are held against the loops of the whole repository.
local function check_repository(repo, report)
  many_to_many_writes.check(repo, report)
end

return { check = check, check_repository = check_repository }
