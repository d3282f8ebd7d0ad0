-- One question: how long does a constructed client live? Only what lives as long as a request is reported.

local chosen_modules = require("chosen_modules")
local flow = require("flow")
local function_platform = require("function_platform")
local hoist = require("hoist")
local http_function = require("http_function")
local lifetime = require("lifetime")
local pooled_client = require("pooled_client")
local sdk_client = require("sdk_client")
local varying = require("varying")
local words = require("words")

-- Go's http.Client without a transport of its own shares the default one, connections included.
local function shares_transport(call)
  if call:fact("library") ~= "net/http" then
    return false
  end
  local _, state = call:arg("Transport")
  return state == "absent"
end

-- `with` closes it at once: the shortest life there is.
local function is_managed(call)
  local parent = call:parent()
  return parent ~= nil and parent.kind == "with-item"
end

-- Whether an agent is told to keep no session: it is made to ask anew.
local function keeps_nothing(call)
  local kept = call:is({ "http.Agent", "https.Agent" }) and call:arg("maxCachedSessions")
  return kept and kept:literal() == 0
end

local ITSELF = { self = true, cls = true, this = true }

-- The name that a chain of attributes, elements and methods begins with.
local function root_of(node)
  while node and (node.kind == "attr" or node.kind == "index" or node.kind == "call" or node.kind == "await") do
    node = node.kind == "call" and node:child("callee") or node:child("value")
  end
  return node and node.kind == "name" and node or nil
end

-- An argument by name or else by position, where it is seen; options that cannot be looked into are no address.
local function seen_argument(call, name, position)
  local value, state = call:arg(name)
  if state ~= "given" then
    value, state = call:arg(position)
  end
  return state == "given" and value or nil
end

local is_given

-- Whether every caller that is seen passes on an address that it was given itself.
local function is_passed_on(name, at, depth)
  local fn = name:func()
  local first = fn and fn.params[1]
  local is_method = first ~= nil and ITSELF[first.text or ""] ~= nil
  for _, caller in fn and fn:callers() or {} do
    local arg = seen_argument(caller, name.text, is_method and at - 1 or at)
    if arg and not is_given(arg, depth + 1) then
      return false
    end
  end
  return true
end

-- Whether an address comes out of what a caller sent or a record holds: another host each time, as far as can be seen.
is_given = function(node, depth)
  if not node or depth > 5 then
    return false
  end
  if node.kind == "await" then
    return is_given(node:child("value"), depth)
  end
  if node.kind == "name" then
    local at = node:param_position()
    if at then
      return not ITSELF[node.text] and is_passed_on(node, at, depth)
    end
    return is_given(node:value(), depth + 1)
  end
  if node.kind == "call" and not node:receiver() then
    return is_given(node:arg(1), depth + 1)
  end
  if node.kind == "attr" or node.kind == "index" or node.kind == "call" then
    local root = root_of(node)
    if node.kind == "attr" and root and ITSELF[root.text] then
      -- What an instance was made with.
      local made = node:definition()
      return made ~= nil and made.kind == "name" and is_given(made, depth + 1)
    end
    return root ~= nil and not ITSELF[root.text] and root:param_position() ~= nil
  end
  return false
end

-- Whether all that is asked with a client of its own goes wherever a record says, so that no connection would be used again.
local function asks_elsewhere(call)
  -- What keeps keys is handed a token, and asks the one address that it was made with.
  if call:fact("rarely_changes") then
    return false
  end
  local fn, parent = call:func(), call:parent()
  local target = parent and (parent.kind == "with-item" or parent.kind == "assign") and parent:child("target")
  if not fn or not target or target.kind ~= "name" then
    return false
  end
  local asked = 0
  for _, use in fn.node:descendants("call") do
    local receiver = use:receiver()
    if receiver and receiver.kind == "name" and receiver.text == target.text and use:fact("kind") == "http" then
      local url = seen_argument(use, "url", (use.name == "request" or use.name == "stream") and 2 or 1)
      if not is_given(url, 0) then
        return false
      end
      asked += 1
    end
  end
  return asked > 0
end

-- Whether the client is one of an SDK in code that a platform of functions runs: LAMBDA-002 speaks of those.
local function is_of_function(file, call, repo)
  if call:fact("plain_http") == "true" then
    return false
  end
  return (file.language == "go" and function_platform.of_go(repo, call) or function_platform.of(repo, file, call)) ~= nil
end

-- Whether a function's package holds the code, though nothing is seen to call it: it is loaded by name.
local function is_loaded_by_name(file, call, repo)
  local target = flow.target(call)
  if target and target.kind ~= "name" then
    -- What an object keeps, lives as long as that.
    return false
  end
  return call:fact("plain_http") == "true" and call:func() ~= nil and call:reach() == "unknown" and function_platform.of(repo, file, call) ~= nil
end

-- Whether a client asks a server on the same machine, over its socket: what is spared there are microseconds, and what its first question costs.
local function is_local(call)
  local name = call:fact("local_unless")
  if not name then
    return false
  end
  local address, state = call:arg(name)
  local text = address and address:literal()
  return state == "absent" or type(text) == "string" and text:find("^unix:") ~= nil
end

-- Services of AWS that are told of each message.
local PER_MESSAGE = words.set("sqs", "sns", "ses", "sesv2", "events", "kinesis", "firehose")
local OF_SERVICES = table.freeze({ "boto3.{client,resource}", "boto3.session.Session.{client,resource}", "boto3.Session.{client,resource}" })

