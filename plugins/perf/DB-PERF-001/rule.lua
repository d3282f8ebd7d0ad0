-- One query per item of a loop. What the loop runs over decides first, then what stands in it: a read, or in JavaScript, TypeScript
-- and Go also a write (`accesses` says which writes are DB-BATCH-001's). One finding per loop.

local accesses = require("accesses")
local batched = require("batched")
local called = require("called")
local embedded = require("embedded")
local exclusion = require("exclusion")
local field_resolvers = require("field_resolvers")
local form_queries = require("form_queries")
local gateway_loops = require("gateway_loops")
local handed_instead = require("handed_instead")
local item_relations = require("item_relations")
local item_work = require("item_work")
local kept_answers = require("kept_answers")
local keyed_rows = require("keyed_rows")
local lazy_relations = require("lazy_relations")
local limited_lists = require("limited_lists")
local listed_by_django = require("listed_by_django")
local loop_data = require("loop_data")
local made_in_turn = require("made_in_turn")
local migration = require("migration")
local naming = require("naming")
local on_failure = require("on_failure")
local one_item = require("one_item")
local orm_finders = require("orm_finders")
local other_reads = require("other_reads")
local parameter = require("parameter")
local per_item = require("per_item")
local per_statement = require("per_statement")
local prepared_statements = require("prepared_statements")
local reference_reads = require("reference_reads")
local relation_queries = require("relation_queries")
local remembered_reads = require("remembered_reads")
local remote = require("remote")
local serialized_relations = require("serialized_relations")
local set = require("words").set
local statement_files = require("statement_files")
local store = require("store")
local template_relations = require("template_relations")
local unseen_models = require("unseen_models")
local written_reads = require("written_reads")

-- Reads that the store answers for one key only are a matter of waiting for them side by side (CONC-003).
local function belongs_here(access, carried, language)
  if access.sort == "read" then
    return not (access.alone and carried) and not per_statement.is_of_segment(access.leaf or access.call)
  end
  return access.sort == "write" and not accesses.is_batching(access, language)
end

-- Whether a loop turns over the keyword arguments of a call: as many as somebody has written.
local function is_over_arguments(loop)
  local over = loop.iter
  local root = over and over.kind == "call" and (over.name == "items" or over.name == "keys" or over.name == "values") and over:receiver() or over
  local at = root and root.kind == "name" and root:param_position()
  local func = at and root:func()
  local param = func and func.params[at]
  return param and param.source:find("^%*%*") ~= nil or false
end

-- The name of the key in a loop over the entries of a mapping, which has each key once: `for key, value in fields.items()`.
local function key_of(loop)
  local over, target = loop.iter, loop.node:child("target")
  local names = target and target:children() or {}
  local is_entries = over and over.kind == "call" and (over:is("global.Object.entries") or over.name == "items" and over:receiver() ~= nil and #over:args() == 0)
  return is_entries and #names == 2 and names[1].kind == "name" and names[1].text or nil
end

-- Whether the helper asks the store only for the entry with one written-down key, and is handed the key: `convert(key, value)` whose query
-- stands under `if key == "tags"`.
local function is_for_one_entry(access, loop)
  local call, inner = access.call, access.hops[1] and access.hops[1].node
  local func, key = inner and inner:func(), key_of(loop)
  if not func or not key then
    return false
  end
  local before = parameter.leading(func)
  local branch = inner:enclosing({ "if", "function" })
  while branch and branch.kind == "if" do
    local body, sides = branch:child("body"), one_item.equal_sides(branch:child("test"))
    local at = sides[1] and sides[1].kind == "name" and sides[1]:param_position()
    local given = at and body and inner:is_within(body) and select(2, sides[2]:literal()) and call:args()[at - before]
    if given and given.kind == "name" and given.text == key then
      return true
    end
    branch = branch:enclosing({ "if", "function" })
  end
  return false
end

local KEYS = set("id", "pk", "key", "uuid", "guid")

-- Whether a helper is called as one that reads one thing by its key: `Order.find_by_id(id)`, `get_by_order_key`.
local function is_lookup(access, carried)
  local by = access.call.name:gsub("(%l)(%u)", "%1_%2"):lower():match("_by_([%a_]+)$")
  return carried and access.sort == "read" and by ~= nil and KEYS[by:match("%a+$")] == true
end

-- Whether what an item runs is the handler of a whole request: a batch that is taken in asks all that one request asks, again for each of its items.
local function is_handler_of_one(access, loop)
  local callee = #access.hops > 0 and not access.seldom and loop.kind == "per-item" and access.call:callees()[1]
  return callee ~= nil and callee ~= false and callee.reach == "request" and #callee:route() == 1 and access.call:reach() == "request"
end

-- Whether a loop runs over what two lists differ by: what somebody took away or added, mostly little.
local function is_over_difference(loop)
  return loop.iter ~= nil and loop.iter.kind == "call" and loop.iter.name:find("^difference") ~= nil
end

-- How many calls lie between the loop and the store. A helper that writes far below may have asked nearby what it writes about.
local function distance(access)
  local near = #access.hops > 3 and access.mixed and access.sort == "write" and store.read(access.call)
  return near and math.min(#near.hops, #access.hops) or #access.hops
end

local function confidence_of(access, row, carried, repo)
  -- However far the store is behind what is called as a lookup, it is one.
  local hops = is_lookup(access, carried) and math.min(#access.hops, 2) or distance(access)
  if #access.hops > 0 and access.call:reach() ~= "request" and migration.is_on_way(access.hops) then
    return "low"
  elseif loop_data.is_over_one(row.loop) or limited_lists.is_over_few(row.loop) or keyed_rows.is_over_one(row.loop, repo) or on_failure.is_reached(access, row.loop) then
    return "low"
  elseif access.is_suspected or access.is_unseen and is_over_difference(row.loop) then
    return "low"
  elseif is_handler_of_one(access, row.loop) then
    return "medium"
  elseif access.heavy or access.seldom or hops > 3 or #access.hops > 0 and remembered_reads.are_all(access.call) then
    return "low"
  end
  if not carried and one_item.is_sought(access.call, row.loop) then
    -- What does not depend on the item is asked for the one that was looked for.
    return "low"
  end
  if kept_answers.are_kept(access.call, row.loop) then
    -- How many different keys there are a count of the statements per request says.
    return "low"
  end
  if item_work.takes_work(row.loop) or (access.call:reach() == "startup" and item_work.does_more(row.loop, access.call)) or access.sort == "write" and item_work.is_paced(row.loop, access.call) then
    return "low"
  end
  if hops > 1 and loop_data.is_over_messages(row.loop) then
    return "low"
  elseif hops > 1 and per_item.is_gathered(row) and not (access.sort == "read" and access.call:reach() == "request") then
    -- What waits side by side costs those who wait less than what stands behind it, unless somebody waits for the answers.
    return "low"
  end
  if hops > 1 or not carried or row.walks or row.grows or access.is_unseen then
    return "medium"
  end
  return "high"
end

local RANK = { high = 3, medium = 2, low = 1 }

-- A walk from row to row costs a round trip per step only where the store can follow the chain itself; what changes each row on its
-- way, or asks another kind of store, has no other way.
local function can_be_followed(access)
  local leaf = access.leaf or access.call
  return access.store == "sql" and remote.says(leaf.name) ~= "write"
end

local function message_of(access, row, count)
  local loop = row.loop
  local what = naming.of(access.leaf or access.call, access.what)
  local verb = access.sort == "write" and "statement" or "query"
  local does = #access.hops > 0 and `{access.function_name or access.call.name}() runs {what}` or `{what} runs once`
  if row.walks then
    return `{does} for every step of the chain that this loop walks, each after the one before: a recursive query reads it at once`
  end
  local over = loop_data.over(loop)
  if count > 1 then
    return `this loop{over and " over \`" .. over .. "\`" or ""} runs {count} queries per {over and "item" or "turn"}, {what} among them`
  end
  return `{does} for every {loop_data.each(loop)}: one {verb} per {over and "item" or "turn"}`
end

local uses_objection = nil

local function has_objection(repo)
  if uses_objection == nil then
    uses_objection = repo:imports("objection")
  end
  return uses_objection
end

-- What is asked of a client that is not seen counts beside what the facts tell, and before what was done to get that client.
local function by_loop(matches, repo)
  local function find()
    return orm_finders.django(repo)
  end
  local unseen, others, is_statement = {}, {}, {}
  for _, match in matches do
    if match.matcher == "asked" then
      table.insert(unseen, match)
    elseif match.matcher ~= "statement" then
      table.insert(others, match)
    end
    for _, call in match.matcher == "statement" and match.node and written_reads.of_statement(match.node) or {} do
      if not is_statement[call.id] then
        is_statement[call.id] = true
        table.insert(unseen, { matcher = "statement", node = call, file = match.file })
      end
    end
  end
  for _, match in others do
    table.insert(unseen, match)
  end
  return accesses.by_loop(unseen, function(call)
    local known = store.access(call)
    if known and known.mixed and known.sort ~= "read" and call.file.language == "python" then
      -- What is written one by one is another rule's; what is read for it is asked for each item as well.
      local read = store.read(call)
      known = read and read.sort == "read" and read or known
    elseif known and known.sort == "write" and known.word and #known.hops > 0 then
      -- What executes anything is asked to write, and something else is asked before that.
      known = other_reads.of(call) or known
    end
    if known and not known.heavy then
      return known
    elseif call.file.language ~= "python" then
      return known or has_objection(repo) and unseen_models.access(call) or nil
    end
    return call.file.language == "python" and written_reads.access(call, is_statement[call.id], find) or known
  end)
end

local function check(file, matches, report, repo)
  for _, group in by_loop(matches, repo) do
    local here, runs_files = {}, false
    for _, one in group.all do
      runs_files = runs_files or statement_files.are_run(one.access)
    end
    for _, one in runs_files and {} or group.all do
      if belongs_here(one.access, one.carried, file.language) and (one.carried or (#one.access.hops == 0 and one.access.sort == "read") or made_in_turn.is_stored(one.access, group.loop)) and (not one.row.walks or can_be_followed(one.access)) and not is_over_arguments(group.loop) and not is_for_one_entry(one.access, group.loop) and not handed_instead.is_handed(one.access) and not prepared_statements.is_batch(one.access, repo) then
        one.confidence = confidence_of(one.access, one.row, one.carried, repo)
        table.insert(here, one)
      end
    end
    local primary = nil
    for _, one in here do
      if not primary or RANK[one.confidence] > RANK[primary.confidence] then
        primary = one
      end
    end
    if primary then
      local places = {}
      for _, one in here do
        table.insert(places, one.access.whole)
      end
      local count = #here > 1 and exclusion.most_together(places) or #here
      local in_process = embedded.cost(repo, file, primary.access.store)
      local confidence, reach = called.of_loop(group.loop, primary.access.whole, primary.confidence, repo)
      report({
        at = #here > 1 and group.loop.node or primary.access.whole,
        message = message_of(primary.access, primary.row, count),
        confidence = confidence,
        reach = reach,
        -- Many small statements are what SQLite is made for.
        severity = in_process and "medium" or nil,
        related = accesses.related(group, primary, group.all),
        notes = { store = primary.access.store, cost = in_process },
        fix = #here == 1 and #primary.access.hops == 0 and batched.fix(file, primary.access.whole, group.loop.node) or nil,
      })
    end
  end
end

-- Relations that are read row by row are no calls: they are held against the models of the whole repository.
local function check_repository(repo, report)
  lazy_relations.check(repo, report)
  serialized_relations.check(repo, report)
  listed_by_django.check(repo, report)
  template_relations.check(repo, report)
  form_queries.check(repo, report)
  relation_queries.check(repo, report)
  item_relations.check(repo, report)
  reference_reads.check(repo, report)
  field_resolvers.check(repo, report)
  gateway_loops.check(repo, report)
end

return { check = check, check_repository = check_repository }
