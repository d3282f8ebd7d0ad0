-- Queues that deploy files and code declare, and where each puts a message that keeps failing: SQS in Terraform, CloudFormation, SAM, the Serverless
-- Framework and CDK, subscriptions of Pub/Sub in Terraform, queues of RabbitMQ in code.

local paths = require("paths")
local setting = require("setting")
local terraform = require("terraform")
local words = require("words")

local M = {}

-- Words of names of queues that hold what failed.
local DEAD = { "dlq", "dead", "deadletter", "dl", "failed", "failures", "poison", "quarantine", "error", "errors", "redrive" }

local function is_dead_letter(...)
  for _, name in { ... } do
    for _, word in type(name) == "string" and words.of(name) or {} do
      if table.find(DEAD, word) then
        return true
      end
    end
    if type(name) == "string" and (name:lower():find("dlq", 1, true) or name:lower():find("deadletter", 1, true)) then
      return true
    end
  end
  return false
end

local function state_of(doc, key)
  local node, how = doc:get(key)
  return setting.of(node, how)
end

local function read_terraform(repo, directory, all)
  local module = terraform.module(repo, directory)
  for _, resource in module.resources do
    local doc, name = resource.doc, resource.name
    if resource.kind ~= "resource" then
      continue
    elseif resource.type == "aws_sqs_queue" then
      local letters = state_of(doc, "redrive_policy")
      local is_target = is_dead_letter(name, state_of(doc, "name").value)
      for _, user in module:users(`aws_sqs_queue.{name}`, resource) do
        if user.type == "aws_sqs_queue_redrive_policy" then
          -- A policy of its own, for the queue that it names, or the target that it names.
          letters = setting.given(true)
        end
        local text = user.doc.span.source
        if (text:find("deadLetterTargetArn", 1, true) or text:find("dead_letter_config", 1, true) or text:find("redrive_policy", 1, true)) and (user.type == "aws_sqs_queue" or user.type ~= "aws_sqs_queue_redrive_policy") then
          is_target = is_target or text:find("[Tt]arget_?[Aa]rn\"?%s*[=:]%s*\"?%$?{?aws_sqs_queue%." .. name:gsub("%-", "%%-")) ~= nil
        end
      end
      table.insert(all, { kind = "SQS queue", name = name, at = doc, file = resource.file, letters = if letters.state == "given" and doc:get("dynamic") then setting.HIDDEN else letters, is_target = is_target })
    elseif resource.type == "google_pubsub_subscription" then
      local letters = state_of(doc, "dead_letter_policy")
      if letters.state == "absent" and #doc:blocks("dynamic", { "dead_letter_policy" }) > 0 then
        letters = setting.HIDDEN
      end
      -- Exports to tables and buckets have no consumer that could fail over a message again and again in code.
      local is_export = doc:get("bigquery_config") ~= nil or doc:get("cloud_storage_config") ~= nil
      table.insert(all, { kind = "subscription", name = name, at = doc, file = resource.file, letters = letters, is_target = is_export or is_dead_letter(name, state_of(doc, "name").value) })
    end
  end
end

local function read_template(file, resources, all)
  for _, own in resources:entries() do
    local kind = own:get("Type")
    if kind and kind.text == "AWS::SQS::Queue" then
      local is_target = is_dead_letter(own.key, state_of(own, "Properties.QueueName").value)
      for _, other in resources:entries() do
        for _, key in { "RedrivePolicy", "DeadLetterQueue", "DeadLetterConfig", "DestinationConfig", "OnFailure" } do
          for _, found in other.key ~= own.key and other:find_all(key) or {} do
            is_target = is_target or found.span.source:find("%f[%w]" .. own.key .. "%f[^%w]") ~= nil
          end
        end
      end
      table.insert(all, { kind = "SQS queue", name = own.key, at = kind, file = file, letters = state_of(own, "Properties.RedrivePolicy"), is_target = is_target })
    end
  end
end

local CDK = table.freeze({ "aws-cdk-lib/aws-sqs.Queue", "aws-cdk-lib.aws_sqs.Queue", "@aws-cdk/aws-sqs.Queue", "aws_cdk.aws_sqs.Queue" })

local function name_of(call)
  local assign = call:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  return target and (target.kind == "name" or target.kind == "attr") and target.name or nil
end

-- The argument among those, as a setting whose value does not matter.
local function given(call, names)
  for _, name in names do
    local value, how = call:arg(name)
    if how == "given" then
      return setting.given(true, value)
    elseif how == "hidden" then
      return setting.HIDDEN
    end
  end
  return setting.ABSENT
end

local function read_cdk(repo, all)
  for _, call in repo:calls(CDK) do
    local id = call:arg(2)
    local name = id and id:literal()
    local variable = name_of(call)
    local is_target = is_dead_letter(name, variable)
    for _, outer in call:argument_of() do
      is_target = is_target or outer.name == "DeadLetterQueue"
    end
    for _, node in call.file.root:descendants({ "pair", "kw-arg" }) do
      if node.text == "deadLetterQueue" or node.text == "dead_letter_queue" or node.source:find("^['\"]?dead_?[lL]etter_?[qQ]ueue") then
        is_target = is_target or call:is_within(node) or variable ~= nil and node.source:find("%f[%w_]" .. variable .. "%f[^%w_]") ~= nil
      end
    end
    local letters = given(call, { "deadLetterQueue", "dead_letter_queue" })
    table.insert(all, { kind = "SQS queue", name = type(name) == "string" and name or variable or call.name, at = call, file = call.file, letters = letters, is_target = is_target })
  end
