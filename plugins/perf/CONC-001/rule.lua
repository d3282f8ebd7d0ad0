-- A loop stands still while one of its coroutines is inside a call that holds up the thread. Reported is the call in the
-- coroutine; what it blocks on may lie several functions further down, and then the way there is shown.

local after_process = require("after_process")
local blocking_methods = require("blocking_methods")
local chosen_modules = require("chosen_modules")
local function_platform = require("function_platform")
local function_tables = require("function_tables")
local gathered_coroutines = require("gathered_coroutines")
local node_file_reads = require("node_file_reads")
local offloaded_objects = require("offloaded_objects")
local optional_way = require("optional_way")
local parameter = require("parameter")
local passing_requests = require("passing_requests")
local thread = require("thread")

-- Effects from surest to weakest: the first that a helper has is the one that is named.
local WAITS = { "http", "db-read", "db-write", "db-connect", "cache", "queue", "storage", "mail", "rpc", "secret", "process", "sleep" }
local WORKS = { "compute", "disk" }

local WORDS = {
  ["http"] = "an HTTP call",
  ["db-read"] = "a database query",
  ["db-write"] = "a database write",
  ["db-connect"] = "opening a database connection",
  ["cache"] = "a call of the cache",
  ["queue"] = "a call of the queue",
  ["storage"] = "a call of the object store",
  ["mail"] = "sending mail",
  ["rpc"] = "a remote call",
  ["secret"] = "reading a secret over the network",
  ["process"] = "another process",
  ["sleep"] = "sleeping",
  ["compute"] = "heavy computing",
  ["disk"] = "reading or writing files",
}

-- Hooks of the application's start and end, and loops that a thread, worker or command owns, keep nobody waiting.
local IDLE = { startup = true, worker = true, script = true, test = true }

local RUNNERS = table.freeze({ "asyncio.run", "asyncio.Runner.run", "anyio.run", "trio.run", "asyncio.AbstractEventLoop.run_until_complete", "*.run_until_complete" })

local function first_of(list, wanted)
  for _, word in wanted do
    if table.find(list, word) then
      return word
    end
  end
  return nil
end

-- In a command, or while a service starts, nobody else waits, but where it gathers coroutines to do many things at once, a call that waits in the loop's thread does them one by one.
local function defeats_gathering(call)
  local effect, kind = nil, call:fact("kind")
  if kind and kind ~= "disk" and kind ~= "compute" then
    effect = kind
  else
    local _, blocking = call:effects()
    effect = first_of(blocking, WAITS)
  end
  local reach = call:reach()
  return effect ~= nil and (reach == "script" or reach == "startup") and gathered_coroutines.is_gathered(call:func())
end

-- Whether the method around runs in a loop of its own, made for one run: a base class of the project says `asyncio.run(self.run())`.
local function has_own_loop(repo, call)
  local fn = call:func()
  if not fn or fn.reach ~= "unknown" or not fn.node:enclosing({ "class" }) then
    return false
  end
  for _, run in repo:calls(RUNNERS) do
    local inner, owner = run:arg(1), run:func()
    local receiver = inner and inner.kind == "call" and inner.name == fn.name and inner:receiver()
    if receiver and parameter.is_self(receiver) and owner and not owner.is_async then
      return true
    end
  end
  return false
end

-- Whether a decorator may make something to be awaited of a function: `@sync_to_async`, a wrapper of the project.
local function may_defer(decorator)
  return not decorator:find("^functools%.") and not decorator:find("staticmethod$") and not decorator:find("classmethod$")
end

-- Whether a call gives something that does not run yet: a coroutine, a generator, what a decorator makes of a function.
local function begins_later(call)
  for _, func in call:callees() do
    if func.is_async or func.is_generator then
      return true
    end
    for _, decorator in func:decorators() do
      if may_defer(decorator) then
        return true
      end
    end
  end
  return false
end

-- Whether what is handed over is not the call's result, but a function around it, or a coroutine: neither runs where it is written. The second value is what
-- the result goes to otherwise: `asyncio.to_thread(requests.get(url))` gets an answer that the loop's own thread has waited for.
local function is_handed_over(call)
  for _, outer in call:argument_of() do
    if outer:fact("gathers") or outer:fact("offloads") then
      local func = call:enclosing("function")
      return func ~= nil and func:is_within(outer) or begins_later(call), outer
    end
  end
  return false, nil
end

-- Reading a file that ships with the code costs microseconds; writing what a caller sent costs what the caller likes.
local function writes_file(call)
  local name = call.name:lower()
  for _, word in { "write", "copy", "move", "rmtree", "append", "tempfile", "temporaryfile" } do
    if name:find(word, 1, true) then
      return true
    end
  end
  local mode = call:arg("mode") or call:arg(2)
  local word = mode and mode:literal()
  return type(word) == "string" and word:find("[wax+]") ~= nil
