-- Awaits that a loop makes once per item, one after the other, although no item needs what came of the one before.

local few_items = require("few_items")
local flow = require("flow")
local loop_data = require("loop_data")
local one_item = require("one_item")
local remote = require("remote")
local waits = require("wait")

local M = {}

-- What arrives in an order that counts.
local ORDERED = {
  event = true, events = true, message = true, msg = true, step = true, steps = true, migration = true, job = true, chunk = true, batch = true, page = true, edit = true,
  action = true, op = true, operation = true, command = true, change = true, attempt = true, retry = true, stage = true, phase = true, turn = true, round = true, year = true,
  month = true, day = true, date = true, delta = true, patch = true, frame = true, line = true,
}

-- Changes that can be made to several things in any order.
local FREELY = {
  deliver = true, broadcast = true, create = true, delete = true, remove = true, upload = true, put = true, update = true, upsert = true, invite = true, register = true, cancel = true, revoke = true, copy = true,
  move = true, invalidate = true, purge = true, send = true, notify = true, mail = true, email = true, unlink = true, subscribe = true, unsubscribe = true, save = true,
}

local function over_ordered(loop)
  local target = loop.node:child("target")
  for _, name in target and flow.names(target) or {} do
    local words = remote.words(name.text)
    -- An `eventType` is a type, an `old_message` a message.
    if ORDERED[words[#words] or ""] then
      return true
    end
  end
  return loop_data.is_over_messages(loop)
end

-- Whether the loop may end, or give something out, before its data does.
local function ends_early(body, loop)
  for _, inner in body:descendants({ "return", "break", "yield" }) do
    local func = inner:enclosing({ "function" })
    local own = not func or not func:is_within(loop.node)
    local around = inner:enclosing({ "for", "c-for", "while", "switch" })
    if own and not (inner.kind == "break" and around and not around:same(loop.node)) then
      return true
    end
  end
  return false
end

local PAUSES = { sleep = true, delay = true, pause = true, wait = true, setTimeout = true, throttle = true, acquire = true, waitFor = true, wait_for = true, yield = true }

local function pauses(body)
  for _, call in body:descendants({ "call" }) do
    if PAUSES[call.name] or call:fact("kind") == "sleep" then
      return true
    end
    for _, word in remote.words(call.name) do
      if word == "sleep" or word == "delay" or word == "throttle" or word == "pause" then
        return true
      end
    end
  end
  return false
end

-- Names that an iteration sets for itself before the await: what it reads of them is not from the one before.
local function fresh_names(body, await)
  local fresh = {}
  local from = select(1, await:bytes())
  for _, assign in body:descendants({ "assign" }) do
    local value = assign:child("value")
    local at = select(1, assign:bytes())
    if at <= from then
      local writes = {}
      for _, target in assign:children("target") do
        for path in flow.writes(assign) do
          writes[path] = true
        end
        if target.kind == "name" then
          writes[target.text] = true
        end
      end
      local reads = value and flow.reads(value) or {}
      if not flow.shared(reads, writes) and not (at <= from and await:is_within(assign) and flow.shared(flow.reads(await), writes)) then
        flow.merge(fresh, writes)
      end
    end
  end
  return fresh
end

local function covers(fresh, path)
  if fresh[path] then
    return true
  end
  local root = path:match("^[^%.]+")
  return root ~= nil and fresh[root] == true
end

-- Whether an iteration needs something of the one before: what the await reads, or a test that leads to it.
local function carries_on(body, loop, await)
  local fresh = fresh_names(body, await)
  local reads = flow.reads(await)
  for _, test in body:descendants({ "if" }) do
    local condition = test:child("test")
    -- What is tested when the answer is there leads to nothing but what is done with it.
    local is_before = select(1, test:bytes()) < select(1, await:bytes())
    if condition and is_before and condition.kind ~= "call" and condition.kind ~= "unary" then
      flow.merge(reads, flow.reads(condition))
    end
  end
  local changed = {}
  for path in flow.writes(body) do
    if not covers(fresh, path) then
      changed[path] = true
    end
  end
  -- What the answer itself is kept in: `results = {...results, ...await load(x)}` reads it outside of the await.
  return flow.shared(reads, changed) ~= nil
end

-- Whether a request goes to an address that the item itself holds: `axios.post(hook.url, news)`. Each is another server.
local function goes_to_item(call, loop)
  local address = call and call:fact("kind") == "http" and (call:arg(1) or call:arg("url"))
  if not address or address.kind ~= "attr" and address.kind ~= "name" then
    return false
  end
  local word = address.text:lower()
  return loop:carries(address) and (word:find("url") ~= nil or word:find("uri") ~= nil or word:find("endpoint") ~= nil or word:find("hook") ~= nil or word:find("inbox") ~= nil or word:find("callback") ~= nil)
end

-- A database that is asked once for each name of a list that is written down is DB-PERF-001's no more than two reads in a row are.
local function suits_loop(work, name, is_written)
  if work.turns or work.sleeps then
    return false
  end
  local any = false
  for _, leaf in work.leaves do
    if leaf.kind == "db" then
      if not leaf.alone and not (is_written and leaf.sort == "read") then
        return false
      end
      any = true
    elseif leaf.kind == "queue" then
      return false
    elseif leaf.kind == "cache" and leaf.sort ~= "read" then
      return false
    elseif leaf.sort ~= "local" then
      any = true
    end
  end
  if not any then
    return false
  end
  if waits.is_read(work, name) and remote.says(name) ~= "write" then
    return not waits.says_guard(name) or work.kinds.storage
  end
  if work.kinds.db and work.writes > 0 then
    -- Rows of a search index, one request each.
    return FREELY[remote.words(name)[1] or ""] == true
  end
  for _, word in remote.words(name) do
    if FREELY[word] then
      return true
    end
  end
  return false
end

local function loop_of(await)
  local at, inner = await:parent(), await
  while at and at.kind ~= "function" and at.kind ~= "module" do
    if (at.kind == "for" or at.kind == "c-for") and inner:role() == "body" then
      return at
    elseif at.kind == "comprehension" then
      local clause = at:children()
      for _, one in clause do
        if one.kind == "clause" then
          return at, one
        end
      end
    end
    inner, at = at, at:parent()
  end
  return nil
end

-- Fewer are not worth a word.
local SEVERAL = 3

-- Whether a loop turns over a list that is written down: `for (const field of ["title", "text", "notes"])`.
local function is_over_several(loop)
  local list = loop.kind == "constant" and loop.iter
  if list and list.kind == "name" then
    list = list:value() or list:definition()
  end
  return list ~= nil and list ~= false and list.kind == "list" and #list:children() >= SEVERAL
end

-- Whether the body waits for the database as well, or changes several things elsewhere: then an item is work of several steps.
local function has_other_step(body, await, is_read)
  local changes = 0
  for _, other in body:descendants({ "await" }) do
    if not other:same(await) and not other:is_within(await) and not await:is_within(other) then
      local call = other:child("value")
      local effects = call and call.kind == "call" and call:effects() or {}
      if table.find(effects, "db-write") or table.find(effects, "db-read") or (call and call:fact("kind") == "db") then
        return true
      end
      -- What a client of a library that is not known is asked to change, counts as well.
      local named = call and call.kind == "call" and (call:fact("kind") or #call:callees() == 0 and remote.says(call.name) == "write")
      if not is_read and named and not waits.unpacks(other) then
        changes += 1
      end
    end
  end
  return changes > 1
end

function M.find(await, call, repo)
  local node, clause = loop_of(await)
  if not node or waits.is_gather(await) or waits.is_in_transaction(await) then
    return nil
  end
  local head = clause or node
  local loop, outer = nil, false
  for _, one in call:loops() do
    -- The pages of one item come one after the other, those of another have nothing to do with them.
    local is_of_item = one.kind == "paging" and one.node:is_within(node) and not one.node:same(head)
    -- The items of one page wait for each other whether there are more pages or not.
    local is_around = one.kind == "paging" and node:is_within(one.node) and not one.node:same(node)
    if one.kind == "poll" or one.kind == "retry" or one.kind == "paging" and not is_of_item and not is_around then
      return nil
    end
    if one.node:same(head) then
      loop = one
    end
  end
  if not loop or loop.kind ~= "per-item" and loop.kind ~= "stream" and not is_over_several(loop) or head:has("async") then
    return nil
  end
  local value = await:child("value")
  if not loop:carries(value) and not loop:carries(await) then
    return nil
  end
  if over_ordered(loop) or one_item.is_for_one_key(await, loop) then
    return nil
  end
  local body = clause and node or node:child("body")
  if not body or ends_early(body, loop) or pauses(body) or carries_on(body, loop, await) then
    return nil
  end
  local name, inner = waits.name_of(await)
  local work = remote.work(value)
  if not suits_loop(work, name, is_over_several(loop) or few_items.is_written_out(loop)) and not (goes_to_item(inner, loop) and not work.turns and not work.sleeps) or waits.is_exclusive(work, repo) or waits.session_in(await) then
    return nil
  end
  local is_read = waits.is_read(work, name)
  -- Changing a few things whose names are written down is soon done, and what is changed so is seldom meant to be changed at once.
  if not is_read and (loop.kind == "constant" or few_items.is_written_out(loop) or few_items.is_given_few(loop)) then
    return nil
  end
  return { node = head, loop = loop, await = await, name = name, call = inner, work = work, is_read = is_read, beside = has_other_step(body, await, is_read) }
end

return M
