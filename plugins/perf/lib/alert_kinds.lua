-- What an alert of Prometheus watches: errors, latency, the wait in a queue, or memory, and from which share or time on.

local promql = require("promql")
local words = require("words")

local M = {}

-- First words of metrics that systems under a service give of themselves: alerts on them follow other limits.
local INFRASTRUCTURE = words.set(
  "apiserver", "etcd", "kubelet", "kube", "node", "prometheus", "alertmanager", "coredns", "scheduler", "workqueue", "rest", "cluster", "thanos", "kubernetes", "kubeproxy", "grpc", "velero", "cilium", "cert",
  "argocd", "ceph", "net", "windows", "smartctl", "storage", "authentication", "code", "instance", "rabbitmq", "mysql", "pg", "redis", "elasticsearch", "probe"
)
-- Of those, the ones that a service's own alerts may use nevertheless.
local SERVED = { "^grpc_server_" }

-- Systems under a service, as the label `job` names them.
local JOBS = { "etcd", "apiserver", "kubelet", "prometheus", "alertmanager", "coredns", "thanos", "node%-exporter" }

-- Words of metrics that count answers of a service, and that time them.
local REQUESTS = { "request", "http", "grpc", "rpc", "response", "handler", "endpoint", "route", "api", "graphql" }
-- Words of metrics of what a service asks of others, which answer in a time of their own.
local OUTBOUND = words.set("outbound", "outgoing", "egress", "external", "stripe", "paypal", "braintree", "adyen", "openai", "anthropic", "twilio", "sendgrid", "mailgun", "slack", "s3", "dynamodb", "salesforce", "webhook", "webhooks")
local TIMES = { "duration", "latency", "seconds", "milliseconds", "time", "_ms" }
local FAULTS = { "error", "fail", "exception", "5xx" }
local QUEUES = { "queue", "celery", "sidekiq", "bullmq", "task", "consumer", "message", "backlog" }
local WAITS = { "wait", "latency", "delay", "_age", "oldest", "lag", "time_in", "queue_time", "queue_duration" }
local DEPTHS = { "length", "size", "depth", "backlog", "messages", "lag", "pending" }
local RESIDENT = { "^process_resident_memory_bytes$", "^container_memory_working_set_bytes$", "^container_memory_rss$", "^container_memory_usage_bytes$" }

local function is_infrastructure(name)
  for _, form in SERVED do
    if name:find(form) then
      return false
    end
  end
  return INFRASTRUCTURE[name:match("^%a+") or ""] == true
end

local function is_outbound(name)
  for _, word in words.of(name) do
    if OUTBOUND[word] then
      return true
    end
  end
  return name:find("http_client_", 1, true) ~= nil
end

-- The last part of a recorded name: what `job:http_errors:ratio5m` is called for is in all of it.
local function is_request(name)
  return words.any_in(name, REQUESTS) and not is_infrastructure(name) and not is_outbound(name)
end

local function is_resident(name)
  for _, form in RESIDENT do
    if name:find(form) then
      return true
    end
  end
  return false
end

-- Whether labels pick answers of the server's own faults, or leave everything else out.
local function picks_faults(text)
  for name, operator, value in text:gmatch('([%w_]+)%s*([=!~]+)%s*["\'`]([^"\'`]*)') do
    if name:lower():find("status") or name:lower():find("code") then
      if operator:sub(1, 1) == "=" and value:find("5") and not value:find("^%^?%[?[1234]") then
        return true
      elseif operator == "!~" and value:find("[23]") and not value:find("5") then
        return true
      elseif operator == "!=" and (value == "OK" or value == "200") then
        return true
      elseif operator == "=~" and (value:find("Unavailable") or value:find("Internal") or value:find("INTERNAL") or value:find("UNAVAILABLE")) then
        return true
      end
    end
  end
  return false
end

local function picks_successes(text)
  for name, operator, value in text:gmatch('([%w_]+)%s*([=!~]+)%s*["\'`]([^"\'`]*)') do
    if (name:lower():find("status") or name:lower():find("code")) and (operator == "!~" and value:find("5") or operator:sub(1, 1) == "=" and value:find("^%^?%(?%[?2")) then
      return true
    end
  end
  return text:lower():find("success", 1, true) ~= nil
end

local function any(names, fits)
  for _, name in names do
    if fits(name) then
      return name
    end
  end
  return nil
end

