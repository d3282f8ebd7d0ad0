-- Whether a repository holds at all what a rule is about, for verdicts on it as a whole: a rule that found nothing where there was nothing to look at has not passed.
-- Each of these answers "yes" as soon as anything speaks for it, since a wrong "no" says of code that nobody looked at it.

local database_kind = require("database_kind")
local entries = require("cache_entries")
local function_handlers = require("function_handlers")
local presence = require("presence")
local served = require("served")
local words = require("words")

local M = {}

M.NO_CACHE = "no code of this repository keeps entries in a cache"

local SETTING = words.set("set", "setex", "psetex", "put", "wrap", "remember")
-- Files are written and saved as well.
local OF_FILES = words.set("save", "write")

-- Whether a name says that something is set: `cache_set`, `setJSON`; not `setup`.
local function sets(name)
  for _, word in words.of(name) do
    if SETTING[word] or OF_FILES[word] and entries.says_cache(name) then
      return true
    end
  end
  return false
end

-- Whether code keeps entries in a cache: by a library that is known, or by a call that sets one. The rule needs the evidence matcher `setting`, calls that may set one.
function M.caches(repo)
  if presence.caches(repo) then
    return true
  end
  for _, path in repo:matched("setting") do
    local file = repo:open(path)
    for _, call in file and file.root and file.side ~= "browser" and file.root:descendants("call") or {} do
      if sets(call.name) and entries.of(call) then
        return true
      end
    end
  end
  return false
end

M.NO_FUNCTION = "nothing in this repository is code that a platform of functions calls (AWS Lambda, Cloud Functions, Azure Functions)"

local FUNCTIONS = words.set("lambda", "cloud-functions", "azure-functions", "firebase")

-- Libraries that only such code imports, or code that declares it.
local OF_FUNCTIONS = table.freeze({
  "mangum**", "aws_lambda_powertools**", "awslambdaric**", "chalice**", "serverless_wsgi**", "apig_wsgi**", "serverless-http", "@vendia/serverless-express", "aws-serverless-express", "sst**",
  "functions_framework", "firebase_functions**", "firebase-functions**", "@google-cloud/functions-framework", "azure.functions**", "@azure/functions", "github.com/aws/aws-lambda-go/**",
  "github.com/GoogleCloudPlatform/functions-framework-go/**", "@middy/core", "aws-lambda", "@aws-lambda-powertools/**",
})

-- Settings of frameworks that make functions of whatever code they find.
local SETTINGS = { "**/serverless*.{yml,yaml,ts,js}", "**/zappa_settings.*", "**/.chalice/config.json" }

-- Bytes of a file that somebody wrote, at most: what a build has written on few lines is no code of a function, and takes long to search.
local LONGEST = 100_000

local CODE = { "*.py", "*.js", "*.mjs", "*.cjs", "*.ts", "*.mts", "*.tsx", "*.go" }

-- Whether some code is deployed to a target that fits.
local function deploys(repo, fits)
  for _, glob in CODE do
    for _, path in repo:paths(glob) do
      for _, target in repo:deploy_targets(path) do
        if fits(target) then
          return true
        end
      end
    end
  end
  return false
end

-- What was found out of the repository: several rules ask.
local known = {}

local function remembered(key, find)
  if known[key] == nil then
    known[key] = find()
  end
  return known[key]
end

-- Whether a function of a text is handed an event first. Nearly all texts are told apart by it, and a word is found far sooner than how a function of a platform begins.
local function takes_event(path, text)
  local form = if path:find("%.py$") then "def%s+[%w_]+%s*%(%s*[%w_]*[eE]$" else "%(%s*[%w_]*[eE]$"
  local at = text:find("vent", 1, true)
  while at do
    if text:sub(math.max(1, at - 120), at - 1):find(form) then
      return true
    end
    at = text:find("vent", at + 4, true)
  end
  return false
end

-- Whether a file's code is what a platform of functions calls. Opening it takes longest, and comes last.
local function is_function(repo, path)
  local text = (repo:size(path) or 0) <= LONGEST and repo:text(path)
  if not text or not takes_event(path, text) or not function_handlers.is_one(repo, path) then
    return false
  end
  local file = repo:open(path)
  return file ~= nil and file.class == "source" and file.side ~= "browser"
end

local function has_functions(repo)
  if repo:imports(OF_FUNCTIONS) then
    return true
  end
  for _, glob in SETTINGS do
    if #repo:paths(glob) > 0 then
      return true
    end
  end
  if deploys(repo, function(target)
    return FUNCTIONS[target.name] == true
  end) then
    return true
  end
  for _, glob in CODE do
    for _, path in glob ~= "*.go" and repo:holding(glob, { "handler", "context", "ctx", "LambdaInterface" }) or {} do
      if is_function(repo, path) then
        return true
      end
    end
  end
  return false
end