end

local function shown(path)
  return (path:gsub("%(%)$", ""))
end

local function name_of(call)
  local fn = call:func()
  return fn and fn.name ~= "" and fn.name or "this coroutine"
end

-- What gets the result of a call that was meant to run elsewhere, as a related place.
local function taken_by(taker)
  return { at = taker, message = `{taker.name} gets what the call gave, when it is over: it is to be handed the function and its arguments` }
end

local function chain_places(call, hops, taker)
  local related = { thread.coroutine(call), taker and taken_by(taker) }
  for at, hop in hops do
    if hop.node and at <= 4 then
      local what = at == #hops and `{shown(hop.callee)} holds up the thread` or `{hop.symbol} calls {hop.node.name}`
      table.insert(related, { at = hop.node, message = what })
    end
  end
  return related
end

local function effect_of(call)
  local kind, verb = call:fact("kind"), call:fact("verb")
  if verb == "construct" or verb == "lazy" or verb == "none" then
    return nil
  end
  if kind == "db" then
    return verb == "write" and "db-write" or verb == "connect" and "db-connect" or "db-read"
  end
  return WORDS[kind] and kind or nil
end

local function library_of(call, path)
  return call:fact("library") or path:match("^[^.]+") or path
end

-- Whether a call reads a document that a request brings: how large it is, the caller decides, where a path that stands in the code says that it is always the same one.
local function reads_sent_document(call, leaf)
  local document = leaf:fact("reads") == "document" and leaf:arg(1)
  local _, is_constant = nil, true
  if document then
    _, is_constant = document:literal()
  end
  return not is_constant and call:reach() == "request"
end

-- A sleep of a few milliseconds, to tell two clock readings apart, holds up nobody.
local SHORT = 0.01

local function is_short_sleep(call)
  local time, known = call:arg(1), false
  local seconds = nil
  if time then
    seconds, known = time:literal()
  end
  return known and type(seconds) == "number" and seconds <= SHORT and call:fact("kind") == "sleep"
end

local function check_leaf(file, call, taker, report)
  local effect = effect_of(call)
  if not effect or effect == "sleep" and is_short_sleep(call) then
    return
  end
  local confidence = "high"
  if effect == "compute" then
    confidence = reads_sent_document(call, call) and "medium" or "low"
  elseif effect == "disk" then
    confidence = writes_file(call) and "medium" or "low"
  end
  local path = shown(call:target()[1] or call.name)
  report({
    at = call,
    message = `{path} holds up the event loop: {name_of(call)} is a coroutine, and {WORDS[effect]} waits in the loop's own thread`,
    confidence = confidence,
    related = { thread.coroutine(call), taker and taken_by(taker) },
    notes = { library = library_of(call, path) },
    -- Opening a file in a thread would still read and write it here.
    fix = effect ~= "disk" and not taker and thread.fix(file, call) or nil,
  })
end

-- A call on an object that was made in a thread, and is asked here.
local function check_made_elsewhere(file, call, report, repo)
  local path, fact, hands = offloaded_objects.blocking(call, repo)
  local kind = fact and (fact.kind == "db" and (fact.verb == "write" and "db-write" or "db-read") or fact.kind)
  if not path or not WORDS[kind] or kind == "compute" or kind == "disk" or fact.verb == "construct" or fact.verb == "lazy" or fact.verb == "none" then
    return
  end
  report({
    at = call,
    message = `{path} holds up the event loop: only what it is called on was made in a thread, and {WORDS[kind]} waits in the loop's own one`,
    confidence = "high",
    related = { thread.coroutine(call), { at = hands, message = "the object is made here, in a thread" } },
    notes = { library = fact.library or path:match("^[^.]+") or path },
    fix = thread.fix(file, call),
  })
end

-- Whether a call makes an object of the repository whose methods are called afterwards.
local function is_asked_later(call)
  local makes = false
  for _, func in call:callees() do
    makes = makes or func.name == "__init__"
  end
  local parent, around = call:parent(), call:func()
  if not makes or not parent or not around then
    return false
  elseif parent.kind == "attr" then
    return true
  end
  local target = parent.kind == "assign" and parent:child("target")
  for _, name in target and target.kind == "name" and around.node:descendants("name", target.text) or {} do
    local attr = name:parent()
    local outer = attr and attr.kind == "attr" and attr:parent()
    if outer and outer.kind == "call" and attr:role() == "callee" then
      return true
    end
  end
  return false
end

