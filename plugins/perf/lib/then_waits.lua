-- Reads that a chain of promises makes one after the other although the second needs nothing of the first:
-- `orders(shop).then((rows) => count(shop).then((total) => ({ rows, total })))`.

local flow = require("flow")
local order = require("order")
local remote = require("remote")
local waits = require("wait")

local M = {}

-- What a function given to `then` gives on, and the paths that it changes before: nil where it may do something else instead.
local function only_value(func)
  local body = func:child("body")
  local statements = body and body.kind == "block" and body:children()
  local last = statements and statements[#statements]
  if not last or last.kind ~= "return" then
    return body and body.kind == "call" and body or nil, {}
  end
  local changed = {}
  for at, statement in statements do
    if at < #statements then
      if not order.may_stand_between(statement) then
        return nil, changed
      end
      flow.merge(changed, flow.writes(statement))
    end
  end
  return last:child("value"), changed
end

-- The call that a promise comes from, before what is done with its value; second, the first that goes on with that.
local function begun_by(value)
  local at, next = value, nil
  while at and at.kind == "call" and (at.name == "then" or at.name == "catch" or at.name == "finally" or next) do
    local on = at:receiver()
    if not on or on.kind ~= "call" or at.name ~= "then" and at.name ~= "catch" and at.name ~= "finally" then
      break
    end
    next = at.name == "then" and at or next
    at = on
  end
  return at, next
end

local function read_by(call)
  if not call or call.kind ~= "call" or call:fact("gathers") then
    return nil
  end
  local work = remote.work(call)
  local name = call.name
  local _, before = call:chained()
  for _, one in before do
    name = #one:effects() > 0 and one.name or name
  end
  if not waits.is_read(work, name) or waits.says_guard(name) or work.turns or work.sleeps then
    return nil
  end
  return { call = call, name = name, work = work }
end

-- Two reads at a call of `then`: { first, second, then_ }, or nil.
function M.of(call)
  local func = call:arg(1)
  if call.name ~= "then" or not func or func.kind ~= "function" or not waits.counts(call) or waits.is_in_transaction(call) then
    return nil
  end
  local value, changed = only_value(func)
  local base, rest = nil, nil
  if value and value.kind == "call" then
    base, rest = begun_by(value)
  end
  if not base or not rest then
    return nil
  end
  local given = {}
  for _, param in func:children("param") do
    for _, name in flow.names(param) do
      given[name.text] = true
    end
    if param.text ~= "" then
      given[param.text] = true
    end
  end
  local later = rest:arg(1)
  -- What nobody looks at is there for what it throws.
  if flow.is_empty(given) or flow.mentions(base, given) or flow.shared(flow.reads(base), changed) or not later or not flow.mentions(later, given) then
    return nil
  end
  local first, second = read_by((begun_by(call))), read_by(base)
  return first and second and { first = first, second = second } or nil
end

return M
