-- The absence of a limit is a search for its presence in an enlarging scope: the call, its options, the client and what is
-- done to it, what the call races against, and, where a helper leaves the choice to its callers, the callers. Only when all of
-- it was seen and nothing found is a call reported.

local called = require("called")
local limit = require("limit")
local service = require("service")

local LIMITS = { "timeout", "signal", "Timeout", "deadline", "cancelToken", "abortSignal", "headersTimeout", "requestTimeout" }

-- How many callers up a limit may come from.
local DEEPEST = 2

local function says_limit(text)
  text = text:lower()
  return text:find("timeout", 1, true) ~= nil or text:find("deadline", 1, true) ~= nil or text:find("abort", 1, true) ~= nil
end

-- What cuts a call off from outside: none of it leaves the limit of the library.
local SIGNALS = { signal = true, cancelToken = true, abortSignal = true }

-- Whether a value without a limit leaves what the library does by itself: `undefined`, no signal, options that fetch does not know.
local function leaves_default(call, name, value)
  return SIGNALS[name] or value.source == "undefined" or value.source == "void 0" or call:fact("library") == "fetch"
end

-- "set" when a limit is given, "off" when it is switched off, "absent", or "hidden" when it cannot be seen; with the place.
local function limit_of(call)
  local hidden = nil
  for _, name in LIMITS do
    local value, state = call:arg(name)
    if state == "given" then
      local literal, known = value:literal()
      local is_empty = known and (literal == nil or literal == 0) or value.source == "undefined"
      if not is_empty then
        return "set", value
      elseif not leaves_default(call, name, value) then
        return "off", value
      end
    elseif state == "hidden" then
      hidden = value
    end
  end
  if hidden then
    return "hidden", hidden
  end
  return "absent"
end

local RACES = { "global.Promise.race", "asyncio.wait_for", "asyncio.timeout", "anyio.fail_after", "anyio.move_on_after", "async_timeout.timeout", "p-timeout" }

local function is_race(outer)
  return outer:is(RACES) or says_limit(outer.name)
end

-- Whether the call is one of several that race, runs under a limit for a block, or is cut off through what it returned:
-- `request(...).timeout(5)`, `req.setTimeout(5)`, `const response = fetch(...); Promise.race([response, timer])`.
local function is_raced(call)
  for _, outer in call:argument_of() do
    if is_race(outer) then
      return true
    end
  end
  local after = call:chained()
  for _, next in after do
    local event = next:arg(1)
    if says_limit(next.name) or (event and event.kind == "str" and event.text == "timeout") then
      return true
    end
  end
  for _, use in call:uses() do
    for _, outer in use.calls do
      if is_race(outer) then
        return true
      end
    end
    local around = use.node:parent()
    local method = around and around.kind == "attr" and around:parent()
    if method and method.kind == "call" then
      local event = method:arg(1)
      if says_limit(around.text) or (event and event.kind == "str" and event.text == "timeout") then
        return true
      end
    end
  end
  local scope = call:enclosing({ "with" })
  while scope do
    for _, item in scope:children("item") do
      -- What the block is called by says so, not what it is given: a lock's `timeout` bounds the wait for the lock.
      local value = item:child("value")
      local callee = value and value.kind == "call" and value:child("callee") or value
      if callee and (says_limit(callee.source) or (value and value.kind == "call" and is_race(value))) then
        return true
      end
    end
    scope = scope:enclosing({ "with" })
  end
  return false
end

-- Calls that give a request its context.
local CARRIERS = { NewRequestWithContext = true, WithContext = true, Clone = true }

-- A deadline that Go code puts on the context of its request.
local function has_go_deadline(call)
  local fn = call:func()
  if not fn or not fn:calls({ "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause" }) then
    return false
  end
  for _, inner in fn.node:descendants("call") do
    if CARRIERS[inner.name] then
      return true
    end
  end
  return false
end

-- Whether a value is a limit: one that is zero or nothing switches it off.
local function is_limit(value)
  local literal, known = value:literal()
  return not (known and (literal == nil or literal == 0))
