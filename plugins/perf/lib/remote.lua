-- What a call does beyond its process: which services it asks or changes, itself or through the repository's own functions, and
-- whether several of it can be under way at once.

local begun_builders = require("begun_builders")
local declared_methods = require("declared_methods")
local function_tables = require("function_tables")
local given_sql = require("given_sql")
local store = require("store")

local M = {}

local DEEPEST = 5
-- The most calls of a function that are looked at.
local WIDEST = 120

local REMOTE = {
  ["http"] = true, ["cache"] = true, ["queue"] = true, ["storage"] = true, ["mail"] = true, ["secret"] = true, ["rpc"] = true,
}

-- First words of names that say what is done.
local READING = {
  get = true, fetch = true, find = true, list = true, load = true, read = true, query = true, search = true, count = true, lookup = true,
  retrieve = true, describe = true, head = true, select = true, exists = true, download = true, scan = true, resolve = true, aggregate = true,
  mget = true, hget = true, hgetall = true, hmget = true, smembers = true, sismember = true, scard = true, zrange = true, zcard = true,
  zscore = true, lrange = true, llen = true, ttl = true, keys = true, strlen = true, hkeys = true, hlen = true, hexists = true, embed = true,
  estimate = true, has = true, is = true, batch = true, execute = true, options = true, stat = true, completions = true, poll = true,
  aquery = true, asearch = true, aget = true, collect = true, compute = true, calculate = true, my = true, all = true, latest = true,
  translate = true, detect = true, recognize = true, analyze = true, analyse = true, classify = true, converse = true, synthesize = true, predict = true,
  geocode = true, decrypt = true, encrypt = true, paginate = true,
}

local WRITING = {
  create = true, add = true, insert = true, save = true, store = true, put = true, post = true, update = true, upsert = true, set = true,
  patch = true, delete = true, remove = true, destroy = true, drop = true, send = true, publish = true, emit = true, push = true, write = true,
  upload = true, move = true, copy = true, rename = true, mark = true, register = true, sync = true, apply = true, start = true, stop = true,
  cancel = true, submit = true, notify = true, dispatch = true, enqueue = true, process = true, handle = true, run = true, migrate = true,
  increment = true, decrement = true, incr = true, decr = true, expire = true, del = true, lock = true, unlock = true, acquire = true,
  release = true, invalidate = true, clear = true, flush = true, forward = true, charge = true, refund = true, revoke = true, reset = true,
  init = true, setup = true, connect = true, open = true, close = true, begin = true, commit = true, rollback = true, claim = true,
  consume = true, pop = true, lpop = true, rpop = true, getset = true, getdel = true, archive = true, touch = true, record = true,
  track = true, log = true, audit = true, grant = true, invite = true, confirm = true, accept = true, reject = true, approve = true,
  replace = true, merge = true, append = true, restore = true, purge = true, cleanup = true, generate = true, complete = true, finish = true,
}

-- The words of a name, in lower case: `getUser`, `get_user` and `GetUserCommand` begin with `get`.
function M.words(name)
  local words = {}
  local spaced = name:gsub("(%l)(%u)", "%1_%2"):gsub("(%u)(%u%l)", "%1_%2")
  for word in spaced:gmatch("[^_$]+") do
    table.insert(words, word:lower())
  end
  return words
end

-- "read", "write", or nil where a name says neither.
function M.says(name)
  local words = M.words(name)
  for at, word in words do
    if WRITING[word] and (at == 1 or word == "update" or word == "delete" or word == "create" or word == "replace" or word == "remove" or word == "upsert" or word == "save") then
      return "write"
    end
  end
  -- A model is asked, whatever the word: `invokeModel`, `InvokeEndpointCommand`.
  if words[1] == "invoke" and (words[2] == "model" or words[2] == "endpoint") then
    return "read"
  end
  return READING[words[1] or ""] and "read" or nil
end

local READ_METHODS = { get = true, head = true, options = true, GET = true, HEAD = true, OPTIONS = true }

-- Models answer a POST and keep nothing.
local PURE = { "%.completions%.create", "%.embeddings%.create", "%.messages%.create", "%.responses%.create", "%.embed", "%.acompletion", "%.aembedding", "%.moderations%.create" }

