-- Waits that follow each other although neither needs the other. Two shapes: statements of one block, and a loop that asks a
-- service once per item. Silence is the default: a wait that may be a guard, that changes something the next one sees, or that
-- shares a session with it keeps its place.

local flow = require("flow")
local per_item = require("per_item")
local remote = require("remote")

-- The most statements between two waits that are looked across.
local FARTHEST = 6

local QUIET = { test = true, script = true, build = true }

-- Beginnings of words of what must be done before anything else is: it throws, or says who is asking.
local GUARDS = {
  "verif", "validat", "check", "ensure", "require", "assert", "authoriz", "authent", "guard", "permission", "allowed", "throw", "session",
  "current", "whoami", "protect", "csrf", "captcha", "lock", "login", "signin", "token", "credential", "connect", "initiali", "setup", "prepare",
  "wait", "sleep", "migrat",
}

-- Whether a word of the name begins with one of these.
local function says_guard(name)
  for _, word in remote.words(name) do
    for _, guard in GUARDS do
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

local function counts(node)
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

-- Where an await stands: {statement, block, tests, forks, is_given}. `tests` are the conditions that decide whether it is reached,
-- `forks` the branches it is in, `is_given` says that its value is handed to a call. Nil where it cannot be said in which order it
-- runs.
local function place_of(await)
  local tests, forks, is_given = {}, {}, false
  local at, parent = await, await:parent()
  while parent do
    local kind, role = parent.kind, at:role()
    if kind == "block" or kind == "module" then
      local owner = parent:parent()
      -- `if (wanted) rows = await load()`: the condition, and nothing else, stands around it.
      if owner and owner.kind == "if" and #parent:children() == 1 and parent:role() == "body" and not owner:child("else") and at.kind ~= "return" then
        table.insert(tests, owner:child("test"))
        at, parent = owner, owner:parent()
        if not parent or (parent.kind ~= "block" and parent.kind ~= "module") then
          return nil
        end
      end
      return { statement = at, block = parent, tests = tests, forks = forks, is_given = is_given }
    elseif kind == "conditional" then
      if role ~= "test" then
        table.insert(tests, parent:child("test"))
        table.insert(forks, { node = parent, branch = role })
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
    elseif kind == "if" and role == "body" and not parent:child("else") then
      table.insert(tests, parent:child("test"))
    elseif not THROUGH[kind] and kind ~= "assign" and kind ~= "expr-stmt" and kind ~= "return" and kind ~= "export" then
      -- `if (!(await find()))` is a condition of its own.
      return nil
    end
    at, parent = parent, parent:parent()
  end
  return nil
end

local function await_around(call)
  local await = call:enclosing({ "await", "function", "block", "module" })
  return await and await.kind == "await" and await or nil
end

-- The call that an await waits for, the first of its chain that does something: `api.get(id).catch(log).then(rows)` is `get`.
local function name_of(await)
  local value = await:child("value")
  if not value or value.kind ~= "call" then
    return "this", nil
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

local function is_gather(await)
  local value = await:child("value")
  return value ~= nil and value.kind == "call" and value:fact("gathers") ~= nil
end

-- --- sessions ----------------------------------------------------------------------------------------------------------

-- What does one thing at a time, by the class that the last call of a chain is made on.
local function is_exclusive(work, repo)
  for _, leaf in work.leaves do
    local owner = leaf.owner
    if owner then
      local fact = repo:fact((owner:gsub("%(%)$", "")))
      if fact and fact.one_at_a_time == "true" then
        return true
      end
    end
  end
  return false
end

local SESSIONS = {
  session = true, db_session = true, async_session = true, conn = true, connection = true, cursor = true, cur = true, tx = true, trx = true,
  transaction = true, queryrunner = true, manager = true, uow = true, t = true, txn = true,
}

-- The session or transaction that a call is handed, by the name it goes by.
local function session_in(await)
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
local function is_in_transaction(node)
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

-- --- one wait ----------------------------------------------------------------------------------------------------------

-- What a read does is known to be nothing but reading.
local function is_read(work, name)
  local said = remote.says(name)
  if work.writes == 0 and work.unknown == 0 and work.reads > 0 then
    return said ~= "write"
  end
  -- A search is often a POST, and a read through a cache fills it.
  if said == "read" and work.reads + work.writes + work.unknown > 0 then
    for _, leaf in work.leaves do
      local is_post = leaf.kind == "http" and leaf.call.name ~= "delete" and leaf.call.name ~= "put" and leaf.call.name ~= "patch"
      if leaf.sort == "write" and leaf.kind ~= "cache" and not is_post then
        return false
      end
    end
    return true
  end
  return false
