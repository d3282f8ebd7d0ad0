-- Libraries with which a service puts work aside for later, by the language that can use them: which of them the repository has, nearest to a file.

local M = {}

local PYTHON = {
  { "Celery", { "celery**" } }, { "RQ", { "rq**", "django_rq**" } }, { "Dramatiq", { "dramatiq**" } }, { "Huey", { "huey**" } }, { "arq", { "arq**" } }, { "Django Q", { "django_q**" } }, { "Procrastinate", { "procrastinate**" } },
  { "TaskIQ", { "taskiq**" } }, { "Django's tasks", { "django.tasks**", "django_tasks**" } }, { "django-background-tasks", { "background_task**" } }, { "Cloud Tasks", { "google.cloud.tasks**", "google.cloud.tasks_v2**" } },
}
local JAVASCRIPT = {
  { "BullMQ", { "bullmq", "@nestjs/bullmq" } }, { "Bull", { "bull", "@nestjs/bull" } }, { "Bee-Queue", { "bee-queue" } }, { "Agenda", { "agenda" } }, { "pg-boss", { "pg-boss" } }, { "Graphile Worker", { "graphile-worker" } },
  { "Inngest", { "inngest**" } }, { "Trigger.dev", { "@trigger.dev/sdk**" } }, { "Cloud Tasks", { "@google-cloud/tasks" } },
}
local GO = {
  { "asynq", { "github.com/hibiken/asynq**" } }, { "River", { "github.com/riverqueue/river**" } }, { "machinery", { "github.com/RichardKnop/machinery**" } }, { "gocraft/work", { "github.com/gocraft/work**" } }, { "Cloud Tasks", { "cloud.google.com/go/cloudtasks**" } },
}
local OF = { python = PYTHON, javascript = JAVASCRIPT, typescript = JAVASCRIPT, go = GO }

-- How many directories two paths have in common.
local function shared(one, other)
  local count = 0
  local parts = string.split(other, "/")
  for at, part in string.split(one, "/") do
    if parts[at] ~= part then
      break
    end
    count += 1
  end
  return count
end

-- The queue whose use lies nearest to a file, and the path that uses it; nil where code of its language uses none.
function M.near(repo, file)
  local best, where, most = nil, nil, -1
  for _, one in OF[file.language] or {} do
    for _, path in repo:importers(one[2]) do
      local count = shared(file.path, path)
      if count > most then
        best, where, most = one[1], path, count
      end
    end
  end
  return best, where
end

return M
