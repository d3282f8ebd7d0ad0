-- The absence of a limit is a search for its presence in an enlarging scope: the call, its options, the client and what is
-- done to it, what the call races against, and, where a helper leaves the choice to its callers, the callers. Only when all of
-- it was seen and nothing found is a call reported.

local address_or_text = require("address_or_text")
local awaited = require("awaited")
local called = require("called")
local flow = require("flow")
local go_deadline = require("go_deadline")
local go_streams = require("go_streams")
local go_transport = require("go_transport")
local http_client = require("http_client")
local library_limit = require("library_limit")
local limit_fix = require("limit_fix")
local naming = require("naming")
local scheduled_commands = require("scheduled_commands")
local time_limit = require("time_limit")

-- How many callers up a limit may come from.
local DEEPEST = 2

-- A file of the program itself: `fetch(new URL("./font.ttf", import.meta.url))`.
local function is_asset(node)
  local base = node and node.kind == "call" and node.name == "URL" and node:arg(2)
  return base ~= nil and base ~= false and base.source == "import.meta.url"
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

-- What only the scripts say that a browser runs between its pages and the network.
local IN_BROWSER = { "self%.skipWaiting%(", "self%.clients%.claim%(", "self%.addEventListener%(%s*[\"']install[\"']", "self%.addEventListener%(%s*[\"']activate[\"']", "self%.addEventListener%(%s*[\"']notificationclick[\"']" }

-- Whether a folder is named for tests among other words: `tests_smoke`, `smoke-tests`.
local function is_among_tests(path)
  for folder in path:lower():gmatch("([^/]+)/") do
    for word in folder:gmatch("%a+") do
      if word == "tests" or word == "smoke" then
        return true
      end
    end
  end
  return false
end

-- Files whose requests nobody waits for on a server, as far as they were asked about.
local asides = {}

local function is_aside(file)
  local path = file.path
  if asides[path] == nil then
    asides[path] = is_among_tests(file.path_below_named)
    for _, form in (file.language == "javascript" or file.language == "typescript") and IN_BROWSER or {} do
      asides[path] = asides[path] or file.text:find(form) ~= nil
    end
  end
  return asides[path]
end

-- Browsers and apps: a request that hangs holds nothing but its own tab. What a framework runs on the server counts again.
local function is_out_of_scope(call, repo)
  local reach = call:reach()
  if is_aside(call.file) then
    return true
  end
  -- A job by the clock that hangs is not started again, and nobody sees it; a command that somebody runs by hand is stopped by hand.
  if reach == "script" and scheduled_commands.runs(call, repo) then
    return false
  end
  return IDLE[reach] or (call.file.side == "browser" and reach ~= "request" and reach ~= "worker")
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
      if not time_limit.is_raced(caller) and not is_bound_above(caller, depth + 1) then
        return false
      end
    end
  end
  return callers > 0
end

local LINES = { iter_lines = true, aiter_lines = true, iter_sse = true, aiter_sse = true }

-- Whether the answer is a stream of events, read line by line for as long as the other side has any.
local function is_subscription(call)
  if call.name ~= "stream" and select(2, call:arg("stream")) ~= "given" then
    return false
  end
  local item = awaited.parent(call)
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
  local path = naming.path(sender:target()[1] or sender.name)
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
  local stream, stays_open = nil, nil
  if call:same(sender) and library == "net/http" then
    stream, stays_open = go_streams.of_call(call)
  end
  if stream then
    message = `this call to {path} waits for its answer for as long as the other side likes; a Timeout would also cut off the stream, ResponseHeaderTimeout of a transport does not`
    table.insert(related, { at = stream, message = "the stream" })
  end
  local side_known = call.file.side == "server" or call:reach() == "request" or call:reach() == "worker"
  local confidence = (default == "none" or what == "off") and "high" or "medium"
  if not side_known then
    confidence = "low"
  end
  -- The callers choose the context, and not all of them are seen; a stream may be meant to stay open.
  if (self.is_open or stays_open) and confidence == "high" then
    confidence = "medium"
  end
  confidence = called.confidence(call, confidence, self.repo)
  local fix = nil
  if call:same(sender) and not stream then
    if what == "off" then
      fix = limit_fix.of_switch(call, switch)
    else
      fix = limit_fix.of_call(call, place)
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

-- Whether a helper is written in the function that calls it, and nowhere else is called: one change in it is for all of its calls.
local function is_local_to(fn, callers)
  local around = fn.node:enclosing({ "function" })
  for _, caller in callers do
    if not around or not caller:is_within(around) then
      return false
    end
  end
  return #callers > 1
end

