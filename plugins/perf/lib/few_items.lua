-- Expressions that stand for as many things as are written down: a loop over them turns a known number of times.

local parameter = require("parameter")

local M = {}

-- A function that more calls than these run is handed all sorts of things.
local MOST_CALLERS = 12

-- Calls that give as many things as their first argument has; `zip` stops with its shortest.
local AS_MANY = { list = true, tuple = true, sorted = true, reversed = true, enumerate = true, set = true, frozenset = true, zip = true }
local VIEWS = { items = true, keys = true, values = true }
local OBJECT = table.freeze({ "global.Object.values", "global.Object.keys", "global.Object.entries" })

-- What a class says of its fields: as many as somebody has written.
local FIELDS = { model_fields = true, __fields__ = true, __dataclass_fields__ = true, __annotations__ = true, model_computed_fields = true, _declared_fields = true, declared_fields = true, base_fields = true }
local META = { fields = true, local_fields = true, concrete_fields = true, many_to_many = true, related_objects = true, get_fields = true }
local ASKED = table.freeze({ "dataclasses.fields", "attr.fields", "attrs.fields", "typing.get_type_hints" })

-- Whether an expression gives the fields of a class: `Order.model_fields`, `order._meta.get_fields()`, `dataclasses.fields(Order)`.
local function are_fields(node)
  if node.file.language ~= "python" then
    return false
  end
  local attr = node.kind == "call" and node:child("callee") or node
  local on = attr and attr.kind == "attr" and attr:child("value")
  return on and (FIELDS[attr.text] or META[attr.text] and on.kind == "attr" and on.text == "_meta") or node.kind == "call" and node:is(ASKED)
end

local function is_enum(class)
  for _, base in class.kind == "class" and class:children("base") or {} do
    if base.source:find("Enum$") or base.source:find("%f[%w]IntFlag$") then
      return true
    end
  end
  return false
end

-- Methods that put one thing more into a collection, and those that put several into it.
local PUTS_ONE = { append = true, appendleft = true, add = true, insert = true, push = true, unshift = true, setdefault = true, set = true }
local PUTS_SEVERAL = { extend = true, extendleft = true, update = true }

-- Whether what a statement puts into a collection comes on top of what is written down: it runs again and again after the collection was made.
local function is_repeated(node, made)
  local func, maker = node:func(), made:func()
  if func and not (maker and func.node:same(maker.node)) then
    return true
  end
  for _, loop in node:loops() do
    if loop.kind ~= "constant" and not made:is_within(loop.node) then
      return true
    end
  end
  return false
end

-- Whether a list, set or mapping holds what is written in it and nothing else.
local function is_literal(node)
  if node.kind ~= "list" and node.kind ~= "dict" and node.kind ~= "set" then
    return false
  end
  for _, item in node:children("item") do
    if item.kind == "spread" then
      return false
    end
  end
  return true
end

-- Whether all that is added is written down where it is added: `fields.update({"state": None})`, `names += ["last"]`.
local function are_literals(added)
  for _, one in added do
    if one.kind ~= "kw-arg" and not is_literal(one) then
      return false
    end
  end
  return true
end