end

local function wait_of(await, repo)
  local place = place_of(await)
  if not place or is_gather(await) then
    return nil
  end
  local value = await:child("value")
  local work = remote.work(value)
  if work.reads + work.writes + work.unknown == 0 then
    return nil
  end
  local name, call = name_of(await)
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
    await = await, call = call, name = name, work = work, statement = place.statement, block = place.block, tests = place.tests,
    forks = place.forks, is_given = place.is_given,
    is_read = is_read(work, name), exclusive = is_exclusive(work, repo), session = session_in(await), order = select(1, await:bytes()),
  }
end

-- --- statements of one block -------------------------------------------------------------------------------------------

local EXITS = { "return", "raise", "break", "continue", "yield", "assert" }

local function in_own_function(node, statement)
  local func = node:enclosing({ "function" })
  return not func or not func:is_within(statement) or func:same(statement)
end

local function leaves(statement)
  if table.find(EXITS, statement.kind) then
    return true
  end
  for _, inner in statement:descendants(EXITS) do
    if in_own_function(inner, statement) then
      return true
    end
  end
  return false
end

-- Bodies of answers that have come already.
local UNPACKS = { json = true, text = true, blob = true, arrayBuffer = true, read = true, formData = true, buffer = true, to_list = true, aread = true }

local LOGS = { log = true, debug = true, info = true, warn = true, warning = true, error = true, trace = true, print = true, exception = true }

-- Whether a statement without a value may stand between two waits: it logs, or changes something in place.
local function is_harmless(statement)
  if statement.kind == "assign" or statement.kind == "aug-assign" or statement.kind == "function" or statement.kind == "class" or statement.kind == "import" then
    return true
  end
  if statement.kind == "expr-stmt" then
    local value = statement:child("value")
    if not value or value.kind ~= "call" then
      return value ~= nil and (value.kind == "str" or value.kind == "assign" or value.kind == "aug-assign")
    end
    return LOGS[value.name] or not flow.is_empty(flow.writes(value))
  end
  if statement.kind == "if" or statement.kind == "for" then
    for _, inner in statement:descendants({ "expr-stmt" }) do
      if in_own_function(inner, statement) and not is_harmless(inner) then
        return false
      end
    end
    return true
  end
  return statement.kind == "other"
end

-- Whether all awaits in a statement only unpack what came.
local function unpacks_only(statement)
  for _, await in statement:descendants({ "await" }) do
    if in_own_function(await, statement) then
      local call = await:child("value")
      if not call or call.kind ~= "call" or not UNPACKS[call.name] then
        return false
      end
    end
  end
  return true
end

-- The attributes of its own object that a wait's functions set or read, so far as their text says.
local function own_state(work)
  local sets = {}
  for _, func in work.functions do
    for _, assign in func.node:descendants({ "assign", "aug-assign" }) do
      local target = assign:child("target")
      local path = target and flow.path(target)
      local field = path and (path:match("^self%.([%w_]+)") or path:match("^this%.([%w_#]+)"))
      if field then
        sets[field] = true
      end
    end
  end
  return sets
end

local function mentions_state(work, fields)
  for _, func in work.functions do
    for field in fields do
      if func.node.source:find("[%.#]" .. field:gsub("#", "") .. "%f[^%w_]") then
        return field
      end
    end
  end
  return nil
end

local function own_fields(paths)
  local fields = {}
  for path in paths do
    local field = path:match("^self%.([%w_]+)") or path:match("^this%.([%w_]+)")
    if field then
      fields[field] = true
    end
  end
  return fields
end

-- Whether `second` needs something of `first`; `changed` is what changed on the way from one to the other.
local function needs(first, second, changed)
  for _, fork in first.forks do
    for _, other in second.forks do
      if fork.node:same(other.node) and fork.branch ~= other.branch then
        -- One of the two is waited for, never both.
        return true
      end
    end
  end
  for _, test in second.tests do
    if first.await:is_within(test) then
      return true
    end
  end
  local reads = flow.reads(second.await)
  for _, test in second.tests do
    flow.merge(reads, flow.reads(test))
  end
  if flow.shared(reads, changed) then
    return true
  end
  -- What the second one calls sees the fields that were set.
  local fields = own_fields(changed)
  flow.merge(fields, own_state(first.work))
  if not flow.is_empty(fields) and mentions_state(second.work, fields) then
    return true
  end
  return false
