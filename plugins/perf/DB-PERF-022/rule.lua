-- A limit may stand in many places: an argument, the address, the database's own settings or those of its role, files for the deployment. Any that
-- the repository names ends the search; only where all of them were looked at, and none is set, a client is reported.

local about = require("about")
local connection_settings = require("connection_settings")
local lifetime = require("lifetime")
local naming = require("naming")
local service = require("service")
local statement_limit = require("statement_limit")
local store_client = require("store_client")
local varying = require("varying")

-- Whether all that a text says of the limit is said to one transaction: `SET LOCAL statement_timeout = 500`.
local function is_for_one_transaction(text)
  local all, own = 0, 0
  local lower, from = text:lower(), 1
  while true do
    local first, last = lower:find("statement_?timeout", from)
    if not first then
      break
    end
    -- A name that only begins so sets nothing.
    if lower:find("^[^%w_]*[=:,]", last + 1) or lower:find("^%s+to%s", last + 1) then
      all += 1
      own += lower:sub(math.max(1, first - 20), first - 1):find("set%s+local%s+$") and 1 or 0
    end
    from = last + 1
  end
  return own > 0 and own == all
end

-- Whether the text of the repository sets a limit anywhere.
local function is_limited_somewhere(repo)
  for _, path in repo:matched("limit") do
    if not is_for_one_transaction(repo:text(path) or "") then
      return true
    end
  end
  for _, evidence in { "role", "python limit", "javascript limit" } do
    if #repo:matched(evidence) > 0 then
      return true
    end
  end
  return false
end

-- Which database Prisma's schema names.
local function prisma_dialects(repo)
  local all = {}
  for _, path in repo:paths("**/*.prisma") do
    local schema = repo:open(path)
    local provider = schema and schema.text:match('datasource%s+%w+%s*{.-provider%s*=%s*"([%w]+)"')
    local dialect = provider and connection_settings.dialect_of_text(provider)
    if dialect then
      all[dialect] = true
    end
  end
  return all
end

-- Settings that an address is turned into: where the same file also gives them one by one, for when there is no address, those are the finding.
local FROM_ADDRESS = table.freeze({ "dj_database_url.**", "environ.**", "environs.**", "configurations.values.**" })

-- Whether an address of SQLite only stands in for one that comes from outside: the service ships with a driver for PostgreSQL and no other.
local function is_stood_in(repo, call, seen)
  if not call:is(FROM_ADDRESS) or not seen.dialects.sqlite or seen.dialects.postgres or seen.dialects.mysql then
    return false
  end
  return #repo:matched("driver") > 0 and #repo:matched("other driver") == 0
end

-- Which databases a client may speak to, what is seen of its settings, and whether that is certain.
local function settings_of(repo, file, call)
  local seen = connection_settings.read(call:args())
  local kind = call:fact("store_client")
  if kind == "postgres" then
    return { postgres = true }, seen, true
  elseif call:is("@prisma/client.PrismaClient") then
    return prisma_dialects(repo), seen, true
  elseif is_stood_in(repo, call, seen) then
    -- What the stand-in says of the connection is not said of PostgreSQL.
    seen.parts = 0
    return { postgres = true }, seen, false
  elseif seen.dialects.postgres or seen.is_named then
    return seen.dialects, seen, true
  end
  -- A setting chooses: the file names those that it may be.
  local named = connection_settings.named_in(file)
  if next(named) or next(seen.dialects) then
    return named, seen, false
  end
  if #repo:matched("driver") > 0 and #repo:matched("other driver") == 0 then
    return { postgres = true }, seen, false
  end
  return {}, seen, false
end

-- Whether a connection is for one task of the start, such as the set-up of a schema.
local function is_for_start(call)
  local found = lifetime.of(call)
  return call:func() ~= nil and call:fact("pools") == "no" and found.life == "shared" and not found.is_kept
end

-- Whether the file is a program that nothing else loads and that answers nobody: one run by hand may take its time.
local function is_run_alone(repo, file)
  for _, way in repo:loaded_by(file.path) do
    if #way > 1 then
      return false
    end
  end
  if file.language == "python" or file.language == "go" or file.text:find("listen", 1, true) then
    return false
  end
  for _, node in file.root:descendants("function") do
    local fn = node:func()
    if fn and (fn.reach == "request" or fn.reach == "worker") then
      return false
    end
  end
  return #repo:loaded_by(file.path) > 0
end

