-- Places that run once for each process, although a request leads there: they fill what the module or the class keeps (`if password is None: password = read_secret()`),
-- or lie in a function that only such places call. What is opened there for the moment costs each instance once.

local lifetime = require("lifetime")
local words = require("words")

local M = {}

local DEEPEST = 4
local PUTS = words.set("set", "put", "setdefault")

-- What a test asks about, as it is written: names and attributes.
local function asked_in(test)
  local all = {}
  for _, node in { test, unpack(test:descendants({ "name", "attr", "index" })) } do
    if node.kind == "name" or node.kind == "attr" or node.kind == "index" then
      all[node.source] = true
    end
  end
  return all
end

-- Whether a name is the function's own: a parameter, or assigned to in it without being declared as the module's.
local function is_own(name, func)
  if name:param_position() then
    return true
  end
  local language = name.file.language
  for _, assign in func.node:descendants("assign") do
    local target = assign:child("target")
    if target and target.kind == "name" and target.text == name.text then
      if language == "python" then
        for _, declared in func.node:descendants("global") do
          if declared.source:find("%f[%w_]" .. name.text .. "%f[^%w_]") then
            return false
          end
        end
        return true
      elseif assign:has("declare") or assign:has("const") then
        return true
      end
    end
  end
  return false
end

local is_once

-- Whether the objects of the class around a place are made once.
local function is_made_once(node, depth)
  local class = node:enclosing("class")
  local body = class and class:child("body")
  for _, statement in body and body:children() or {} do
    local func = (statement.text == "__init__" or statement.text == "constructor") and statement.kind == "function" and statement:func()
    if func then
      local makers = 0
      for _, caller in func:callers() do
        if caller:reach() ~= "test" then
          makers += 1
          if not is_once(caller, depth + 1) then
            return false
          end
        end
      end
      return makers > 0
    end
  end
  return false
end

-- What lives as long as the process, where a target is something of it: the name behind the dots and brackets, as it is written.
local function kept_name(target, func, depth)
  local at = target
  while at and (at.kind == "index" or at.kind == "attr") do
    at = at:child("value")
  end
  if not at or at.kind ~= "name" then
    return nil
  end
  if at.text == "self" or at.text == "this" then
    return (func.node:has("static") or is_made_once(func.node, depth)) and target or nil
  end
  return (at.text == "cls" or not is_own(at, func)) and target or nil
end

-- Whether a statement of the function, from a line on, fills one of the things that a test asks about.
local function fills(scope, asked, func, line, depth)
  for _, node in scope:descendants({ "assign", "aug-assign" }) do
    local target = node:child("target")
    local kept = target and node.last_line >= line and kept_name(target, func, depth)
    local base = kept and kept.kind == "index" and kept:child("value")
    if kept and (asked[kept.source] or base and asked[base.source]) then
      return true
    end
  end
  for _, call in scope:descendants("call") do
    local on = PUTS[call.name] and call.last_line >= line and call:receiver()
    if on and asked[on.source] and kept_name(on, func, depth) then
      return true
    end
  end
  return false
end

-- Whether a branch around a place, or a way out before it, asks for what is then filled.
local function is_filling(node, func, depth)
  local inner, at = node, node:parent()
  while at and not at:same(func.node) do
    local test = at.kind == "if" and at:child("test")
    if test and not inner:same(test) and fills(at, asked_in(test), func, node.line, depth) then
      return true
    elseif at.kind == "logic" or at.kind == "aug-assign" then
      -- `client = client or connect()`, `client ??= connect()`.
      local assign = at.kind == "aug-assign" and at or at:enclosing({ "assign", "function" })
      local target = assign and assign.kind ~= "function" and assign:child("target")
      local is_lazy = at.kind == "logic" and not inner:same(at:children()[1]) or at.kind == "aug-assign" and at.source:find("[|?][|?]=") ~= nil
      if target and is_lazy and kept_name(target, func, depth) and (at.kind == "aug-assign" or asked_in(at)[target.source]) then
        return true
      end
    end
    inner, at = at, at:parent()
  end
  for _, branch in func.node:descendants("if") do
    local body = branch.id < node.id and not node:is_within(branch) and branch:child("body")
    local first = body and (body.kind == "block" and body:children()[1] or body)
    if first and first.kind == "return" and fills(func.node, asked_in(branch:child("test")), func, node.line, depth) then
      return true
    end
  end
  return false
end

is_once = function(node, depth)
  local func = node:func()
  if not func then
    return true
  elseif depth > DEEPEST then
    return false
  elseif lifetime.is_of_derived(node) then
    return is_made_once(node, depth)
  elseif lifetime.is_kept(func) or is_filling(node, func, depth) then
    return true
  end
  local callers = 0
  for _, caller in func:callers() do
    if caller:reach() ~= "test" then
      callers += 1
      if callers > 20 or not is_once(caller, depth + 1) then
        return false
      end
    end
  end
  return callers > 0
end

-- Whether a place runs once for each process, as all who lead there are seen to ask first whether it ran already.
function M.is(node)
  return is_once(node, 0)
end

return M
