-- What looks as if each request or each function had its own, and is one object for all, in Python: the default of a `ContextVar` that nobody sets, and a cache of
-- `cachetools` that several functions keep their answers in, each under a lock of its own.

local words = require("words")

local M = {}

local MADE = table.freeze({ "builtins.{dict,list,set}", "collections.{defaultdict,OrderedDict,deque,Counter}" })
local CHANGING = { "append", "extend", "insert", "update", "add", "remove", "pop", "clear", "setdefault", "discard" }

-- The class of the project that a call makes one of.
local function class_made(call)
  local callee = call:child("callee")
  local made = callee and callee:definition()
  if made then
    return made.kind == "class" and made or nil
  end
  for _, class in callee and callee.kind == "name" and call.file.root:descendants("class") or {} do
    if class.text == callee.text then
      return class
    end
  end
  return nil
end

-- Whether an object changes what it holds once it is made.
local function changes_itself(class)
  for _, func in class:descendants("function") do
    if func.text == "__init__" or func.text == "__post_init__" then
      continue
    end
    for _, call in func:descendants("call", CHANGING) do
      local on = call:receiver()
      if on and on.source:find("^self%.") then
        return true
      end
    end
    for _, assign in func:descendants({ "assign", "aug-assign" }) do
      local target = assign:child("target")
      if target and target.source:find("^self%.") then
        return true
      end
    end
  end
  return false
end

-- Whether what a variable gives is changed in place in its file: `basket.get().append(item)`, `items = basket.get(); items["a"] = 1`.
local function is_changed_in_place(name, file)
  for _, call in file.root:descendants("call", CHANGING) do
    local on = call:receiver()
    if on and on.source:find(`^{name}%.get%(`) then
      return true
    end
  end
  for _, get in file.root:descendants("call", "get") do
    local on, parent = get:receiver(), get:parent()
    local target = parent and parent.kind == "assign" and parent:child("target")
    local func = get:func()
    if on and on.text == name and target and target.kind == "name" and func then
      local text = func.node.source
      for _, word in CHANGING do
        if text:find(`%f[%w_]{target.text}%.{word}%(`) then
          return true
        end
      end
      if text:find(`%f[%w_]{target.text}%[[^\n]-%]%s*=[^=]`) then
        return true
      end
    end
  end
  return false
end

-- Whether the default of a `ContextVar` is one object that all who ask change.
function M.is_common_default(call, repo)
  local default, parent = call:arg("default"), call:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  if not default or not target or target.kind ~= "name" or call:func() then
    return false
  end
  local file, name = call.file, target.text
  local class = default.kind == "call" and not default:is(MADE) and class_made(default)
  local is_container = default.kind == "list" or default.kind == "dict" or default.kind == "set" or default.kind == "call" and default:is(MADE)
  if not (is_container and is_changed_in_place(name, file)) and not (class and changes_itself(class)) then
    return false
  end
  return file.text:find(name .. ".set(", 1, true) == nil and #repo:holding("**/*.py", name .. ".set(") == 0
end

local LOCKS = words.set("Lock", "RLock")

-- Whether a lock is made where it is handed over, so that nobody else has it.
local function is_own(lock)
  return lock.kind == "call" and LOCKS[lock.name] == true
end

-- Caches that functions share under locks of their own; `calls` are the calls of `cached` of one file: {at, path, other}.
function M.caches_apart(calls)
  local by_name, all = {}, {}
  for _, call in calls do
    local cache = call:arg(1) or call:arg("cache")
    local lock = call:arg("lock")
    local func = call:enclosing("function")
    if cache and cache.kind == "name" and lock and call:role() == "decorator" and not (func and func:has("async")) then
      local other = by_name[cache.text]
      by_name[cache.text] = other or lock
      if other and (is_own(lock) or is_own(other)) then
        table.insert(all, { at = lock, path = cache.text, other = other })
      end
    end
  end
  return all
end

return M
