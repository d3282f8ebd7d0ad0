-- What Go's services keep for ever under keys of which there can be any number: maps in structs that many goroutines share, `sync.Map`, and entries of
-- caches that are told never to let them go.

local key_domain = require("key_domain")
local paths = require("paths")
local words = require("words")

local M = {}

-- Packages are read so far for what takes entries out.
local MOST_FILES = 40

-- Whether code here runs again and again.
local function runs_long(node)
  local reach = node:reach()
  return reach == "request" or reach == "worker" or reach == "unknown", reach
end

-- Functions that fill something once.
local FILLING = words.set("init", "new", "load", "register", "setup", "main", "must", "build", "parse", "read", "configure", "warm", "add", "migrate", "bootstrap")

local function is_filling(node)
  local func = node:func()
  while func and func.name == "" do
    local outer = func.node:parent() and func.node:parent():enclosing("function")
    func = outer and outer:func()
  end
  return func == nil or FILLING[words.first(func.name)] ~= nil
end

-- The text of a file's package, without tests. Asked last, of the few that are left.
local function package_of(file, repo)
  local dir = paths.directory(file.path)
  local all = {}
  for at, path in repo:paths(dir == "" and "*.go" or dir .. "/*.go") do
    local is_own = paths.directory(path) == dir and not path:find("_test%.go$")
    local other = at <= MOST_FILES * 4 and #all < MOST_FILES and is_own and repo:open(path)
    if other then
      table.insert(all, (other.text:gsub("%f[/]//[^\n]*", "")))
    end
  end
  return table.concat(all, "\n")
end

local function escaped(name)
  return (name:gsub("%W", "%%%0"))
end

-- Whether the package takes entries out of a map, or begins it anew.
local function is_emptied(text, name)
  local own = escaped(name)
  return text:find("delete%([^,\n]*%f[%w_]" .. own .. ",") ~= nil or text:find("clear%([^,\n]*%f[%w_]" .. own .. "%)") ~= nil or text:find("%." .. own .. "%s*=[^=]") ~= nil
    or text:find("len%([^,\n]-%f[%w_]" .. own .. "%)%s*[><]") ~= nil
end

-- Whether a `sync.Map` loses entries, or is begun anew.
local function is_map_emptied(text, name)
  local own = escaped(name)
  for _, method in { "Delete", "LoadAndDelete", "CompareAndDelete", "Clear" } do
    if text:find("%f[%w_]" .. own .. "%." .. method .. "%(") then
      return true
    end
  end
  return text:find("%f[%w_]" .. own .. "%s*=%s*sync%.Map") ~= nil or text:find("%." .. own .. "%s*=[^=]") ~= nil
end

-- Whether a key is one of any number: by itself, or by what the helper is given that makes it.
local function is_many(key)
  if key_domain.of(key, 0) == "many" then
    return true
  end
  local value = key.kind == "name" and key:value() or key
  if value and value.kind == "call" then
    for _, argument in value:args() do
      if key_domain.of(argument, 1) == "many" then
        return true
      end
    end
  end
  return false
end

-- The struct around a field, as text: from its head to its end.
local function struct_at(text, first)
  local head = nil
  for at, name in text:sub(1, first):gmatch("()type%s+(%w+)%s+struct%s*{") do
    head = { at = at, name = name }
  end
  local last = head and text:find("\n}", first, true)
  return head and last and text:sub(head.at, last), head and head.name
end

-- A map of a struct: { at, key, name, reach }, or nil. `span` is the line that declares it.
function M.field(file, span, repo)
  local name = span.source:match("^%s*([%a_]%w*)%s+map%[")
  local body, owner = struct_at(file.text, span.first)
  if not name or not body or not (body:find("sync.Mutex", 1, true) or body:find("sync.RWMutex", 1, true)) then
    -- What no lock guards belongs to one request, or is filled before the first.
    return nil
  end
  for _, assign in file.root:descendants("assign") do
    local target = assign:child("target")
    local base = target and target.kind == "index" and target:child("value")
    if base and base.kind == "attr" and base.text == name and base:child("value") and base:child("value").kind == "name" then
      local key = target:child("index")
      local func = assign:func()
      local receiver = func and func.node.source:match("^func%s*%(%s*[%w_]+%s+%*?([%w_]+)")
      local long, reach = runs_long(assign)
      if key and receiver == owner and long and not is_filling(assign) and is_many(key) then
        if is_emptied(package_of(file, repo), name) then
          return nil
        end
        return { at = assign, key = key, name = name, owner = owner, reach = reach }
      end
    end
  end
  return nil
end

-- What a value stands on: the name of a variable of the package, or of a field.
local function kept_name(call)
  local on = call:receiver()
  if not on then
    return nil
  elseif on.kind == "attr" then
    return on.text, on
  elseif on.kind == "name" then
    local scope = call:enclosing("function")
    local made = on:param_position() ~= nil
    for _, assign in scope and not made and scope:descendants("assign") or {} do
      local target = assign:child("target")
      made = made or (target ~= nil and target.kind == "name" and target.text == on.text)
    end
    return not made and on.text or nil, on
  end
  return nil
end

-- An entry of a `sync.Map` that outlives its request: { key, name, reach }, or nil.
function M.stored(file, call, repo)
  local name = kept_name(call)
  local key = call:arg(1)
  local long, reach = runs_long(call)
  if not name or not key or not long or is_filling(call) or not is_many(key) or is_map_emptied(package_of(file, repo), name) then
    return nil
  end
  return { at = call, key = key, name = name, reach = reach }
end

local NEVER = words.set("NoExpiration", "KeepTTL")

-- Whether an argument of a cache says that the entry stays for ever.
local function is_for_ever(node)
  if not node then
    return false
  end
  return NEVER[node.name] == true or node.source == "-1" or node:literal() == -1
end

-- An entry of a cache that is told never to let it go: { key, name, reach }, or nil.
function M.for_ever(file, call)
  local key, last = call:arg(1), call:arg(3)
  local long, reach = runs_long(call)
  if not key or not is_for_ever(last) or not long or is_filling(call) or not is_many(key) then
    return nil
  end
  return { at = call, key = key, name = (call:receiver() or call).source, reach = reach }
end

return M
