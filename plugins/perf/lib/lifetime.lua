-- How long the value of a call lives: as long as the process ("shared"), as long as one request ("request"), one run of a
-- worker ("worker"), or nobody knows ("unknown"). `is_kept` says that something shared is kept on purpose, and not only made where
-- the process starts or somebody runs it by hand. Followed through names, attributes, factories, constructors and guards.

local call_sites = require("call_sites")
local handed_out = require("handed_out")
local instance_makers = require("instance_makers")
local keepers = require("keepers")
local put_into = require("put_into")
local words = require("words")

local M = {}

local DEEPEST = 4
-- How many places one question may lead to; what is called from more is unknown.
local MOST_PLACES = 600
local places_seen = 0

local function by_reach(reach)
  if reach == "startup" or reach == "script" or reach == "test" then
    return "shared"
  end
  return reach == "request" and "request" or reach == "worker" and "worker" or "unknown"
end

-- Whether somebody calls a function of whom it is not known how they come to run, besides those who run it at the start or by hand.
local function is_called_unseen(fn, depth, seen)
  local key = `{fn.node.file.path}:{fn.node.id}`
  if seen[key] or depth >= DEEPEST then
    return false
  end
  seen[key] = true
  for _, caller in fn:callers() do
    local around = caller:func()
    local reach = caller:reach()
    if reach == "unknown" or around and reach ~= "test" and is_called_unseen(around, depth + 1, seen) then
      return true
    end
  end
  return false
end

-- How long what a function makes for itself lives.
local function by_function(fn)
  local life = by_reach(fn.reach)
  return (life ~= "shared" or not is_called_unseen(fn, 0, {})) and life or "unknown"
end

-- The strongest of several answers: one request-bound use is enough to matter.
local RANK = { request = 3, worker = 2, unknown = 1, shared = 0 }

local function strongest(left, right)
  if not left then
    return right
  end
  return RANK[left.life] >= RANK[right.life] and left or right
end

local of_call

-- The life of what the callers of `fn` are given; `places` are the calls that take it, each with its life.
local function of_callers(fn, via, depth)
  local best, places = nil, {}
  if depth < DEEPEST then
    for _, caller in call_sites.of(fn) do
      local one = of_call(caller, depth + 1)
      for _, place in one.places or { { life = one.life, is_kept = one.is_kept, at = caller } } do
        table.insert(places, place)
      end
      best = strongest(best, one)
    end
  end
  if not best then
    return { life = by_function(fn), via = {} }
  end
  table.insert(best.via, 1, via)
  best.places = places
  return best
end

-- The life of what `fn` returns. A function that is called where it is written hands its result to the place around it.
local function of_result(fn, via, depth)
  local callee = fn.node
  local around = callee:parent()
  while around and around.kind == "group" do
    callee, around = around, around:parent()
  end
  if around and around.kind == "call" and callee:role() == "callee" and depth < DEEPEST then
    return of_call(around, depth + 1)
  end
  return of_callers(fn, via, depth)
end

local function constructor_of(class)
  for _, node in class:descendants("function") do
    if (node.text == "__init__" or node.text == "constructor") and node:enclosing("class"):same(class) then
      return node:func()
    end
  end
  return nil
end

-- Whether a call of a constructor is the part of a class below: `super().__init__(topic)`, `super(topic)`. What it makes is the object that is being made.
function M.is_of_derived(node)
  local on = node.kind == "call" and (node.name == "__init__" and node:receiver() or node)
  return on and on.kind == "call" and on.name == "super" and node:enclosing("class") ~= nil and (on ~= node or node.file.language ~= "python")
end

-- The life of instances of the class around `node`.
local function of_instance(node, depth)
  local class = node:enclosing("class")
  if not class then
    return { life = "unknown", via = {} }
  end
  -- What a container or framework injects is made once.
  for _, child in class:children("decorator") do
    if child.source:find("Injectable") or child.source:find("singleton") or child.source:find("Component") then
      return { life = "shared", is_kept = true, via = {} }
    end
  end
  local constructor, via = constructor_of(class), { at = class, message = `{class.text} holds it` }
  if not constructor then
    -- Who makes one of a class that says nothing of how it is made, is seen where its methods are called.
    local best = nil
    for _, made in depth < DEEPEST and instance_makers.of(class) or {} do
      best = strongest(best, of_call(made, depth + 1))
    end
    if best then
      table.insert(best.via, 1, via)
      best.places = nil
    end
    return best or { life = "unknown", via = {} }
  end
  local life = of_callers(constructor, via, depth)
  -- It is the object that is made several times: the place in question is where the object takes it.
  life.places = nil
  return life
end

local function is_global(fn, name)
  for _, node in fn.node:descendants("global") do
    for _, child in node:children() do
      if child.text == name then
        return true
      end
    end
  end
  return false
end

local CONSTRUCTORS = words.set("__init__", "__post_init__", "__new__", "__enter__", "__aenter__", "constructor")

-- What a method puts in the place of what its object held, whenever it is called: where a request calls it, and nobody asks whether there is one
-- already, it lives as long as that request.
local function of_replaced(assign, fn)
  local value = assign:child("value")
  local is_kept = assign.kind == "aug-assign" or value ~= nil and (value.kind == "logic" or value.kind == "conditional")
  if CONSTRUCTORS[fn.name] or is_kept or call_sites.is_guarded(assign) then
    return nil
  end
  for _, caller in call_sites.of(fn) do
    local around = caller:func()
    if around and not CONSTRUCTORS[around.name] and caller:reach() == "request" and not call_sites.is_guarded(caller) then
      return { life = "request", via = { { at = caller, message = `{fn.name} makes a new one here` } } }
    end
  end
  return nil
