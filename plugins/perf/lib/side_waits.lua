-- Figures for those who run the service, sent and waited for before the work that somebody asked for begins: `await sendMetric({...}); return listOrders();`.
-- Nothing hangs on them, so the work could be under way meanwhile.

local flow = require("flow")
local order = require("order")
local remote = require("remote")
local waits = require("wait")

local M = {}

local FIGURES = { metric = true, metrics = true, telemetry = true, analytics = true }

-- What is done to figures when they are told; a `deleteMetricFilter` takes down what counts them.
local TELLING = { send = true, emit = true, record = true, track = true, report = true, publish = true, push = true, post = true, capture = true, log = true, put = true, submit = true, notify = true, collect = true, flush = true }

-- What is counted rather than followed: `trackEvent("signup")`, not `trackParcel(number)`.
local TRACKED = { event = true, events = true, page = true, usage = true, activity = true, visit = true, pageview = true }

-- Whether what is waited for tells figures that nothing hangs on, and keeps them nowhere that the service reads again.
local function is_aside(wait)
  if order.is_kept(wait) or wait.work.kinds.db or wait.work.kinds.storage or wait.work.kinds.cache or wait.is_read then
    return false
  end
  -- What is told when something has failed is told seldom.
  local around = wait.await:enclosing({ "handler", "function" })
  local words = remote.words(wait.name)
  -- What asks before it tells, tells how things stand: it has its place.
  if around and around.kind == "handler" or not TELLING[words[1] or ""] or wait.work.reads > 0 then
    return false
  end
  for _, word in words do
    if FIGURES[word] then
      return true
    end
  end
  local on = wait.call and wait.call:receiver()
  for _, word in on and (on.kind == "name" or on.kind == "attr") and remote.words(on.text) or {} do
    if FIGURES[word] then
      return true
    end
  end
  return words[1] == "track" and TRACKED[words[2] or ""] == true
end

-- A call that waits for something beyond the process; nil for others.
local function waits_beyond(call)
  local work = remote.work(call)
  return work.reads + work.writes + work.unknown > 0 and call or nil
end

-- The first call in a statement that waits for something, be it where its promise is handed on: `return load(id)`.
local function waiting_call(statement)
  for _, await in statement:descendants("await") do
    local value = order.in_own_function(await, statement) and not waits.unpacks(await) and await:child("value")
    if value and value.kind == "call" and waits_beyond(value) then
      return select(2, waits.name_of(await)) or value
    end
  end
  local given = statement.kind == "return" and statement:child("value")
  local func = statement:func()
  if given and given.kind == "call" and func and func.is_async and statement.file.language ~= "python" then
    return waits_beyond(given)
  end
  return nil
end

-- The most statements that are looked across.
local FARTHEST = 6

-- What waits behind figures that are sent first and needs nothing of them: the call; nil where there is none.
function M.held_up(wait)
  if not is_aside(wait) then
    return nil
  end
  local changed = flow.writes(wait.statement)
  local at = wait.statement:next_statement()
  for _ = 1, FARTHEST do
    if not at then
      return nil
    end
    local call = waiting_call(at)
    if call and flow.shared(flow.reads(at), changed) then
      return nil
    elseif call then
      return call
    elseif not order.may_stand_between(at) then
      return nil
    end
    at = at:next_statement()
  end
  return nil
end

return M