-- Whether a platform of functions calls code of the repository.
function M.functions(repo)
  return remembered("functions", function()
    return has_functions(repo)
  end)
end

M.NOT_ON_DEMAND = "nothing in this repository says that a platform starts code of it on demand"

-- Whether a platform starts code of the repository on demand: as functions, or as a service that scales to zero.
function M.on_demand(repo)
  return M.functions(repo) or remembered("on demand", function()
    return deploys(repo, function(target)
      return target.scales_to_zero
    end)
  end)
end

M.NO_POSTGRES = "nothing in this repository names PostgreSQL: neither a driver, nor an address or a setting"

local POSTGRES = table.freeze({
  "psycopg**", "asyncpg**", "aiopg**", "pg8000**", "pg", "pg-promise", "postgres", "slonik", "@vercel/postgres", "@neondatabase/serverless", "github.com/jackc/**", "github.com/go-pg/**", "github.com/lib/pq", "gorm.io/driver/postgres",
  "github.com/jinzhu/gorm/dialects/postgres",
})

local SETTING_FILES = "{*.py,*.js,*.ts,*.mjs,*.cjs,*.go,*.prisma,*.yml,*.yaml,*.toml,*.ini,*.cfg,*.conf,*.json,*.tf,*.env,*.sample,*.example,*/.env*,.env*,*requirements*.txt,*Pipfile,*go.mod,*ockerfile*}"

-- Whether anything says that the database is PostgreSQL.
function M.postgres(repo)
  return repo:imports(POSTGRES) or #repo:holding(SETTING_FILES, { "postgres", "Postgres", "POSTGRES", "PostGIS", "postgis", "psycopg", "asyncpg" }) > 0
end

M.NO_SERVER = "the only database of this repository is a file that the process reads itself: no connection to a server is there to be kept"

-- Clients of one kind of server, or of several, none of which is a file.
local SERVERS = table.freeze({
  "psycopg**", "asyncpg**", "aiopg**", "pg8000**", "pymysql**", "MySQLdb**", "mysql**", "aiomysql**", "asyncmy**", "pyodbc", "oracledb", "cx_Oracle", "pymssql", "pymongo**", "motor**", "redis**",
  "pg", "postgres", "slonik", "mongodb", "mongoose", "ioredis", "@vercel/postgres", "@neondatabase/serverless", "github.com/jackc/**", "github.com/go-pg/**", "go.mongodb.org/**", "github.com/redis/**", "github.com/go-redis/**",
})

-- Libraries whose driver decides.
local OPEN = table.freeze({
  python = { "sqlalchemy**", "sqlmodel**", "flask_sqlalchemy**", "django.db**", "databases" },
  javascript = { "knex", "sequelize**", "typeorm", "@prisma/client" },
  go = { "database/sql", "github.com/jmoiron/sqlx", "gorm.io/gorm", "github.com/jinzhu/gorm" },
})

-- Whether code connects to a server of a database, or may.
function M.server(repo)
  if repo:imports(SERVERS) then
    return true
  end
  if M.postgres(repo) or #repo:holding(SETTING_FILES, { "backends.mysql", "backends.oracle", "mysql://", "mysql+", "mariadb", "mssql+", "oracle+" }) > 0 then
    return true
  end
  for language, libraries in OPEN do
    if repo:imports(libraries) and not database_kind.only_a_file(repo, language) then
      return true
    end
  end
  return false
end

M.NO_DYNAMODB = "nothing in this repository names DynamoDB, although it has a client of AWS"

local DYNAMODB = { "dynamodb", "DynamoDB", "DYNAMODB", "dynamo_db", "Dynamo", "dynamo", "pynamodb", "dynamoose", "electrodb" }

-- Whether anything names DynamoDB.
function M.dynamodb(repo)
  return #repo:holding("{*.py,*.js,*.mjs,*.cjs,*.ts,*.mts,*.tsx,*.go,*.yml,*.yaml,*.json,*.tf,*.toml}", DYNAMODB) > 0
end

M.NO_FIRESTORE = "nothing in this repository names Firestore, although it has a client of Firebase"

-- Whether code asks Firestore.
function M.firestore(repo)
  return #repo:holding("{*.py,*.js,*.mjs,*.cjs,*.ts,*.mts,*.tsx,*.jsx,*.go}", { "irestore", "FIRESTORE" }) > 0
end

-- Whether Python answers requests or takes jobs here. The rule needs the evidence matcher `service`, functions that do.
function M.python_service(repo)
  if #repo:matched("service") > 0 then
    return true
  end
  for _, path in repo:importers(served.SERVERS) do
    local file = path:find("%.py$") and repo:open(path)
    if file and file.class ~= "example" then
      return true
    end
  end
  return false
end

-- The verdict of a rule without another: `is` there, or not applicable for `reason`.
function M.verdict(is, reason)
  return if is then nil else { not_applicable = reason }
end

return M
