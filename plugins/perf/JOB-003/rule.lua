-- Jobs whose failures are tried again at once, while what they need is still away, or not at all.

local job_options = require("job_options")
local retry_pauses = require("retry_pauses")
local words = require("words")

-- What a job does that fails for a while and works again later.
local PASSING = words.set("http", "mail", "rpc")
-- Words of decorators and calls that try again within the job.
local RETRIERS = { "retry", "tenacity", "backoff", "stamina" }

-- The decorator by which a function is a task of Celery.
local function task_of(node)
  for _, decorator in node:children("decorator") do
    local call = if decorator.kind == "call" then decorator else decorator:child("value")
    local shown = if call and call.kind == "call" then call else decorator
    local name = shown.name
    if name == "task" or name == "shared_task" then
      return shown
    end
  end
  return nil
end

local function is_zero(call, key)
  local value, how = call:arg(key)
  if how ~= "given" then
    return nil
  end
  local number, known = value:literal()
  return known and number == 0 and value or nil
end

-- Whether something in the function, or around it, tries again.
local function retries(func, task)
  for _, decorator in func:decorators() do
    if words.any_in(decorator, RETRIERS) then
      return true
    end
  end
  for _, call in func.node:descendants("call") do
    if words.any_in(call.source:sub(1, 80), RETRIERS) then
      return true
    end
  end
  if task.kind ~= "call" then
    return false
  end
  for _, key in { "autoretry_for", "base", "retry_backoff", "retry_kwargs" } do
    if select(2, task:arg(key)) ~= "absent" then
      return true
    end
  end
  return false
end

-- Whether a schedule of the repository starts the task again anyway.
local function is_scheduled(repo, name)
  for _, path in repo:matched("schedule") do
    local file = repo:open(path)
    if file and (file.text:find(`[%."']{name}["']`) or file.text:find(`%f[%w_]{name}%.si?%(`)) then
      return true
    end
  end
  return false
end

-- Whether a function calls another system; most tasks that do not are told by this alone.
local function calls_another(func)
  for _, effect in func:effects() do
    if PASSING[effect] then
      return true
    end
  end
  return false
end

local function check_celery(node, report, repo)
  local func, task = node:func(), task_of(node)
  if not func or not task then
    return
  end
  local delay = task.kind == "call" and is_zero(task, "default_retry_delay")
  if delay then
    report({ at = delay, message = `\`{func.name}\` is tried again at once when it fails: what it needs is still away then` })
  end
  for _, call in func.node:descendants("call", "retry") do
    local receiver = call:receiver()
    local countdown = receiver and (receiver.text == "self" or receiver.text == func.name) and is_zero(call, "countdown")
    if countdown then
      report({ at = countdown, message = `\`{func.name}\` is tried again at once when it fails: what it needs is still away then` })
    end
  end
  if #repo:matched("central") > 0 or not calls_another(func) or retries(func, task) or is_scheduled(repo, func.name) then
    return
  end
  report({
    at = func.node,
    message = `the task \`{func.name}\` calls another system and is never tried again: one answer that does not come, and the job is lost`,
    -- Whoever sent the job may send it again.
    confidence = "low",
  })
end

-- The value under a key of a dictionary, and whether none is there.
local function absent(dict, keys)
  for _, key in keys do
    if select(2, dict:entry(key)) ~= "absent" then
      return false
    end
  end
  return true
end

-- Options of queues in JavaScript: which key says how often, and which says after how long.
local QUEUES = {
  { key = "attempts", pauses = { "backoff" }, least = 2, library = "BullMQ", packages = { "bull", "bullmq", "@nestjs/bull", "@nestjs/bullmq" } },
  { key = "retryLimit", pauses = { "retryDelay", "retryBackoff" }, least = 1, library = "pg-boss", packages = { "pg-boss" } },
}

local function uses(file, packages)
  if file:imports(packages) then
    return true
  end
  for _, name in packages do
    if file.text:find(`require("{name}")`, 1, true) or file.text:find(`require('{name}')`, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a dictionary is what a queue takes in place of everybody's defaults: a pause that these have is not among them.
local function is_of_its_own(dict)
  local pair = dict:parent()
  return pair ~= nil and pair.kind == "pair" and pair.text == "defaultJobOptions"
end

local function check_options(file, report, repo)
  for _, queue in QUEUES do
    if not uses(file, queue.packages) then
      continue
    end
    local has_default = queue.library == "BullMQ" and (#repo:matched("default pause") > 0 or job_options.has_default_pause(repo, repo:matched("default options")))
    for _, dict in file.root and file.root:descendants("dict") or {} do
      local attempts, how = dict:entry(queue.key)
      local number = how == "given" and attempts:literal()
      if type(number) == "number" and number >= queue.least and absent(dict, queue.pauses) and job_options.is_one(dict, queue.library) and (not has_default or is_of_its_own(dict)) then
        report({
          at = attempts,
          message = `{queue.library} tries this job again at once ({queue.key}: {number}, no {queue.pauses[1]}): all attempts are used up while what it needs is still away`,
        })
      end
    end
  end
end

local REST = ": all attempts are used up while what it needs is still away"

local function check(file, matches, report, repo)
  local looked = false
  -- Whether a matcher's calls are those of a library, which is the same for all of a file.
  local is_of = {}
  for _, match in matches do
    local what = match.matcher
    local node, at, trouble = match.node, nil, nil
    if node and node.kind == "call" then
      if is_of[what] == nil then
        is_of[what] = retry_pauses.is_of(what, file)
      end
      if is_of[what] then
        at, trouble = retry_pauses.of(what, node)
      end
    end
    if at then
      report({ at = at, message = trouble .. REST, confidence = if what == "rabbitmq" or what == "sqs" then "medium" else "high" })
    elseif what == "no pause" then
      report({ at = match.span, message = `jobs that fail are run again at once (\`{match.span.source:match("RetryDelayFunc") or "NextRetry"}\`){REST}`, confidence = "medium" })
    elseif what == "task" then
      check_celery(node, report, repo)
    elseif what == "retry" then
      local value, how = node:arg("interval")
      local number = how == "given" and value:literal()
      local most = node:arg("max") or node:arg(1)
      if (how == "absent" and select(2, node:arg(2)) == "absent" or number == 0) and most then
        report({ at = node, message = "RQ tries this job again at once (`Retry` without `interval`): all attempts are used up while what it needs is still away" })
      end
    elseif not looked and what:find("^options") then
      looked = true
      check_options(file, report, repo)
    end
  end
end

-- Clients of queues that this rule knows.
local QUEUES_KNOWN = table.freeze({
  "celery**", "rq", "rq.**", "django_rq**", "dramatiq**", "huey**", "arq**", "taskiq**", "procrastinate**", "pika**", "aio_pika**", "kombu**",
  "bull", "bullmq", "@nestjs/bull", "@nestjs/bullmq", "pg-boss", "bee-queue", "agenda", "amqplib**", "amqp-connection-manager", "@aws-sdk/client-sqs", "sqs-consumer", "graphile-worker**",
  "github.com/hibiken/asynq", "github.com/RichardKnop/machinery/**", "github.com/riverqueue/river**", "github.com/rabbitmq/amqp091-go", "github.com/streadway/amqp", "github.com/aws/aws-sdk-go-v2/service/sqs", "github.com/aws/aws-sdk-go/service/sqs",
})

local function check_repository(repo)
  return if repo:imports(QUEUES_KNOWN) then nil else { not_applicable = "no queue of jobs that this rule knows is used in this repository" }
end

return { check = check, check_repository = check_repository }
