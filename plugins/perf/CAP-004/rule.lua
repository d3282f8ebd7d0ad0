-- Autoscalers that look at CPU alone where work waits in a queue: a worker that waits for a database is idle while its queue grows.

local autoscalers = require("autoscalers")
local words = require("words")

-- Words by which a workload is known that takes jobs.
local CONSUMERS = words.set("worker", "workers", "consumer", "consumers", "queue", "queues", "celery", "job", "jobs", "sidekiq", "rq", "processor", "subscriber", "listener", "ingester", "ingestor", "indexer")

local function is_consumer(one)
  for _, name in { one.target or "", one.name or "" } do
    for _, word in words.of(name) do
      if CONSUMERS[word] then
        return true
      end
    end
  end
  return false
end

local function check_repository(repo, report)
  local all = autoscalers.collect(repo)
  local consumes = #repo:matched("consumer") + #repo:matched("queue client") > 0
  local looked, open = 0, nil
  for _, one in all do
    if one.is_open then
      open = open or one
    elseif one.looks_at_cpu and not one.by_load and is_consumer(one) then
      report({
        at = one.at,
        message = `{autoscalers.name(one)} looks at CPU only, and what it scales takes work from a queue: while that work waits for others, the queue grows and no instance is added`,
        confidence = if consumes then "medium" else "low",
      })
    elseif one.looks_at_cpu and not one.by_load then
      looked += 1
    end
  end
  if #all == 0 then
    return { not_applicable = "nothing in this repository adds instances under load by a rule of its own" }
  elseif open then
    return { needs_evidence = `what {autoscalers.name(open)} looks at is decided outside of the files that could be read ({open.file.path}); link its metrics` }
  elseif looked > 0 then
    return { needs_evidence = "instances are added by CPU alone; show with a load step that CPU is what runs out first, or link an autoscaler by request rate or queue depth" }
  end
  return nil
end

return { check_repository = check_repository }
