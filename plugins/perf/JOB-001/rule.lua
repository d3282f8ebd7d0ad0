-- Jobs that may run twice, and that charge or insert as if they ran once.

local set = require("words").set
local words = require("words")

-- What says that a task is tried again or handed out again.
local AGAIN = { "autoretry_for", "max_retries", "self.retry", ".retry(", "retry_backoff" }
-- What shows that the second run was thought of.
local GUARDS = {
  "get_or_create", "update_or_create", "exists(", "on conflict", "on_conflict", "upsert", "ignore_conflicts", "integrityerror", "insert ignore", "or_insert", "first()", "findunique", "findfirst", "findone", "one_or_none",
  "scalar_one_or_none", "get(", "is none", "not_found", "onduplicate", "orignore", "clauses(", "conditionexpression", "setnx", "nx=true", "filter(", "where(", "messageid",
}
-- Words that show it, too; a `clock` is no lock.
local GUARD_WORDS = { "idempot*", "already", "processed", "dedup*", "duplicate", "lock", "unlock", "redlock", "relock", "distlock", "flock", "mutex*", "delete", "deleting", "update", "updating", "unique" }
-- Guards of a charge: reading the order first does not make it safe.
local CHARGE_GUARDS = { "idempot*", "already", "charged", "paid", "processed", "lock", "unlock", "redlock", "distlock", "flock", "mutex*", "dedup*", "status*", "settled" }

local INSERTS = set("create", "insert", "insert_one", "insertOne", "insertMany", "insert_many", "bulk_create", "add", "Create", "Insert", "InsertOne", "createMany", "put_item", "save")

-- The code of a function without its comments.
local function code_of(func)
  local text = func.node.source
  return (text:gsub(func.node.file.language == "python" and "#[^\n]*" or "//[^\n]*", ""))
end

-- The function that the queue runs: the one around, or a caller that is one.
local function job_of(call)
  local func = call:func()
  for _ = 1, 3 do
    if not func or func.reach ~= "worker" then
      return nil
    elseif #func:route() <= 1 then
      return func
    end
    local above = nil
    for _, caller in func:callers() do
      above = above or caller:func()
    end
    func = above
  end
  return nil
end

local FALLIBLE = set("http", "rpc", "mail", "queue", "storage", "db")

-- Whether something behind a call may still fail, so that what is tried again begins with the call.
local function fails_later(call, job)
  for _, func in { call:func(), job } do
    local own = func.node:same(call:func().node)
    for _, other in func.node:descendants("call") do
      local is_behind = own and other.id > call.id and not other:is_within(call) and not call:is_within(other)
      if is_behind and (FALLIBLE[other:fact("kind") or ""] and other:fact("verb") ~= "construct" or #other:effects() > 0) then
        return true
      end
    end
  end
  return false
end

-- Libraries whose consumers get a message again when the one before was not acknowledged.
local REDELIVERS = table.freeze({ "bullmq", "bull", "@nestjs/bull", "@nestjs/bullmq", "kafkajs", "github.com/hibiken/asynq", "github.com/segmentio/kafka-go", "github.com/riverqueue/river**", "google.cloud.pubsub_v1**", "rq", "rq.**", "dramatiq", "dramatiq.**" })
local CELERY = table.freeze({ "celery", "celery.**" })

-- Whether a queue hands a job out again: "delivery" when a worker dies, "failure" only when it fails itself.
local function runs_again(job, repo)
  local node = job.node
  local file = node.file
  local is_late = #repo:matched("acknowledged late") > 0 and file.language == "python" and file:imports(CELERY)
  if is_late or file:imports(REDELIVERS) then
    return "delivery"
  end
  local text = node.source:lower()
  for _, decorator in node:children("decorator") do
    text ..= decorator.source:lower():gsub("%s", "")
  end
  if text:find("acks_late=true", 1, true) then
    return "delivery"
  end
  return words.any_in(text, AGAIN) and "failure" or nil
end

return {
  check = function(file, matches, report, repo)
    -- Jobs by their place, since one may lie in another file: those that were told of, and what their queue does with them.
    local seen, known = {}, {}
    for _, match in matches do
      local call = match.node
      if call:reach() ~= "worker" or match.matcher == "insert" and not INSERTS[call.name] then
        continue
      end
      local job = job_of(call)
      local key = job and `{job.node.file.path}:{job.node.id}`
      if job and known[key] == nil then
        known[key] = runs_again(job, repo) or false
      end
      local again = job and not seen[job.node.id] and known[key]
      if not again or match.matcher == "insert" and again == "failure" and not fails_later(call, job) then
        continue
      end
      local text = code_of(job) .. (call:func().node:same(job.node) and "" or code_of(call:func()))
      local is_charge = match.matcher == "charge"
      if words.has_form_of(text, is_charge and CHARGE_GUARDS or GUARD_WORDS) or not is_charge and words.any_in(text, GUARDS) then
        continue
      end
      seen[job.node.id] = true
      report({
        at = call,
        message = is_charge and `{job.name ~= "" and job.name or "this job"} charges without a key by which a second run is known, and the queue may hand it out twice`
          or `{job.name ~= "" and job.name or "this job"} inserts without a look whether it did so before, and the queue may hand it out twice`,
        confidence = "low",
        related = not call:func().node:same(job.node) and { { at = job.node, message = "the job" } } or nil,
        reach = "worker",
      })
    end
  end,
}
