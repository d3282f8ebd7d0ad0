-- Two questions: can there be any number of keys, and is anything ever removed. A key of which neither its origin nor its name says that it
-- is unbounded is no finding: most dictionaries of a process are registries.

local awaited = require("awaited")
local bounded_cache = require("bounded_cache")
local checked_key = require("checked_key")
local container = require("container")
local dispatch = require("dispatch")
local go_growing = require("go_growing")
local handed_keys = require("handed_keys")
local key_domain = require("key_domain")
local words = require("words")

local LISTENING = words.set("on", "addListener", "addEventListener", "prependListener")

-- Whether a function is handed over for an event: it runs as often as that comes, though it is given while the service starts.
local function is_listener(node)
  local around = node:enclosing("function")
  local given = around and around:parent()
  local event = given and given.kind == "call" and LISTENING[given.name] and given:arg(1)
  return event ~= nil and event ~= false and event.kind == "str"
end

local function runs_long(node)
  local reach = node:reach()
  if reach == "startup" and is_listener(node) then
    return true, "unknown"
  end
  return reach == "request" or reach == "worker" or reach == "unknown", reach
end

local function is_unbounded(decorator)
  local memo = decorator:fact("memo")
  if memo == "unbounded" then
    return true
  elseif decorator.kind ~= "call" then
    -- `@lru_cache` holds 128 entries.
    return false
  end
  local name = decorator:fact("memo_arg")
  local value, state = decorator:arg(name)
  if state == "absent" then
    value = decorator:arg(1)
  end
  if not value or state == "hidden" then
    return false
  end
  if memo == "sized" then
    local literal, known = value:literal()
    return known and literal == nil, value
  end
  -- `cached(cache={})`.
  return value.kind == "dict" or value.kind == "call" and value:is({ "builtins.dict", "cachetools.Cache" }) and #value:args() == 0, value
end

local function check_function(node, report)
  local func = node:func()
  local long, reach = runs_long(node:child("body") or node)
  if not func or not long then
    return
  end
  for _, decorator in node:children("decorator") do
    if decorator:fact("memo") then
      local unbounded, value = is_unbounded(decorator)
      local domain, count, param = key_domain.of_parameters(func)
      if unbounded and count > 0 and domain ~= "few" and not checked_key.is_of_few_rows(func) and not handed_keys.are_defaults(func) and not handed_keys.are_configured(func) then
        local name = decorator:target()[1] or decorator.source
        report({
          at = decorator,
          message = `{func.name} remembers every combination of arguments for ever ({name}{domain == "many" and `; {param.text} can be anything` or ""})`,
          confidence = (domain == "many" or reach == "request") and "medium" or "low",
          reach = reach ~= "unknown" and reach or nil,
          related = { { at = node, message = "the function whose results are kept" }, param and { at = param, message = "any number of values" } or nil },
          fix = bounded_cache.of_function(node.file, decorator, value),
        })
      end
      return
    end
  end
end

-- Values that are made once per thing that the process is configured with.
local function is_client(value)
  if not value then
    return false
  end
  value = awaited.value(value) or value
  if value.kind == "name" then
    value = value:value() or value
  end
  if value.kind ~= "call" then
    return false
  end
  if value:fact("client") or value:fact("pooled") or value:has("new") and value.name:find("Client$") or value.name:find("[cC]lient$") or value.name:find("[eE]ngine$") or value.name:find("[pP]ool$") or value.name:find("[cC]onnection$") or value.name:find("^import_module$") then
    return true
  end
  -- An instance of a class of the project, made from the key alone: a thing that is configured.
  for _, path in value:origin() do
    if path:find(":", 1, true) and path:find("%(%)$") then
      return true
    end
  end
  return value.name == "resource"
end

-- Whether a memoised function makes clients: one per address that is configured.
local function gives_client(node)
  for _, back in node:descendants("return") do
    local value = back:child("value")
    if value and value:func() and value:func().node:same(node) and is_client(value) then
      return true
    end
  end
  return false
end

local BOUNDS = { "max", "maxSize", "maxAge", "ttl", "cache", "stdTTL", "maxKeys", "expires", "maxsize" }