-- Follows a limit that the callers of a helper choose.
function Judge:follow_callers(call, hidden, sender, depth)
  local at = param_behind(hidden)
  local fn = call:func()
  if not at or not fn or depth >= DEEPEST then
    return
  end
  local open = {}
  for _, caller in fn:callers() do
    if not is_out_of_scope(caller, self.repo) then
      local state, place = time_limit.of(caller)
      if state == "hidden" then
        self:follow_callers(caller, place, sender, depth + 1)
      elseif state == "off" then
        self:report_call(caller, sender, "off", nil, place)
      elseif state == "absent" and not time_limit.is_raced(caller) and not is_bound_above(caller, 0) then
        table.insert(open, caller)
      end
    end
  end
  if call:same(sender) and #open == #fn:callers() and is_local_to(fn, open) then
    return self:report_call(sender, sender, "absent")
  end
  for _, caller in open do
    self:report_call(caller, sender, "absent")
  end
end

function Judge:check_call(call)
  if is_out_of_scope(call, self.repo) or call:fact("takes_documents") == "true" and not address_or_text.is_address(call) then
    return
  end
  local library, default = call:fact("library"), call:fact("timeout")
  local state, place = time_limit.of(call)
  if state == "off" and is_subscription(call) then
    return
  elseif state == "off" then
    return self:report_call(call, call, "off", place)
  end
  if default ~= "none" and default ~= "300 s" and default ~= "client" or library == "aiohttp" then
    return
  end
  -- An address without a host, given to the library itself: the site that the page came from.
  if state == "set" or (call:is({ "global.fetch", "axios", "axios.*" }) and (http_client.is_relative(http_client.url_of(call)) or is_asset(http_client.url_of(call)))) then
    return
  end
  local client, made = http_client.limit_of(call, self.file, self.repo)
  if state == "hidden" then
    -- What the callers leave open the client decides, or what bounds the helper as a whole.
    local is_left = client == "absent" or client == "off"
    if is_left and not time_limit.is_raced(call) and not library_limit.is_given(call, library, self.repo) then
      self:follow_callers(call, place, call, 0)
    end
    return
  end
  if client == "off" then
    return self:report_call(call, call, "off", nil, made)
  end
  if client ~= "absent" or time_limit.is_raced(call) or library_limit.is_given(call, library, self.repo) or is_bound_above(call, 0) then
    return
  end
  local deadline = self.file.language == "go" and go_deadline.of(call, self.repo) or "absent"
  if deadline == "set" then
    return
  end
  self.is_open, self.client = deadline == "unknown", made
  if default ~= "client" then
    self:report_call(call, call, "absent")
  end
end

-- An instance without a limit that is made in the arguments of a library's function: what that sends with it nobody bounds any more.
function Judge:check_handed(call)
  local outer = call:argument_of()[1]
  local parent = call:parent()
  if not outer or not parent or not parent:same(outer) or #outer:callees() > 0 or outer:target()[1] == nil or time_limit.says_limit(outer.source) then
    return
  end
  local target = flow.target(outer)
  if target and http_client.is_limited_later(target, self.file.root) or library_limit.is_given(call, "axios", self.repo) then
    return
  end
  self.report({
    at = call,
    message = `this instance of axios has no timeout, and what {naming.path(outer:target()[1])} sends with it waits for as long as the other side likes`,
    confidence = call.file.side == "server" and "medium" or "low",
    related = { { at = outer, message = "the library that it is handed to" } },
    notes = { library = "axios", ["its own limit"] = "none" },
    fix = limit_fix.of_call(call, call),
  })
end

-- A client whose calls all lack a limit is reported where it is made.
function Judge:check_client(call)
  if is_out_of_scope(call, self.repo) then
    return
  end
  local state, place = time_limit.of(call)
  if state == "off" then
    return self:report_call(call, call, "off", place)
  end
  if call:fact("library") == "axios" and state == "absent" then
    return self:check_handed(call)
  end
  if call:fact("library") ~= "net/http" or state ~= "absent" or not go_transport.is_endless(call) then
    return
  end
  local target = flow.target(call)
  if target and http_client.is_limited_later(target, self.file.root) or go_deadline.of(call, self.repo) == "set" then
    return
  end
  local stream = go_streams.of_client(call, self.repo, function(inner)
    return select(2, http_client.limit_of(inner, inner.file, self.repo))
  end)
  self.report({
    at = call,
    message = if stream
      then "this http.Client waits for answers for as long as the other side likes; a Timeout would also cut off the stream that it is used for, ResponseHeaderTimeout of its transport does not"
      else "this http.Client has no Timeout: each of its calls waits for as long as the other side likes",
    confidence = "medium",
    related = { stream and { at = stream, message = "the stream" } or nil },
    notes = { library = "net/http", ["its own limit"] = "none" },
    fix = not stream and limit_fix.of_client(call) or nil,
  })
end

return {
  check = function(file, matches, report, repo)
    local judge = setmetatable({ file = file, report = report, repo = repo, seen = {} }, Judge)
    for _, match in matches do
      judge.client, judge.is_open = nil, false
      if match.matcher == "call" then
        judge:check_call(match.node)
      else
        judge:check_client(match.node)
      end
    end
  end,
}
