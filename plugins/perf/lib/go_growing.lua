-- What Go's services keep for ever under keys of which there can be any number: maps in structs that many goroutines share, `sync.Map`, and entries of
-- caches that are told never to let them go.

local key_domain = require("key_domain")
local paths = require("paths")
local words = require("words")

local M = {}

-- So many files of a package are looked into for what takes entries out.
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

-- Whether a place that names something, with what stands before and behind it on its line, is one that `says`. Comments are left out.
local function is_said_in(text, name, says)
  local from = 1
  while true do
    local first, last = text:find(name, from, true)
    if not first then
      return false
    end
    local before = text:sub(math.max(1, first - 80), first - 1):match("[^\n]*$")
    local behind = text:sub(last + 1, last + 40):match("^[^\n]*")
    if not before:find("[%w_]$") and not behind:find("^[%w_]") and not before:find("//", 1, true) and says(before, behind) then
      return true
    end
    from = last + 1
  end
end

-- The same of any file of the package, without tests. Asked last, of the few that are left.
local function is_said_in_package(file, repo, name, says)
  if is_said_in(file.text, name, says) then
    return true
  end
  local dir, count = paths.directory(file.path), 0
  for _, path in repo:holding(dir == "" and "*.go" or dir .. "/*.go", { name }) do
    local is_own = paths.directory(path) == dir and path ~= file.path and not path:find("_test%.go$")
    local other = is_own and count < MOST_FILES and repo:open(path)
    count += is_own and 1 or 0
    if other and is_said_in(other.text, name, says) then
      return true
    end
  end
  return false
end

-- Whether a map loses entries here, is begun anew, or is held to a size.
local function empties(before, behind)
  return before:find("delete%([^,]*$") ~= nil and behind:find("^,") ~= nil or before:find("clear%([^,]*$") ~= nil and behind:find("^%)") ~= nil
    or before:find("%.$") ~= nil and behind:find("^%s*=[^=]") ~= nil or before:find("len%([^,]*$") ~= nil and behind:find("^%)%s*[><]") ~= nil
end

-- The same of a `sync.Map`.
local function empties_map(before, behind)
  return behind:find("^%.Delete%(") ~= nil or behind:find("^%.LoadAndDelete%(") ~= nil or behind:find("^%.CompareAndDelete%(") ~= nil or behind:find("^%.Clear%(") ~= nil
    or behind:find("^%s*=%s*sync%.Map") ~= nil or before:find("%.$") ~= nil and behind:find("^%s*=[^=]") ~= nil
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
  -- The nearest head before it: types of a file begin their lines.
  local from = math.max(1, first - 4000)
  local head = nil
  for at, name in text:sub(from, first):gmatch("()type%s+(%w+)%s+struct%s*{") do
    head = { at = from + at - 1, name = name }
  end
  local last = head and text:find("\n}", first, true)
  return head and last and text:sub(head.at, last), head and head.name
end

-- The variable of the package whose struct, which has no name, holds a field: `var cache = struct { sync.Mutex; posts map[int]Post }{ ... }`.
local function variable_at(text, first)
  local from = math.max(1, first - 1000)
  local head = nil
  for at, name in text:sub(from, first):gmatch("()([%a_][%w_]*)%s*=%s*struct%s*{") do
    head = { at = from + at - 1, name = name }
  end
  local before = head and text:sub(math.max(1, head.at - 5), head.at - 1)
  -- At the top of the file: behind `var`, or in a block of them.
  local is_top = before and (before:find("var%s$") ~= nil or before:find("\n\t$") ~= nil) and text:sub(head.at, first):find("\nfunc ", 1, true) == nil
  return is_top and head.name or nil, head and text:sub(head.at, first)
end

-- An entry of such a map: { at, key, name, owner, reach }, or nil.
local function of_variable(file, name, owner, repo)
  for _, assign in file.root:descendants("assign") do
    local target = assign:child("target")
    local base = target and target.kind == "index" and target:child("value")
    local on = base and base.kind == "attr" and base.text == name and base:child("value")
    local key = on and on.kind == "name" and on.text == owner and target:child("index")
    local long, reach = runs_long(assign)
    if key and long and not is_filling(assign) and is_many(key) then
      return not is_said_in_package(file, repo, name, empties) and { at = assign, key = key, name = name, owner = owner, reach = reach, is_variable = true } or nil
    end
  end
  return nil
end

-- A map of a struct: { at, key, name, reach }, or nil. `span` is the line that declares it.
function M.field(file, span, repo)
  local name = span.source:match("^%s*([%a_]%w*)%s+map%[")
  local variable, above = variable_at(file.text, span.first)
  if name and variable and above and above:find("sync.R?W?Mutex") and not above:find("\n%s*}") then
    return of_variable(file, name, variable, repo)
  end
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
        if is_said_in_package(file, repo, name, empties) then
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
  if not name or not key or not long or is_filling(call) or not is_many(key) or is_said_in_package(file, repo, name, empties_map) then
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
