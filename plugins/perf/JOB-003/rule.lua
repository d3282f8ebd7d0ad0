-- Jobs whose failures are tried again at once, while what they need is still away, or not at all.

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

local function check_celery(node, report, repo)
  local func, task = node:func(), task_of(node)
  if not func or not task then
    return
  end
  local delay = task.kind == "call" and is_zero(task, "default_retry_delay")
  if delay then
    report({ at = delay, message = `\`{func.name}\` is tried again at once when it fails: what it needs is still away then` })
  end
  for _, call in func.node:descendants("call") do
    local receiver = call.name == "retry" and call:receiver()
    local countdown = receiver and (receiver.text == "self" or receiver.text == func.name) and is_zero(call, "countdown")
    if countdown then
      report({ at = countdown, message = `\`{func.name}\` is tried again at once when it fails: what it needs is still away then` })
    end
  end
  if retries(func, task) or #repo:matched("central") > 0 or is_scheduled(repo, func.name) then
    return
  end
  for _, effect in func:effects() do
    if PASSING[effect] then
      report({
        at = func.node,
        message = `the task \`{func.name}\` calls another system and is never tried again: one answer that does not come, and the job is lost`,
        -- Whoever sent the job may send it again.
        confidence = "low",
      })
      return
    end
  end
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

local function check_options(file, report, repo)
  for _, queue in QUEUES do
    if not uses(file, queue.packages) or queue.library == "BullMQ" and #repo:matched("default pause") > 0 then
      continue
    end
    for _, dict in file.root and file.root:descendants("dict") or {} do
      local attempts, how = dict:entry(queue.key)
      local number = how == "given" and attempts:literal()
      if type(number) == "number" and number >= queue.least and absent(dict, queue.pauses) then
        report({
          at = attempts,
          message = `{queue.library} tries this job again at once ({queue.key}: {number}, no {queue.pauses[1]}): all attempts are used up while what it needs is still away`,
        })
      end
    end
  end
end

local function check(file, matches, report, repo)
  local looked = false
  for _, match in matches do
    if match.matcher == "task" then
      check_celery(match.node, report, repo)
    elseif match.matcher == "retry" then
      local value, how = match.node:arg("interval")
      local number = how == "given" and value:literal()
      local most = match.node:arg("max") or match.node:arg(1)
      if (how == "absent" and select(2, match.node:arg(2)) == "absent" or number == 0) and most then
        report({ at = match.node, message = "RQ tries this job again at once (`Retry` without `interval`): all attempts are used up while what it needs is still away" })
      end
    elseif not looked then
      looked = true
      check_options(file, report, repo)
    end
  end
end

local function check_repository(repo)
  local used = false
  for _, name in { "queue", "queue by require" } do
    used = used or #repo:matched(name) > 0
  end
  return if used then nil else { not_applicable = "no queue of jobs that this rule knows is used in this repository" }
end

return { check = check, check_repository = check_repository }
