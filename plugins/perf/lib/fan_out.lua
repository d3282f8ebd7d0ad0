-- Work that is begun for every item of some data before any of it is done: where the items come from, what is done for each, and what bounds how many run at once.

local awaited = require("awaited")
local few_items = require("few_items")
local few_rows = require("few_rows")
local find_reads = require("find_reads")
local list_reads = require("list_reads")
local listing = require("listing")
local loop_data = require("loop_data")
local parameter = require("parameter")
local sent_items = require("sent_items")

local M = {}

local WORDS = { http = "an HTTP call", storage = "a call of the object store", rpc = "a remote call", mail = "a mail", process = "a process", db = "a request to the database" }
local BY_EFFECT = { "http", "storage", "rpc", "mail", "process" }
-- Stores that are asked for one key at a time; what others are asked for in a loop is DB-PERF-001's.
local ALONE = { firestore = true, dynamo = true }
local BOUNDS = { "semaphore", "sem:", "plimit", "p-limit", "limiter", "throttle", "bottleneck", "pqueue", "setlimit", "acquire", "ratelimit", "rate_limit" }

local TURNS = table.freeze({ "asyncio.Semaphore()", "asyncio.BoundedSemaphore()", "asyncio.Lock()", "anyio.**", "aiolimiter.**" })

-- Whether the code says that only so many run at once.
function M.says_bound(node)
  for _, item in node:descendants("with-item") do
    local value = item:child("value")
    if value and value:comes_from(TURNS) then
      return true
    end
  end
  -- What a comment says binds nobody.
  local source = (node.file.language == "python" and node.source:gsub("#[^\n]*", "") or node.source:gsub("//[^\n]*", "")):lower()
  for _, word in BOUNDS do
    if source:find(word, 1, true) then
      return true
    end
  end
  return source:find("%f[%w]limit%(") ~= nil or source:find("async with [%w_%.]*sem") ~= nil or source:find("async with [%w_%.]*lock") ~= nil or source:find("<%-%s*struct{}{}") ~= nil
end

local function kind_of(call)
  local kind = call:fact("kind")
  if WORDS[kind or ""] and call:fact("verb") ~= "construct" and call:fact("verb") ~= "lazy" and (kind ~= "db" or ALONE[call:fact("store") or ""]) then
    return kind, call
  end
  local effects = call:effects()
  for _, effect in BY_EFFECT do
    if table.find(effects, effect) then
      local hops = call:chain({ effect })
      for _, hop in hops do
        local func = hop.node and hop.node:func()
        if func and M.says_bound(func.node) then
          return nil
        end
      end
      for _, callee in call:callees() do
        if M.says_bound(callee.node) then
          return nil
        end
      end
      return #hops > 0 and effect or nil, hops[#hops] and hops[#hops].node
    end
  end
  return nil
end

-- What is done for one item: the sort of work in words, the call in the element, and the call of the library.
function M.work_in(element)
  if M.says_bound(element) then
    return nil
  end
  local calls = element:descendants("call")
  if element.kind == "call" then
    table.insert(calls, 1, element)
    -- What is handed to a function that waits for its turn begins when that lets it.
    for _, callee in element:callees() do
      if M.says_bound(callee.node) then
        return nil
      end
    end
  end
  for _, call in calls do
    local kind, leaf = kind_of(call)
    if kind then
      return WORDS[kind], call, leaf
    end
  end
  return nil
end

local SHORTENS = { slice = true, islice = true, sample = true, take = true, splice = true, chunk = true, batched = true, split = true }
-- Gives what a cursor finds; as many as its argument says, where it says so.
local DRAINS = { to_list = true, toArray = true, lean = true, exec = true, fetchall = true }
local SAME_LENGTH = { filter = true, map = true, sort = true, sorted = true, list = true, reversed = true, enumerate = true, values = true, entries = true, keys = true, items = true, flatMap = true, unwrap = true, all = true, scalars = true, Set = true, set = true }

-- Whether something around runs it for a part of the data at a time.
function M.is_in_parts(node)
  for _, loop in node:loops() do
    if loop.kind == "chunk" or loop.kind == "paging" or loop_data.is_over_parts(loop) or loop_data.is_over_slices(loop) or loop_data.names_a_group(loop) then
      return true
    end
  end
  return false
end

-- How many functions up a parameter is followed, and how many callers of one are asked.
local HIGHEST, CALLERS = 3, 8