end

-- Declarations of RabbitMQ's clients: under which name a queue's further arguments are given, or at which place.
local RABBIT = {
  { targets = { "*.queue_declare" }, arguments = { "arguments" }, imports = { "pika", "pika.**", "amqp", "amqp.**" }, queue = { "queue", 1 } },
  { targets = { "*.declare_queue" }, arguments = { "arguments" }, imports = { "aio_pika", "aio_pika.**" }, queue = { "name", 1 } },
  { targets = { "kombu.Queue" }, arguments = { "queue_arguments" }, imports = { "kombu", "kombu.**" }, queue = { "name", 1 } },
  { targets = { "*.assertQueue" }, arguments = { 2 }, imports = { "amqplib", "amqplib/**", "amqp-connection-manager" }, required = "amqp", queue = { 1 } },
  { targets = { "*.QueueDeclare" }, arguments = { 6 }, imports = { "github.com/rabbitmq/amqp091-go", "github.com/streadway/amqp" }, queue = { 1 } },
}
local LETTERS = { "x-dead-letter-exchange", "deadLetterExchange", "dead-letter-exchange" }

local function argument(call, keys)
  for _, key in keys do
    local value, how = call:arg(key)
    if how ~= "absent" then
      return value, how
    end
  end
  return nil, "absent"
end

-- Whether arguments name a dead-letter exchange: nil where they cannot be read.
local function has_letters(value)
  local map = if value.kind == "dict" or value:has("composite") then value else value:value() or value:definition()
  if not map or map.kind ~= "dict" and not map:has("composite") then
    return if value.kind == "null" then false else nil
  end
  for _, key in LETTERS do
    if map.source:find(key, 1, true) then
      return true
    end
  end
  return if map.source:find("...", 1, true) or map.source:find("**", 1, true) or map.source:find("DeadLetter", 1, true) or map.source:find("DLX", 1, true) then nil else false
end

local function letters_of(call, form)
  local value, how = argument(call, form.arguments)
  if how == "hidden" then
    return setting.HIDDEN
  elseif how == "absent" then
    return setting.ABSENT
  end
  local has = has_letters(value)
  return if has == nil then setting.HIDDEN elseif has then setting.given(true, value) else setting.ABSENT
end

-- Queues that a consumer in the same file takes from, and that live on: those without a name, and those that end with their connection, are for answers.
local function read_rabbit(repo, files, all)
  for _, path in files do
    local file = repo:open(path)
    for _, form in file and file.root and RABBIT or {} do
      -- What `require` brings in stands in the text only.
      if not file:imports(form.imports) and not (form.required and file.text:find(`require%(["']{form.required}`)) then
        continue
      end
      local last = form.targets[1]:match("[^.]+$")
      local consumes = file.text:find("[cC]onsume") ~= nil
      for _, call in file.root:descendants("call") do
        if call.name ~= last or not consumes then
          continue
        end
        local queue, how = argument(call, form.queue)
        local name = queue and queue:literal()
        local shown = if type(name) == "string" then name elseif queue then queue.source else nil
        local is_own = how == "absent" or name == "" or select(1, call:arg("exclusive")) ~= nil and call:arg("exclusive").text:lower() == "true" or select(1, call:arg("passive")) ~= nil
        local options = form.arguments[1] == 2 and call:arg(2)
        if options and options.kind == "dict" and options:entry("exclusive") then
          is_own = true
        elseif form.arguments[1] == 6 then
          -- Declared for this connection only.
          local exclusive = call:arg(4)
          is_own = is_own or exclusive ~= nil and exclusive.text == "true"
        end
        if not is_own and shown then
          table.insert(all, { kind = "queue of RabbitMQ", name = shown, at = call, file = file, letters = letters_of(call, form), is_target = is_dead_letter(shown), by_policy = true })
        end
      end
    end
  end
end

-- Every queue: {kind, name, at, file, letters, is_target}, by the evidence matchers `terraform`, `template`, `cdk`, `rabbit` and `rabbit by require` of the rule. `letters` is where a
-- message goes that keeps failing, `is_target` says that the queue holds those itself; `by_policy` that a broker may decide it, too.
function M.collect(repo)
  local all, seen = {}, {}
  for _, path in repo:matched("terraform") do
    local directory = paths.directory(path)
    if not seen[directory] then
      seen[directory] = true
      read_terraform(repo, directory, all)
    end
  end
  for _, path in repo:matched("template") do
    local file = repo:open(path)
    for _, top in file and not file.is_partial and file.documents or {} do
      local resources = top:get("Resources") or top:get("resources.Resources")
      if resources and resources.kind == "map" then
        read_template(file, resources, all)
      end
    end
  end
  if #repo:matched("cdk") > 0 then
    read_cdk(repo, all)
  end
  read_rabbit(repo, repo:matched("rabbit"), all)
  read_rabbit(repo, repo:matched("rabbit by require"), all)
  return all
end

return M
