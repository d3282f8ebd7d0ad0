-- Retries without a pause, by library: what of a call says that a job which failed is run again at once.

local M = {}

local function number_of(call, key)
  local node, how = call:arg(key)
  if how ~= "given" then
    return nil, how
  end
  local value, known = node:literal()
  return if known then value else nil, "given", node
end

local function is_absent(call, ...)
  for _, key in { ... } do
    if select(2, call:arg(key)) ~= "absent" then
      return false
    end
  end
  return true
end

-- Decorators and middleware of Python: by the package, what a call says. Each gives the place and what is wrong, or nothing.
local READ = {}

-- Tasks of Huey are tried again at once unless `retry_delay` is given.
function READ.huey(call)
  local retries, _, at = number_of(call, "retries")
  if type(retries) == "number" and retries > 0 and (is_absent(call, "retry_delay") or number_of(call, "retry_delay") == 0) then
    return at, `Huey tries this task again at once (retries: {retries}, no retry_delay)`
  end
  return nil
end

function READ.procrastinate(call)
  if call.name == "RetryStrategy" then
    local most, how, at = number_of(call, "max_attempts")
    if how == "given" and (type(most) ~= "number" or most > 1) and is_absent(call, "wait", "linear_wait", "exponential_wait") then
      return at, "Procrastinate tries this job again at once (`RetryStrategy` without a wait)"
    end
  elseif call.name == "task" or call.name == "periodic" then
    local retry, _, at = number_of(call, "retry")
    if retry == true or type(retry) == "number" and retry > 1 then
      return at, "Procrastinate tries this job again at once (`retry` as a number knows no wait)"
    end
  end
  return nil
end

-- `raise Retry()` puts the job back with no delay.
function READ.arq(call)
  local defer, how, at = number_of(call, "defer")
  if how == "absent" and is_absent(call, 1) then
    return call, "arq runs this job again at once (`Retry` without `defer`)"
  elseif defer == 0 then
    return at, "arq runs this job again at once (`defer` is 0)"
  end
  return nil
end

function READ.taskiq(call)
  local retries, how = number_of(call, "default_retry_count")
  if call.name == "SimpleRetryMiddleware" and (how == "absent" or type(retries) == "number" and retries > 1) then
    return call, "taskiq tries tasks again at once (`SimpleRetryMiddleware` knows no delay)"
  end
  return nil
end

function READ.dramatiq(call)
  local least, _, at = number_of(call, "min_backoff")
  local most = number_of(call, "max_backoff")
  if least == 0 and (most == nil or most == 0) or most == 0 then
    return at or call, "Dramatiq tries this message again at once (its backoff is 0)"
  end
  return nil
end

-- Queues of JavaScript whose jobs are built by chained calls.
READ["bee-queue"] = function(call)
  local retries = number_of(call, 1)
  local after, before = call:chained()
  if call.name ~= "retries" or type(retries) ~= "number" or retries < 1 then
    return nil
  end
  for _, list in { after, before } do
    for _, other in list do
      if other.name == "backoff" then
        return nil
      end
    end
  end
  -- On a job in a variable the backoff may be set by another statement.
  local statement = call:statement()
  local block = statement and statement:parent()
  if #before == 0 and block and block.source:find(".backoff(", 1, true) then
    return nil
  end
  return call:arg(1), `Bee-Queue tries this job again at once (retries: {retries}, no backoff)`
end

-- Whether a call runs because something failed.
local function is_after_failure(call)
  if call:enclosing("handler") then
    return true
  end
  local branch = call:enclosing("if")
  while branch do
    local test = branch:child("test")
    if test and test.source:find("err[%w]* ~?!?= ?n?i?l?") and test.source:find("!= nil", 1, true) and call:is_within(branch) then
      return true
    end
    branch = branch:enclosing("if")
  end
  -- `.catch((error) => channel.nack(message))`
  for _, around in call:argument_of() do
    if around.name == "catch" then
      return true
    end
  end
  return false
end

-- Where in its arguments a call says that the message goes back to the queue, and whether it does when nothing is said.
local BROKERS = {
  basic_nack = { key = "requeue", at = 3, by_default = true }, basic_reject = { key = "requeue", at = 2, by_default = true },
  nack = { key = "requeue", at = 3, py = 2, by_default = true }, reject = { key = "requeue", at = 2, py = 1, by_default = true, py_default = false },
  Nack = { at = 2, by_default = false }, Reject = { at = 1, by_default = false },
}

function READ.rabbitmq(call)
  local form = BROKERS[call.name]
  if not form or not is_after_failure(call) then
    return nil
  end
  local is_python = call.file.language == "python"
  local node, how = nil, "absent"
  if form.key and is_python then
    node, how = call:arg(form.key)
  end
  if how == "absent" then
    node, how = call:arg(if is_python and form.py then form.py else form.at)
  end
  local by_default = if is_python and form.py_default ~= nil then form.py_default else form.by_default
  local value = how == "given" and node and node:literal()
  if how == "absent" and by_default or value == true then
    return call, "the broker delivers this message again at once: what failed goes back to the head of the queue"
  end
  return nil
end

function READ.sqs(call)
  local node, how = call:arg("VisibilityTimeout")
  if how ~= "given" then
    -- Go and JavaScript hand over one value with the settings.
    for _, argument in call:args() do
      local entry, is = argument:entry("VisibilityTimeout")
      if is == "given" then
        node, how = entry, is
      end
    end
  end
  if how == "given" and node and node:literal() == 0 and is_after_failure(call) then
    return node, "SQS delivers this message again at once (`VisibilityTimeout` is 0)"
  end
  return nil
end

-- What a match of the matcher of that name says: the place and the trouble, nil where there is none.
function M.of(matcher, call)
  local read = READ[matcher]
  if not read then
    return nil
  end
  return read(call)
end

-- Clients by whose import a call of a common name belongs to the library.
local CLIENTS = {
  rabbitmq = table.freeze({ "pika**", "aio_pika**", "kombu**", "amqplib**", "amqp-connection-manager", "github.com/rabbitmq/amqp091-go", "github.com/streadway/amqp", "github.com/wagslane/go-rabbitmq" }),
  ["bee-queue"] = table.freeze({ "bee-queue" }),
}

-- Whether a match of the matcher of that name is of the library at all.
function M.is_of(matcher, file)
  local clients = CLIENTS[matcher]
  if not clients or file:imports(clients) then
    return true
  end
  local language = file.language
  if language == "python" or language == "go" then
    return false
  end
  local text = file.text
  for _, name in clients do
    local bare = name:gsub("%*", "")
    if text:find(`require("{bare}`, 1, true) or text:find(`require('{bare}`, 1, true) then
      return true
    end
  end
  return false
end

return M