-- Whether a function compares how many items a name holds with something: more than that it refuses, or takes in parts.
local function is_measured(name, func)
  -- What a comment says refuses nothing.
  local source = func.node.source:gsub(func.node.file.language == "python" and "#[^\n]*" or "//[^\n]*", "")
  local text = name:gsub("%p", "%%%0")
  return source:find(`len%({text}[%w_%.]*%)%s*[<>]`) ~= nil or source:find(`%f[%w_]{text}[%w_%.?]*%.length%s*[<>]`) ~= nil
end

-- Whether a slice says where it ends: `ids[:10]`.
local function is_cut(node)
  local index = node:child("index")
  return index ~= nil and index.kind == "slice" and index.source:find("^[^:]*:%s*[^:%s]") ~= nil
end

local source_of

-- Where the items come from that the callers of a function hand it: the first of them that hands over what is not bounded.
local function source_of_callers(name, at, depth, height)
  local func = name:func()
  local param = func and func.params[at]
  -- What runs per request may be handed what the request sends; a function that is handed on may be called by anybody.
  if not param or height >= HIGHEST or is_measured(name.text, func) then
    return nil
  end
  for place, caller in func:callers() do
    if place > CALLERS then
      break
    elseif caller:reach() ~= "test" and not M.is_in_parts(caller) then
      for _, given in caller:args() do
        local taken = parameter.taking(func, caller, given)
        if taken and taken:same(param) then
          local value = given.kind == "kw-arg" and given:child("value") or given
          local around = caller:func()
          local root = value.kind == "name" and value.text or value.source:match("^[%w_%.]+$")
          if not (around and root and is_measured(root, around)) then
            local found, read = source_of(value, depth + 1, height + 1)
            if found then
              return found, read
            end
          end
        end
      end
    end
  end
  return nil
end

-- Where items come from: "rows" of a query that nothing bounds, "owned" rows of one parent, "caller" for what a request sends; nil where
-- that is not known, or where their number is.
source_of = function(node, depth, height)
  node = awaited.value(node)
  if not node or depth > 5 then
    return nil
  end
  if sent_items.is_sent(node) then
    local func = node:func()
    return not (func and is_measured(node.source, func)) and "caller" or nil
  elseif node.kind == "name" then
    local at = node:param_position()
    if at then
      return source_of_callers(node, at, depth, height)
    end
    local value = node:value()
    return value and source_of(value, depth + 1, height)
  elseif node.kind == "index" and is_cut(node) then
    return nil
  elseif node.kind == "attr" or node.kind == "index" then
    return node:child("value") and source_of(node:child("value"), depth + 1, height)
  elseif node.kind == "comprehension" then
    local clause = node:descendants("clause")[1]
    local over = clause and clause:child("iter")
    return over and source_of(over, depth + 1, height)
  elseif node.kind ~= "call" or SHORTENS[node.name] then
    return nil
  end
  local func = node:func()
  if node:fact("lists") and func then
    local found = listing.judge(node, func.node)
    if found and not (found.name and few_rows.named(found.name)) and found.bound ~= "bound" then
      -- What has piled up until a day belongs to nobody.
      local as_find = found.filter == "key" and node:fact("statement") == nil and find_reads.judge(node)
      return found.filter == "key" and not (as_find and as_find.filter == "range") and "owned" or "rows", node
    end
    return nil
  end
  local callees = node:callees()
  if DRAINS[node.name] and #callees == 0 then
    local most = node:arg("length") or node:arg(1)
    local is_open = not most or most.kind == "null"
    return is_open and node:receiver() and source_of(node:receiver(), depth + 1, height) or nil
  elseif #callees == 1 then
    for _, found in list_reads.of(callees[1]) do
      if not (found.name and few_rows.named(found.name)) then
        return found.filter == "key" and "owned" or "rows", found.read
      end
    end
    return nil
  end
  local on = node:receiver()
  local given = SAME_LENGTH[node.name] and (node.file.language == "python" and #callees == 0 and node:arg(1) or nil)
  if on and SAME_LENGTH[node.name] then
    return source_of(on, depth + 1, height)
  end
  return given and source_of(given, depth + 1, height) or nil
end

-- Where the items of a loop come from, nil where that is not known.
function M.items_of(loop)
  if loop.kind ~= "per-item" and loop.kind ~= "stream" or not loop.iter then
    return nil
  elseif few_items.is_written_out(loop) or loop_data.is_over_slices(loop) or loop_data.is_over_parts(loop) then
    return nil
  end
  return source_of(loop.iter, 0, 0)
end

return M