-- A route as SDKs take it: `octokit.request("GET /user")`; one that names no method is read.
local function route_sort(call)
  local first = call:arg(1)
  local text = first and first:literal()
  if type(text) ~= "string" or select(2, call:arg("method")) ~= "absent" then
    return nil
  end
  local method = text:match("^(%u+) /") or text:match("^/") and "GET"
  return method and (READ_METHODS[method] and "read" or "write")
end

local function http_sort(call, path)
  for _, pattern in PURE do
    -- A message of Twilio's is sent to somebody.
    if path:find(pattern) and not path:find("^twilio%.") then
      return "read"
    end
  end
  if READ_METHODS[call.name] then
    return "read"
  elseif call:fact("sdk") == "true" then
    return call.name == "request" and route_sort(call) or M.says(call.name) or "write"
  end
  local method, state = call:arg("method")
  if state == "hidden" then
    return nil
  end
  if call.name == "request" or call.name == "stream" then
    local first = call:arg(1)
    local text = first and first:literal()
    if type(text) == "string" and text:upper() == text then
      return READ_METHODS[text] and "read" or "write"
    end
  end
  if method then
    local text = method:literal()
    if type(text) ~= "string" then
      return nil
    end
    return READ_METHODS[text:upper()] and "read" or "write"
  end
  -- `fetch(url)`, `axios(url)`, `got(url)`; `client.post(url)` is none of them.
  if WRITING[call.name:lower()] then
    return "write"
  end
  return "read"
end

-- Signing a URL for somebody else is worked out from the key that the process holds: `presignedGetObject`, `getSignedUrl`.
local function only_signs(name)
  local said = table.concat(M.words(name), " ")
  return said:find("presign", 1, true) ~= nil or said:find("signed url", 1, true) ~= nil
end

-- Whether a command of AWS's SDK is made for a signature, and not to be sent: `getSignedUrl(s3, new GetObjectCommand(...))`.
local function is_signed(call)
  if not call:has("new") or not call.name:find("Command$") then
    return false
  end
  for _, use in call:uses() or {} do
    for _, taker in use.calls do
      if only_signs(taker.name) then
        return true
      end
    end
  end
  return false
end

-- What the commands of AWS's SDK do that `client.send(command)` may send: "read" or "write", the service, and one of them; nil where no command is seen.
local function command_of(call)
  local arg = call.name == "send" and call:arg(1)
  local sort, service, command
  for _, origin in arg and arg:origin() or {} do
    local from, name = origin:match("^@aws%-sdk/(.-)%.([%w_]+Command)%(%)$")
    if not name then
      return nil
    end
    service, command = from, name
    sort = (sort == "write" or M.says(name) ~= "read") and "write" or "read"
  end
  return sort, service, command
end

-- A leaf: {sort, kind, path, library, store, alone, sync, owner}.
local function leaf_of(call)
  local kind, verb = call:fact("kind"), call:fact("verb")
  if only_signs(call.name) or is_signed(call) then
    return nil
  end
  if not kind then
    -- Clients that are kept in a table or handed over: the command tells.
    local sort, service, command = command_of(call)
    if not sort or not service:find("^client%-") or service == "client-dynamodb" then
      return nil
    end
    return { call = call, path = `@aws-sdk/{service}.{command}`, kind = service == "client-s3" and "storage" or "rpc", library = "aws", sync = false, alone = false, sort = sort }
  end
  if verb == "construct" or verb == "lazy" or verb == "configure" or verb == "none" then
    return nil
  end
  local path = call:target()[1] or call.name
  local leaf = {
    call = call, path = path, kind = kind, library = call:fact("library"), store = call:fact("store"), sync = call:fact("flavour") == "sync",
    alone = false, owner = path:match("^(.*)%.[^.]+$"),
  }
  if kind == "db" then
    local access = store.access(call)
    if verb == "connect" or not access or given_sql.sort(call) == "setting" then
      return nil
    end
    leaf.sort = access.sort == "read" and M.says(call.name) ~= "write" and "read" or "write"
    leaf.alone = access.alone or leaf.store == "vector" or leaf.store == "search"
  elseif kind == "http" then
    leaf.sort = http_sort(call, path)
  elseif kind == "mail" or kind == "queue" then
    leaf.sort = "write"
  elseif REMOTE[kind] then
    if call.name == "send" and leaf.library == "aws" then
      leaf.sort = command_of(call)
    else
      leaf.sort = M.says(call.name) or (kind == "secret" and "read" or "write")
    end
  else
    leaf.sort = "local"
  end
  return leaf
end

