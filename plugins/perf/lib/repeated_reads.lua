-- Reads that a function asks for twice with nothing in between that could change the answer.

local awaited = require("awaited")
local flow = require("flow")
local same_way = require("same_way")
local set = require("words").set
local store = require("store")
local words = require("words")

local M = {}

-- What gives another answer each time, or is asked again on purpose.
local FRESH = set(
  "random", "rand", "now", "today", "uuid", "nextval", "lock", "refresh", "reload", "poll", "wait", "claim", "pop", "lease", "retry", "next", "create",
  "update", "delete", "insert", "increment", "upsert"
)
-- Sessions keep what they gave by its key.
local KEPT = table.freeze({ "sqlalchemy.orm.Session.get", "sqlalchemy.orm.Query.get", "sqlalchemy.ext.asyncio.AsyncSession.get", "sqlmodel.Session.get", "sqlalchemy.orm.scoped_session.get" })
-- Words with which functions begin that ask.
local ASKS = set("get", "find", "fetch", "list", "count", "has", "is", "check", "query", "select", "read", "lookup", "retrieve")
local CHANGES = set(
  "save", "commit", "flush", "delete", "update", "insert", "create", "add", "remove", "put", "refresh", "expire", "rollback", "destroy", "increment",
  "write", "sync", "clear", "invalidate", "register", "sleep", "enable", "disable",
  "start", "stop", "run", "apply", "process", "lock", "wait", "migrate", "ensure", "upsert", "store", "load"
)
-- Calls that are made for what they do, and do nothing to what a query gives.
local HARMLESS = set(
  "debug", "info", "warning", "warn", "error", "log", "print", "append", "push", "abort", "extend", "end", "json", "send", "render", "exception",
  "trace", "set", "redirect", "flash", "critical", "Error", "Errorf", "Info", "Println"
)
local CACHES = { "cache", "memo", "once" }

-- The whole of a read, as written but for blanks; nil where it is none, or one that may differ.
local function key_of(whole)
  local text = whole.source
  for _, word in words.of(text) do
    if FRESH[word] then
      return nil
    end
  end
  -- `order_by("?")` shuffles.
  return not text:find("[\"']%?[\"']") and (text:gsub("%s+", "")) or nil
end

-- Whether a function keeps what it gave.
local function is_cached(func)
  for _, decorator in func.node:children("decorator") do
    if words.any_in(decorator.source, CACHES) then
      return true
    end
  end
  for _, outer in func.node:argument_of() do
    if words.any_in(outer.name, CACHES) then
      return true
    end
  end
  return words.any_in(func.node.source:match("^.-\n.-\n.-\n") or "", CACHES)
end

-- Whether a function on the way down to the query keeps what it gave.
local function is_kept_below(call)
  for _, hop in call:chain("db-read") do
    local func = hop.node and hop.node:func()
    if func and is_cached(func) then
      return true
    end
  end
  return false
end

-- How many functions may lie between a call and its query.
local DEEPEST = 3

-- A call of the project's that only reads a database: nil for others.
local function asked_helper(call)
  local reads = false
  for _, effect in call:effects() do
    if effect == "db-write" or effect == "http" or effect == "queue" or effect == "cache" then
      return nil
    end
    reads = reads or effect == "db-read"
  end
  local callees = call:callees()
  if not reads or #callees ~= 1 or is_cached(callees[1]) or is_kept_below(call) or #call:chain("db-read") > DEEPEST then
    return nil
  end
  local after = call:chained()
  return after[#after] or call
end

-- Whether a helper is called so that it may ask: most are not.
function M.says_asking(name)
  return ASKS[words.first(name)] == true
end

-- The whole expression of a match: its place, and its text but for blanks, which is kept in `texts`: each link of a chain is a match.
function M.text(match, texts)
  local after = match.node:chained()
  local whole = after[#after] or match.node
  local id = whole.id
  local text = texts[id]
  if not text then
    text = whole.source:gsub("%s+", "")
    texts[id] = text
  end
  return id, text
end

-- What a match that may ask reads: {call, whole, key}, nil for what is no read.
function M.of(match)
  local call = match.node
  if match.matcher == "helper" then
    local whole = asked_helper(call)
    local key = whole and key_of(whole)
    return key and { call = call, whole = whole, key = key, is_helper = true } or nil
  end
  local access = store.access(call)
  if not access or access.sort ~= "read" or #access.hops > 0 or call:is(KEPT) then
    return nil
  end
  local key = key_of(access.whole)
  return key and { call = call, whole = access.whole, key = key } or nil
end

local function says_change(name)
  for _, word in words.of(name) do
    if CHANGES[word] then
      return true
    end
  end
  return false
end

local ASKING = set("get", "head", "options", "Get", "Head", "getJSON")

-- Whether a request to another service only asks, by its method; what is sent may change what a query gives.
local function only_asks(call)
  if ASKING[call.name] then
    return true
  end
  local method, state = call:arg("method")
  if state == "absent" and (call.name == "request" or call.name == "stream") then
    method, state = call:arg(1)
  end
  local text = method and method:literal()
  if type(text) == "string" then
    return ASKING[text:lower()] == true
  end
  -- `fetch(url)`, `urlopen(url)`.
  return state == "absent" and #call:args() == 1 and (call.name == "fetch" or call.name == "urlopen" or call.name == "axios")
end

-- Whether a call reaches another service in a way that may change something: itself, or through functions of the project.
local function tells_service(call)
  if call:fact("kind") == "http" and call:fact("verb") ~= "construct" then
    return not only_asks(call)
  end
  for _, effect in call:effects() do
    if effect == "http" then
      local hops = call:chain("http")
      local last = hops[#hops] and hops[#hops].node
      return not last or not only_asks(last)
    end
  end
  return false
end

-- Whether something between two calls may change what the second gives: a write, or a new value for a name that it is asked with.
local function changes_between(first, second, func)
  local names = {}
  for _, name in flow.names(second.whole) do
    names[name.text] = true
  end
  for _, node in func.node:descendants({ "call", "assign", "aug-assign" }) do
    if node.id > first.whole.id and node.id < second.whole.id and not node:is_within(first.whole) and not second.whole:is_within(node) then
      if node.kind == "call" then
        local parent = awaited.parent(node)
        local is_for_effect = parent ~= nil and parent.kind == "expr-stmt" and not HARMLESS[node.name]
        if is_for_effect or says_change(node.name) or node:fact("verb") == "write" or tells_service(node) then
          return true
        end
        for _, effect in node:effects() do
          if effect == "db-write" or effect == "sleep" then
            return true
          end
        end
      else
        for _, target in node:children("target") do
          if flow.mentions(target, names) then
            return true
          end
        end
      end
    end
  end
  return false
end

-- The assignment that takes a read may rebind a name that it is asked with: `order = orders.find(order.id)`.
local function rebinds(first)
  local target = flow.target(first.whole)
  if not target then
    return false
  end
  local names = {}
  for _, name in flow.names(first.whole) do
    names[name.text] = true
  end
  return flow.mentions(target, names)
end

-- Pairs of equal reads of one function, one for each question: {first, second}.
function M.pairs(func, reads)
  local found, last, told = {}, {}, {}
  for _, read in reads do
    local before = last[read.key]
    local is_pair = before and not told[read.key] and #read.call:loops() == 0 and #before.call:loops() == 0 and not read.whole:is_within(before.whole)
    if is_pair and same_way.follows(before.whole, read.whole) and not rebinds(before) and not changes_between(before, read, func) then
      table.insert(found, { first = before, second = read })
      told[read.key] = true
    else
      last[read.key] = read
    end
  end
  return found
end

return M
