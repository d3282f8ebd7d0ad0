-- What the loops of a file do to stores once per item, and which rule has which of it. A place has one rule:
--   DB-PERF-001   every read; writes of JavaScript, TypeScript and Go to databases, whose loops are judged as a whole
--   DB-BATCH-001  writes and commits, and commands to caches, where the library takes many at once: in JavaScript, TypeScript and Go beside DB-PERF-001, which
--                 tells of the loop as a whole

local handed_lists = require("handed_lists")
local loops_around = require("loops_around")
local naming = require("naming")
local open_loop = require("open_loop")
local per_item = require("per_item")
local store = require("store")

local M = {}

-- What a call that is matched does once per item: access, row, carried. `of` says what a call does.
local function of_match(match, of)
  local call = match.node
  if match.matcher == "each" then
    return nil
  elseif match.matcher == "handed" then
    local access = store.handed(call)
    if access then
      return access, per_item.handed_loop(call)
    end
    return nil
  end
  local access = of(call)
  if not access or call.file.language ~= "python" and handed_lists.runs_handed(call) then
    return nil
  end
  local row, carried = per_item.item_loop(call)
  if row and carried and row.loop.node.kind == "while" and access.sort == "read" then
    row = open_loop.queue_loop(call) or row
  end
  if not row and access.sort == "read" then
    return access, access.one and open_loop.walk_loop(call) or open_loop.queue_loop(call), true
  end
  return access, row, carried
end

-- What a call does that runs a function for each item of a list: a list of {access, row, carried}; nil for any other call.
local function of_handed_list(match, of)
  local handed = (match.matcher == "handed" or match.matcher == "each") and match.node.file.language ~= "python" and handed_lists.of(match.node)
  if not handed then
    return nil
  end
  local all, loop = {}, handed.loop
  if handed.work.kind ~= "function" then
    local access = store.handed(match.node)
    return { access and { access = access, row = { loop = loop, at = match.node }, carried = true } }
  end
  for _, call in handed.work:descendants("call") do
    -- What a loop within does is told of that loop.
    local access = #call:loops() == 0 and of(call)
    if access then
      table.insert(all, { access = access, row = { loop = loop, at = call }, carried = loop:carries(loops_around.whole(call)) })
    end
  end
  return all
end

-- Groups by loop, in order: {loop, all = {{access, row, carried}}}.
function M.by_loop(matches, of)
  local groups, order, seen = {}, {}, {}
  local function add(access, row, carried)
    local key = access.whole.id
    if seen[key] then
      -- A chain that ends in a write is a write: `knex("t").where(...).update(...)`.
      if access.sort ~= "read" then
        seen[key].access = access
      end
      return
    end
    local one = { access = access, row = row, carried = carried }
    seen[key] = one
    local at = row.loop.node.id
    if not groups[at] then
      groups[at] = { loop = row.loop, all = {} }
      table.insert(order, groups[at])
    end
    table.insert(groups[at].all, one)
  end
  for _, match in matches do
    if not per_item.counts(match.node) then
      continue
    end
    local handed = of_handed_list(match, of)
    for _, one in handed or {} do
      add(one.access, one.row, one.carried)
    end
    local access, row, carried = nil, nil, nil
    if not handed then
      access, row, carried = of_match(match, of)
    end
    if access and row then
      add(access, row, carried)
    end
  end
  return order
end

-- Places beside that of a finding: the loop of the group, the calls on the way to the access, and what else is done per item.
function M.related(group, primary, others)
  local related = { { at = group.loop.node, message = "the loop" } }
  for _, hop in primary.access.hops do
    if hop.node then
      table.insert(related, { at = hop.node, message = `{hop.symbol} calls {naming.of(hop.node, hop.callee)}` })
    end
  end
  for _, one in others do
    if one ~= primary and #related < 12 then
      table.insert(related, { at = one.access.whole, message = `also once per item: {naming.of(one.access.leaf or one.access.call, one.access.what)}` })
    end
  end
  return related
end

-- Whether a write is DB-BATCH-001's alone to judge, if only to find that nothing takes many of its kind.
function M.is_batching(access, language)
  return access.is_command or (access.sort ~= "read" and language == "python")
end

return M