end

-- What an assignment makes of the life of its value; nil for a plain local name.
local function of_target(assign, target, fn, depth)
  if target.kind == "name" then
    if assign.file.language == "python" then
      return is_global(fn, target.text) and { life = "shared", is_kept = true, via = {} } or nil
    end
    if not assign:has("declare") and not assign:has("const") and not call_sites.is_declared_in(fn, target.text) then
      return { life = "shared", is_kept = true, via = {} }
    end
    return nil
  end
  local base = (target.kind == "attr" or target.kind == "index") and target:child("value")
  if not base then
    return nil
  end
  if base.text == "this" and fn.node:has("static") then
    -- The class itself: `static client() { return (this.made ??= new Client()) }`.
    return { life = "shared", is_kept = true, via = {} }
  elseif base.text == "self" or base.text == "this" then
    return of_replaced(assign, fn) or of_instance(assign, depth)
  end
  if assign.file.language == "go" and base.kind == "name" and base:param_position() == 1 and fn.reach == "request" and not call_sites.is_guarded(assign) then
    -- What a request's own call puts in the place of what the object held: `func (s *Store) Init(tenant Tenant) { s.client = storage.New(tenant) }`.
    return { life = "request", via = {} }
  end
  if base:comes_from({ "flask.g", "flask.g.**" }) then
    return nil
  end
  return { life = "shared", is_kept = true, via = {} }
end

-- Where a local name that holds the value goes: out of the function, or into something that lives longer.
local function of_local(assign, name, fn, depth)
  if put_into.is_kept(fn.node, name.text, assign.line) then
    return { life = "shared", is_kept = true, via = {} }
  end
  local places = fn.node:descendants({ "return", "yield", "assign" })
  for _, node in places do
    local value = node.kind == "assign" and not node:same(assign) and node.line >= assign.line and node:child("value")
    local target = value and handed_out.reads(value, name.text) and node:child("target")
    local life = target and of_target(node, target, fn, depth)
    if life and life.life == "shared" then
      -- What hands it out as well hands out what it keeps.
      return life
    end
  end
  for _, node in places do
    local value = node:child("value")
    if not value or node:same(assign) then
      continue
    end
    if node.kind == "return" and handed_out.is_by(value, name.text) then
      return of_result(fn, { at = fn.node, message = `{fn.name} hands out a new one each time` }, depth)
    elseif node.kind == "assign" and handed_out.reads(value, name.text) and node.line >= assign.line then
      local target = node:child("target")
      local life = target and of_target(node, target, fn, depth)
      if life then
        return life
      end
    end
  end
  -- A part of something larger lives as long as that: `Service{client: client}`.
  for _, use in depth < DEEPEST and fn.node:descendants("name") or {} do
    if use.text == name.text and use.line >= assign.line and handed_out.is_part(use) then
      return of_call(use, depth + 1)
    end
  end
  return nil
end

-- How long what `node` makes lives: {life, via}, where `via` are places on the way.
of_call = function(node, depth)
  local fn = node:func()
  if not fn then
    return { life = "shared", is_kept = true, via = {} }
  end
  places_seen += 1
  if places_seen > MOST_PLACES then
    return { life = "unknown", via = {} }
  end
  if keepers.is_by_decorator(fn) or keepers.is_called_keeper(fn.name) then
    return { life = "shared", is_kept = true, via = {} }
  end
  if keepers.is_by_object(fn) and depth < DEEPEST then
    local life = of_instance(node, depth + 1)
    -- Where nobody is seen to make the object, keeping it was meant.
    return life.life == "unknown" and { life = "shared", is_kept = true, via = {} } or life
  end
  if M.is_of_derived(node) and depth < DEEPEST then
    return of_instance(node, depth + 1)
  end
  local inner, at = node, node:parent()
  local position = nil
  while at do
    local kind = at.kind
    if kind == "list" and not position then
      for place, item in at:children("item") do
        position = item:same(inner) and place or position
      end
    end
    if kind == "assign" or kind == "aug-assign" then
      local target = at:child("target")
      if target and target.kind == "list" and inner.kind == "list" and position then
        -- `pool, session = make_pool(), make_session()`: each has its own target.
        target = target:children()[position]
      end
      local life = target and of_target(at, target, fn, depth)
      if not life and target and target.kind == "name" then
        life = of_local(at, target, fn, depth)
      end
      return life or { life = by_function(fn), via = {} }
    elseif kind == "return" then
      if fn.is_lambda then
        break
      end
      return of_result(fn, { at = fn.node, message = `{fn.name} makes a new one for each call` }, depth)
    elseif kind == "call" and inner:role() == "arg" then
      if handed_out.keeps_arguments(at) then
        return of_call(at, depth)
      elseif at:is("builtins.setattr") then
        return { life = "shared", is_kept = true, via = {} }
      end
      -- `await Promise.race([connect(), timeout])` is what `connect` gives.
      local on = at:receiver()
      if not on or on.text ~= "Promise" then
        break
      end
    elseif kind == "function" or kind == "block" or kind == "expr-stmt" or kind == "with-item" then
      break
    end
    inner, at = at, at:parent()
  end
  return { life = by_function(fn), via = {} }
end

-- Whether a function keeps what it returns, as its decorators or its name say.
function M.is_kept(fn)
  return keepers.is_by_decorator(fn) or keepers.is_called_keeper(fn.name)
end

-- How long the value that `call` makes lives, and by which way that is known: {life, via, places}. What a factory hands out may
-- live long for one caller and short for another: `places` are the calls that take it, each with its life, nil where there is no factory.
function M.of(call)
  places_seen = 0
  return of_call(call, 0)
end

return M
