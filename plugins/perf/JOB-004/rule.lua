-- Queues from which a message that no consumer can handle never gets away.

local queues = require("queues")

-- What happens to a message that keeps failing where nothing else is said.
local FATES = {
  ["SQS queue"] = "a message that no consumer can handle comes back until it is too old, and is lost then",
  subscription = "a message that no consumer can handle is delivered again until it is too old, and is lost then",
  ["queue of RabbitMQ"] = "a message that a consumer refuses comes back at once, or is thrown away",
}

local function check_repository(repo, report)
  local all = queues.collect(repo)
  -- A policy of the broker can name the exchange for every queue.
  local by_policy = #repo:matched("policy") > 0
  local hidden = nil
  for _, queue in all do
    if queue.is_target or queue.by_policy and by_policy then
      continue
    elseif queue.letters.state == "absent" then
      report({
        at = queue.at,
        message = `{queue.kind} \`{queue.name}\` has no place for dead letters: {FATES[queue.kind]}`,
        confidence = if queue.by_policy then "low" else "medium",
      })
    elseif queue.letters.state == "hidden" then
      hidden = hidden or queue
    end
  end
  if #all > 0 then
    return if hidden then { needs_evidence = `where {hidden.kind} \`{hidden.name}\` ({hidden.file.path}) puts dead letters is decided outside of the files that could be read; link its settings` } else nil
  elseif #repo:matched("queue client") > 0 then
    return { needs_evidence = "a queue is used whose declaration is not in this repository; link its dead-letter queue, and who looks at it" }
  end
  return { not_applicable = "no queue is declared or used in this repository" }
end

return { check_repository = check_repository }
