-- Who runs a function, and whether a place in it runs each time that it does: what `lifetime` asks of functions and of the names in them.

local implementations = require("implementations")

local M = {}

local DEEPEST = 3

-- Adds the calls that run a method by the name that a class, or one of those that it is made of, only declares.
local function add_declared(class, name, depth, calls)
  for _, base in depth <= DEEPEST and class:children("base") or {} do
    local made = (base.kind == "name" or base.kind == "attr") and base:definition()
    local body = made and made.kind == "class" and made:child("body")
    for _, statement in body and body:children() or {} do
      local func = statement.kind == "function" and statement.text == name and statement:func()
      for _, caller in func and implementations.is_declared_only(func) and func:callers() or {} do
        local is_known = false
        for _, other in calls do
          is_known = is_known or other:same(caller)
        end
        if not is_known then
          table.insert(calls, caller)
        end
      end
    end
    if body then
      add_declared(made, name, depth + 1, calls)
    end
  end
end

-- The calls that run a function; of a method of Python also those of the method that it stands for, which a base class only declares.
function M.of(fn)
  local calls = fn:callers()
  local class = fn.node.file.language == "python" and implementations.class_of(fn)
  if class then
    add_declared(class, fn.name, 1, calls)
  end
  return calls
end

-- Whether a function declares a name itself: `let client; try { client = connect() }`. A function in it may still keep it.
function M.is_declared_in(fn, name)
  for _, assign in fn.node:descendants("assign") do
    local target = assign:has("declare") and assign:child("target")
    local around = target and assign:enclosing({ "function" })
    if target and target.kind == "name" and target.text == name and around and around:same(fn.node) then
      return true
    end
  end
  return false
end

local PER_REQUEST = table.freeze({ "flask.g", "flask.g.**", "quart.g", "quart.g.**" })

-- Whether a test asks what only lives as long as the request.
local function asks_request(test)
  for _, name in test:descendants("name") do
    if name:comes_from(PER_REQUEST) then
      return true
    end
  end
  return test.kind == "name" and test:comes_from(PER_REQUEST)
end

-- Whether a place runs only where something is not there yet, as far as the tests around it and before it in its function can say so.
function M.is_guarded(node)
  local fn = node:enclosing({ "function" })
  local inner, at = node, node:parent()
  while at and not (fn and at:same(fn)) do
    local test = (at.kind == "if" or at.kind == "conditional") and at:child("test")
    if at.kind == "logic" or test and not inner:same(test) and not asks_request(test) then
      return true
    end
    inner, at = at, at:parent()
  end
  for _, left in fn and fn:descendants("return") or {} do
    if left.id < node.id and left:enclosing({ "if" }) and left:enclosing({ "function" }):same(fn) then
      return true
    end
  end
  return false
end

return M