end

-- What a wait hands to a function of the repository that changes what it is handed: a cache, a list to fill.
local function handed_and_changed(wait)
  local changed = {}
  local func = wait.work.functions[1]
  if not func or not wait.call then
    return changed
  end
  local writes = flow.writes(func.node)
  for _, param in func.params do
    local name = param.kind == "param" and param.text or ""
    for path in writes do
      if name ~= "" and name ~= "self" and (path == name or path:sub(1, #name + 1) == name .. ".") then
        for _, arg in wait.call:args() do
          local given = flow.path(arg)
          if given then
            changed[given] = true
          end
        end
        return changed
      end
    end
  end
  return changed
end

-- What changes from `first` on, to the statement of `second`; nil where something between them keeps them apart.
local function between(first, second, members)
  if first.statement:same(second.statement) then
    return {}, 0
  end
  if first.is_given and first.statement.kind ~= "assign" then
    -- What it is handed to may do anything.
    return nil
  end
  local changed = flow.writes(first.statement)
  flow.merge(changed, handed_and_changed(first))
  local at = first.statement:next_statement()
  local steps = 0
  while at and not at:same(second.statement) do
    steps += 1
    if not members[at.id] then
      if steps > FARTHEST or leaves(at) or not is_harmless(at) or not unpacks_only(at) then
        return nil
      end
    end
    if flow.shared(flow.reads(at), changed) then
      flow.merge(changed, flow.writes(at))
    end
    at = at:next_statement()
  end
  return at and changed or nil, steps
end

local function may_begin(wait)
  -- A read whose answer nobody keeps is there for what it throws.
  local value = wait.statement:child("value")
  if wait.statement.kind == "expr-stmt" and value and value:same(wait.await) then
    return false
  end
  return wait.is_read and not says_guard(wait.name)
end

local TRANSACTIONS = { tx = true, trx = true, transaction = true, t = true, txn = true }

local function share_a_session(first, second)
  for _, wait in { first, second } do
    if wait.session and TRANSACTIONS[wait.session:lower()] then
      return true
    end
  end
  if first.exclusive and second.exclusive then
    return true
  end
  return first.session ~= nil and first.session == second.session
end

local function is_kept(wait)
  local value = wait.statement:child("value")
  return not (wait.statement.kind == "expr-stmt" and value and value:same(wait.await))
end

-- Whether a wait needs nothing of those in the group, and nothing stands between them.
local function is_apart(group, wait)
  local members = {}
  for _, one in group do
    members[one.statement.id] = true
  end
  for _, one in group do
    if share_a_session(one, wait) then
      return false
    end
    local changed = between(one, wait, members)
    if not changed or needs(one, wait, changed) then
      return false
    end
  end
  return true
end

-- Names of what can be done to several things in any order.
local ANY_ORDER = { remove = true, delete = true, unlink = true, move = true, copy = true, upload = true, invalidate = true, purge = true, revalidate = true, cleanup = true, prune = true, set = true, put = true }

-- Stores in which no row can stand in the way of another's deletion.
local LOOSE = { firestore = true, dynamo = true }

local function is_loose(work)
  for _, leaf in work.leaves do
    if leaf.sort ~= "local" and leaf.kind ~= "storage" and leaf.kind ~= "http" and leaf.kind ~= "rpc" and not LOOSE[leaf.store or ""] then
      return false
    end
  end
  return true
end

-- Texts that stand in a call, what differs between the calls of one function for several things.
local function literals_of(node)
  local all = {}
  for _, text in node:descendants({ "str", "template" }) do
    table.insert(all, text.source)
  end
  return table.concat(all, " ")
end

local function args_of(call)
  local all = {}
  for _, arg in call:args() do
    table.insert(all, arg.source)
  end
  return table.concat(all, ",")
end

-- Whether two changes are the same one, done to different things: `removeFile("a.pdf")` and `removeFile("a.png")`,
-- `cleanupEvents(before)` and `cleanupMails(before)`.
local function is_same_for_another(first, second)
  local a, b = first.call, second.call
  if not a or not b or is_kept(first) or is_kept(second) or not is_loose(first.work) or not is_loose(second.work) then
    return false
  end
  local words, more = remote.words(a.name), remote.words(b.name)
  if not ANY_ORDER[words[1] or ""] or words[1] ~= more[1] then
    return false
  end
  if a.name == b.name then
    local one, other = literals_of(a), literals_of(b)
    return one ~= "" and other ~= "" and one ~= other
  end
  return #words > 1 and #more > 1 and #first.work.functions > 0 and #second.work.functions > 0 and args_of(a) == args_of(b)
end

-- Figures for those who run the service: nothing waits for them.
local FIGURES = { metric = true, metrics = true, telemetry = true, analytics = true }

local function is_aside(wait)
  if is_kept(wait) or wait.work.kinds.db or wait.work.kinds.storage then
    return false
  end
  for _, word in remote.words(wait.name) do
    if FIGURES[word] then
      return true
    end
  end
  return false
end

local function is_write_group(first, second)
  return not first.is_read and (is_same_for_another(first, second) or (is_aside(first) and not is_aside(second) and not is_kept(second)))
end

local function can_join(group, wait)
  local first = group[1]
  if first.is_read and may_begin(first) then
    return wait.is_read and is_kept(wait) and is_apart(group, wait)
  end
  return is_write_group(first, wait) and (#group == 1 or is_same_for_another(first, wait)) and is_apart(group, wait)
end

local function short_of(wait)
  local call = wait.call
  local leaf = wait.work.leaves[1]
  if call and leaf and leaf.call:same(call) then
    return per_item.short(leaf.path)
  end
  return wait.name
end

local SERVICES = {
  ["db"] = "the database", ["http"] = "another service", ["cache"] = "the cache", ["queue"] = "the queue", ["storage"] = "the object store", ["mail"] = "the mail server",
  ["secret"] = "the secret store", ["rpc"] = "a remote service",
}

local function service_of(wait)
  for _, kind in { "http", "rpc", "storage", "mail", "db", "cache", "secret", "queue" } do
    if wait.work.kinds[kind] then
      return SERVICES[kind], kind
    end
  end
  return "a service", "rpc"
end

-- Code that may as well run in a browser, where nothing says otherwise.
local function is_homeless(node)
  local reach = node:reach()
  return node.file.side == "unknown" and reach ~= "request" and reach ~= "worker" and node.file.language ~= "python"
end

local function confidence_of(group)
  if is_homeless(group[1].await) then
    return "low"
  end
  local first = group[1]
  local reach = first.await:reach()
  local only_cache, turning = true, 0
  for _, wait in group do
    for kind in wait.work.kinds do
      only_cache = only_cache and kind == "cache"
    end
    turning += wait.work.turns and 1 or 0
  end
  if turning > 1 then
    -- Both wait for the same lock or limit, for all that is seen.
    return "low"
  end
  if only_cache then
    return "medium"
  end
  return (reach == "request") and "high" or "medium"
end

local function report_group(group, report)
  local first, second = group[1], group[2]
  local names = {}
  for _, wait in group do
    table.insert(names, short_of(wait))
  end
  local service, kind = service_of(second)
  local message
  if #group == 2 then
    message = `{names[2]} waits for {names[1]} to come back, and needs nothing of it: two times {service} where the longer one would do`
  else
    message = `{#group} waits one after the other, none of which needs another: {table.concat(names, ", ")}`
  end
  local related = {}
  for at, wait in group do
    if at ~= 2 and at <= 9 then
      table.insert(related, { at = wait.await, message = at == 1 and "the wait before it" or "the next one" })
    end
  end
  report({
    at = second.await,
    message = message,
    confidence = confidence_of(group),
    related = related,
    notes = { waits = #group, effect = kind },
  })
end

local function check_block(waits, report)
  table.sort(waits, function(a, b)
    return a.order < b.order
  end)
  local at = 1
  while at < #waits do
    local group = { waits[at] }
    local next = at + 1
    if not is_in_transaction(waits[at].await) then
      while waits[next] and can_join(group, waits[next]) do
        table.insert(group, waits[next])
        next += 1
      end
    end
    if #group > 1 then
      report_group(group, report)
    end
    at = next
  end
end

-- --- loops -------------------------------------------------------------------------------------------------------------

-- What arrives in an order that counts.
local ORDERED = {
  event = true, events = true, message = true, msg = true, step = true, steps = true, migration = true, job = true, chunk = true, batch = true, page = true, edit = true,
  action = true, op = true, operation = true, command = true, change = true, attempt = true, retry = true, stage = true, phase = true, turn = true, round = true, year = true,
  month = true, day = true, date = true, delta = true, patch = true, frame = true, line = true,
}

-- Changes that can be made to several things in any order.
local FREELY = {
  create = true, delete = true, remove = true, upload = true, put = true, update = true, upsert = true, invite = true, register = true, cancel = true, revoke = true, copy = true,
  move = true, invalidate = true, purge = true, send = true, notify = true, mail = true, email = true, unlink = true, subscribe = true, unsubscribe = true, save = true,
}

local function over_ordered(loop)
  local target = loop.node:child("target")
  for _, name in target and (target.kind == "name" and { target } or target:descendants({ "name" })) or {} do
    local words = remote.words(name.text)
    -- An `eventType` is a type, an `old_message` a message.
    if ORDERED[words[#words] or ""] then
      return true
    end
  end
  return per_item.is_over_messages(loop)
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
    if condition and condition.kind ~= "call" and condition.kind ~= "unary" then
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

local function suits_loop(work, name)
  if work.turns or work.sleeps then
    return false
  end
  local any = false
  for _, leaf in work.leaves do
    if leaf.kind == "db" then
      if not leaf.alone then
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
  if is_read(work, name) then
    return not says_guard(name) or work.kinds.storage
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

-- Whether the body waits for the database as well: then an item is work of several steps.
local function has_other_step(body, await)
  for _, other in body:descendants({ "await" }) do
    if not other:same(await) and not other:is_within(await) and not await:is_within(other) then
      local call = other:child("value")
      local effects = call and call.kind == "call" and call:effects() or {}
      if table.find(effects, "db-write") or table.find(effects, "db-read") or (call and call:fact("kind") == "db") then
        return true
      end
    end
  end
  return false
end

local function check_loop(await, call, repo)
  local node, clause = loop_of(await)
  if not node or is_gather(await) or is_in_transaction(await) then
    return nil
  end
  local head = clause or node
  local loop, outer = nil, false
  for _, one in call:loops() do
    if one.kind == "poll" or one.kind == "retry" or one.kind == "paging" then
      return nil
    end
    if one.node:same(head) then
      loop = one
    end
  end
  if not loop or loop.kind ~= "per-item" and loop.kind ~= "stream" or head:has("async") then
    return nil
  end
  local value = await:child("value")
  if not loop:carries(value) and not loop:carries(await) then
    return nil
  end
  if over_ordered(loop) then
    return nil
  end
  local body = clause and node or node:child("body")
  if not body or ends_early(body, loop) or pauses(body) or carries_on(body, loop, await) then
    return nil
  end
  local name, inner = name_of(await)
  local work = remote.work(value)
  if not suits_loop(work, name) or is_exclusive(work, repo) or session_in(await) then
    return nil
  end
  return { node = head, loop = loop, await = await, name = name, call = inner, work = work, is_read = is_read(work, name), beside = has_other_step(body, await) }
end

local function report_loop(found, report)
  local over = found.loop.iter and found.loop.iter.source:gsub("%s+", " ") or "the data"
  if #over > 40 then
    over = over:sub(1, 37) .. "..."
  end
  local service, kind = service_of(found)
  local reach = found.await:reach()
  local confidence = reach == "request" and "high" or "medium"
  if found.beside or not found.is_read and reach == "worker" or is_homeless(found.await) then
    -- Each item is work of several steps, or nobody waits for it.
    confidence = "low"
  elseif found.work.kinds.db and not found.is_read then
    confidence = "medium"
  end
  report({
    at = found.await,
    message = `{short_of(found)} is waited for once per item of \`{over}\`, one after the other, although no item needs the answer of the one before: {service} could be asked for all of them at once`,
    confidence = confidence,
    related = { { at = found.node, message = "the loop" } },
    notes = { effect = kind, loop = found.loop.kind },
  })
end

-- --- all ---------------------------------------------------------------------------------------------------------------

return {
  check = function(file, matches, report, repo)
    local blocks, order, seen, looped = {}, {}, {}, {}
    for _, match in matches do
      local call = match.node
      local await = await_around(call)
      if await and not seen[await.id] and counts(call) then
        seen[await.id] = true
        local found = check_loop(await, call, repo)
        if found and not looped[found.node.id] then
          looped[found.node.id] = true
          report_loop(found, report)
        end
        local wait = wait_of(await, repo)
        if wait then
          local key = wait.block.id
          if not blocks[key] then
            blocks[key] = {}
            table.insert(order, key)
          end
          table.insert(blocks[key], wait)
        end
      end
    end
    for _, key in order do
      check_block(blocks[key], report)
    end
  end,
}
