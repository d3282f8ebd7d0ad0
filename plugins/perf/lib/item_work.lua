-- What the body of a loop does for an item beside asking a store.

local set = require("words").set

local M = {}

-- Effects that take longer than a query.
M.LONG = set("http", "process", "mail", "queue", "rpc", "storage")

-- These, and what must be noted down before the next item.
local MORE = table.clone(M.LONG)
MORE.sleep, MORE.compute = true, true

local NOTHING_YET = { construct = true, lazy = true, configure = true, none = true }

local function does_one_of(effects, loop, access)
  local body = loop.node:child("body") or loop.node
  for _, call in body:descendants("call") do
    -- What a library does, facts say.
    local kind = call:fact("kind")
    if kind and effects[kind] and not NOTHING_YET[call:fact("verb") or ""] then
      return true
    elseif not call:same(access) then
      for _, effect in call:effects() do
        if effects[effect] then
          return true
        end
      end
    end
  end
  return false
end

-- Whether the body of a loop does more for an item than ask a store: calls a service, a bucket, a program.
function M.does_more(loop, access)
  return does_one_of(MORE, loop, access)
end

local PACED = { sleep = true }

-- Whether the body waits on purpose for each item.
function M.is_paced(loop, access)
  return does_one_of(PACED, loop, access)
end

local TAKING = { "lease", "claim", "acquire", "lock" }

-- Whether the body takes each item as work to be done by one process: what is asked then is what doing it costs. A lock that a request puts on rows, and does nothing
-- with them that takes long, is a state of theirs: `lock_order(order.id); close_order(order.id)`.
function M.takes_work(loop)
  local body = loop.node:child("body") or loop.node
  local locks = false
  for _, call in body:descendants("call") do
    local name = call.name:lower()
    -- Go's mutexes lock memory, and no item.
    local is_mutex = call.file.language == "go" and name == "lock" and #call:args() == 0
    -- `ClaimResult{Code: 0}` and `new LockTable()` make a value, they take nothing.
    local takes_nothing = is_mutex or call:has("composite") or call:has("new")
    for _, word in takes_nothing and {} or TAKING do
      if not name:find("^" .. word) then
        continue
      elseif word ~= "lock" or name == word then
        return true
      end
      locks = true
    end
  end
  return locks and (loop.node:reach() ~= "request" or M.does_more(loop, loop.node))
end

return M