-- Words in the text of a function that say that it takes turns.
local TURNS = { "semaphore", "rate_limit", "ratelimit", "rateLimit", "limiter", "throttle", "mutex", "_lock:", "_lock)", "lock:", ".acquire(", "runExclusive", "backoff" }

local function takes_turns(node)
  local text = node.source
  for _, word in TURNS do
    if text:find(word, 1, true) then
      return true
    end
  end
  for _, item in node:descendants({ "with-item" }) do
    local held = item:child("value")
    for _, path in held and held:origin() or {} do
      if path:find("Semaphore", 1, true) or path:find("Lock", 1, true) or path:find("Limiter", 1, true) then
        return true
      end
    end
  end
  return false
end

local function empty()
  return { leaves = {}, reads = 0, writes = 0, unknown = 0, kinds = {}, sleeps = false, turns = false, works = false, functions = {} }
end

-- Whether a pause is made every time, not between attempts or on some condition.
local function is_always(call)
  local around = call:enclosing({ "if", "while", "for", "c-for", "handler", "try", "conditional", "function" })
  return not around or around.kind == "function"
end

local function count(work, leaf)
  table.insert(work.leaves, leaf)
  if leaf.sort == "local" then
    work.sleeps = work.sleeps or (leaf.kind == "sleep" and is_always(leaf.call))
    work.works = work.works or leaf.kind == "compute" or leaf.kind == "process"
    return
  end
  work.kinds[leaf.kind] = true
  if leaf.sort == "read" then
    work.reads += 1
  elseif leaf.sort == "write" then
    work.writes += 1
  else
    work.unknown += 1
  end
end

-- A function of the repository that is handed a statement does what that says: `rawQuery("update ...", values)` writes, whatever its driver's method.
local function apply_statement(call, work, first)
  local said = #work.leaves >= first and given_sql.sort(call)
  if said ~= "read" and said ~= "write" then
    return
  end
  for at = first, #work.leaves do
    local leaf = work.leaves[at]
    if leaf.kind == "db" and leaf.sort ~= said and not given_sql.sort(leaf.call) then
      leaf.sort = said
      work.reads += said == "read" and 1 or -1
      work.writes += said == "write" and 1 or -1
    end
  end
end

local collect

local function collect_function(func, work, depth, seen)
  local key = `{func.node.file.path}:{func.node.id}`
  if seen[key] then
    return
  end
  seen[key] = true
  table.insert(work.functions, func)
  work.turns = work.turns or takes_turns(func.node)
  local calls = func.node:descendants({ "call" })
  for at, call in calls do
    if at > WIDEST then
      break
    end
    collect(call, work, depth + 1, seen)
  end
end

collect = function(call, work, depth, seen)
  local leaf = leaf_of(call)
  if leaf then
    count(work, leaf)
    return
  end
  if depth > DEEPEST then
    return
  end
  local has_effects = #call:effects() > 0
  local first = #work.leaves + 1
  for _, func in has_effects and declared_methods.of(call) or call:callees() do
    if has_effects or function_tables.hands_over(func) then
      collect_function(func, work, depth, seen)
    end
  end
  apply_statement(call, work, first)
end

-- Whether all that the functions of a wait wait for is known: calls of libraries that facts speak of, of the repository's own functions, and of functions
-- that they are handed.
function M.is_transparent(work)
  for _, func in work.functions do
    for _, await in func.node:descendants("await") do
      local value = await:child("value")
      local _, before = value and value.kind == "call" and value:chained()
      local known = value ~= nil and value.kind ~= "call"
      for _, call in { value, unpack(before or {}) } do
        local callee = call:child("callee")
        known = known or call:fact("kind") ~= nil or #call:callees() > 0 or callee ~= nil and callee.kind == "name" and callee:param_position() ~= nil
      end
      if not known then
        return false
      end
    end
  end
  return true
end

-- What an awaited expression does: {leaves, reads, writes, unknown, kinds, sleeps, turns, works, functions}.
function M.work(node)
  local work, seen = empty(), {}
  local begun = begun_builders.of(node)
  if begun then
    count(work, { call = begun.call, path = begun.call:target()[1] or begun.call.name, kind = "db", store = begun.call:fact("store"), sort = begun.sort, sync = false, alone = false })
    return work
  end
  if node.kind == "call" then
    collect(node, work, 0, seen)
  end
  for _, call in node:descendants({ "call" }) do
    collect(call, work, 0, seen)
  end
  return work
end

return M
