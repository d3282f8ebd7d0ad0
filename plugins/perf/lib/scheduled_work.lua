-- Work that comes round by the clock and that nobody waits for: jobs of a scheduler, and what clears away old rows, whoever starts it.

local asked_route = require("asked_route")
local words = require("words")

local M = {}

-- What registers or decorates a function that a clock starts: Nest's `@Cron`, APScheduler's `add_job`, robfig/cron's `AddFunc`.
local STARTS = words.set(
  "Cron", "Interval", "scheduled_job", "periodic_task", "db_periodic_task", "repeat_every", "cron", "schedule", "scheduleJob", "add_job", "CronJob", "onSchedule", "setInterval", "AddFunc", "AddJob", "add_periodic_task", "on_after_configure"
)
-- Words for what clears away.
local CLEARS = words.set("cleanup", "clean", "cleaner", "purge", "purger", "prune", "pruner", "retention", "expire", "expired", "expiry", "gc", "sweep", "sweeper", "reaper", "housekeeping", "vacuum", "janitor", "obsolete", "stale", "cron", "crons", "scheduler", "nightly")
local DELETES = words.set("delete", "adelete", "deleteMany", "destroy", "softDelete", "remove", "_raw_delete", "Delete", "Unscoped")

-- Where Celery is told when to start its tasks.
local BEATS = { "beat_schedule", "BEAT_SCHEDULE", "crontab(" }

local function clears(text)
  for _, word in words.of(text) do
    if CLEARS[word] then
      return true
    end
  end
  return false
end

-- Whether a path leads to what a clock starts: `scheduler/unlock_tasks.py`, `management/commands/purge.py`.
local function is_of_clock(path)
  for _, word in words.of(path) do
    if word == "scheduler" or word == "cron" or word == "crons" or word == "cronjobs" then
      return true
    end
  end
  return path:find("management/commands/", 1, true) ~= nil
end

local function is_started_by_clock(handler)
  for _, decorator in handler:children("decorator") do
    if STARTS[decorator.name] then
      return true
    end
  end
  local func = handler:func()
  for _, call in func and func:registrations() or {} do
    if STARTS[call.name] or call.name == "onRun" then
      return true
    end
  end
  return false
end

-- Whether Celery's schedule names a task.
local function is_in_beat(name, repo)
  for _, path in repo:holding("**/*.py", BEATS) do
    local text = repo:text(path) or ""
    if text:find(`["'%.]{name}["']`) then
      return true
    end
    for arguments in text:gmatch("add_periodic_task%s*(%b())") do
      if arguments:find(`%f[%w_]{name}%f[^%w_]`) then
        return true
      end
    end
  end
  return false
end

-- Whether a statement or a call of an ORM takes rows away.
function M.deletes(call)
  if call.kind == "str" or call.kind == "template" then
    local text = call:joined() or call.text
    return text:find("^%s*[Dd][Ee][Ll][Ee][Tt][Ee]%s") ~= nil
  end
  local after = call:chained()
  for _, link in { call, unpack(after) } do
    if DELETES[link.name] then
      return true
    end
  end
  return false
end

-- Whether a place runs by the clock, or where old rows are cleared away.
function M.runs(place, repo)
  local func = place:func()
  if not func then
    return false
  end
  local route = func:route()
  for _, stop in route do
    if clears(stop.symbol) or clears(stop.path:match("[^/]*$")) or is_of_clock(stop.path) then
      return true
    end
  end
  for _, caller in func:callers() do
    -- What a clock starts too is seldom what people wait for: a route beside it starts it by hand.
    if is_of_clock(caller.file.path) then
      return true
    end
  end
  if clears(func.name) or clears(place.file.path:match("[^/]*$")) then
    return true
  end
  local handler = asked_route.handler_of(func, repo)
  if not handler then
    return false
  end
  return is_started_by_clock(handler) or func.reach == "worker" and handler.file.language == "python" and handler.text ~= "" and is_in_beat(handler.text, repo)
end

return M
