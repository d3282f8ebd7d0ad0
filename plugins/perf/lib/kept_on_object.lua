-- Rows that an object of the project is made with, and what its methods give of them: `Chart(Order.objects.all(), {"total": lambda rows: rows.count()}).points()` asks
-- for numbers only.

local parameter = require("parameter")
local set = require("words").set

local M = {}

-- Links that ask for a number, a flag or one row.
local ONE = set("count", "exists", "aggregate", "first", "last", "latest", "earliest", "get", "scalar", "one", "one_or_none")

-- Whether an expression that begins with rows ends in something that is no list of all of them: a number, one row, a slice that ends.
local function is_one(node)
  if node.kind == "index" then
    local index = node:child("index")
    return index == nil or index.kind ~= "slice" or index.source:find("^[^:]*:%s*[^:%s]") ~= nil
  end
  local after = node.kind == "call" and node:chained() or {}
  local last = after[#after] or node
  if last.kind == "call" and ONE[last.name] then
    return true
  end
  local around = last:parent()
  return around ~= nil and around.kind == "index" and around:child("value") ~= nil and around:child("value"):same(last) and is_one(around)
end

-- The attribute of the object under which its `__init__` keeps what an argument gives, by the name of the parameter.
local function attributes_of(init)
  local all = {}
  for _, assign in init.node:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    local base = target and target.kind == "attr" and target:child("value")
    if base and parameter.is_self(base) and value and value.kind == "name" and value:param_position() then
      all[value.text] = target.text
    end
  end
  return all
end

-- What the object is made with, by attribute.
local function kept_by(made, init)
  local attributes, all = attributes_of(init), {}
  for _, given in made:args() do
    local param = parameter.taking(init, made, given)
    local name = param and attributes[param.text]
    if name then
      all[name] = given.kind == "kw-arg" and given:child("value") or given
    end
  end
  return all
end

-- The functions that a value holds: itself, or the values of a mapping; nil where it is none of these.
local function functions_in(value)
  if value.kind == "function" then
    return { value }
  elseif value.kind ~= "dict" and value.kind ~= "list" then
    return nil
  end
  local all = {}
  for _, item in value:children() do
    local inner = item.kind == "pair" and item:child("value") or item
    if inner.kind ~= "function" then
      return nil
    end
    table.insert(all, inner)
  end
  return #all > 0 and all or nil
end

-- Whether functions give no list of what they take.
local function all_give_one(functions)
  for _, func in functions or {} do
    local body = func:child("body")
    -- The body of a lambda is what it gives.
    local value = body and (body.kind == "block" and body:children()[1] or body)
    value = value and value.kind == "return" and value:child("value") or value
    if not value or not is_one(value) then
      return false
    end
  end
  return functions ~= nil
end

-- The attribute of the object that a loop turns over where it binds a name, or that is called itself: `for name, query in self.queries.items()`, `self.query(...)`.
local function attribute_called(call)
  local callee = call:child("callee")
  if callee.kind == "attr" then
    local base = callee:child("value")
    return base and parameter.is_self(base) and callee.text or nil
  end
  for _, loop in call:loops() do
    for _, target in loop.node:children("target") do
      local names = target.kind == "name" and { target } or target:descendants("name")
      for _, name in names do
        local over = name.text == callee.text and loop.iter or nil
        local on = over and over.kind == "call" and over:receiver() or over
        local base = on and on.kind == "attr" and on:child("value")
        if base and parameter.is_self(base) then
          return on.text
        end
      end
    end
  end
  return nil
end

-- Whether a method of the object asks no rows of an attribute that holds some.
local function is_spent(attr, kept)
  local parent = attr:parent()
  if parent and parent.kind == "index" then
    return attr:role() == "value" and is_one(parent)
  elseif parent and parent.kind == "attr" then
    local call = parent:parent()
    return call ~= nil and call.kind == "call" and is_one(call)
  end
  local call = attr:argument_of()[1]
  local callee = call and call:callees()[1]
  -- A lambda that the object was made with is looked at here, whether the call is known to run it or not.
  local name = call and (not callee or callee.is_lambda) and attribute_called(call)
  return name ~= nil and name ~= false and kept[name] ~= nil and all_give_one(functions_in(kept[name]))
end

-- Whether a node is the name of an object whose method stands there and gives none of the rows that the object was made with.
function M.gives_no_rows(name)
  local made, attr = name.kind == "name" and name:value() or nil, name:parent()
  local call = attr and attr.kind == "attr" and name:role() == "value" and attr:parent()
  if not made or made.kind ~= "call" or not call or call.kind ~= "call" then
    return false
  end
  local init, method = made:callees()[1], call:callees()[1]
  if not init or init.name ~= "__init__" or not method or #call:callees() > 1 then
    return false
  end
  local kept, uses = kept_by(made, init), 0
  for _, one in method.node:descendants("attr") do
    local base = one:child("value")
    local value = base and parameter.is_self(base) and kept[one.text]
    if value and value.kind ~= "dict" and value.kind ~= "function" then
      uses += 1
      if not is_spent(one, kept) then
        return false
      end
    end
  end
  return uses > 0
end

return M