end

-- Limits given after a client was made: `session.timeout = 5`, `session.mount(..., TimeoutAdapter())`,
-- `session.request = partial(session.request, timeout=5)`, `client.Timeout = ...`, `axios.defaults.timeout = ...`.
local function is_limited_later(receiver, scope)
  local name = receiver.source
  -- A name of the function's own says nothing of what other functions call so.
  local value = receiver.kind == "name" and receiver:value()
  local owner = value and value.file.path == receiver.file.path and value:func()
  if owner then
    scope = owner.node
  end
  for _, assign in scope:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and target.kind == "attr" and target.source:sub(1, #name + 1) == name .. "." then
      if says_limit(target.text) and (not value or is_limit(value)) or (value and says_limit(value.source)) then
        return true
      end
    end
  end
  for _, call in scope:descendants("call") do
    local callee = call:child("callee")
    local base = callee and callee.kind == "attr" and callee:child("value")
    if base and base.source == name and not call:fact("verb") then
      if says_limit(call.source) then
        return true
      end
    end
  end
  return false
end

-- Whether the function that makes a client puts a limit on it before it hands it out.
local function is_limited_where_made(made)
  local fn, at = made:func(), made:parent()
  while at and (at.kind == "await" or at.kind == "logic") do
    at = at:parent()
  end
  local target = fn and at and at.kind == "assign" and at:child("target")
  return target ~= nil and target ~= false and target.kind == "name" and is_limited_later(target, (fn :: Func).node)
end

-- Whether two expressions are known to give the same kind of thing.
local function is_alike(left, right)
  local kinds = {}
  for _, origin in left:origin() do
    kinds[origin] = true
  end
  for _, origin in right:origin() do
    if kinds[origin] then
      return true
    end
  end
  return false
end

local made_by

-- What made a client that a name or attribute starts without and is given when it is first wanted: `if self.client is None: self.client = await make()`.
-- Where there are several, one with a limit counts.
local function made_late(node, depth)
  local found, own = nil, node:func()
  if node:param_position() then
    return nil
  end
  for _, assign in node.file.root and node.file.root:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    local fn = assign:func()
    -- A name of another function's own says nothing of this one.
    local is_seen = node.kind == "attr" or not fn or own and fn.node:same(own.node)
    if not is_seen and fn then
      is_seen = node.file.language ~= "python" and not assign:has("declare") or #fn.node:descendants("global") > 0
    end
    if is_seen and target and value and value.kind ~= "null" and target.source == node.source and target.kind == node.kind then
      local made = made_by(value, depth + 1)
      if made and (not found or limit_of(made) ~= "absent" or is_limited_where_made(made)) then
        found = made
      end
    end
  end
  return found
end

-- The expression that made a client: what a name or attribute stands for, and behind factories of the project what they make.
made_by = function(node, depth)
  while node and (node.kind == "await" or node.kind == "unary") do
    node = node:child("value")
  end
  if not node or depth > 3 then
    return nil
  end
  if node.kind == "name" or node.kind == "attr" then
    local value = node:value() or node:definition()
    return made_by(value, depth + 1) or not value and made_late(node, depth) or nil
  end
  if node.kind == "logic" then
    for _, part in node:children() do
      local found = made_by(part, depth + 1)
      if found then
        return found
      end
    end
    return nil
  end
  if node.kind ~= "call" then
    return nil
  end
  if not node:fact("client") then
    for _, fn in node:callees() do
      for _, inner in fn.node:descendants("call") do
        if inner:fact("client") == "true" and inner:fact("kind") == "http" then
          return inner
        end
      end
      -- One that keeps what another one makes.
      for _, inner in fn.node:descendants("call") do
        local made = #inner:callees() > 0 and is_alike(inner, node) and made_by(inner, depth + 1)
        if made and made:fact("client") == "true" then
          return made
        end
      end
    end
  end
  return node
end

-- A class of the project that puts the limit on by overriding what sends: its own `request` or `send`.
local function is_own_client(receiver)
  for _, origin in receiver:origin() do
    local path, class = origin:match("^(.+%.%w+):([%w_]+)%(%)$")
    if path then
      return true, path, class
    end
  end
  return false
end

local function own_client_limit(receiver, repo)
  local is_own, path, class = is_own_client(receiver)
  if not is_own then
    return nil
  end
  local file = repo:open(path)
  if not file or not file.root then
    return "hidden"
  end
  for _, node in file.root:descendants("class") do
    if node.text == class then
      return says_limit(node.source) and "set" or "absent"
    end
  end
  return "hidden"
end

local function is_relative(node)
  local text, known = nil, false
  if node then
    text, known = node:literal()
  end
  return known and type(text) == "string" and text:match("^/[^/]") ~= nil
end

-- A file of the program itself: `fetch(new URL("./font.ttf", import.meta.url))`.
local function is_asset(node)
  local base = node and node.kind == "call" and node.name == "URL" and node:arg(2)
  return base ~= nil and base ~= false and base.source == "import.meta.url"
end

local function url_of(call)
  local library = call:fact("library")
  local target, state = call:arg("url")
  -- Options that cannot be seen may hold an address; what stands at its place says more.
  if target and state == "given" then
    return target
  end
  if library == "requests" and call.name == "request" then
    return call:arg(2)
  end
  return call:arg(1)
end

-- What the client that the call is made with says: a limit, or that it only calls the site it was loaded from ("own").
local function client_limit(call, file, repo)
  local receiver = call:receiver()
  if not receiver then
    return "absent"
  end
  local own = own_client_limit(receiver, repo)
  if own and own ~= "absent" then
    return own
  end
  local made = made_by(receiver, 0)
  local place = made
  if made then
    local state, value = limit_of(made)
    if state ~= "absent" then
      return state, value
    end
    local base = made:arg("baseURL")
    if is_relative(base or url_of(call)) then
      return "own"
    end
    if is_limited_later(receiver, made.file.root) or is_limited_where_made(made) then
      return "set"
    end
  end
  if is_limited_later(receiver, file.root) then
    return "set"
  end
  return "absent", place
end

-- The limit that a file gives to all calls of axios: `axios.defaults.timeout = 5000`, `Object.assign(axios.defaults, { timeout: 5000 })`.
local function limits_axios(file)
  local function is_defaults(node)
    local of = node.kind == "attr" and node.text == "defaults" and node:child("value")
    -- An instance that `axios.create` made has defaults of its own.
    return of and of:comes_from({ "axios", "axios.default", "axios.Axios" })
  end
  for _, node in file.root and file.root:descendants({ "assign", "call" }) or {} do
    local value = nil
    if node.kind == "assign" then
      local target = node:child("target")
      local of = target and target.kind == "attr" and target.text == "timeout" and target:child("value")
      value = of and is_defaults(of) and node:child("value")
    elseif node.name == "assign" then
      local into = node:arg(1)
      local from = into and is_defaults(into) and node:arg(2)
      value = from and from:entry("timeout")
    end
    if value and is_limit(value) then
      return true
    end
  end
  return false
end

-- Limits for all calls of a library at once, in the package that a call belongs to.
local function global_limit(call, library, repo)
  local root = service.root(repo, call.file.path)
  if library == "axios" then
    for _, path in repo:matched("defaults") do
      local file = service.root(repo, path) == root and repo:open(path)
      -- What a page sets does not reach a server.
      if file and (file.side ~= "browser" or call.file.side == "browser") and limits_axios(file) then
        return true
      end
    end
  end
  if library == "urllib" or library == "http.client" then
    for _, one in repo:calls({ "socket.setdefaulttimeout" }) do
      local value = one:arg(1)
      if service.root(repo, one.file.path) == root and (not value or is_limit(value)) then
        return true
      end
    end
  end
  if call:is({ "@nestjs/axios.**" }) then
    for _, module in repo:calls({ "@nestjs/axios.HttpModule.register", "@nestjs/axios.HttpModule.registerAsync" }) do
      if service.root(repo, module.file.path) == root and says_limit(module.source) then
        return true
      end
    end
  end
  return false
end

-- The position of the parameter of the function around that `node` is, or is what remains of: `const { a, ...rest } = options`.
local function param_behind(node)
  while node and (node.kind == "spread" or node.kind == "await") do
    node = node:child("value")
  end
  if not node or node.kind ~= "name" then
    return nil
  end
  local at = node:param_position()
  if at then
    return at
  end
  local fn = node:func()
  for _, assign in fn and fn.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    if target and value and target.kind == "dict" and value.kind == "name" then
      for _, name in target:descendants("name") do
        if name.text == node.text then
          return value:param_position()
        end
      end
    end
  end
  return nil
end

local IDLE = { test = true, script = true }

-- Browsers and apps: a request that hangs holds nothing but its own tab. What a framework runs on the server counts again.
local function is_out_of_scope(call)
  local reach = call:reach()
  return IDLE[reach] or (call.file.side == "browser" and reach ~= "request" and reach ~= "worker")
end

local function shown(path)
  return (path:gsub("^global%.", ""):gsub("%(%)$", ""))
end

-- Whether the callers of the function around bound what it does: all of them race it.
local function is_bound_above(call, depth)
  local fn = call:func()
  if not fn or depth >= DEEPEST then
    return false
  end
  local callers = 0
  for _, caller in fn:callers() do
    if not IDLE[caller:reach()] then
      callers += 1
      if not is_raced(caller) and not is_bound_above(caller, depth + 1) then
        return false
      end
    end
  end
  return callers > 0
end

local LINES = { iter_lines = true, aiter_lines = true, iter_sse = true, aiter_sse = true }

-- Whether the answer is a stream of events, read line by line for as long as the other side has any.
local function is_subscription(call)
  local item = call:parent()
  if call.name ~= "stream" and select(2, call:arg("stream")) ~= "given" then
    return false
  end
  if item and item.kind == "await" then
    item = item:parent()
  end
  local around = item and item.kind == "with-item" and item:parent() or call:enclosing({ "function" })
  for _, loop in around and around:descendants({ "for", "clause" }) or {} do
    local iter = loop:child("iter")
    if iter and iter.kind == "call" and LINES[iter.name] then
      return true
    end
  end
  return false
end

-- Where a limit is set to nothing that the call names only: `LIMIT = None`, here or in another file.
local function set_to_nothing(value)
  if not value or value.kind ~= "name" and value.kind ~= "attr" then
    return nil
  end
  return value:value() or value:definition()
end

local Judge = {}
Judge.__index = Judge

-- `call` sends without a limit of its own; `sender` is the library call at the end, the same unless a helper lies between;
-- `switch` is where the call switches a limit off, `off` where that is done elsewhere.
function Judge:report_call(call, sender, what, switch, off)
  if self.seen[call.file.path .. ":" .. call.id] then
    return
  end
  self.seen[call.file.path .. ":" .. call.id] = true
  local library, default = sender:fact("library") or "unknown", sender:fact("timeout") or "unknown"
  local path = shown(sender:target()[1] or sender.name)
  local related = {}
  local message
  if what == "off" then
    message = `this call to {path} switches the time limit off`
  elseif not call:same(sender) then
    message = `{call.name} is called without a limit and passes the call on to {path}, which has none of its own`
    table.insert(related, { at = sender, message = "the call that waits" })
  elseif default == "300 s" then
    message = `this {path} gives the other side 300 s for the headers and 300 s for every part of the body`
  else
    message = `this call to {path} waits for as long as the other side likes: neither the call nor its client sets a limit`
  end
  local place = self.client
  if place and not place:same(call) then
    table.insert(related, { at = place, message = "the client is made here, without a limit" })
  end
  local named = set_to_nothing(switch or off)
  if named or off then
    table.insert(related, { at = named or off, message = "the limit is switched off here" })
  end
  local side_known = call.file.side == "server" or call:reach() == "request" or call:reach() == "worker"
  local confidence = (default == "none" or what == "off") and "high" or "medium"
  if not side_known then
    confidence = "low"
  end
  confidence = called.confidence(call, confidence, self.repo)
  local fix = nil
  if call:same(sender) then
    if what == "off" then
      fix = limit.of_switch(call, switch)
    else
      fix = limit.of_call(call, place)
    end
  end
  self.report({
    at = call,
    message = message,
    confidence = confidence,
    related = related,
    notes = { library = library, ["its own limit"] = if what == "off" then nil else default },
    fix = fix,
  })
end

-- Follows a limit that the callers of a helper choose.
function Judge:follow_callers(call, hidden, sender, depth)
  local at = param_behind(hidden)
  local fn = call:func()
  if not at or not fn or depth >= DEEPEST then
    return
  end
  for _, caller in fn:callers() do
    if not is_out_of_scope(caller) then
      local state, place = limit_of(caller)
      if state == "hidden" then
        self:follow_callers(caller, place, sender, depth + 1)
      elseif state == "off" then
        self:report_call(caller, sender, "off", nil, place)
      elseif state == "absent" and not is_raced(caller) and not is_bound_above(caller, 0) then
        self:report_call(caller, sender, "absent")
      end
    end
  end
end

function Judge:check_call(call)
  if is_out_of_scope(call) then
    return
  end
  local library, default = call:fact("library"), call:fact("timeout")
  local state, place = limit_of(call)
  if state == "off" and is_subscription(call) then
    return
  elseif state == "off" then
    return self:report_call(call, call, "off", place)
  end
  if default ~= "none" and default ~= "300 s" and default ~= "client" or library == "aiohttp" then
    return
  end
  -- An address without a host, given to the library itself: the site that the page came from.
  if state == "set" or (call:is({ "global.fetch", "axios", "axios.*" }) and (is_relative(url_of(call)) or is_asset(url_of(call)))) then
    return
  end
  local client, made = client_limit(call, self.file, self.repo)
  if state == "hidden" then
    -- What the callers leave open the client decides, or what bounds the helper as a whole.
    local is_left = client == "absent" or client == "off"
    if is_left and not is_raced(call) and not global_limit(call, library, self.repo) then
      self:follow_callers(call, place, call, 0)
    end
    return
  end
  if client == "off" then
    return self:report_call(call, call, "off", nil, made)
  end
  if client ~= "absent" or is_raced(call) or global_limit(call, library, self.repo) or is_bound_above(call, 0) then
    return
  end
  if self.file.language == "go" and has_go_deadline(call) then
    return
  end
  self.client = made
  if default ~= "client" then
    self:report_call(call, call, "absent")
  end
end

-- A client whose calls all lack a limit is reported where it is made.
function Judge:check_client(call)
  if is_out_of_scope(call) then
    return
  end
  local state, place = limit_of(call)
  if state == "off" then
    return self:report_call(call, call, "off", place)
  end
  if call:fact("library") ~= "net/http" or state ~= "absent" or select(2, call:arg("Transport")) ~= "absent" then
    return
  end
  local statement = call:statement()
  local target = statement and statement.kind == "assign" and statement:child("target")
  if target and is_limited_later(target, self.file.root) or has_go_deadline(call) then
    return
  end
  self.report({
    at = call,
    message = "this http.Client has no Timeout: each of its calls waits for as long as the other side likes",
    confidence = "medium",
    notes = { library = "net/http", ["its own limit"] = "none" },
    fix = limit.of_client(call),
  })
end

return {
  check = function(file, matches, report, repo)
    local judge = setmetatable({ file = file, report = report, repo = repo, seen = {} }, Judge)
    for _, match in matches do
      judge.client = nil
      if match.matcher == "call" then
        judge:check_call(match.node)
      else
        judge:check_client(match.node)
      end
    end
  end,
}
