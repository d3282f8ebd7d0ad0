-- A synchronous call is worst behind an event loop; in a server of threads it is one worker's time, and worth a word only
-- where it is plainly avoidable: the same answer fetched again and again, or a call per item. That a coroutine stands still is
-- CONC-001's finding, at the coroutine; here the call itself is shown where it lies in a function that coroutines call.

local about = require("about")
local async_client = require("async_client")
local parameter = require("parameter")
local thread = require("thread")
local words = require("words")

local IDLE = { test = true, script = true, startup = true, worker = true }

local KEEPING = { "cach", "memo", "once", "ttl" }

local function says_keeping(text)
  return words.any_in(text, KEEPING)
end

local function shown(path)
  return (path:gsub("%(%)$", ""))
end

-- Whether the function around binds a name in a way that says nothing of its value: as a loop's element, in several branches.
local function is_bound_here(name)
  local fn = name:func()
  for _, node in fn and fn.node:descendants({ "for", "clause", "with-item", "assign", "handler" }) or {} do
    for _, target in node:children("target") do
      if target.text == name.text then
        return true
      end
      for _, part in target:descendants("name") do
        if part.text == name.text then
          return true
        end
      end
    end
  end
  return false
end

-- Whether an expression is the same for every request: text, names of the module, settings, the environment.
local function is_constant(node, depth)
  if depth > 6 then
    return false
  end
  local kind = node.kind
  if kind == "str" or kind == "num" or kind == "bool" or kind == "null" then
    return true
  end
  if kind == "name" then
    if node:param_position() then
      return false
    end
    local value = node:value()
    if value then
      return is_constant(value, depth + 1)
    end
    return not is_bound_here(node)
  end
  if kind == "attr" then
    local base = node:child("value")
    if base and parameter.is_self(base) then
      return node.text:match("^[A-Z][A-Z0-9_]+$") ~= nil
    end
    return base ~= nil and is_constant(base, depth + 1)
  end
  if kind == "call" then
    if not node:is({ "os.environ.get", "os.getenv", "os.environ.setdefault", "%str.format", "urllib.parse.urljoin", "builtins.str" }) then
      return false
    end
    for _, arg in node:args() do
      if not is_constant(arg, depth + 1) then
        return false
      end
    end
    return true
  end
  if kind == "template" or kind == "binary" or kind == "logic" or kind == "dict" or kind == "pair" or kind == "kw-arg" or kind == "list" then
    for _, child in node:children() do
      if not is_constant(child, depth + 1) then
        return false
      end
    end
    return true
  end
  if kind == "index" then
    local base = node:child("value")
    return base ~= nil and base:comes_from("os.environ")
  end
  return false
end

-- Whether what a call is made on asks in nobody's name: the library itself, or a client that is made here of constants alone. A session with
-- somebody's token gets another answer for each of them.
local function is_of_nobody(call)
  local callee = call:child("callee")
  local client = callee and callee.kind == "attr" and callee:child("value")
  if not client or not shown(call:target()[1] or "Client."):find("%u") then
    return true
  end
  local made = client.kind == "call" and client or client:value() or client:definition()
  if made and made.kind == "assign" then
    made = made:child("value")
  end
  if not made or made.kind ~= "call" then
    return false
  end
  for _, arg in made:args() do
    if arg.kind == "spread" or not is_constant(arg, 0) then
      return false
    end
  end
  return true
end

-- Whether a call asks for the same thing each time: a read whose address and arguments are constant.
local function asks_the_same(call)
  if call.name ~= "get" and call.name ~= "urlopen" or not is_of_nobody(call) then
    return false
  end
  for _, arg in call:args() do
    local name = arg.kind == "kw-arg" and arg.text or ""
    if name ~= "timeout" and name ~= "verify" and name ~= "context" then
      if arg.kind == "spread" or not is_constant(arg, 0) then
        return false
      end
    end
  end
  return #call:args() > 0