-- Whether a worker's task makes one for each thing that it looks up: in a function of its own, for one question. What a task makes for all of its run is
-- right.
local function is_of_lookup(call)
  local fn = call:func()
  if not fn or #call:route() < 2 or #call:loops() > 0 then
    return false
  end
  local block = call:enclosing({ "with" })
  local service = call:is(OF_SERVICES) and call:arg(1)
  if service then
    return PER_MESSAGE[service:literal() or ""] ~= nil
  elseif not block or not is_managed(call) or call:fact("plain_http") ~= "true" then
    return false
  end
  local asked = 0
  for _, use in block:descendants("call") do
    if use:fact("kind") == "http" and use:fact("verb") == "call" then
      asked += #use:loops() > 0 and 2 or 1
    end
  end
  return asked == 1
end

-- How many functions lie between a client and the loop that needs it again and again, at most.
local FARTHEST = 3

-- Whether what an endless loop repeats, in a process that somebody starts once, leads to a function: an agent that asks every 30 seconds.
local function is_polled(fn, depth)
  for _, caller in fn and depth < FARTHEST and fn:callers() or {} do
    for _, loop in caller:loops() do
      if loop.kind == "poll" then
        return true
      end
    end
    local around = caller:func()
    if around and not around.node:same(fn.node) and is_polled(around, depth + 1) then
      return true
    end
  end
  return false
end

-- Whether a client is closed where it is made, or has a plain name and is handed on to nobody by the expression that makes it.
local function is_local_to(call)
  local target = flow.target(call)
  local parent = call:parent()
  return is_managed(call) or target ~= nil and target.kind == "name" and parent ~= nil and (parent.kind == "assign" or parent.kind == "await")
end

-- Whether all that the client is made with is the same for each item of a loop.
local function is_same_for_all(loop, made)
  for _, arg in made:args() do
    if loop:carries(arg) then
      return false
    end
  end
  return true
end

local function is_idle(reach)
  return reach == "startup" or reach == "script" or reach == "test" or reach == "build"
end

-- Whether a loop over some data makes the client anew for each item, itself or by a function that it calls.
local function is_made_per_item(call, depth)
  if is_idle(call:reach()) then
    return false
  end
  for _, loop in call:loops() do
    if loop.kind == "per-item" then
      return depth > 0 or is_same_for_all(loop, call)
    end
  end
  local fn = depth < FARTHEST and call:func()
  for _, caller in fn and fn:callers() or {} do
    local around = caller:func()
    if caller.file.class == "source" and not (around and around.node:same(fn.node)) and is_made_per_item(caller, depth + 1) then
      return true
    end
  end
  return false
end

local function check_client(file, call, report, repo)
  -- Clients of databases and caches have pools of their own, and a rule of their own.
  if call:fact("store_client") or pooled_client.is_composed(call) or file.side == "browser" or shares_transport(call) or keeps_nothing(call) then
    return
  end
  local reach = call:reach()
  if reach == "script" or reach == "test" then
    return
  end
  local found = lifetime.of(call)
  local is_in_package = found.life == "unknown" and is_loaded_by_name(file, call, repo)
  local is_called_over_http = found.life == "unknown" and reach == "unknown" and (http_function.leads_to(call) or chosen_modules.reach(call, repo) == "request")
  local is_repeated = found.life == "shared" and not found.is_kept and reach == "startup" and is_polled(call:func(), 0)
  local is_of_task = (found.life == "worker" or is_repeated) and is_of_lookup(call)
  -- Of whom it is not known who calls it may hand it to something that keeps it, as long as that is not seen.
  local is_for_itself = found.life == "worker" or found.life == "unknown" and #found.via == 0 and is_local_to(call)
  local is_of_item = not is_of_task and is_for_itself and is_made_per_item(call, 0)
  if found.life ~= "request" and not is_in_package and not is_called_over_http and not is_of_task and not is_of_item or is_of_function(file, call, repo) then
    return
  end
  local path = pooled_client.name(call)
  local confidence = "high"
  if not call:fact("rarely_changes") and varying.client(call) or asks_elsewhere(call) or is_local(call) then
    confidence = "low"
  elseif #found.via > 1 or is_in_package or is_called_over_http or is_of_task or is_of_item or varying.client(call) then
    -- Of identity providers there are few, whose keys are worth keeping each.
    confidence = "medium"
  end
  local fn = call:func()
  local where = fn and fn.name ~= "" and `{fn.name} makes` or "this makes"
  local how = is_managed(call) and "and closes it at once" or "and drops it with the request"
  report({
    at = call,
    message = `{where} a {path} per {is_of_item and "item of a loop" or is_repeated and "turn of the loop" or found.life == "worker" and "task" or "request"} {is_of_item and "and drops it with the item" or how}: no connection is ever used twice`,
    confidence = confidence,
    related = found.via,
    notes = { library = call:fact("library") or path:match("^[^.]+") or path },
    fix = confidence ~= "low" and hoist.fix(file, call) or nil,
  })
end

return {
  check = function(file, matches, report, repo)
    local seen = {}
    for _, match in matches do
      local call = match.node
      if not seen[call.id] and (match.matcher == "client" or sdk_client.is_made(call)) then
        seen[call.id] = true
        check_client(file, call, report, repo)
      end
    end
  end,
}