local function check_helper(file, call, taker, report, repo)
  local _, blocking = call:effects()
  local effect = first_of(blocking, WAITS)
  local confidence = "high"
  if not effect then
    effect = first_of(blocking, WORKS)
    confidence = "low"
  end
  if not effect then
    return
  end
  local hops = call:chain({ effect }, true)
  local last = hops[#hops] and hops[#hops].node
  if effect == "compute" and last and reads_sent_document(call, last) then
    confidence = "medium"
  end
  if #hops == 0 or effect == "sleep" and hops[#hops].node and is_short_sleep(hops[#hops].node) then
    return
  end
  local among = blocking_methods.among(call, repo)
  if among == "none" then
    return
  elseif optional_way.leads_past(call, hops) then
    -- Whether another way leads there is not seen.
    confidence = "low"
  elseif #hops > 4 or among == "some" then
    confidence = confidence == "high" and "medium" or "low"
  end
  local leaf = shown(hops[#hops].callee)
  report({
    at = call,
    message = `{call.name} holds up the event loop of {name_of(call)}: it ends in {WORDS[effect]} through {leaf}, in the loop's own thread`,
    confidence = confidence,
    related = chain_places(call, hops, taker),
    notes = { library = leaf:match("^[^.]+") or leaf },
    -- An object that is made in a thread and asked in the loop would wait there as before, with nothing left to say so.
    fix = not taker and not is_asked_later(call) and thread.fix(file, call) or nil,
  })
end

-- The loop that draws from what `call` returned, in the same function or in one defined inside it.
local function check_iterated(file, call, report)
  local outer = call:func()
  local scope = outer and outer.node or file.root
  for _, loop in scope:descendants({ "for", "clause" }) do
    local iter = loop:child("iter")
    local source = iter and (iter.kind == "name" and iter:value() or iter)
    local fn = loop:func()
    if source and source:same(call) and fn and fn.is_async and not loop:has("async") and not IDLE[loop:reach()] then
      local path = shown(call:target()[1] or call.name)
      report({
        at = loop,
        message = `each turn of this loop may hold up the event loop: {path} asks the service again, in the loop's own thread`,
        related = { { at = call, message = `{path} is made here, without a call yet` }, thread.coroutine(loop) },
        notes = { library = library_of(call, path) },
      })
    end
  end
end

-- Whether the process takes one request at a time, so that there is no other one to stop: a function of Lambda.
local function serves_one_by_one(file, call, repo)
  local platform = function_platform.of(repo, file, call)
  return platform ~= nil and platform.name == "AWS Lambda"
end

local function check_node(file, call, report, repo)
  local reach = function_tables.reach(call)
  if reach == "unknown" then
    reach = chosen_modules.reach(call, repo)
  end
  -- What runs once, or for a developer, has nobody to keep waiting.
  if reach ~= "request" or file.side == "browser" or passing_requests.are_all(call) then
    return
  end
  local effect = effect_of(call)
  local path = shown(call:target()[1] or call.name)
  local confidence = "medium"
  local weight = effect == "disk" and node_file_reads.weight(call)
  if effect == "disk" and not writes_file(call) or path:find("exists") or path:find("stat") then
    -- A function of a platform has no other request to keep waiting.
    confidence = weight and not function_platform.of(repo, file) and "medium" or "low"
  elseif after_process.is(call) or confidence ~= "low" and effect ~= "disk" and serves_one_by_one(file, call, repo) then
    confidence = "low"
  end
  report({
    at = call,
    message = `{path} stops every other request of this process until it is done: {weight or WORDS[effect]}, in Node's one thread`,
    confidence = confidence,
    notes = { library = library_of(call, path) },
  })
end

return {
  check = function(file, matches, report, repo)
    -- A call that may run a method of a library, or one of the project's own, is matched twice.
    local seen = {}
    for _, match in matches do
      local call = match.node
      local key = match.matcher ~= "iterated" and call.id
      if key and seen[key] then
        continue
      elseif key then
        seen[key] = true
      end
      if match.matcher == "node" then
        check_node(file, call, report, repo)
      elseif match.matcher == "iterated" then
        check_iterated(file, call, report)
      elseif (not IDLE[call:reach()] or defeats_gathering(call)) and not call:is_awaited() and not has_own_loop(repo, call) then
        local is_elsewhere, taker = is_handed_over(call)
        if is_elsewhere then
          continue
        elseif match.matcher == "made elsewhere" then
          check_made_elsewhere(file, call, report, repo)
        elseif match.matcher == "leaf" then
          check_leaf(file, call, taker, report)
        else
          check_helper(file, call, taker, report, repo)
        end
      end
    end
  end,
}
