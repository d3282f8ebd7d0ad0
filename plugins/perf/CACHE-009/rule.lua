-- Many entries that one loop sets with one lifetime: they end in the same second, and what they spared the database comes back in that second.

local about = require("about")
local dependence = require("dependence")
local entries = require("cache_entries")
local entry_lifetime = require("entry_lifetime")
local per_item = require("per_item")
local words = require("words")

-- Words of functions that fill a cache before anybody asks.
local WARMING = { "warm", "preload", "prime", "populate", "precompute", "prefetch", "prefill", "precache", "cache_all", "cacheall", "fill_cache", "fillcache", "refresh_cache", "refreshcache", "rebuild_cache", "rebuildcache", "load_cache", "loadcache", "tocache", "to_cache", "toredis", "to_redis" }
local SPREADING = { "rand", "jitter", "spread", "variance", "variant", "stagger", "fuzz" }
local ITSELF = words.set("self", "this", "cls", "ctx")
-- Shorter than this, the entries end again before the load notices.
local LEAST = 30
-- Functions are called from many places; a few say whether it is per item.
local MOST_CALLERS = 8

local function hangs_on_parameter(node, func)
  for _, one in node and dependence.of(node, func) or {} do
    local root = (one.path or ""):match("^[%w_]+")
    for _, param in func.params do
      if param.text == root and not ITSELF[root] then
        return true
      end
    end
  end
  return false
end

-- The loop that sets one entry per item: around the call itself, or around a call of the function that sets it.
local function loop_of(entry)
  local row = per_item.item_loop(entry.call)
  if row then
    return row, entry.call
  end
  local func = entry.call:func()
  if not func or hangs_on_parameter(entry.lifetime, func) or not hangs_on_parameter(entry.key, func) then
    -- Whoever calls it says how long, or it is one entry for all of them.
    return nil
  end
  for at, caller in func.name ~= "" and func:callers() or {} do
    row = at <= MOST_CALLERS and per_item.counts(caller) and per_item.item_loop(caller)
    if row then
      return row, caller
    end
  end
  return nil
end

-- Whether an expression hangs on the item of a loop; one of another function cannot be told by the loop.
local function carries(row, at, node)
  return at:func() ~= nil and node:func() ~= nil and at.file.path == node.file.path and row.loop:carries(node)
end

-- Whether the lifetime is the same for all items: nothing in it is drawn, and nothing comes from the item.
local function is_one_for_all(entry, row, at)
  local seconds = entry_lifetime.seconds(entry)
  if seconds and seconds < LEAST or words.any_in(entry.lifetime.source, SPREADING) or carries(row, at, entry.lifetime) then
    return false
  end
  local func = entry.call:func()
  for _, one in func and dependence.of(entry.lifetime, func) or {} do
    if one.path and words.any_in(one.path, SPREADING) or one.takes and not seconds then
      return false
    end
  end
  -- A wrapper may spread what it is handed.
  for _, callee in entry.call:callees() do
    if words.any_in(callee.node.source, SPREADING) then
      return false
    end
  end
  return true
end

-- Whether the entry is state and no copy of something: a lock, a mark.
local function is_state(entry)
  local _, known = entry.value:literal()
  if known or words.any_in(entry.key.source, { "lock", "nonce", "ratelimit", "rate_limit", "throttle" }) then
    return true
  end
  for _, name in { "nx", "NX", "xx", "XX" } do
    if select(2, entry.call:arg(name)) ~= "absent" then
      return true
    end
  end
  for _, arg in entry.call:args() do
    if arg.kind == "str" and (arg.text == "NX" or arg.text == "XX") then
      return true
    end
  end
  return false
end

-- Whether code is there to fill a cache, by what it is called; a class or a file may say it as well.
local function is_warming(node)
  local name = node:symbol() .. " " .. node.file.path:match("[^/]*$")
  return words.any_in(name, WARMING)
end

local function check_set(call, report)
  local entry = entries.of(call)
  -- What is kept for ever, and what says no time, does not end at once.
  if not entry or entry.state ~= "given" or entry.lifetime.kind == "null" or not per_item.counts(call) or is_state(entry) then
    return
  end
  local row, at = loop_of(entry)
  if not row or not is_one_for_all(entry, row, at) or at:same(call) and not carries(row, at, entry.key) then
    return
  end
  -- A list that is written into the code is short.
  local over = row.loop.iter
  local is_list = over ~= nil and (over.kind == "name" or over.kind == "attr") and over.text:find("^%u[%u%d_]+$") ~= nil
  local is_known = not is_list and (is_warming(call) or is_warming(at))
  report({
    at = call,
    message = `every item of the loop in line {row.loop.node.line} is kept for {entry.lifetime.source}, so all of them end at once`,
    confidence = is_known and "medium" or "low",
    related = not at:same(call) and { { at = at, message = "called here once per item" } } or nil,
    notes = { seconds = entry_lifetime.seconds(entry) },
  })
end

-- Django's caches take many entries with one timeout.
local function check_many(call, report)
  local timeout, state = call:arg("timeout")
  if state == "absent" then
    timeout, state = call:arg(2)
  end
  local seconds = timeout and entry_lifetime.of_value(timeout)
  local many = call:arg(1)
  if state == "given" and seconds and seconds >= LEAST and many and many.kind ~= "dict" and entries.is_of_cache(call) and per_item.counts(call) then
    report({
      at = call,
      message = `{call.name} keeps all of these entries for {timeout.source}, so all of them end at once`,
      confidence = is_warming(call) and "medium" or "low",
    })
  end
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      if match.matcher == "many" then
        check_many(match.node, report)
      else
        check_set(match.node, report)
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.caches(repo), about.NO_CACHE)
  end,
}