-- What a call or an assignment adds to, and whether more than can be counted in the text.
local function addition(node, made)
  if node.kind == "call" then
    local added = node:children("arg")
    local on = PUTS_ONE[node.name] and #added > 0 and node:receiver()
    if on then
      -- `wanted.push(...ids)`.
      return on, is_repeated(node, made) or added[#added].kind == "spread"
    end
    on = PUTS_SEVERAL[node.name] and node:receiver() or node:is("global.Object.assign") and table.remove(added, 1)
    return on or nil, is_repeated(node, made) or not are_literals(added)
  end
  local target = node:child("target")
  if target and target.kind == "index" then
    -- A key that is written down is one more at most.
    local index = target:child("index")
    return target:child("value"), index ~= nil and not select(2, index:literal()) and is_repeated(node, made)
  end
  local added = node.kind == "aug-assign" and node:children("value") or {}
  return #added > 0 and target or nil, is_repeated(node, made) or not are_literals(added)
end

-- Whether a collection that is written down is filled further where it is made: `seen = {0}`, then `seen.add(order.id)` in a loop.
local function is_filled(node, made)
  local maker = made:func()
  local scope = node.kind == "name" and maker and maker.node or made.file.root
  for _, one in scope and scope:descendants({ "call", "assign", "aug-assign" }) or {} do
    local on, is_more = addition(one, made)
    if on and on.kind == node.kind and on.name == node.name and is_more then
      -- The same name may stand for another collection in another function.
      local other = on.kind == "name" and on:value() or on:definition()
      if other and other:same(made) or not other and on.source == node.source then
        return true
      end
    end
  end
  return false
end

local is_few

-- Whether every entry of a mapping that somebody has written is a short list: then so is the one that a key leads to, `DOMAINS.get(host)`.
local function is_entry_few(node, depth)
  local value = node.kind == "name" and node:value() or node.kind ~= "dict" and node:definition() or node.kind == "dict" and node
  if not value or value.kind ~= "dict" or not is_literal(value) or is_filled(node, value) then
    return false
  end
  for _, item in value:children("item") do
    local entry = item.kind == "pair" and item:child("value")
    if not entry or not is_few(entry, depth + 1) then
      return false
    end
  end
  return true
end

-- Whether an expression stands for as many things as are written down: `params = ["q", "sort"]`, `tables := []string{"users", "orders"}`, `zip(DAYS, dates)`,
-- the members of an enum.
function is_few(node, depth)
  if depth > 3 then
    return false
  elseif are_fields(node) then
    return true
  elseif node.kind == "list" or node.kind == "dict" or node.kind == "set" then
    return #node:children("item") > 0 and is_literal(node)
  elseif node.kind == "name" or node.kind == "attr" then
    local value = node.kind == "name" and node:value() or node:definition()
    for _, class in not value and node.kind == "name" and node.file.root and node.file.root:children("body") or {} do
      value = class.kind == "class" and class.text == node.text and class or value
    end
    return value ~= nil and (is_enum(value) or value.kind ~= "name" and value.kind ~= "attr" and is_few(value, depth + 1) and not is_filled(node, value))
  elseif node.kind ~= "call" then
    return false
  end
  if node:is(OBJECT) then
    -- What is written like a type and turned over like an object is an enum.
    local of = node:arg(1)
    return of ~= nil and (of.kind == "name" and of.text:find("^%u%w*%l") ~= nil and not of:param_position() or of.kind ~= "call" and is_few(of, depth + 1))
  end
  local receiver = node:receiver()
  if receiver and node.name == "get" and node.file.language == "python" then
    return is_entry_few(receiver, depth)
  elseif receiver then
    return VIEWS[node.name] == true and node.file.language == "python" and (receiver.kind ~= "call" or are_fields(receiver)) and is_few(receiver, depth + 1)
  end
  for at, argument in AS_MANY[node.name] and node.file.language == "python" and node:args() or {} do
    if (at == 1 or node.name == "zip") and argument.kind ~= "kw-arg" and is_few(argument, depth + 1) then
      return true
    end
  end
  return false
end

-- The value that the test around a loop gives to what it turns over: `if names := NAMES.get(key): for name in names`.
local function tested(loop)
  local over = loop.iter
  local branch = over and over.kind == "name" and over.file.language == "python" and loop.node:enclosing({ "if", "function" })
  local test = branch and branch.kind == "if" and branch:child("test")
  for _, assign in test and { test, unpack(test:descendants("assign")) } or {} do
    local target = assign.kind == "assign" and assign:child("target")
    if target and target.kind == "name" and target.text == over.text then
      return assign:child("value")
    end
  end
  return nil
end

-- Whether what a loop turns over is written down, elsewhere than in its head.
function M.is_written_out(loop)
  local over = tested(loop) or loop.iter
  -- A literal in the head is judged by how much it holds.
  return over ~= nil and (over.kind == "name" or over.kind == "attr" or over.kind == "call") and is_few(over, 0)
end

-- Whether a loop turns over a parameter for which all who call the function hand it something that they have written down: `remove_all(client, ["small", "large"])`.
function M.is_given_few(loop)
  local name = loop.iter
  if not name or name.kind ~= "name" then
    return false
  end
  local func, at = name:func(), name:param_position()
  local param = func and func.params[at]
  if not param or param.text ~= name.text then
    return false
  end
  local given = 0
  for _, caller in func:callers() do
    local is_on_object = caller.file.language == "python" and parameter.leading(func) or 0
    local value, state = caller:arg(param.text)
    if state ~= "given" or caller.file.language ~= "python" then
      value, state = caller:arg(at - is_on_object)
    end
    if caller:reach() ~= "test" and caller.file.class ~= "test" then
      given += 1
      if not value or state ~= "given" or given > MOST_CALLERS or not is_few(value, 1) then
        return false
      end
    end
  end
  return given > 0
end

return M
