-- What a call does to a data store: itself by the facts of its library, or through the repository's own functions.

local optional_way = require("optional_way")
local statement_verbs = require("statement_verbs")

local M = {}

-- A helper that does one of these besides is work in its own right; its query is not what an item costs.
local HEAVY = { http = true, process = true, mail = true, sleep = true, compute = true, queue = true }

-- Helpers that do nothing for most items, by their names.
local SELDOM = { "maybe", "try", "lease", "lock", "claim", "acquire", "needed", "ensure" }

local WRITING = {
  "save", "create", "insert", "update", "upsert", "delete", "remove", "destroy", "add", "set", "put", "store", "persist", "write",
  "mark", "record", "replace", "touch", "archive", "expire",
}

local function has(list, word)
  for _, one in list do
    if one == word then
      return true
    end
  end
  return false
end

-- The words of a name, in lower case: `saveOrder` and `save_order` have two.
local function words_of(name)
  local words = {}
  for word in name:gsub("(%l)(%u)", "%1_%2"):gmatch("[^_]+") do
    table.insert(words, word:lower())
  end
  return words
end

-- Whether a name says that something is written and nothing else: `save`, `saveOrder`, `update_all`.
local function sounds_writing(name)
  local words = words_of(name)
  return #words <= 2 and words[1] ~= nil and has(WRITING, words[1])
end

-- Whether the value of a lazy query is used up on the spot: iterated, counted, made a list, tested.
local CONSUMING = { list = true, len = true, sorted = true, set = true, tuple = true, bool = true, any = true, all = true, sum = true, dict = true, next = true, max = true, min = true }

local function is_consumed(whole)
  local parent = whole:parent()
  -- `if rows := query:`, `if not query:`, `while more and query:`: what tests the whole tests the query.
  while parent and (parent.kind == "assign" and whole:role() == "value" or parent.kind == "logic" or parent.kind == "unary" and parent.text == "not") do
    whole, parent = parent, parent:parent()
  end
  if not parent then
    return false
  end
  local role = whole:role()
  if role == "iter" then
    return true
  elseif role == "arg" and parent.kind == "call" and CONSUMING[parent.name] then
    return true
  elseif role == "test" and (parent.kind == "if" or parent.kind == "while" or parent.kind == "conditional") then
    return true
  end
  return parent.kind == "index" and role == "value"
end

-- Whether a builder's chain is run where it stands: awaited, returned, collected to be awaited.
local function is_run(whole)
  if whole:is_awaited() then
    return true
  end
  local parent = whole:parent()
  local kind = parent and parent.kind
  return kind == "return" or kind == "list" or (kind == "call" and whole:role() == "arg" and (parent.name == "push" or parent.name == "append"))
end