local function check_client(repo, file, call, report)
  local dialects, seen, is_certain = settings_of(repo, file, call)
  if not dialects.postgres then
    return
  end
  -- An address that comes from outside whole may carry the option; one that a sample shows does not.
  local confidence = "low"
  if seen.parts >= 2 then
    confidence = seen.depth <= 1 and is_certain and not dialects.sqlite and "high" or "medium"
  elseif #repo:matched("sample") > 0 then
    confidence = "medium"
  end
  -- A database that whoever asks names, for whatever they ask of it.
  if call:fact("pools") == "no" and varying.client(call) then
    confidence = "low"
  end
  report({
    at = call,
    message = `{naming.path(call:target()[1] or call.name)} connects to PostgreSQL without a limit for statements, and nothing in the repository sets one`,
    confidence = confidence,
    notes = { store = store_client.name(call) },
    fix = statement_limit.of_client(call),
  })
end

local function has_dictionary(matches)
  for _, match in matches do
    if match.matcher == "django" then
      return true
    end
  end
  return false
end

-- The entry that holds a text, also where a variable of the environment may take its place: `env("DB_ENGINE", default="django.db.backends.postgresql")`.
local function entry_of(text)
  local at = text:parent()
  if at and at.kind == "kw-arg" then
    at = at:parent()
  end
  if at and at.kind == "call" then
    local pair = at:parent()
    return pair and pair.kind == "pair" and pair.text == "ENGINE" and pair or nil, true
  end
  return at and at.kind == "pair" and at or nil, false
end

local function check_django(file, text, report)
  local pair, is_chosen = entry_of(text)
  local dict = pair and pair:parent() or nil
  if not dict or dict.kind ~= "dict" or service.is_for_development(file.path) or service.is_for_checks(file.path) then
    return
  end
  local options, state = dict:entry("OPTIONS")
  local _, own = nil, "absent"
  if state == "given" then
    _, own = options:entry("options")
  end
  -- Options that another place puts together may hold it.
  if own == "given" or state == "hidden" or state == "given" and options.kind ~= "dict" then
    return
  end
  report({
    at = pair,
    message = "Django's connection to PostgreSQL has no limit for statements, and nothing in the repository sets one",
    confidence = is_chosen and "medium" or "high",
    fix = statement_limit.of_django(dict),
  })
end

-- The settings of knex, in the file where its commands look for them: what the program reads are these.
local function check_knexfile(file, text, report)
  local pair = text:parent()
  local dict = pair and pair.kind == "pair" and (pair.text == "client" or pair.text == "dialect") and pair:parent() or nil
  local connection, state = nil, "absent"
  if dict and dict.kind == "dict" then
    connection, state = dict:entry("connection")
  end
  local around = dict and dict:parent()
  local environment = around and around.kind == "pair" and around.text or ""
  if state ~= "given" or connection.kind ~= "dict" or service.is_for_development(environment) or environment:find("^dev") or environment:find("^test") then
    return
  end
  local seen = connection_settings.read({ connection })
  report({
    at = pair,
    message = "knex connects to PostgreSQL without a limit for statements, and nothing in the repository sets one",
    confidence = seen.parts >= 2 and "high" or "low",
  })
end

local function check_flask(repo, assign, report)
  local class = assign:enclosing("class")
  if not repo:imports("flask_sqlalchemy**") or class and service.is_for_development(class.text:gsub("(%l)(%u)", "%1_%2")) or class and class.text:lower():find("test", 1, true) then
    return
  end
  local value = assign:child("value")
  local seen = value and connection_settings.read({ value })
  if not seen or not seen.dialects.postgres and (next(seen.dialects) ~= nil or #repo:matched("driver") == 0 or #repo:matched("other driver") > 0) or seen.dialects.sqlite then
    return
  end
  report({
    at = assign,
    message = "the engine of this address has no limit for statements, and nothing in the repository sets one",
    confidence = (seen.parts >= 2 or #repo:matched("sample") > 0) and "medium" or "low",
  })
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or file.side == "browser" or file.path:find("%a+test/") or file.path:find("test[%-_]?utils?/") or file:imports({ "alembic**", "testing" }) or is_limited_somewhere(repo) then
      return
    end
    for _, match in matches do
      local node = match.node
      local reach = node:reach()
      if reach == "test" or reach == "script" then
        continue
      end
      if match.matcher == "client" then
        local is_own = store_client.makes_one(node) and not store_client.is_file(node) and not store_client.borrows_pool(node)
        local is_twin = node:is(FROM_ADDRESS) and has_dictionary(matches)
        if is_own and not is_twin and not is_for_start(node) and not is_run_alone(repo, file) then
          check_client(repo, file, node, report)
        end
      elseif match.matcher == "django" then
        check_django(file, node, report)
      elseif match.matcher == "knexfile" then
        check_knexfile(file, node, report)
      else
        check_flask(repo, node, report)
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.postgres(repo), about.NO_POSTGRES)
  end,
}