local function check_memo(call, report)
  local scope = call:enclosing({ "function" })
  if scope then
    -- What a function makes for itself goes with it.
    return
  end
  for _, name in BOUNDS do
    local _, state = call:arg(name)
    if state ~= "absent" then
      return
    end
  end
  if call:fact("memo") == "timed" then
    -- Each entry may carry its own age.
    for _, use in call.file.root:descendants("call") do
      local root = use:receiver()
      if use.name == "set" and root and #use:args() >= 3 then
        return
      end
    end
    report({ at = call, message = "this cache keeps its entries for ever: neither an age nor a number of entries is given", confidence = "low" })
    return
  end
  local wrapped = call:arg(1)
  local inner = wrapped and (wrapped.kind == "function" and wrapped or nil)
  local func = inner and inner:func()
  if not func or #func.params == 0 then
    return
  end
  local domain, _, param = key_domain.of_parameters(func)
  if domain == "few" or gives_client(inner) then
    return
  end
  report({
    at = call,
    message = `this memoised function keeps a result per argument for ever{domain == "many" and `; {param.text} can be anything` or ""}`,
    confidence = domain == "many" and "medium" or "low",
    notes = { library = call:target()[1] },
  })
end

local function check_container(assign, report, file, repo, known)
  known.text = known.text or file.text
  local value, target = assign:child("value"), assign:child("target")
  if not value or not target or not container.is_empty_container(value) then
    return
  end
  local home = container.home_of(assign)
  if not home then
    return
  end
  if not container.is_written(known.text, target.text) then
    return
  end
  known.places = known.places or container.places_of(file.root)
  local writes = container.writes_of(known.places, assign, target.text, home)
  if not writes then
    return
  end
  for _, write in writes do
    local long, reach = runs_long(write.at)
    local constant = write.key and write.key.kind == "name" and write.key.text == write.key.text:upper() and #write.key.text > 1
    if long and write.key and not constant and not container.is_filling(write.at) and not is_client(write.value) and key_domain.of(write.key, 0) == "many" and not checked_key.is_looked_up(write) and not handed_keys.are_written(write.key, repo) and not container.is_emptied_elsewhere(file, target.text, home, repo) then
      local func = write.at:func()
      local adds = func and func.name ~= "" and `{func.name} adds an entry here` or "an entry is added here"
      -- The types of `new Map<string, Bucket>()` and of Go say what it is; Python's `{}` says nothing, the line that adds does.
      local at_write = file.language == "python"
      report({
        at = at_write and write.at or assign,
        message = `{target.text} gets an entry per {write.key.source:sub(1, 60):gsub("%s+", " ")} and never loses one`
          .. (home == "module" and "; it lives as long as the process" or "; it is shared by all instances"),
        confidence = "medium",
        reach = reach ~= "unknown" and reach or nil,
        related = { at_write and { at = assign, message = "it is made here" } or { at = write.at, message = adds } },
        fix = bounded_cache.of_container(file, assign, value),
      })
      return
    end
  end
end

local function say_growing(found, at, what, report)
  report({
    at = at,
    message = `{what} gets an entry per {found.key.source:sub(1, 60):gsub("%s+", " ")} and never loses one`,
    confidence = "medium",
    reach = found.reach ~= "unknown" and found.reach or nil,
    related = at ~= found.at and { { at = found.at, message = "an entry is added here" } } or nil,
  })
end

local function check_stored(call, report, file, repo, known)
  local found = go_growing.stored(file, call, repo)
  if found and not (known.stored and known.stored[found.name]) then
    known.stored = known.stored or {}
    known.stored[found.name] = true
    say_growing(found, found.at, found.name, report)
  end
end

local function check_for_ever(call, report, file)
  local found = go_growing.for_ever(file, call)
  if found then
    say_growing(found, found.at, found.name, report)
  end
end

local on_server = dispatch.on_server({ ["function"] = check_function, memo = check_memo, container = check_container, stored = check_stored, for_ever = check_for_ever })

return {
  check = function(file, matches, report, repo)
    local others = {}
    for _, match in matches do
      if match.matcher ~= "field" then
        table.insert(others, match)
      elseif file.root and file.class == "source" then
        local found = go_growing.field(file, match.span, repo)
        if found then
          -- A variable says what it keeps; of a struct the line that adds does.
          say_growing(found, found.is_variable and match.span or found.at, `{found.owner}.{found.name}`, report)
        end
      end
    end
    if #others > 0 then
      on_server.check(file, others, report, repo)
    end
  end,
}