local function whole_of(call)
  local after = call:chained()
  return after[#after] or call
end

-- What takes many at once of the statement that a call runs at the end of a chain: `.insert().values(row).execute()`.
local function bulk_of_chain(call)
  local _, before = call:chained()
  for _, link in before do
    local bulk = link:fact("bulk")
    local rows = bulk and link:arg(1)
    -- A list is many already; so may be what is made of one.
    if rows and rows.kind ~= "list" and rows.kind ~= "call" and rows.kind ~= "comprehension" then
      return bulk
    end
  end
  return nil
end

local function direct(call)
  if call:fact("kind") ~= "db" or call:fact("buffers") == "true" or call:fact("fetches") == "true" then
    return nil
  end
  local verb = call:fact("verb")
  local whole = whole_of(call)
  if call:fact("builder") == "true" and not is_run(whole) then
    return nil
  end
  if verb == "lazy" and call:fact("rows") == "true" and is_consumed(call) then
    verb = "read"
  elseif verb ~= "read" and verb ~= "write" then
    return nil
  end
  local store = call:fact("store")
  local bulk = call:fact("bulk")
  local said, word, many = nil, nil, false
  if store == "sql" and verb == "read" then
    said, word, many = statement_verbs.of(call)
    verb = said or verb
    if word == "delete" then
      bulk = "one DELETE for all keys"
    elseif word and word ~= "insert" and word ~= "replace" then
      bulk = nil
    elseif word and not bulk then
      bulk = "execute(insert(...), rows)"
    end
  end
  -- Of a statement in another file only its name is seen here.
  if call:fact("named") == "true" and has(WRITING, words_of(call.name)[1] or "") then
    verb = "write"
  end
  if verb == "read" then
    bulk = nil
  elseif not bulk and call:fact("runs_chain") == "true" then
    bulk = bulk_of_chain(call)
  end
  local sort = verb
  if bulk == "one commit after the loop" then
    sort = "commit"
  elseif bulk == "one flush after the loop" then
    sort = "flush"
  elseif call:fact("batch") == "true" or many then
    sort = "group"
  end
  return {
    call = call,
    whole = whole,
    sort = sort,
    store = store,
    bulk = bulk,
    alone = call:fact("alone") == "true" or ((store == "vector" or store == "search") and call.name ~= "count"),
    one = call:fact("one") == "true",
    word = word,
    what = call:target()[1] or call.name,
    hops = {},
  }
end

-- A command that a key-value server takes from a pipeline as well.
local function command(call)
  local bulk = call:fact("bulk")
  if call:fact("kind") ~= "cache" or not bulk or call:fact("buffers") == "true" then
    return nil
  end
  return {
    call = call,
    whole = whole_of(call),
    sort = "write",
    store = call:fact("store"),
    bulk = bulk,
    is_command = true,
    what = call:target()[1] or call.name,
    hops = {},
  }
end

-- Whether a helper sleeps only until the store can be reached: the function that sleeps is the one that connects.
local function waits_to_connect(node)
  local hops = node:chain("sleep")
  local sleep = hops[#hops] and hops[#hops].node
  local func = sleep and sleep:func()
  return func ~= nil and has(func:effects(), "db-connect")
end

local function is_heavy(effects, node)
  for _, effect in effects do
    if HEAVY[effect] and not (effect == "sleep" and waits_to_connect(node)) then
      return true
    end
  end
  return false
end

local function is_seldom(name)
  for _, word in words_of(name) do
    if has(SELDOM, word) then
      return true
    end
  end
  return false
end

-- Whether the way to the store leads through a handler that fails all the same: `except Exception: forget(row); raise`.
local function is_failing(hops)
  for _, hop in hops do
    local handler = hop.node and hop.node:enclosing({ "handler", "function" })
    if handler and handler.kind == "handler" then
      local body = handler:child("body")
      local statements = body and body:children() or {}
      local last = statements[#statements]
      if last and last.kind == "raise" then
        return true
      end
    end
  end
  return false
end

-- What the chain of calls from `node` ends in, as a row of its own.
local function through(node, effects, asked)
  local reads, writes = has(effects, "db-read"), has(effects, "db-write")
  local wanted = asked or "db-read"
  if not asked and writes and (not reads or sounds_writing(node.name)) then
    wanted = "db-write"
  end
  local hops = node:chain(wanted)
  local leaf = hops[#hops] and hops[#hops].node
  local found = leaf and direct(leaf)
  local is_mixed = reads and writes
  if found and found.sort == "read" and not found.word then
    -- The node itself hands the statement over where there is one hop only.
    local verb, word, many = statement_verbs.handed(leaf, #hops > 1 and hops or { { node = node }, hops[1] })
    if verb == "write" then
      found.sort, found.word = many and "group" or "write", word
      found.bulk = word == "delete" and "one DELETE for all keys" or (word == "insert" or word == "replace") and "execute(insert(...), rows)" or nil
      -- What executes anything may read and may write; here it is known which.
      local other = node:chain("db-read")
      is_mixed = is_mixed and not (other[#other] and other[#other].node and other[#other].node:same(leaf))
    end
  end
  return {
    call = node,
    whole = whole_of(node),
    sort = found and found.sort or (wanted == "db-write" and "write" or "read"),
    store = found and found.store,
    bulk = found and found.bulk,
    alone = found ~= nil and found.alone,
    one = found ~= nil and found.one,
    what = found and found.what or (hops[#hops] and hops[#hops].callee) or node.name,
    hops = hops,
    heavy = is_heavy(effects, node) or (#hops > 1 and has(effects, "rpc")),
    seldom = is_seldom(node.name) or is_failing(hops) or optional_way.leads_past(node, hops),
    mixed = is_mixed,
    leaf = leaf,
    word = found and found.word,
  }
end

-- The same for a helper that sends commands to a key-value server and asks no database.
local function through_command(node, effects)
  local hops = node:chain("cache")
  local leaf = hops[#hops] and hops[#hops].node
  local found = leaf and command(leaf)
  if not found then
    return nil
  end
  found.leaf = leaf
  found.call = node
  found.whole = whole_of(node)
  found.hops = hops
  found.heavy = is_heavy(effects, node)
  found.seldom = is_seldom(node.name) or is_failing(hops)
  return found
end

-- What a call does to a store, or nil:
-- {call, whole, sort = "read" | "write" | "commit" | "flush" | "group", store, bulk, alone, one, word, what, hops, leaf, heavy, seldom, mixed,
-- is_command}. `word` is the statement's, `leaf` the call of a helper that reaches the store, a command is one to a cache.
function M.access(call)
  local found = direct(call)
  if found then
    return found
  end
  local effects = call:effects()
  if has(effects, "db-read") or has(effects, "db-write") then
    return through(call, effects)
  end
  return nil
end

-- What a helper that reads and writes does to write, in the same form; nil where it writes nothing.
function M.written(call)
  local effects = call:effects()
  return has(effects, "db-write") and direct(call) == nil and through(call, effects, "db-write") or nil
end

-- What a helper that reads and writes reads, in the same form; nil where it reads nothing.
function M.read(call)
  local effects = call:effects()
  return has(effects, "db-read") and direct(call) == nil and through(call, effects, "db-read") or nil
end

-- What a call sends to a cache, in the same form, or nil.
function M.command(call)
  local found = command(call)
  if found then
    return found
  end
  local effects = call:effects()
  if has(effects, "cache") and not has(effects, "db-read") and not has(effects, "db-write") then
    return through_command(call, effects)
  end
  return nil
end

-- The same of a function that is handed to `call` by name.
function M.handed(call)
  for _, arg in call:args() do
    if arg.kind == "name" or arg.kind == "attr" then
      local effects = arg:effects()
      if has(effects, "db-read") or has(effects, "db-write") then
        local row = through(arg, effects)
        row.call = call
        row.function_name = arg.name
        return row
      end
    end
  end
  return nil
end

return M
