-- What requests share through objects, in Python: settings that a class declares for the framework, of which there is one for all instances; and
-- clients that an object holds for all who ask it.

local call_sites = require("call_sites")
local lifetime = require("lifetime")
local shared_state = require("shared_state")
local words = require("words")

local M = {}

-- Whether a file defines classes with methods at all.
function M.has_classes(file)
  local text = file.language == "python" and file.text
  return text and text:find("class ", 1, true) ~= nil and text:find("self.", 1, true) ~= nil
end

-- Lists and dictionaries that frameworks read from a class: those of Django's admin, of forms, views and serializers.
local DECLARED = { "fieldsets", "add_fieldsets", "readonly_fields", "list_display", "list_filter", "list_editable", "search_fields", "inlines", "exclude", "fields", "ordering", "actions", "autocomplete_fields",
  "raw_id_fields", "filter_horizontal", "permission_classes", "authentication_classes", "parser_classes", "renderer_classes", "throttle_classes", "filter_backends", "filterset_fields", "ordering_fields", "widgets",
  "decorators", "extra_kwargs", "initial", "default_error_messages" }
-- What ends a client.
local CLOSING = { "close", "aclose", "disconnect", "shutdown" }

-- Whether a file speaks of what a class declares for its framework, or closes anything.
function M.may_change(file)
  return #file.root:descendants("attr", DECLARED) > 0, #file.root:descendants("call", CLOSING) > 0
end

local function class_of(func)
  local class = func.node:enclosing({ "class", "function" })
  return class and class.kind == "class" and class or nil
end

local CHANGING = { "append", "extend", "insert", "update", "add", "remove", "pop", "clear", "setdefault", "sort", "reverse" }

-- The list or dictionary that a class declares under a name.
local function declared(class, name)
  local body = class:child("body")
  for _, assign in body and body:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    local around = assign:enclosing({ "function", "class" })
    if target and target.kind == "name" and target.text == name and around and around:same(class) and value then
      local is_made = value.kind == "call" and (value.name == "list" or value.name == "dict")
      return (is_made or value.kind == "list" or value.kind == "dict") and assign or nil, value
    end
  end
  return nil
end

-- Whether an instance is given one of its own.
local function is_rebound(class, name)
  for _, assign in class:descendants("assign") do
    local target = assign:child("target")
    local base = target and target.kind == "attr" and target.text == name and target:child("value")
    if base and base.text == "self" then
      return true
    end
  end
  return false
end

-- Names in a function that stand for what `self.name` holds, or for a part of it: what is assigned from it, what a loop over it draws.
local function names_for(func, name)
  local all = {}
  local function is_own(node)
    if not node then
      return false
    end
    local at = node
    while at.kind == "index" do
      at = at:child("value")
    end
    local base = at.kind == "attr" and at.text == name and at:child("value")
    return base and base.text == "self" or at.kind == "name" and all[at.text] == true
  end
  for _, node in func.node:descendants({ "assign", "for" }) do
    local from = node:child(node.kind == "for" and "iter" or "value")
    if is_own(from) then
      local target = node:child("target")
      for _, one in target and (target.kind == "list" and target:children() or { target }) or {} do
        if one.kind == "name" then
          all[one.text] = true
        end
      end
    end
  end
  return is_own
end

-- Changes that a method makes to what its class declares for the framework: {at, path, made}.
function M.declarations_changed(func)
  local all, asked = {}, {}
  local class = class_of(func)
  if not class or #class:children("base") == 0 then
    return all
  end
  for _, attribute in func.node:descendants("attr", DECLARED) do
    local on = attribute:child("value")
    local name = attribute.text
    if not asked[name] and on and on.text == "self" then
      local made, value = declared(class, name)
      if made and value and not is_rebound(class, name) then
        asked[name] = true
        local is_own = names_for(func, name)
        for _, assign in func.node:descendants({ "assign", "aug-assign" }) do
          local target = assign:child("target")
          local base = target and target.kind == "index" and target:child("value")
          local adds = assign.kind == "aug-assign" and target and target.kind == "attr" and value.kind ~= "dict" and not value:has("const") and value.source:find("^%[") ~= nil
          if base and is_own(base) or adds and is_own(target) then
            table.insert(all, { at = assign, path = `self.{name}`, made = made })
          end
        end
        for _, call in func.node:descendants("call", CHANGING) do
          local receiver = call:receiver()
          if receiver and is_own(receiver) then
            table.insert(all, { at = call, path = `self.{name}`, made = made })
          end
        end
      end
    end
  end
  return all
end

-- Where a class closes what it holds under a name.
local function closed_in(class, name)
  for _, call in class:descendants("call", CLOSING) do
    local on = call:receiver()
    local base = on and on.kind == "attr" and on.text == name and on:child("value")
    if base and base.text == "self" then
      return call
    end
  end
  return nil
end

local CLIENTS = words.set("client", "session", "connection", "conn", "pool", "engine")

-- Whether an assignment gives an attribute a new client: one that facts know, or what a method of the class makes.
local function makes_client(name, value)
  if value.kind ~= "call" then
    return false
  end
  if value:fact("client") or value:fact("store_client") then
    return true
  end
  local on = value:receiver()
  return on ~= nil and on.text == "self" and words.has_word(name, CLIENTS)
end

-- The class of the project that a base is; of another file, or of the same one.
local function class_named(base)
  local made = (base.kind == "name" or base.kind == "attr") and base:definition()
  if made then
    return made.kind == "class" and made or nil
  end
  for _, class in base.kind == "name" and base.file.root:descendants("class") or {} do
    if class.text == base.text then
      return class
    end
  end
  return nil
end

-- Whether all instances of a class are made by the project and none for one request; frameworks make those of their own classes anew.
local function may_be_shared(class, depth)
  for _, base in class:children("base") do
    local made = class_named(base)
    local is_plain = base.text == "object" or base.text == "ABC"
    if not is_plain and (not made or depth > 3 or not may_be_shared(made, depth + 1)) then
      return false
    end
  end
  for _, constructor in depth == 0 and class:descendants("function") or {} do
    if constructor.text == "__init__" and constructor:enclosing("class"):same(class) then
      local func = constructor:func()
      for _, caller in func and func:callers() or {} do
        if caller.file.class == "source" and lifetime.of(caller).life == "request" then
          return false
        end
      end
    end
  end
  return true
end

local ONCE = words.set("__init__", "__post_init__", "__enter__", "__aenter__", "__new__", "open", "start", "startup", "setup", "init")

-- Clients of an object that a method replaces, though others use them and something closes them: {at, path, closed}.
function M.clients_replaced(func)
  local all = {}
  local class = class_of(func)
  if not class or ONCE[func.name] or func.is_async then
    return all
  end
  for _, assign in func.node:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    local base = target and target.kind == "attr" and target:child("value")
    if base and base.text == "self" and value and makes_client(target.text, value) then
      local closed = closed_in(class, target.text)
      if closed and not call_sites.is_guarded(assign) and not shared_state.is_locked(assign, func) and may_be_shared(class, 0) then
        table.insert(all, { at = assign, path = `self.{target.text}`, closed = closed })
        return all
      end
    end
  end
  return all
end

return M