end

-- Whether the answer is kept for the next request: a caching decorator, a cache that the function fills, a guard.
local function is_kept(call)
  local fn = call:func()
  if not fn then
    return true
  end
  for _, decorator in fn:decorators() do
    if says_keeping(decorator) then
      return true
    end
  end
  if says_keeping(fn.name) then
    return true
  end
  for _, node in fn.node:descendants({ "global", "call", "assign" }) do
    if node.kind == "global" then
      return true
    elseif node.kind == "call" then
      local callee = node:child("callee")
      if callee and callee.kind == "attr" and says_keeping(callee.source) then
        return true
      end
    else
      local target = node:child("target")
      local base = target and (target.kind == "attr" or target.kind == "index") and target:child("value")
      if target and base and target.kind == "attr" and parameter.is_self(base) then
        return true
      end
      if base and target.kind == "index" and (base.text:match("^_?[A-Z][A-Z0-9_]+$") or says_keeping(base.source)) then
        return true
      end
    end
  end
  for _, caller in fn:callers() do
    local outer = caller:func()
    for _, decorator in outer and outer:decorators() or {} do
      if says_keeping(decorator) then
        return true
      end
    end
  end
  return false
end

-- The loop that asks once per item; one that asks on, wherever the last answer sent it, has no items to ask for at once.
local function per_item(call)
  for _, loop in call:loops() do
    if loop.kind == "per-item" and loop:carries(call) then
      return loop
    end
  end
  return nil
end

local function way_places(way)
  local related = { way[1].node and thread.coroutine(way[1].node) }
  for at, hop in way do
    if hop.node and at <= 4 then
      table.insert(related, { at = hop.node, message = at == 1 and `{hop.symbol} calls {hop.node.name} here: CONC-001 is about that` or `{hop.symbol} calls {hop.node.name}` })
    end
  end
  return related
end

local function check_call(file, call, report)
  local reach = call:reach()
  if IDLE[reach] or call:is_awaited() or call:fact("sdk") == "true" then
    return
  end
  local path = shown(call:target()[1] or call.name)
  local library = call:fact("library") or path:match("^[^.]+") or path
  local way = call:from_loop()
  local loop = per_item(call)
  local again = asks_the_same(call) and not is_kept(call)
  if way and #way > 0 then
    local message = `{path} waits in the event loop's own thread: {way[1].symbol} is a coroutine, and every other request waits with it`
    if loop then
      message ..= ", once per item of this loop"
    elseif again then
      message ..= ", for something that is the same each time"
    end
    local related = way_places(way)
    if loop then
      table.insert(related, 1, { at = loop.node, message = "one call after the other" })
    end
    return report({
      at = call,
      message = message,
      -- What it costs the loop is counted once, where the coroutine calls.
      severity = if loop or again then nil else "medium",
      confidence = #way > 4 and "medium" or "high",
      related = related,
      notes = { library = library },
      fix = async_client.fix(file, call),
    })
  end
  local is_in_loop = way ~= nil
  if reach ~= "request" and not is_in_loop then
    return
  end
  if again and reach == "request" then
    return report({
      at = call,
      message = `{path} fetches the same address for every request that comes by, and nothing keeps the answer`,
      related = { thread.coroutine(call) },
      notes = { library = library },
    })
  end
  if loop then
    return report({
      at = call,
      message = `{path} is called once per item while a request waits for all of them in turn`,
      confidence = "medium",
      related = { { at = loop.node, message = "one call after the other" }, thread.coroutine(call) },
      notes = { library = library },
    })
  end
  if is_in_loop then
    return
  end
  report({
    at = call,
    message = `{path} keeps this worker until the other side has answered`,
    confidence = "low",
    notes = { library = library },
  })
end

return {
  check = function(file, matches, report)
    for _, match in matches do
      check_call(file, match.node, report)
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.python_service(repo), "no Python code of this repository answers requests or takes jobs")
  end,
}
