-- Whether some code of the repository takes an entry of a cache away, sets it anew, or empties the cache. Rules that ask need the evidence matchers `removal`
-- and `setting`, which find the calls that do.

local closures = require("closures")
local entries = require("cache_entries")
local words = require("words")

local M = {}

-- Files with so many places are looked into at most.
local MOST_FILES = 40

local CODE = { python = "**/*.py", go = "**/*.go", javascript = "**/*.{js,mjs,cjs,ts,tsx}", typescript = "**/*.{js,mjs,cjs,ts,tsx}" }

-- The fixed front of a text key: `order:` of `order:{}`, however it is put together.
local function front_of(key)
  local text = nil
  if key.kind == "binary" then
    local first = key:children()[1]
    return first and front_of(first)
  elseif key.kind == "call" and key.name == "Sprintf" then
    local form = key:arg(1)
    text = form and form:literal()
  elseif key.kind == "call" and key.name == "format" and key:receiver() then
    text = key:receiver():literal()
  elseif key.kind == "str" or key.kind == "template" then
    text = key:joined() or key.text
  elseif key.kind == "name" or key.kind == "attr" then
    text = key:literal()
  end
  return type(text) == "string" and text:match("^[^{%%]*") or nil
end

-- The words by which other code names the same key: its front, or the function or constant that makes it.
function M.tokens(key)
  local at, all = key, {}
  for _ = 1, 3 do
    local front = at.kind ~= "name" and at.kind ~= "attr" and front_of(at) or nil
    if front and #front >= 3 then
      all[front] = true
      return all
    end
    for _, node in at.kind == "call" and { at } or at:descendants("call") do
      if #node:callees() > 0 and #node.name >= 4 then
        all[node.name] = true
      end
    end
    for _, node in (at.kind == "name" or at.kind == "attr") and { at } or at:descendants({ "name", "attr" }) do
      if node.text:find("^%u[%u%d_]+$") and #node.text >= 4 then
        all[node.text] = true
      end
    end
    local value = (at.kind == "name" or at.kind == "attr") and (at:value() or at:definition())
    if next(all) or not value or value.kind == "function" or value.kind == "class" then
      return all
    end
    at = value
  end
  return all
end

local REMOVING = { "del", "delete", "unlink", "invalidate", "clear", "purge", "evict", "remove", "bust", "flush", "reset", "expire", "forget", "refresh", "revalidate", "drop", "pop", "warm", "prune" }

local function is_removing(call)
  return words.any_in(call.name, REMOVING)
end

