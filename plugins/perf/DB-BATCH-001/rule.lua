-- Writes that go out one by one where the library takes many: a statement, a request or a commit per item of a loop. One finding per
-- loop, at the write; the reads of the same loop are DB-PERF-001's.

local accesses = require("accesses")
local batch_statements = require("batch_statements")
local batching_doubts = require("batching_doubts")
local bulk_siblings = require("bulk_siblings")
local called = require("called")
local commit_fix = require("commit_fix")
local item_writes = require("item_writes")
local loop_commits = require("loop_commits")
local loop_data = require("loop_data")
local made_in_turn = require("made_in_turn")
local many_to_many_writes = require("many_to_many_writes")
local naming = require("naming")
local row_writes = require("row_writes")
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
  if access.sort == "read" or access.sort == "group" then
    return false
  end
  access.bulk = batch_statements.bulk_of(access, row.loop)
  if not access.bulk then
    return false
  end
  local leaf = access.leaf or access.call
  if batching_doubts.condition_of(leaf) == "given" or is_for_many(leaf) or loop_commits.is_every_so_often(access.whole, row.loop) then
    return false
  end
  if access.sort == "commit" then
    return not item_writes.is_switched_off(access) and not loop_commits.runs_over_groups(row.loop, access.call)
  elseif access.sort == "flush" then
    return #access.hops == 0 and not loop_commits.runs_over_groups(row.loop, access.call) and loop_commits.is_idle_flush(access.call, row.loop)
  end
  return one.carried or made_in_turn.is_stored(access, row.loop)
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
        one.confidence = batching_doubts.confidence(one, file.language, repo)
        table.insert(here, one)
        local better = primary == nil or RANK[one.confidence] > RANK[primary.confidence]
        if better or (one.access.sort == "commit" and primary.access.sort ~= "commit" and one.confidence == primary.confidence) then
          primary = one
        end
      end
    end
    if primary then
      local confidence, reach = called.of_loop(group.loop, primary.access.whole, primary.confidence, repo)
      local related = accesses.related(group, primary, here)
      local many = #primary.access.hops > 0 and bulk_siblings.of(primary.access.call)
      if many and #related < 16 then
        table.insert(related, { at = many, message = "does it for many at once" })
      end
      report({
        at = primary.access.told_at or primary.access.whole,
        message = message_of(primary.access, group.loop),
        confidence = confidence,
        reach = reach,
        related = related,
        notes = { store = primary.access.store },
        fix = commit_fix.of(primary),
      })
    end
  end
end

-- What relations of Django take is no call of a library that the scan knows: models are held against the loops of the whole repository.
local function check_repository(repo, report)
  many_to_many_writes.check(repo, report)
  row_writes.check(repo, report)
end

return { check = check, check_repository = check_repository }
