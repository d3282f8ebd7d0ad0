-- Whether what a call fetches is kept for the next one: by a decorator, by a name that lives longer than the function, by a cache that stands on the
-- way to whoever asked, or by the client that the call is made with.

local lifetime = require("lifetime")
local words = require("words")

local M = {}

local DEEPEST = 6

-- Words by which code says that it keeps something.
local KEEPING = words.set("ttl", "memo", "memoize", "memoized", "singleton", "revalidate", "etag")

-- Calls that run what they are handed where a cache has no answer, and keep what it gives.
local READING_THROUGH = words.set("once", "mem", "memo", "get_or_set", "getOrSet", "get_or_create", "getOrCreate", "get_or_compute", "getOrCompute", "get_or_load", "getOrLoad", "getOrFetch", "GetOrSet", "GetOrLoad", "remember", "remember_forever", "computeIfAbsent")

local function says_keeping(text)
  for _, word in words.of(text) do
    if KEEPING[word] or word:find("^cach") then
      return true
    end
  end
  return false
end

local ITSELF = words.set("self", "cls", "this")

-- Names that a function declares as the module's.
local function globals_of(fn)
  local all = {}
  for _, statement in fn.node:descendants("global") do
    for _, name in statement:children() do
      all[name.text] = true
    end
  end
  return all
end

-- Whether a function puts something where it outlives the call: into a name of the module, an attribute, an entry of a dictionary that is not its own.
local function keeps_something(fn)
  local globals = globals_of(fn)
  for _, assign in fn.node:descendants({ "assign", "aug-assign" }) do
    for _, target in assign:children("target") do
      if target.kind == "name" then
        local is_own = fn.node.file.language == "python" and not globals[target.text] or assign:has("declare") or assign:has("const")
        if not is_own then
          return true
        end
      elseif target.kind == "attr" then
        -- Attributes of objects that the function makes go with it.
        local base = target:child("value")
        while base and (base.kind == "attr" or base.kind == "index") do
          base = base:child("value")
        end
        local made = base and base.kind == "name" and base:value()
        -- What is put on the request itself goes with it, but not what is put on its application.
        local is_given = base and base.kind == "name" and not ITSELF[base.text] and base:param_position() ~= nil and not target.source:find("%.app%.")
        if not is_given and not (made and made:func()) then
          return true
        end
      elseif target.kind == "index" then
        local base = target:child("value")
        local made = base and base.kind == "name" and base:value()
        if base and not (made and made:func()) then
          return true
        end
      end
    end
  end
  return false
end

-- Whether a function is handed to something that keeps its results: `cached(fetchKeys)`, `unstable_cache(fetchKeys)`.
local function is_wrapped(fn)
  for _, outer in fn.node:argument_of() do
    if says_keeping(outer.name) or READING_THROUGH[outer.name] then
      return true
    end
  end
  for _, name in fn.name ~= "" and fn.node.file.root:descendants("name") or {} do
    if name.text == fn.name and name:role() ~= "target" then
      for _, outer in name:argument_of() do
        if says_keeping(outer.name) or READING_THROUGH[outer.name] then
          return true
        end
      end
    end
  end
  return false
end

-- The statements that work out the values of the names in an expression: `metadata = await cached_metadata()` for `metadata["jwks_uri"]`.
local function sources_of(node, into, depth)
  for _, name in node and depth < 3 and (node.kind == "name" and { node } or node:descendants("name")) or {} do
    local value = name:value()
    local statement = value and value:func() and value:statement()
    if statement then
      table.insert(into, statement)
      sources_of(value, into, depth + 1)
    end
  end
  return into
end

-- The names that an expression reads.
local function add_names(node, into)
  for _, name in node.kind == "name" and { node } or node:descendants("name") do
    into[name.text] = true
  end
end

-- The statements ahead of a call that work out its address over several steps, and keep it for themselves: `config = cache.get(key)`, then `cache.set(key, config)` where there was none.
-- They are walked from the call up, since each says which names the ones before it are for.
local function steps_of(call, address, into)
  local names, ahead = {}, {}
  add_names(address, names)
  local own = call:statement()
  for _, node in call:func().node:descendants({ "assign", "call" }) do
    local statement = node:statement()
    if statement and own and statement.id < own.id and not call:is_within(statement) and (#ahead == 0 or not ahead[#ahead]:same(statement)) then
      table.insert(ahead, statement)
    end
  end
  for at = #ahead, 1, -1 do
    local statement = ahead[at]
    local is_step = false
    if statement.kind == "assign" then
      for _, target in statement:children("target") do
        is_step = is_step or target.kind == "name" and names[target.text] == true
      end
    elseif statement.kind == "expr-stmt" then
      for _, name in statement:descendants("name") do
        is_step = is_step or names[name.text] == true and #name:argument_of() > 0
      end
    end
    if is_step then
      add_names(statement, names)
      table.insert(into, statement)
    end
  end
  return into
end

local function is_within_any(node, all)
  for _, one in all do
    if node:is_within(one) then
      return true
    end
  end
  return false
end

-- Whether a function keeps what it fetches, or asks something that does; `aside` are statements that say nothing of it.
local function is_keeper(fn, aside)
  if lifetime.is_kept(fn) or keeps_something(fn) or is_wrapped(fn) then
    return true
  end
  for _, decorator in fn:decorators() do
    if says_keeping(decorator) then
      return true
    end
  end
  -- An answer that whoever stands in between may keep is asked for once in a while only.
  for _, text in fn.node:descendants({ "str", "template" }) do
    if text.text:find("max%-?age=[1-9]") then
      return true
    end
  end
  for _, node in fn.node:descendants({ "call", "name", "attr" }) do
    if says_keeping(node.kind == "call" and node.name or node.text) and not is_within_any(node, aside) then
      return true
    end
  end
  return false
end

-- What is there while a request is answered, and at no other time.
local REQUESTS = table.freeze({ "flask.request", "flask.request.**", "quart.request", "quart.request.**", "bottle.request", "bottle.request.**" })

-- How a function runs: as the model says, or, where nobody is seen to call it, in a request if it reads one, as what a decorator puts around a handler does.
local function reach_of(fn)
  if fn.reach ~= "unknown" then
    return fn.reach
  end
  for _, name in fn.node:descendants({ "name", "attr" }) do
    if name:comes_from(REQUESTS) then
      return "request"
    end
  end
  return "unknown"
end

-- Whether a request gets to the function without a cache on the way; second a call on the way.
local function reaches(fn, depth, seen, aside)
  if seen[fn.node.file.path .. fn.node.id] or depth > DEEPEST or is_keeper(fn, aside) then
    return false
  end
  seen[fn.node.file.path .. fn.node.id] = true
  local callers = fn:callers()
  for _, caller in callers do
    local around = caller:func()
    if around and caller.file.class ~= "test" and reaches(around, depth + 1, seen, {}) then
      return true, caller
    end
  end
  return reach_of(fn) == "request" and (#callers == 0 or #fn:registrations() > 0 or #fn:decorators() > 0), nil
end

-- Whether each request pays for the call: the function around it, and those that call it up to a handler, keep nothing. Second a caller on the way.
-- `address` is what the call asks for: what is kept of that says nothing of the answer.
function M.is_paid_each_time(call, address)
  local fn = call:func()
  if not fn then
    return false
  end
  return reaches(fn, 0, {}, address and steps_of(call, address, sources_of(address, {}, 0)) or {})
end

return M