-- Whether a call only hands on the key that its function is given: a wrapper.
local function is_wrapper(call)
  local args = call:args()
  for at = 1, math.min(2, #args) do
    local arg = args[at]
    if arg.kind == "spread" then
      arg = arg:child("value")
    end
    if arg and arg.kind == "name" and arg:param_position() then
      return true
    end
  end
  return false
end

-- Whether a text holds one of several words that name a key.
function M.names_one(text, tokens)
  for token in tokens do
    if text:find(token, 1, true) then
      return true
    end
  end
  return false
end

local function first_word(text)
  return text:lower():match("%a+")
end

-- Last words of what holds entries; `cached_rows` is a list, and a `pipe` holds what it will send.
local HOLDERS = words.set("cache", "caches", "redis", "memcache", "memcached", "kv", "rdb", "valkey", "lru", "manager", "storage")
-- Names that empty a cache only where it is the one that the entry is set in; elsewhere they begin something anew.
local ANEW = words.set("reset", "refresh", "warm")

local function last_word(name)
  local all = words.of(name)
  return all[#all] or ""
end

-- What a method is called on, by its name: `cache` of `this.cache.set(...)`.
local function holder_of(call)
  local on = call:receiver()
  while on and on.kind == "index" do
    on = on:child("value")
  end
  return on
end

-- Whether a call that names no key empties the cache that an entry is in, for all that is known.
local function empties(call, entry)
  local name = words.of(call.name)
  local on, own = holder_of(call), holder_of(entry.call)
  if not on then
    -- A function of the project: `clear_cache()`.
    return true
  elseif name[1] == "pop" then
    return false
  end
  local is_same = own ~= nil and own.name ~= "" and on.name == own.name and not last_word(own.name):find("^pipe")
  if is_same then
    return true
  elseif ANEW[name[1]] and #name == 1 then
    return false
  elseif call:fact("kind") == "cache" or entries.says_cache(call.name) then
    return true
  end
  while on do
    if on.name and HOLDERS[last_word(on.name)] then
      return true
    end
    on = on.kind == "call" and on:receiver() or (on.kind == "attr" or on.kind == "index") and on:child("value") or nil
  end
  return false
end

-- Whether what a call takes away may be this key: it names it, or empties the whole cache.
local function may_remove(call, entry, tokens, fronts)
  local args = call:args()
  if #args == 0 or #args == 1 and entries.is_context(args[1]) then
    return empties(call, entry)
  end
  if M.names_one(call.source, tokens) then
    return true
  end
  for _, arg in args do
    if arg.kind == "spread" or arg.kind == "list" then
      return true
    end
    local front = front_of(arg)
    if not entries.is_context(arg) and arg.kind ~= "num" and arg.kind ~= "dict" then
      if not front or front == "" then
        local func = closures.outermost(call)
        -- A name that is put together above.
        local made = arg.kind == "name" and arg:value() or arg
        front = made and front_of(made)
        if not front or front == "" then
          return func == nil or words.any_in(func.node.source, fronts)
        end
      end
      for _, word in fronts do
        if first_word(front) == word then
          return true
        end
      end
    end
  end
  return false
end

-- The calls of each file that ask a cache or change one: each entry of a repository is held against them.
local calls_of = {}

local function cache_calls(file)
  local all = calls_of[file.path]
  if not all then
    all = {}
    for _, call in file.root:descendants("call") do
      if entries.is_of_cache(call) and not is_wrapper(call) then
        table.insert(all, call)
      end
    end
    calls_of[file.path] = all
  end
  return all
end

-- Whether some code takes the entry away, sets it anew, or empties the cache.
function M.is_kept_true(repo, entry, tokens)
  local seen, count = {}, 0
  for _, matcher in { "removal", "setting" } do
    for _, path in repo:matched(matcher) do
      count += seen[path] and 0 or 1
      seen[path] = true
    end
  end
  if count > MOST_FILES then
    return true
  end
  local own = closures.outermost(entry.call)
  local fronts = {}
  for token in tokens do
    table.insert(fronts, first_word(token) or token)
  end
  for path in seen do
    local file = repo:open(path)
    if not file or not file.root then
      return true
    end
    for _, call in cache_calls(file) do
      local is_own = path == entry.call.file.path and call:is_within(own.node)
      if not is_own then
        if is_removing(call) and may_remove(call, entry, tokens, fronts) then
          return true
        elseif not is_removing(call) and M.names_one(call.source, tokens) and entries.of(call) then
          return true
        end
      end
    end
  end
  -- The key by its name beside a removal: keys that are collected in a list first.
  for token in tokens do
    for at, path in repo:holding(CODE[entry.call.file.language], token) do
      local file = at <= MOST_FILES and repo:open(path)
      if at > MOST_FILES then
        return true
      end
      for _, func in file and file.root and file.root:descendants("function") or {} do
        local is_own = path == entry.call.file.path and (own.node:is_within(func) or func:is_within(own.node))
        if not is_own and func.source:find(token, 1, true) and (words.any_in(func.source, { "invalidat", ".del(", ".delete(", "unlink(", ".clear(", "flush", "evict" }) or words.any_in(func:func().name, REMOVING)) then
          return true
        end
      end
    end
  end
  return false
end

return M
