-- Alerts that come late: rules of Prometheus whose limits are laxer than what users notice, or that do not wait at all.

local alert_kinds = require("alert_kinds")
local alert_rules = require("alert_rules")
local presence = require("presence")
local promql = require("promql")

-- What a service's alerts are held against: the largest limit, the longest wait in seconds, and how both are said.
local TARGETS = {
  errors = { limit = 0.02, wait = 300, name = "errors", said = "2 % of the requests for 5 minutes" },
  latency = { limit = 0.3, wait = 600, name = "latency", said = "a p95 of 300 ms for 10 minutes" },
  queue = { limit = 2, wait = 300, name = "wait in the queue", said = "2 s of wait for 5 minutes" },
  memory = { limit = 0.85, wait = 600, name = "memory", said = "85 % of the limit for 10 minutes" },
}
-- The slowest hundredth may take longer than the slowest twentieth.
local TAIL = { quantile = 0.99, limit = 0.8, said = "a p99 of 800 ms for 10 minutes" }
-- Kinds that every service needs; a queue is not everywhere.
local WANTED = { "errors", "latency", "memory" }
local SLACK = 1.0001

local function target_of(watched)
  local target = TARGETS[watched.kind]
  if watched.kind == "latency" and (watched.quantile or 0) >= TAIL.quantile then
    return { limit = TAIL.limit, wait = target.wait, name = target.name, said = TAIL.said }
  end
  return target
end

local function shown(watched)
  if watched.kind == "errors" or watched.kind == "memory" then
    return string.format("%.4g %%", watched.limit * 100)
  end
  return if watched.limit < 1 then string.format("%.4g ms", watched.limit * 1000) else string.format("%.4g s", watched.limit)
end

-- Seconds that an alert waits; nil where a template decides.
local function wait_of(alert)
  if not alert.wait then
    return 0
  end
  return promql.seconds(alert.wait)
end

-- By what alerts on one thing are known.
local function key_of(watched)
  return `{watched.kind} {watched.metric or ""}`
end

local function is_within(one)
  local target = target_of(one.watched)
  return one.watched.limit ~= nil and one.watched.limit <= target.limit * SLACK and one.wait ~= nil and one.wait <= target.wait
end

local function judge(one, met, report)
  local watched, alert = one.watched, one.alert
  local target = target_of(watched)
  if watched.per_second and not met then
    local says_share = alert.text:find("ercent", 1, true) ~= nil or alert.text:find("%d%s*%%") ~= nil
    report({
      at = alert.at,
      message = `\`{alert.name}\` fires at {watched.value} errors per second whatever the traffic: no share of the requests is worked out`,
      -- Where the annotation speaks of percent, a share was meant.
      confidence = if says_share then "medium" else "low",
    })
  end
  -- An alert at once for the worst case beside an earlier one is as it should be.
  if watched.limit and watched.limit > target.limit * SLACK and not met then
    report({
      at = alert.at,
      message = `\`{alert.name}\` fires from {shown(watched)} on: users notice {target.said}, and no other alert on {watched.metric} tells of it`,
      confidence = "medium",
    })
  elseif one.wait and one.wait > target.wait and not met then
    report({
      at = alert.wait_at or alert.at,
      message = `\`{alert.name}\` waits {alert.wait} before it fires; {target.said} are what users notice`,
      -- A lower limit may be paid for with a longer wait.
      confidence = if watched.limit and watched.limit > target.limit / 2 then "medium" else "low",
    })
  elseif one.wait == 0 and not watched.joined and promql.window(alert.expr) < target.wait then
    report({
      at = alert.wait_at or alert.at,
      message = `\`{alert.name}\` has no \`for:\`: one evaluation above its limit calls somebody, and an alert that often cries is switched off`,
      confidence = "medium",
    })
  end
end

local function names_of(kinds)
  local all = {}
  for _, kind in kinds do
    table.insert(all, TARGETS[kind].name)
  end
  return table.concat(all, ", ")
end

local function check_repository(repo, report)
  local alerts, records = alert_rules.collect(repo, repo:matched("rules"))
  local all, met, kinds = {}, {}, {}
  for _, alert in alerts do
    local watched = alert_kinds.of(alert_rules.resolved(alert.expr, records))
    if watched then
      local one = { alert = alert, watched = watched, wait = wait_of(alert) }
      table.insert(all, one)
      kinds[watched.kind] = true
      met[key_of(watched)] = met[key_of(watched)] or is_within(one)
    end
  end
  for _, one in all do
    judge(one, met[key_of(one.watched)] == true, report)
  end
  -- Alarms that a platform keeps follow units of its own; that they are there is what counts.
  if #repo:matched("alarm") + #repo:matched("alarm in code") > 0 then
    return nil
  end
  local missing = {}
  for _, kind in WANTED do
    if not kinds[kind] then
      table.insert(missing, kind)
    end
  end
  local serves = presence.serves(repo)
  if #all == 0 and not serves then
    return { not_applicable = "this repository neither holds a service nor alerts on one" }
  elseif #all == 0 then
    return { needs_evidence = "no alert on this service is in the repository; link its rules: errors over 2 % for 5 min, p95 over 300 ms for 10 min, wait in queues over 2 s for 5 min, memory over 85 % for 10 min" }
  elseif #missing > 0 then
    return { needs_evidence = `the alerts of this repository ({all[1].alert.file.path}) watch nothing of: {names_of(missing)}; link the rules that do` }
  end
  return nil
end

return { check_repository = check_repository }
