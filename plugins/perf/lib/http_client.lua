-- The client that a call over HTTP is made with: what made it, and which limit it was given there, by its class, or later.

local client_adapters = require("client_adapters")
local time_limit = require("time_limit")

local M = {}

-- Whether what runs before each request of an axios instance gives it a limit: `api.interceptors.request.use((config) => { config.timeout = 5000; ... })`.
local function is_limited_before_each(call)
  local given = call:arg(1)
  local made = given and (given.kind == "name" or given.kind == "attr") and (given:definition() or given:value()) or given
  for _, node in made and made:descendants({ "assign", "pair" }) or {} do
    local target, value = node:child("target"), node:child("value")
    local name = target and target.kind == "attr" and target.text or node.kind == "pair" and node.text or ""
    if (name == "timeout" or name == "signal") and (not value or time_limit.is_limit(value)) then
      return true
    end
  end
  return false
end

-- Limits given after a client was made: `session.timeout = 5`, `session.mount(..., TimeoutAdapter())`,
-- `session.request = partial(session.request, timeout=5)`, `client.Timeout = ...`, `axios.defaults.timeout = ...`.
function M.is_limited_later(receiver, scope)
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
      if time_limit.says_limit(target.text) and (not value or time_limit.is_limit(value)) or (value and time_limit.says_limit(value.source)) then
        return true
      end
    end
  end
  for _, call in scope:descendants("call") do
    local callee = call:child("callee")
    local base = callee and callee.kind == "attr" and callee:child("value")
    if base and base.source == name and not call:fact("verb") then
      if time_limit.says_limit(call.source) then
        return true
      end
    elseif base and base.source == name .. ".interceptors.request" and call.name == "use" and is_limited_before_each(call) then
      return true
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
  return target ~= nil and target ~= false and target.kind == "name" and M.is_limited_later(target, (fn :: Func).node)
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
    -- What wraps the client that is there already is no other one: `this.http = rateLimit(this.http, options)`.
    local wrapped = value and value.kind == "call" and value:arg(1)
    local is_wrapped = wrapped and wrapped.source == node.source
    if is_seen and target and value and value.kind ~= "null" and not is_wrapped and target.source == node.source and target.kind == node.kind then
      local made = made_by(value, depth + 1)
      if made and (not found or time_limit.of(made) ~= "absent" or is_limited_where_made(made)) then
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
  -- A library that wraps an instance hands it back: `rateLimit(axios.create(...), ...)`.
  local inner = not node:fact("client") and #node:callees() == 0 and node:arg(1)
  if inner and node:comes_from("axios.Axios()") and (inner.kind == "call" or inner.kind == "name" or inner.kind == "attr") then
    return made_by(inner, depth + 1) or node
  end
  return node
end

-- Whether an address names no host.
function M.is_relative(node)
  local text, known = nil, false
  if node then
    text, known = node:literal()
  end
  return known and type(text) == "string" and text:match("^/[^/]") ~= nil
end

-- The address that a call is for.
function M.url_of(call)
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
function M.limit_of(call, file, repo)
  local receiver = call:receiver()
  if not receiver then
    return "absent"
  end
  -- A class of the project may put the limit on by overriding what sends: its own `request` or `send`.
  local own, own_place = client_adapters.limit_of_class(receiver, repo)
  if own and own ~= "absent" then
    return own, own_place
  end
  local made = made_by(receiver, 0)
  local place = made
  local between, between_place = client_adapters.limit_of(receiver, made, repo)
  if between then
    return between, between_place
  end
  if made then
    local state, value = time_limit.of(made)
    if state ~= "absent" then
      return state, value
    end
    local base = made:arg("baseURL")
    if M.is_relative(base or M.url_of(call)) then
      return "own"
    end
    if M.is_limited_later(receiver, made.file.root) or is_limited_where_made(made) then
      return "set"
    end
  end
  if M.is_limited_later(receiver, file.root) then
    return "set"
  end
  return "absent", place
end

return M
