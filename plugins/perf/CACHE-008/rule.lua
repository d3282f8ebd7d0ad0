-- Entries of a shared cache that nothing ends. What makes a key a cache's and no state is how it is used: the same function asks for it, and where it
-- is not there, reads the value elsewhere and sets it.

local dependence = require("dependence")
local per_item = require("per_item")
local words = require("words")

local TTL_ARGS = { "ex", "px", "exat", "pxat", "keepttl", "timeout", "ttl", "expire", "EX", "PX", "EXAT", "PXAT", "KEEPTTL", "expiration" }
local ASKS = { get = true, Get = true, getAsync = true }

-- Whether anything in a call may be a lifetime: an option of that name, a third argument that is not seen through, `"EX"` among the arguments.
local function has_lifetime(call)
  for _, name in TTL_ARGS do
    if select(2, call:arg(name)) ~= "absent" then
      return true
    end
  end
  if call.file.language == "go" then
    local last = call:args()[#call:args()]
    -- go-redis takes the lifetime as its last argument; zero is none.
    return not (last and last.kind == "num" and last.text == "0")
  end
  return #call:args() > 2
end

-- What another call in the function does about the lifetime of entries: `expire(key, 60)`, `setex`.
local function expires(func)
  for _, call in func.node:descendants("call") do
    for _, word in words.of(call.name) do
      -- Whole words: `Promise.allSettled` and `throttle` end nothing.
      if word:find("^ttl") or word:find("^p?expire") then
        return true
      end
    end
  end
  return false
end

-- The key argument; Go's first is a context.
local function key_of(call)
  local key = call:arg(call.file.language == "go" and 2 or 1) or call:arg("name") or call:arg("key")
  return key and key.source
end

-- The question for the same key before, on the same client, whose answer is tested and given back where there is one.
local function asked_before(set, func)
  local key, on = key_of(set), set:receiver()
  for _, call in func.node:descendants("call") do
    local receiver = call:receiver()
    if call.id < set.id and ASKS[call.name] and receiver and on and receiver.source == on.source and key_of(call) == key then
      local tested, given = false, false
      for _, use in call:uses(func.node) do
        local around = use.node:enclosing({ "if", "conditional", "return", "function" })
        while around and around.kind ~= "function" do
          tested = tested or around.kind == "if" or around.kind == "conditional"
          -- An answer that is written out is as good as one that is returned; a lock or a mark is only looked at.
          local body = around.kind == "if" and around:child("body")
          given = given or around.kind == "return" or body and use.node:is_within(body) and #use.calls > 0
          around = around:enclosing({ "if", "conditional", "return", "function" })
        end
        -- What is counted up or changed is state.
        if use.node:is_within(set) then
          return nil
        end
      end
      return tested and given and call or nil
    end
  end
  return nil
end

local EVICTS = { "allkeys-lru", "allkeys-lfu", "allkeys-random", "allkeys_lru", "allkeys_lfu" }

-- Whether the server throws out old entries when it is full, for all that is written down here.
local function is_evicting(repo)
  for _, glob in { "**/*.yml", "**/*.yaml", "**/*.conf", "**/*.tf", "**/*.sh" } do
    if #repo:holding(glob, EVICTS) > 0 then
      return true
    end
  end
  return false
end

-- Whether the code runs again and again: per request or job, or for whatever key its caller names.
local function runs_often(call, func)
  local reach = call:reach()
  if reach == "request" or reach == "worker" then
    return true
  end
  for _, param in reach ~= "script" and reach ~= "test" and func.params or {} do
    local key = key_of(call) or ""
    if key:find("%f[%w_]" .. param.text:gsub("%W", "%%%0") .. "%f[^%w_]") then
      return true
    end
    local made = call:arg(1) and call:arg(1):value()
    if made and made.source:find("%f[%w_]" .. param.text:gsub("%W", "%%%0") .. "%f[^%w_]") then
      return true
    end
  end
  return false
end

local DRAWN = { "random", "uuid", "nanoid", "secrets" }

-- Whether what is set was drawn: then it stands nowhere else, and is state.
local function is_drawn(call, func)
  local value = call:arg("value") or call:arg(call.file.language == "go" and 3 or 2)
  for _, one in value and dependence.of(value, func) or {} do
    if one.path and words.any_in(one.path, DRAWN) then
      return true
    end
  end
  return false
end

-- The entries of a file that are set without a lifetime, each with the question before it; what is set elsewhere in the file under a key
-- that is written in the same way is the same entry.
local function check_sets(calls, report, repo)
  local asked_for, open = {}, {}
  for _, call in calls do
    local func = call:func()
    if func and per_item.counts(call) and not has_lifetime(call) and not expires(func) then
      local asked, on = not is_drawn(call, func) and asked_before(call, func) or nil, call:receiver()
      local name = `{on and on.source} {key_of(call)}`
      asked_for[name] = asked_for[name] or asked
      table.insert(open, { call = call, func = func, asked = asked, name = name })
    end
  end
  for _, one in open do
    local asked = one.asked or one.call:arg(1) and one.call:arg(1).kind ~= "name" and asked_for[one.name]
    if asked then
      if is_evicting(repo) then
        return
      end
      report({
        at = one.call,
        message = `this entry of the cache has no lifetime: {one.call.name} keeps it until somebody deletes it`,
        confidence = runs_often(one.call, one.func) and "medium" or "low",
        related = { { at = asked, message = "asked for here, and read elsewhere where it is not there" } },
      })
    end
  end
end

-- Django's caches end after 300 s unless they are told never to.
local function check_django(call, report, repo)
  local given, state = call:arg("timeout")
  if state == "absent" then
    given, state = call:arg(3)
  end
  if state == "given" and given.kind == "null" and per_item.counts(call) and not is_evicting(repo) then
    report({
      at = call,
      message = `{call.name} with \`timeout=None\` keeps this entry of the cache until somebody deletes it`,
      confidence = "medium",
    })
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    local sets = {}
    for _, match in matches do
      if match.matcher == "django" then
        check_django(match.node, report, repo)
      else
        table.insert(sets, match.node)
      end
    end
    check_sets(sets, report, repo)
  end,
}
