-- Servers whose processes do not fit the processors that they have.

local server_command = require("server_command")
local server_instances = require("server_instances")
local setting = require("setting")

-- Workers of gunicorn that answer one request at a time each.
local SYNC = { sync = true }

-- Libraries that use several processors from one process.
local PARALLEL = table.freeze({ "torch**", "tensorflow**", "onnxruntime**", "numpy**", "sklearn**", "transformers**", "vllm**", "polars**", "duckdb**", "ray**", "joblib**" })

local function number(value)
  return if value % 1 == 0 then string.format("%d", value) else string.format("%.2g", value)
end

-- As many processes as keep the processors busy while some wait: 2 x processors + 1.
local function most(cores)
  return math.max(2, math.ceil(2 * cores + 1))
end

-- What a process count is held against: processors, nil where they are not known.
local function cores_of(instance)
  local cores = instance.cores
  return cores.state == "given" and setting.cores(cores.value) or nil
end

local function subject_of(instance)
  if instance.where == "image" then
    return "the image"
  end
  return if instance.where == "Cloud Run" then `service \`{instance.name}\`` else `container \`{instance.name}\``
end

local function related_of(instance)
  local related = {}
  if instance.cores.at then
    table.insert(related, { at = instance.cores.at, message = "its processors" })
  end
  if instance.image and instance.where ~= "image" then
    table.insert(related, { at = instance.at, message = "run here" })
  end
  return if #related > 0 then related else nil
end

local function check_many(instance, cores, report)
  local server = instance.server
  local count = server.workers.value
  if count <= most(cores) then
    return false
  end
  -- Jobs wait for others more than requests do.
  local is_doubtful = server.program == "celery" or server.workers.by_default or instance.cores.by_values
  local fewer = server_command.edits(server, most(cores))
  report({
    at = server.workers.at or server.at,
    message = `{subject_of(instance)} starts {number(count)} processes of {server.program} on {number(cores)} processor{if cores == 1 then "" else "s"}: more than {number(most(cores))} (2 x processors + 1) take turns on it, and each holds memory of its own`
      .. (if is_doubtful then "; compare `http.latency` at the peak with fewer" else ""),
    confidence = if is_doubtful then "low" else "medium",
    related = related_of(instance),
    notes = { workers = count, processors = cores },
    fix = fewer and { title = "start as many processes as fit", safety = "unsafe", edits = fewer } or nil,
  })
  return true
end

local function check_machine(instance, cores, report)
  local server = instance.server
  -- Cloud Run shows a process its own processors; elsewhere it sees those of the node.
  if instance.where == "Cloud Run" or server.workers.is_bound then
    return false
  end
  report({
    at = server.workers.at or server.at,
    message = `{server.program} starts as many processes as the node has processors, and {subject_of(instance)} may use {number(cores)} of them: the count sees the machine and not the limit`,
    -- A variable may be set where nobody looked.
    confidence = if server.workers.by_default then "low" else "medium",
    related = related_of(instance),
    notes = { processors = cores },
  })
  return true
end

local function check_idle(repo, instance, cores, report)
  local server = instance.server
  if cores < 2 or server.program == "celery" then
    return false
  end
  local is_parallel = repo:imports(PARALLEL)
  report({
    at = server.workers.at or server.at,
    message = `{subject_of(instance)} starts one process of {server.program}, which keeps one of its {number(cores)} processors busy`
      .. (if is_parallel then "; compare `http.latency` at the peak with more: libraries may use the others" else ""),
    confidence = if is_parallel or instance.cores.by_values then "low" else "medium",
    related = related_of(instance),
    notes = { processors = cores },
  })
  return true
end

-- One process that answers one request at a time: whoever comes second waits, however little the first one uses.
local function check_single(instance, report)
  local server = instance.server
  local is_sync = server.program == "gunicorn" and (server.class == nil or SYNC[server.class])
  local threads = server.threads.state
  if not is_sync or threads == "hidden" or threads == "machine" or threads == "given" and server.threads.value > 1 then
    return false
  end
  local is_written = server.workers.state == "given"
  report({
    at = server.workers.at or server.at,
    message = `{subject_of(instance)} starts gunicorn with one worker and one thread{if is_written then "" else ", its defaults"}: one request is answered at a time, and while that one waits for a database all others wait`,
    confidence = "medium",
    related = related_of(instance),
  })
  return true
end

-- Names under which an application of Celery sets the number itself.
local OF_CELERY = { "worker_concurrency", "CELERYD_CONCURRENCY", "CELERY_WORKER_CONCURRENCY", "worker_autoscaler" }

local function check(repo, instance, report)
  local server = instance.server
  if server.is_open then
    return false
  end
  local cores, workers = cores_of(instance), server.workers
  if workers.state == "given" and type(workers.value) == "number" and workers.value > 1 then
    return cores ~= nil and not server.is_light and check_many(instance, cores, report)
  elseif workers.state == "machine" then
    return cores ~= nil and check_machine(instance, cores, report)
  elseif workers.state == "absent" and server.program == "celery" then
    return cores ~= nil and not server.is_light and #repo:holding("*.py", OF_CELERY) == 0 and check_machine(instance, cores, report)
  elseif workers.state == "absent" or workers.value == 1 then
    return check_single(instance, report) or cores ~= nil and check_idle(repo, instance, cores, report)
  end
  return false
end

-- What is known of a server whose fit nothing decides.
local function told(instance)
  local server = instance.server
  local workers = server.workers
  local count = "a number of processes that is decided elsewhere"
  if server.is_open then
    count = "processes by settings that could not be read"
  elseif workers.state == "given" then
    count = if workers.value == 1 then "one process" else `{number(workers.value)} processes`
  elseif workers.state == "absent" then
    count = "as many processes as it does by default"
  elseif workers.state == "machine" then
    count = "as many processes as it sees processors"
  end
  return `{server.program} ({instance.file.path}) starts {count}`
end

-- Whether both numbers are known.
local function is_decided(instance)
  local server = instance.server
  local workers = server.workers.state
  local is_known = workers == "given" or workers == "absent" and server.program ~= "celery" or workers == "machine" and instance.where == "Cloud Run"
  return is_known and not server.is_open and cores_of(instance) ~= nil
end

local function check_repository(repo, report)
  local all = server_instances.collect(repo)
  local open, seen = nil, {}
  for _, instance in all do
    local server = instance.server
    local key = `{(server.script or instance.image and instance.image.file or instance.file).path} {server.at.line} {instance.where}`
    if server.is_for_development then
      continue
    end
    local is_found = not seen[key] and check(repo, instance, report)
    seen[key] = seen[key] or is_found
    if not is_found and not is_decided(instance) then
      open = open or instance
    end
  end
  if #all == 0 then
    return { not_applicable = "no file of this repository starts a server that runs in several processes" }
  elseif open then
    return { needs_evidence = `{told(open)}, and the repository does not say how many fit; link the processes and threads of an instance beside its processors` }
  end
  return nil
end

return { check_repository = check_repository }