-- Seconds in one unit of a metric; nil where its name does not tell.
local function unit_of(name)
  local lower = name:lower()
  if lower:find("milliseconds", 1, true) or lower:find("_ms$") or lower:find("_ms_") or lower:find("_millis") then
    return 0.001
  end
  return if lower:find("second", 1, true) then 1 else nil
end

-- The share of answers that an alert is about: {kind = "errors", limit}; `per_second` where none is worked out, and the limit looks like one.
local function errors_of(comparison)
  local above, below = promql.quotient(comparison.measured)
  local names = promql.metrics(comparison.measured)
  if not any(names, is_request) then
    return nil
  elseif not above then
    return if picks_faults(comparison.measured) or any(names, function(name)
      return is_request(name) and words.any_in(name, FAULTS)
    end) then { kind = "errors", per_second = comparison.measured:find("rate%s*%(") ~= nil and comparison.operator:sub(1, 1) == ">" and comparison.value < 1, value = comparison.value, metric = names[1] } else nil
  end
  local counted = promql.metrics(above)
  local is_fault = picks_faults(above) or any(counted, function(name)
    return words.any_in(name, FAULTS)
  end) ~= nil
  local is_share = any(promql.metrics(below), is_request) ~= nil
  if is_fault and is_share and comparison.operator:sub(1, 1) == ">" then
    return { kind = "errors", limit = if comparison.value < 1 then comparison.value else nil, metric = counted[1] }
  elseif is_share and comparison.operator:sub(1, 1) == "<" and not is_fault and picks_successes(above) and comparison.value <= 1 then
    return { kind = "errors", limit = 1 - comparison.value, metric = counted[1] }
  end
  return if is_fault then { kind = "errors" } else nil
end

-- Seconds from which on answers or waits are too long, and of which part of them.
local function time_of(comparison)
  if comparison.operator:sub(1, 1) ~= ">" then
    return nil
  end
  local measured = comparison.measured
  local quantile = tonumber(measured:match("histogram_quantile%s*%(%s*([%d.]+)") or measured:match('quantile%s*=%s*"([%d.]+)"'))
  local names = promql.metrics(measured)
  local waits = any(names, function(name)
    return words.any_in(name, QUEUES) and words.any_in(name, WAITS) and not is_infrastructure(name) and not name:lower():find("http", 1, true)
  end)
  local timed = waits or any(names, function(name)
    return is_request(name) and words.any_in(name, TIMES)
  end)
  if not timed then
    local depth = any(names, function(name)
      return words.any_in(name, QUEUES) and words.any_in(name, DEPTHS)
    end)
    return if depth then { kind = "queue" } else nil
  end
  local unit = unit_of(timed)
  -- A mean, or a count of requests, is no percentile.
  if promql.quotient(measured) and not quantile then
    return { kind = if waits then "queue" else "latency" }
  end
  if not waits and not quantile then
    return if timed:lower():find("p9%d") then { kind = "latency", quantile = tonumber("0." .. timed:lower():match("p(9%d)")), limit = unit and comparison.value * unit, metric = timed } else nil
  end
  return { kind = if waits then "queue" else "latency", quantile = quantile, limit = unit and comparison.value * unit, metric = timed }
end

-- The share of its limit that a process may hold.
local function memory_of(comparison)
  local names = promql.metrics(comparison.measured)
  local resident = any(names, is_resident)
  if not resident or comparison.operator:sub(1, 1) ~= ">" then
    return nil
  end
  local _, below = promql.quotient(comparison.measured)
  local is_share = below ~= nil and any(promql.metrics(below), function(name)
    return name:lower():find("limit", 1, true) ~= nil or name:lower():find("memtotal", 1, true) ~= nil or name == "machine_memory_bytes"
  end) ~= nil
  return { kind = "memory", limit = if is_share and comparison.value <= 1 then comparison.value else nil, metric = resident }
end

-- What an expression watches: {kind, limit, quantile, metric, joined}; nil for what no such alert is. `limit` is nil where it is not known.
function M.of(expression)
  local job = expression:match('job%s*=~?%s*"([^"]*)"')
  for _, word in job and JOBS or {} do
    if job:find(word) then
      return nil
    end
  end
  local comparisons, count = promql.comparisons(expression)
  local best = nil
  for _, comparison in comparisons do
    local found = time_of(comparison) or errors_of(comparison) or memory_of(comparison)
    if found and (not best or found.limit and not best.limit) then
      best = found
    end
  end
  if best then
    best.joined = count > 1
  end
  return best
end

return M
