-- Dictionaries, maps and sets that live as long as the process: where they are made, what puts entries in, and what takes them out.

local set = require("words").set

local M = {}

local EMPTY = table.freeze({ "builtins.dict", "builtins.set", "collections.defaultdict", "collections.OrderedDict", "collections.Counter", "global.Map", "global.Set", "builtin.make" })

-- Whether a value is a container with nothing in it.
function M.is_empty_container(value)
  if value.kind == "dict" or value.kind == "set" then
    return #value:children("item") == 0
  elseif value.kind ~= "call" then
    return false
  end
  if value.name == "make" or value.name == "Map" or value.name == "Set" or value:is(EMPTY) then
    local first = value:arg(1)
    if value.name == "make" then
      return first ~= nil and first.source:find("^map") ~= nil
    end
    return first == nil or value.name == "defaultdict" or value.name == "Map" and first == nil
  end
  return false
end

-- Where a container lives as long as the process: a module's name, a class's attribute, a field of a singleton.
function M.home_of(assign)
  local around = assign:enclosing({ "function", "class", "module" })
  if not around or around.kind == "module" then
    return "module"
  elseif around.kind == "class" then
    if assign.file.language == "python" then
      return "class"
    end
    for _, decorator in around:children("decorator") do
      if decorator.name == "Injectable" then
        return "singleton"
      end
    end
    return assign:has("static") and "class" or nil
  end
  return nil
end

local REMOVES = set("pop", "popitem", "clear", "delete", "shift", "splice", "discard", "remove", "popleft", "expire", "evict", "prune", "unset")
local ADDS = set("set", "add", "setdefault", "update")

-- Whether `node` is the container: `NAME`, or `self.NAME`, `this.NAME`, `Class.NAME`.
local function is_container(node, name, home)
  if node.kind == "name" then
    return node.text == name and home == "module"
  elseif node.kind == "attr" and node.text == name and home ~= "module" then
    local base = node:child("value")
    return base ~= nil and base.kind == "name"
  end
  return false
end

-- Whether the text holds something that could put an entry into the container: the cheapest question first.
function M.is_written(text, name)
  for _, tail in { "[", ".set(", ".add(", ".setdefault(", ".update(" } do
    if text:find(name .. tail, 1, true) then
      return true
    end
  end
  return false
end

local GLOBS = { python = "**/*.py", go = "**/*.go" }
local SUFFIXES = { "ts", "tsx", "js", "mjs", "cjs" }

-- Whether another file takes entries out: `users.pop(id)`, `del users[id]`, `users.delete(id)`.
function M.is_emptied_elsewhere(file, name, home, repo)
  local on = (home ~= "module" and file.language ~= "typescript") and "." .. name or name
  local texts = { on .. ".pop(", on .. ".popitem(", on .. ".clear(", on .. ".delete(", on .. ".discard(", `del {name}[`, `delete {name}[`, `delete({name},` }
  local globs = { GLOBS[file.language] }
  if #globs == 0 then
    for _, suffix in SUFFIXES do
      table.insert(globs, "**/*." .. suffix)
    end
  end
  for _, glob in globs do
    for _, path in repo:holding(glob, texts) do
      if path ~= file.path then
        return true
      end
    end
  end
  return false
end

-- The names and attributes of a file by their text; asked for by each container of the file.
function M.places_of(root)
  local all = {}
  for _, node in root:descendants({ "name", "attr" }) do
    local text = node.text
    all[text] = all[text] or {}
    table.insert(all[text], node)
  end
  return all
end

-- What a place does to the container: "removes", a write {at, key, value}, or nil.
local function deed_of(node, assign)
  local parent = node:parent()
  local kind, role = parent and parent.kind, node:role()
  if not parent or not kind then
    return nil
  elseif kind == "index" and role == "value" then
    local outer, place = parent:parent(), parent:role()
    local how = outer and outer.kind
    if how == "delete" or how == "unary" and outer.text == "delete" then
      return "removes"
    elseif how == "unary" and outer.text == "++" and outer:enclosing({ "function" }) then
      -- `counts[id]++` makes the entry.
      return { at = outer, key = parent:child("index") }
    elseif (how == "assign" or how == "aug-assign") and place == "target" and outer:enclosing({ "function" }) then
      return { at = outer, key = parent:child("index"), value = outer:child("value") }
    end
  elseif kind == "delete" then
    return "removes"
  elseif (kind == "assign" or kind == "aug-assign") and role == "target" then
    -- Set anew somewhere: a refresh.
    return not parent:same(assign) and parent:enclosing({ "function" }) and "removes" or nil
  elseif kind == "attr" and role == "value" then
    local outer = parent:parent()
    if outer and outer.kind == "call" and parent:role() == "callee" then
      if REMOVES[parent.text] then
        return "removes"
      elseif ADDS[parent.text] and outer:enclosing({ "function" }) then
        return { at = outer, key = outer:arg(1), value = outer:arg(2) }
      end
    elseif outer and outer.kind == "compare" and (parent.text == "size" or parent.text == "length") then
      return "removes"
    end
  elseif kind == "call" and role == "arg" then
    -- Handed to something that may trim it, and Go's `delete(m, key)`.
    if parent.name == "delete" or parent.name == "clear" or #parent:callees() > 0 then
      return "removes"
    elseif parent.name == "len" then
      -- A look at the size is a bound being kept.
      local outer = parent:parent()
      return outer and outer.kind == "compare" and parent:enclosing({ "function" }) and "removes" or nil
    end
  end
  return nil
end

-- Keys under which a function of the file puts something into the container: {at, key, value}; nil when something removes.
function M.writes_of(places, assign, name, home)
  local all = {}
  for _, node in places[name] or {} do
    if is_container(node, name, home) then
      local deed = deed_of(node, assign)
      if deed == "removes" then
        return nil
      elseif deed then
        table.insert(all, deed)
      end
    end
  end
  return all
end

-- Functions that fill a table once: what they loop over says how many entries there are.
local FILLING = { "init", "load", "setup", "register", "populate", "fill", "build", "read", "seed" }

-- Whether a write fills a table once: in a loop of such a function.
function M.is_filling(write)
  local func = write:func()
  local loops = func and write:loops() or {}
  if #loops == 0 then
    return false
  end
  local name = func.name:lower():gsub("^_+", "")
  for _, word in FILLING do
    if name:find("^" .. word) then
      return true
    end
  end
  return false
end

return M
