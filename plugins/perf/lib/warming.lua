-- What calls a function of Lambda by the clock so that an instance of it stays ready: a schedule of a few minutes beside the events of its callers, or a plugin that
-- is there for it.

local M = {}

-- An instance that nobody calls is kept for longer than so many minutes.
local KEPT = 15

-- Whether a schedule comes back before an instance goes: `rate(5 minutes)`, `cron(0/5 * * * ? *)`.
function M.is_often(schedule)
  local count, unit = schedule:match("rate%(%s*(%d+)%s+(%a+)%s*%)")
  if count then
    return unit:find("^minute") ~= nil and tonumber(count) <= KEPT
  end
  local step = schedule:match("cron%(%s*[%d%*]*/(%d+)%s+%*%s")
  return step ~= nil and tonumber(step) <= KEPT or schedule:find("cron%(%s*%*%s+%*%s") ~= nil
end

local function text_of(doc)
  return doc and doc.text or ""
end

-- Whether a function of SAM is called so by an event of its own; the caller sees that others wait for it, too.
function M.of_sam(own)
  for _, event in own:select("Properties.Events.*") do
    local kind = text_of(event:get("Type"))
    local schedule = event:get("Properties.Schedule") or event:get("Properties.ScheduleExpression")
    if (kind == "Schedule" or kind == "ScheduleV2") and text_of(event:get("Properties.State")) ~= "DISABLED" and M.is_often(text_of(schedule)) then
      return true
    end
  end
  return false
end

-- Whether a plugin of the Serverless Framework calls a function: what it is told for the function counts before what it is told for all.
local function is_warmed_by_plugin(top, own)
  local plugins, is_there = top:get("plugins"), false
  for _, plugin in plugins and plugins:entries() or {} do
    is_there = is_there or text_of(plugin):find("plugin-warmup", 1, true) ~= nil
  end
  local said = is_there and (own:get("warmup") or top:get("custom.warmup"))
  -- Without a word on it the plugin calls nothing.
  return said and not said.span.source:find("enabled:%s*false") or false
end

-- The same of a function of the Serverless Framework.
function M.of_serverless(top, own)
  local events = own:get("events")
  for _, event in events and events:entries() or {} do
    local schedule = event:get("schedule")
    local rate = schedule and (schedule:get("rate") or schedule)
    local is_off = schedule and schedule:get("enabled") and schedule:get("enabled").value == false
    if rate and not is_off and M.is_often(rate.kind == "scalar" and text_of(rate) or rate.span.source) then
      return true
    end
  end
  return is_warmed_by_plugin(top, own)
end

return M
