-- Verdicts of rules that ask whether something is there: what the repository shows is enough, what it does not show may be elsewhere.
-- What a rule is about shows in what the code imports: answering requests, a database, a cache, a queue. How the import is written does not matter.

local served = require("served")

local M = {}

local DATABASES = table.freeze({
  "sqlalchemy**", "sqlmodel**", "flask_sqlalchemy**", "django.db**", "psycopg**", "psycopg2**", "asyncpg**", "pymysql**", "MySQLdb**", "mysql**", "aiomysql**", "peewee**", "tortoise**", "pymongo**", "motor**",
  "pg", "pg-promise", "postgres", "mysql2**", "mysql", "typeorm", "sequelize**", "@prisma/client", "knex", "kysely", "drizzle-orm**", "mongoose", "mongodb", "@mikro-orm/**",
  "database/sql", "github.com/jackc/pgx**", "github.com/jmoiron/sqlx", "gorm.io/gorm", "github.com/jinzhu/gorm", "github.com/uptrace/bun", "entgo.io/ent**", "go.mongodb.org/mongo-driver/**",
})

local CACHES = table.freeze({
  "redis**", "aioredis**", "pymemcache**", "pylibmc**", "memcache**", "bmemcached**", "django.core.cache**", "flask_caching**", "aiocache**", "cachetools**", "fastapi_cache**", "dogpile.cache**", "cashews**", "diskcache**", "valkey**",
  "redis", "ioredis", "@redis/client", "@upstash/redis", "memcached", "memjs", "cache-manager", "@nestjs/cache-manager", "node-cache", "lru-cache", "keyv", "iovalkey",
  "github.com/redis/go-redis/**", "github.com/go-redis/redis**", "github.com/gomodule/redigo/**", "github.com/bradfitz/gomemcache/**", "github.com/patrickmn/go-cache", "github.com/dgraph-io/ristretto**", "github.com/hashicorp/golang-lru**", "github.com/allegro/bigcache**", "github.com/coocood/freecache", "github.com/eko/gocache/**",
})

local QUEUES = table.freeze({
  "celery**", "rq", "rq.**", "dramatiq**", "huey**", "arq**", "taskiq**", "procrastinate**", "kombu**", "pika**", "aio_pika**", "kafka**", "confluent_kafka**", "aiokafka**", "faust**",
  "bullmq", "bull", "bee-queue", "agenda", "amqplib", "kafkajs", "pg-boss", "graphile-worker**", "@nestjs/bullmq", "@nestjs/bull", "@aws-sdk/client-sqs", "sqs-consumer",
  "github.com/hibiken/asynq", "github.com/RichardKnop/machinery/**", "github.com/riverqueue/river**", "github.com/rabbitmq/amqp091-go", "github.com/streadway/amqp", "github.com/segmentio/kafka-go", "github.com/IBM/sarama", "github.com/Shopify/sarama", "github.com/nsqio/go-nsq",
})

-- Files that speak of many things and show none, such as those by which a forge labels issues, and set-ups of what runs in a browser.
local NO_EVIDENCE = { "package%-lock%.json$", "%-lock%.yaml$", "%.lock$", "^%.github/ISSUE_TEMPLATE/", "^%.github/[^/]+$", "[.-]client%.[cm]?[jt]sx?$", "[.-]client%.config%.[cm]?[jt]s$", "%.min%.js$" }

-- Whether a file may show something.
function M.is_evidence(path)
  for _, form in NO_EVIDENCE do
    if path:find(form) then
      return false
    end
  end
  return true
end

-- Files that say what continuous integration runs.
local JOBS = { "^%.github/", "^%.gitlab", "^%.circleci/", "^%.buildkite/", "^%.woodpecker", "^%.drone", "^%.travis", "[Jj]enkinsfile", "azure%-pipelines", "bitbucket%-pipelines" }

function M.is_of_jobs(path)
  for _, form in JOBS do
    if path:find(form) then
      return true
    end
  end
  return false
end

-- Whether a line is a comment, in the way of the file that it stands in.
function M.is_comment(line, path)
  local start = line and line:match("^%s*(%S%S?)") or ""
  if path:find("%.[cm]?[jt]sx?$") or path:find("%.go$") then
    return start == "//" or start == "/*" or start:sub(1, 1) == "*"
  elseif path:find("%.sql$") then
    return start == "--" or start == "/*"
  elseif path:find("%.tf$") and (start == "//" or start == "/*") or path:find("%.cnf$") and start:sub(1, 1) == ";" then
    return true
  end
  return start:sub(1, 1) == "#"
end

-- The first file in which one of these evidence matchers matched, and the matcher's name.
function M.first(repo, matchers)
  for _, name in matchers do
    for _, path in repo:matched(name) do
      if M.is_evidence(path) then
        return path, name
      end
    end
  end
  return nil
end

-- The first file in which a matcher matched that has a line with one of `words` (written small) and, at most `within` lines away (on the line itself unless said), one
-- of `forms`.
function M.near(repo, matcher, words, forms, within)
  for _, path in repo:matched(matcher) do
    local file = repo:open(path)
    local lines = file and file.class == "source" and file.side ~= "browser" and M.is_evidence(path) and string.split(file.text, "\n") or {}
    for at, line in lines do
      -- What a build has written stands on few lines.
      if #line > 2000 then
        break
      end
      local small = line:lower()
      for _, word in words do
        local found = small:find(word) and table.concat(lines, "\n", math.max(1, at - (within or 0)), math.min(#lines, at + (within or 0)))
        for _, form in found and forms or {} do
          if found:find(form) then
            return path
          end
        end
      end
    end
  end
  return nil
end

-- Whether the repository answers requests; the rule needs the evidence matcher `service`.
function M.serves(repo)
  return #repo:matched("service") > 0 or (repo:imports(served.SERVERS))
end

-- Whether it answers requests or takes jobs.
function M.runs(repo)
  return M.serves(repo) or (repo:imports(QUEUES))
end

function M.stores(repo)
  return (repo:imports(DATABASES))
end

function M.caches(repo)
  return (repo:imports(CACHES))
end

function M.queues(repo)
  return (repo:imports(QUEUES))
end

-- The verdict for `shown` (evidence matchers of which one is enough), `about` (whether there is what the rule is about), and what to
-- say without either.
function M.verdict(repo, asked)
  if M.first(repo, asked.shown) then
    return nil
  elseif not asked.about(repo) then
    return { not_applicable = asked.nothing }
  end
  return { needs_evidence = asked.missing }
end

return M
