-- Reads that put a whole table or collection into memory: nothing filters or bounds them, and all of their rows are held at a time.

local awaited = require("awaited")
local few_rows = require("few_rows")
local listing = require("listing")
local query_chain = require("query_chain")
local set = require("words").set
local sifting = require("sifting")
local uniqued_rows = require("uniqued_rows")

local M = {}

-- Links behind which rows come one after the other.
local STREAMS = set("iterator", "yield_per", "stream_results", "partitions", "aiterator", "stream_scalars", "cursor")
local HOLDS = set("list", "tuple", "set", "sorted", "dict", "DataFrame")

-- What Django's models are asked through, and the longest name of one that is read.
local MANAGERS = { "%.objects", "%._default_manager" }
local LONGEST = 80

-- Whether a query of Django is of all that a model has, not of what is related to something: `Order.objects.all()`, but not `customer.orders.all()`.
local function is_of_model(read)
  if read:fact("orm") ~= "django" then
    return true
  end
  local source = read.source
  for _, manager in MANAGERS do
    local at = source:find(manager .. "%f[%W]")
    if at then
      local model = source:sub(math.max(1, at - LONGEST), at - 1):match("([%w_]+)$")
      return model ~= nil and model:find("^%u") ~= nil
    end
  end
  return false
end

-- The whole expression that gives the rows.
local function whole_of(read)
  local after = read:chained()
  return after[#after] or read
end

-- What hands rows on one after the other and only counts them: `for row in tqdm(rows)`.
local PASSING = set("tqdm", "trange", "track", "enumerate", "progressbar", "alive_it")

-- The expression that a loop runs over with what only counts on the way.
local function passed(node)
  local parent = node:parent()
  while parent and parent.kind == "call" and node:role() == "arg" and PASSING[parent.name] do
    node, parent = parent, parent:parent()
  end
  return node, parent
end

-- How the rows are taken at one use: "loop" (one after the other), "sieve" (some are kept), "list", or nil.
local function taken(one)
  local top, around = passed(one.top)
  if around and top:role() == "iter" then
    if around.kind == "for" then
      return sifting.is_sifted(around) and "sieve" or "loop", around
    end
    return sifting.is_sieve(around) and "sieve" or "list", around
  end
  for _, call in one.calls do
    if call.name == "filter" and #call:args() == 2 then
      return "sieve", call
    elseif HOLDS[call.name] then
      return "list", call
    end
  end
  return nil
end

-- How the rows of an expression are taken within its function: "sieve", "list", "loop" or nil; and where.
function M.taken(whole)
  local func = whole:func()
  local found, place, sieves = nil, nil, 0
  for _, one in func and whole:uses(func.node) or {} do
    local how, at = taken(one)
    sieves += how == "sieve" and 1 or 0
    if how == "sieve" or how and found ~= "sieve" and found ~= "list" then
      found, place = how, at
    end
  end
  -- What is sieved twice is sorted into heaps.
  return found == "sieve" and sieves > 1 and "list" or found, place
end

-- Calls whose value is held as soon as they are done.
local function is_held(read)
  return read:fact("lists") == "rows" and read:fact("store") ~= "firestore"
end

-- Whether a loop collects all that it runs over.
local function collects(loop)
  for _, call in loop:descendants("call") do
    if call.name == "append" or call.name == "add" then
      local branch = call:enclosing({ "if", "for", "while" })
      if branch and branch:same(loop) then
        return true
      end
    end
  end
  return false
end

-- Whether a loop over the rows runs again and again: it stands in another one that the read does not stand in.
local function runs_again(loop, read)
  local outer = loop:enclosing({ "for", "while", "function" })
  return outer ~= nil and outer.kind ~= "function" and not read:is_within(outer)
end

local NARROWS = set("filter", "filter_by", "where", "exclude", "having", "join", "outerjoin", "group_by", "distinct", "select_from", "limit", "in_", "in_bulk")
local QUERIES = set("query", "stmt", "statement", "qs", "q", "queryset", "select", "base_query", "sql")

-- Whether something narrows the rows, or the query is begun by somebody else.
local function is_narrowed(read, scope)
  local parts = query_chain.of(read, scope)
  for _, part in parts do
    if part.is_optional then
      continue
    elseif NARROWS[part.name] and (#part.call:args() > 0 or part.name == "distinct") then
      return true
    end
    local root = query_chain.root_of(part.call)
    if root and root:param_position() and QUERIES[root.text] then
      return true
    end
  end
  -- What a variable holds may be narrowed before it is used.
  local taker = query_chain.taker(read)
  for _, call in taker and query_chain.called_on(scope)[taker] or {} do
    local branch = call:enclosing({ "if", "function" })
    if NARROWS[call.name] and not (branch and branch.kind == "if" and not read:is_within(branch)) then
      return true
    end
  end
  return false
end

-- The model that a query is of, where it is not named where it runs: `query = Order.query.order_by(...)`.
local function model_of(read, scope)
  local parts = query_chain.of(read, scope)
  for _, part in parts do
    local root = query_chain.root_of(part.call)
    -- `SessionLocal()` makes what is asked; it is no model.
    if root and root.text:find("^%u%l") and root:role() ~= "callee" then
      return root.text
    end
  end
  return nil
end

-- Whether a query is handed on before it runs: `get_nodes(ids, qs=Order.objects.select_related("lines"))`.
local function is_handed_on(whole)
  local taker = whole:argument_of()[1]
  return taker ~= nil and not HOLDS[taker.name] and not PASSING[taker.name] and taker.name ~= "filter" and taker.name ~= "map"
end

-- Whether the rows are read in chunks where they are taken: `rows.iterator()`.
local function is_streamed(whole)
  local func = whole:func()
  for _, one in func and whole:uses(func.node) or {} do
    local link = one.node:parent()
    if link and link.kind == "attr" and STREAMS[link.text] then
      return true
    end
  end
  return false
end

M.is_streamed = is_streamed

-- Whether a link of a query reads it in chunks or narrows it.
local function is_spared(link)
  local name = link.name
  return STREAMS[name] ~= nil or NARROWS[name] ~= nil and (name == "distinct" or #link:args() > 0)
end

-- Whether a read narrows its rows itself, as most do: no more has to be known of it.
M.narrows_itself = is_spared

-- Judges one call that gives a list: nil where it holds no whole table, else {read, name, called, how, at, whole}. `how` is that of `taken`, "held" where
-- nothing was seen of it.
function M.judge(read)
  local func = read:func()
  if not func or read:fact("store") == "mongo" or read:fact("lists") == "page" or not is_of_model(read) then
    return nil
  end
  local after, before = read:chained()
  for _, list in { { read }, after, before } do
    for _, link in list do
      if is_spared(link) then
        return nil
      end
    end
  end
  local found = listing.judge(read, func.node)
  -- `session.query(Order)` names a model, not a condition; what does narrow is looked for below.
  local is_query = read:is("sqlalchemy.orm.Query.*")
  if not found or found.bound ~= "none" or found.filter ~= "none" and not (is_query and found.filter == "caller") then
    return nil
  end
  if found.left_out and found.left_out.is_narrowed then
    -- Whoever runs it may always ask for some of the rows.
    return nil
  end
  found.called = listing.called(read, func)
  found.name = found.name or model_of(read, func.node)
  if found.name and few_rows.named(found.name) or found.called and few_rows.named(found.called) then
    return nil
  end
  local whole = whole_of(read)
  if is_narrowed(read, func.node) or read:fact("lists") == "builder" and is_handed_on(whole) or is_streamed(whole) then
    return nil
  end
  local how, at = M.taken(whole)
  local is_cached = read:fact("orm") == "django"
  if how == "loop" and at and (is_cached or is_held(read)) and runs_again(at, whole) then
    how = "list"
  end
  if not is_held(read) then
    local is_kept = how == "list" or how == "sieve" and is_cached or how == "loop" and (is_cached or at ~= nil and collects(at))
    if not is_kept then
      return nil
    end
  end
  found.how, found.at, found.whole = how or "held", at, whole
  found.is_summed = how == "loop" and at ~= nil and not collects(at)
  found.is_slim = read.source:find("%.with_entities%(") ~= nil or read.source:find("%.values_list%(") ~= nil or read.source:find("%.values%(") ~= nil
  return found
end

-- The loop that takes rows where they are read, one after the other: `for order in Order.objects.all()`.
local function own_loop(found)
  local parent, at = awaited.parent(found.whole)
  return parent and parent.kind == "for" and at:role() == "iter" and parent or nil
end

-- The edit that reads in chunks, where the rows are only looped over; nil where the shape is not known.
function M.fix(found, repo)
  local read = found.read
  if not own_loop(found) or #read:chained() > 0 then
    return nil
  end
  local callee = read:child("callee")
  local on = read:receiver()
  if read:fact("orm") == "django" then
    return { title = "read the rows in chunks", safety = "unsafe", edits = { { after = found.whole, text = ".iterator(chunk_size=1000)" } } }
  elseif read:is("sqlalchemy.orm.Query.all") and callee and on and uniqued_rows.may_be_chunked(read, repo) then
    local _, stop = on:bytes()
    local _, last = read:bytes()
    return { title = "read the rows in chunks", safety = "unsafe", edits = { { at = read.file:span(stop + 1, last), text = ".yield_per(1000)" } } }
  elseif read:is("dbapi.Cursor.fetchall") and on then
    return { title = "take the rows one after the other", safety = "unsafe", edits = { { at = read, text = on.source } } }
  end
  return nil
end

return M
