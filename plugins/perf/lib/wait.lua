-- Awaits that reach beyond the process: where each stands, what decides whether it is reached, what it does, and which session it
-- does it on.

local gather_parts = require("gather_parts")
local lent_connections = require("lent_connections")
local remote = require("remote")

local M = {}

local QUIET = { test = true, script = true, build = true }

-- Beginnings of words of what must be done before anything else is: it throws, or says who is asking.
local GUARDS = {
  "verif", "validat", "check", "ensure", "require", "assert", "authoriz", "authent", "guard", "permission", "allowed", "throw", "session",
  "current", "whoami", "protect", "csrf", "captcha", "lock", "login", "signin", "token", "credential", "connect", "initiali", "setup", "prepare",
  "wait", "sleep", "migrat",
}

local LISTS = { get = true, list = true, find = true, load = true, fetch = true, count = true, read = true }
local LISTED = { permissions = true, sessions = true, tokens = true, credentials = true, logins = true }

-- Whether a word of the name begins with one of these; `getPermissions` and `listSessions` tell what there is, and turn nobody away.
function M.says_guard(name)
  local words = remote.words(name)
  for _, word in words do
    local is_listed = LISTED[word] and LISTS[words[1]]
    for _, guard in is_listed and {} or GUARDS do
      if word:sub(1, #guard) == guard or word == "init" then
        return true
      end
    end
  end
  return name:lower():find("orcreate") ~= nil or name:find("or_create") ~= nil
end

-- Words in the names of functions that run once, whatever they wait for.
local ONCE = {
  init = true, initialize = true, initialise = true, setup = true, startup = true, bootstrap = true, migrate = true, migration = true, migrations = true, seed = true,
  shutdown = true, teardown = true, lifespan = true, backfill = true, aenter = true, aexit = true, install = true,
}

local function runs_once(node)
  local func = node:func()
  for _, word in remote.words(func and func.name or "") do
    if ONCE[word] then
      return true
    end
  end
  return false
end

function M.counts(node)
  local reach = node:reach()
  if QUIET[reach] or runs_once(node) then
    return false
  end
  return node.file.side ~= "browser" or reach == "request" or reach == "worker"
end

-- Expressions through which the value of an await goes on without another thing being done first.
local THROUGH = {
  ["attr"] = true, ["index"] = true, ["dict"] = true, ["pair"] = true, ["list"] = true, ["spread"] = true, ["kw-arg"] = true,
  ["unary"] = true, ["compare"] = true, ["binary"] = true, ["template"] = true,
}

-- Bodies of answers that have come already.
local UNPACKS = {
  json = true, text = true, blob = true, arrayBuffer = true, read = true, formData = true, buffer = true, to_list = true, aread = true, toArray = true,
  transformToString = true, transformToByteArray = true,
}

-- Whether an await only unpacks what came.
function M.unpacks(await)
  local call = await:child("value")
  return call ~= nil and call.kind == "call" and UNPACKS[call.name] == true
end

local LEAVES = { "return", "raise", "break", "continue", "yield" }

-- Whether a `try` is there for one await alone, and goes on where that fails: `try { rows = await load() } catch (error) { log(error) }`.
local function is_around(node, await)
  local own = node:enclosing("function")
  for _, other in node:descendants("await") do
    local around = other:enclosing("function")
    local is_own = (around == nil) == (own == nil) and (not around or around:same(own))
    if is_own and not other:same(await) and not other:is_within(await) and not M.unpacks(other) then
      return false
    end
  end
  return #node:descendants(LEAVES) == 0 and node:child("finally") == nil
end

-- Whether the other branch of a condition waits for nothing and goes on: `if (wanted) rows = await load(); else rows = [];`.
local function goes_on(other)
  return other == nil or #other:descendants("await") == 0 and other.kind ~= "await" and not table.find(LEAVES, other.kind) and #other:descendants(LEAVES) == 0
end

-- Where an await stands: {statement, block, tests, is_given, own, unit}. `tests` are the conditions that decide whether it is reached,
-- `is_given` says that its value is handed to a call, `own` is its own statement where `statement` is the `try` around it, which is `unit` then. Nil where it
-- cannot be said in which order it runs.
local function place_of(await)
  local tests, is_given, unit = {}, false, nil
  local at, parent = await, await:parent()
  while parent do
    local kind, role = parent.kind, at:role()
    if kind == "block" or kind == "module" then
      local owner = parent:parent()
      if owner and owner.kind == "try" and parent:role() == "body" and not unit and is_around(owner, await) then
        unit = { node = owner, own = at }
        at, parent = owner, owner:parent()
        continue
      end
      -- `if (wanted) rows = await load()`: the condition, and nothing else, stands around it.
      if owner and owner.kind == "if" and #parent:children() == 1 and parent:role() == "body" and goes_on(owner:child("else")) and at.kind ~= "return" then
        table.insert(tests, owner:child("test"))
        at, parent = owner, owner:parent()
        if not parent or (parent.kind ~= "block" and parent.kind ~= "module") then
          return nil
        end
      end
      return { statement = at, block = parent, tests = tests, is_given = is_given, own = unit and unit.own or at, unit = unit and unit.node }
    elseif kind == "conditional" then
      if role ~= "test" then
        table.insert(tests, parent:child("test"))
      end
    elseif kind == "logic" then
      local first = parent:children()[1]
      if not first:same(at) then
        table.insert(tests, first)
      end
    elseif kind == "call" then
      if role ~= "callee" then
        if parent:fact("kind") then
          return nil
        end
        is_given = true
      end
    elseif kind == "await" then
      -- `await save(await load())`: the outer one is the wait.
      if is_given then
        return nil
      end
    elseif kind == "if" and role == "body" and goes_on(parent:child("else")) then
      table.insert(tests, parent:child("test"))
    elseif not THROUGH[kind] and kind ~= "assign" and kind ~= "expr-stmt" and kind ~= "return" and kind ~= "export" then
      -- `if (!(await find()))` is a condition of its own.
      return nil
    end
    at, parent = parent, parent:parent()
  end
  return nil
end

function M.around(call)
  local await = call:enclosing({ "await", "function", "block", "module" })
  return await and await.kind == "await" and await or nil
end

-- The call that an await waits for, the first of its chain that does something: `api.get(id).catch(log).then(rows)` is `get`.
function M.name_of(await)
  local value = await:child("value")
  if not value or value.kind ~= "call" then
    return value and value.kind == "name" and value.text or "this", nil
  end
  local _, before = value:chained()
  local best = value
  local candidates = { value }
  for _, one in before do
    table.insert(candidates, one)
  end
  for _, one in candidates do
    if #one:effects() > 0 or one:fact("kind") then
      best = one
      break
    end
  end
  if best.name == "then" or best.name == "catch" or best.name == "promise" then
    best = candidates[#candidates]
  end
  return best.name, best
end

function M.is_gather(await)
  local value = await:child("value")
  return value ~= nil and value.kind == "call" and value:fact("gathers") ~= nil
end


-- What does one thing at a time, by the class that the last call of a chain is made on.
function M.is_exclusive(work, repo)
  for _, leaf in work.leaves do
    local owner = leaf.owner
    if owner then
      local fact = repo:fact((owner:gsub("%(%)$", "")))
      if fact and fact.one_at_a_time == "true" or lent_connections.is_on_one(leaf, repo) then
        return true
      end
    end
  end
  return false
end

local SESSIONS = {
  session = true, db_session = true, async_session = true, conn = true, connection = true, cursor = true, cur = true, tx = true, trx = true,
  transaction = true, queryrunner = true, manager = true, entitymanager = true, transactionalentitymanager = true, em = true, uow = true, t = true, txn = true,
}

-- The session or transaction that a call is handed, by the name it goes by.
function M.session_in(await)
  for _, name in await:descendants({ "name" }) do
    if SESSIONS[name.text:lower()] and name:role() ~= "key" then
      local parent = name:parent()
      -- `session.user.id` is who asks, `session` what is asked with.
      local is_whole = not (parent.kind == "attr" and name:role() == "value")
      local is_receiver = not is_whole and parent:role() == "callee"
      if is_whole or is_receiver then
        return name.text
      end
    end
  end
  return nil
end

-- Whether a node stands in a transaction, or under a lock that is held for all of it.
function M.is_in_transaction(node)
  local at = node:enclosing({ "function", "with" })
  while at do
    if at.kind == "with" then
      for _, item in at:children("item") do
        local text = item.source:lower()
        if text:find("transaction", 1, true) or text:find("begin", 1, true) or text:find("atomic", 1, true) then
          return true
        end
      end
    else
      local call = at:parent()
      if call and call.kind == "call" and call.name:lower():find("transaction", 1, true) then
        return true
      end
    end
    at = at:enclosing({ "function", "with" })
  end
  return false
end


-- Words of what is done in memory as often as in a store: `setDefaults`, `applyFilters`.
local IN_MEMORY = { set = true, apply = true, process = true, handle = true, run = true, merge = true, generate = true, complete = true }

-- "read", "write" or nil by its name; a word for something done in memory says nothing where all that is done beyond is known.
local function said_of(work, name)
  local said = remote.says(name)
  local words = remote.words(name)
  if said == "write" and IN_MEMORY[words[1]] and remote.is_transparent(work) then
    return nil
  end
  return said
end

-- Whether nothing is changed but a cache that is asked as well: what is read is kept there for the next time.
local function only_fills(work)
  local asks = false
  for _, leaf in work.leaves do
    if leaf.sort == "write" and leaf.kind ~= "cache" then
      return false
    end
    asks = asks or leaf.kind == "cache" and leaf.sort == "read"
  end
  return asks
end

-- What a read does is known to be nothing but reading.
function M.is_read(work, name)
  local said = said_of(work, name)
  if (work.writes == 0 or only_fills(work)) and work.unknown == 0 and work.reads > 0 then
    -- Of a library's method, facts and commands have said what it does: `client.send(new GetObjectCommand(...))`.
    return said ~= "write" or #work.functions == 0
  end
  -- A search is often a POST, and a read through a cache fills it.
  if said == "read" and work.reads + work.writes + work.unknown > 0 then
    -- A name that somebody gave says what is done; `fetch` is what everything is called, and the method beside it tells.
    if #work.functions == 0 and name == "fetch" and work.writes > 0 then
      return false
    end
    for _, leaf in work.leaves do
      -- So does a function that is invoked for its answer.
      local is_post = leaf.kind == "rpc" and leaf.call.name == "invoke" or leaf.kind == "http" and leaf.call.name ~= "delete" and leaf.call.name ~= "put" and leaf.call.name ~= "patch"
      if leaf.sort == "write" and leaf.kind ~= "cache" and not is_post then
        return false
      end
    end
    return true
  end
  return false
end

-- What waits for several things at once is one wait, if all of them are reads: { work, name, call, is_read }.
M.GATHERS = { all = true, allSettled = true, gather = true }

local function gathered(value)
  local parts = M.GATHERS[value.name] and gather_parts.of(value)
  if not parts then
    return nil
  end
  local is_read = true
  for _, part in parts do
    local work = remote.work(part)
    is_read = is_read and M.is_read(work, part.name)
  end
  local callee = value:child("callee")
  return { work = remote.work(value), name = callee and callee.source or value.name, call = value, is_read = is_read }
end

function M.of(await, repo)
  local place = place_of(await)
  local value = await:child("value")
  if not place or not value then
    return nil
  end
  local group = M.is_gather(await) and gathered(value)
  if M.is_gather(await) and not (group and group.is_read) then
    return nil
  end
  local work = group and group.work or remote.work(place.unit or value)
  if work.reads + work.writes + work.unknown == 0 then
    return nil
  end
  local name, call = M.name_of(await)
  if group then
    name, call = group.name, group.call
  end
  local blocking = true
  for _, leaf in work.leaves do
    if leaf.sort ~= "local" and not leaf.sync then
      blocking = false
    end
  end
  if blocking and await.file.language == "python" then
    -- What holds up the loop's thread is no shorter for being gathered.
    return nil
  end
  return {
    await = await, call = call, name = name, work = work, statement = place.statement, block = place.block, tests = place.tests, own = place.own, unit = place.unit,
    is_given = place.is_given, is_group = group ~= nil and group ~= false,
    is_read = group and group.is_read or M.is_read(work, name), exclusive = M.is_exclusive(work, repo), session = M.session_in(await), order = select(1, await:bytes()),
  }
end

return M
