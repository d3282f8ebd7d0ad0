-- Pools of connections that have no bound, one that cannot be enough, or one that is more than a database takes.

local branch = require("branch")
local connection_settings = require("connection_settings")
local function_platform = require("function_platform")
local naming = require("naming")
local store_client = require("store_client")
local words = require("words")

-- As many connections as PostgreSQL takes by default, from all processes together.
local SERVER = 100
-- Fewer than that make requests queue as soon as several come at once.
local TINY = 2
-- What Go keeps open while nobody asks, unless told otherwise.
local IDLE = 2

-- The value under one of a fact's names, looked for in arguments and in nested options; second whether it may be hidden.
local function value_of(call, names)
  local is_hidden = false
  for name in words.alternatives(names) do
    local outer, inner = name:match("^([^%.]+)%.(.+)$")
    local value, state = call:arg(outer or name)
    if outer and state == "given" then
      if value.kind == "name" then
        value = value:value() or value
      end
      if value.kind ~= "dict" then
        state = "hidden"
      else
        value, state = value:entry(inner)
      end
    end
    if state == "given" then
      return value, false
    end
    is_hidden = is_hidden or state == "hidden"
  end
  return nil, is_hidden
end

local function number_of(value)
  if value and value.kind == "unary" then
    local inner = tonumber(value.source:match("^%-%s*(%d+)$"))
    return inner and -inner
  end
  local found = value and value:literal()
  return type(found) == "number" and found or nil
end

local function is_function(repo, file, call)
  return (file.language == "go" and function_platform.of_go(repo, call) or function_platform.of(repo, file)) ~= nil
end

local SQLITE = table.freeze({ "sqlite3", "aiosqlite" })

-- Whether a call is one whose database is, or may be, a file.
local function may_be_file(call)
  if store_client.is_file(call) then
    return true
  end
  local seen = connection_settings.read(call:args())
  return seen.dialects.sqlite == true
end

-- How imports may name a file of Python: by every end of its path.
local function module_names(path)
  local dotted = path:gsub("%.py$", ""):gsub("/__init__$", ""):gsub("/", ".")
  local names = {}
  while dotted do
    table.insert(names, dotted)
    table.insert(names, `{dotted}.**`)
    dotted = dotted:match("^[^.]+%.(.+)$")
  end
  -- An import from beside it names the file alone.
  local last = names[#names - 1]
  table.insert(names, `.{last}`)
  table.insert(names, `*.{last}`)
  return names
end

-- Whether handlers that run in threads may use what a file makes: one of them stands there, or in a file that imports it, itself or through others.
local function is_of_threads(repo, file, call)
  local has_handlers = {}
  for _, path in repo:matched("threads") do
    has_handlers[path] = true
  end
  -- Coroutines wait for an engine of their own kind, threads do not.
  if next(has_handlers) == nil or words.any_in(naming.path(call:target()[1] or call.name), { "async" }) then
    return false
  end
  local waiting, seen, at = { file.path }, { [file.path] = true }, 1
  while at <= #waiting and at <= 200 do
    if has_handlers[waiting[at]] then
      return true
    end
    for _, path in repo:importers(module_names(waiting[at])) do
      if not seen[path] then
        seen[path] = true
        table.insert(waiting, path)
      end
    end
    at += 1
  end
  return false
end

local function check_client(repo, file, call, report)
  local name = naming.path(call:target()[1] or call.name)
  local value, is_hidden = value_of(call, call:fact("sql_pool_max"))
  local more = call:fact("sql_pool_more") and (call:arg(call:fact("sql_pool_more"))) or nil
  local size, added = number_of(value), number_of(more)
  local _, class_state = call:arg("poolclass")
  if class_state == "given" or may_be_file(call) then
    return
  end
  if added and added < 0 or call:fact("sql_pool_more") and size == 0 then
    report({
      at = added and added < 0 and more or value,
      message = `{name} opens as many connections as requests arrive: {added and added < 0 and "`max_overflow=-1`" or "`pool_size=0`"} takes the bound away`,
      confidence = "high",
    })
  elseif size and size > SERVER then
    report({
      at = value,
      message = `{name} may open {size} connections in one process: PostgreSQL takes {SERVER} by default, from all processes together`,
      confidence = "medium",
      notes = { size = size },
    })
  elseif size and size >= 1 and size <= TINY and not added and file.language ~= "python" and not is_function(repo, file, call) then
    report({
      at = value,
      message = `{name} keeps {size} connection{size == 1 and "" or "s"} at most: while {size == 1 and "it is" or "they are"} busy every other request waits for one`,
      confidence = "medium",
      notes = { size = size },
    })
  elseif not value and not is_hidden and call:fact("sql_pool_fixed") then
    local least, least_state = call:arg(call:fact("sql_pool_min"))
    local fixed = least_state == "absent" and tonumber(call:fact("sql_pool_fixed")) or number_of(least)
    if fixed and fixed <= 4 and fixed > 0 then
      report({
        at = call,
        message = `{name} without \`max_size\` never grows beyond the {fixed} connection{fixed == 1 and "" or "s"} that it begins with`,
        confidence = "medium",
        notes = { size = fixed },
      })
    end
  elseif not value and not is_hidden and not more and call:fact("sql_pool_threads") and select(2, call:arg("max_overflow")) == "absent" and is_of_threads(repo, file, call) and not repo:imports(SQLITE) then
    report({
      at = call,
      message = `{name} keeps {call:fact("sql_pool_threads")} connections by default, and FastAPI runs handlers in 40 threads: under load they wait for one, and give up after 30 s`,
      confidence = "medium",
    })
  end
end

local GO_SQLITE = { "sqlite", "sqlite3", "ramsql", "sqlmock", "duckdb", "sqlite_vec" }

-- Whether a call of Go opens a database that is, or may be, a file, as far as it says; second, whether it says what it opens.
local function go_dialect(call)
  local first = call:arg(1)
  local text = first and first:literal()
  if type(text) == "string" then
    return words.any_in(text, GO_SQLITE), true
  end
  local source = first and first.source:lower() or ""
  if words.any_in(source, GO_SQLITE) then
    return true, true
  end
  return false, source:find("postgres", 1, true) ~= nil or source:find("mysql", 1, true) ~= nil or source:find("sqlserver", 1, true) ~= nil
end

local SERVES = table.freeze({ "net/http", "github.com/gin-gonic/gin", "github.com/labstack/echo/**", "github.com/gofiber/fiber/**", "google.golang.org/grpc", "github.com/gorilla/mux", "github.com/go-chi/chi/**", "github.com/go-chi/chi" })

local function check_open(repo, file, call, report)
  if #repo:matched("bounded") > 0 or store_client.borrows_pool(call) or is_function(repo, file, call) or not repo:imports(SERVES) then
    return
  end
  local is_file, is_said = go_dialect(call)
  if is_file then
    return
  end
  local text = call.file.text
  -- A tool that changes the schema, or waits for the database, and goes away.
  if text:find("migrate", 1, true) and not text:find("return", 1, true) then
    return
  end
  report({
    at = call,
    message = `{naming.path(call:target()[1] or call.name)} opens as many connections as requests arrive, and nothing in the repository calls \`SetMaxOpenConns\``,
    confidence = is_said and "high" or "medium",
  })
end

local function check_idle(repo, file, call, report)
  local size = number_of(call:arg(1))
  local is_few = size and size <= IDLE
  local is_sqlite = file.text:lower():find("sqlite", 1, true) ~= nil
  if size and size <= 0 then
    report({ at = call, message = "`SetMaxOpenConns(0)` takes the bound away: as many connections are opened as requests arrive", confidence = "high" })
  elseif size and size > SERVER and not is_sqlite then
    report({
      at = call,
      message = `one process may open {size} connections: PostgreSQL takes {SERVER} by default, from all processes together`,
      confidence = "medium",
      notes = { size = size },
    })
  elseif not is_few and not is_sqlite and #repo:matched("idle") == 0 then
    report({
      at = call,
      message = `of {size and tostring(size) or "these"} connections only {IDLE} are kept while idle, as nothing calls \`SetMaxIdleConns\`: under a load that varies the others are opened again and again`,
      confidence = size and "high" or "medium",
    })
  end
end

-- What applies migrations, one after the other, needs one connection and goes away.
local MIGRATORS = table.freeze({ 
  "drizzle-orm/postgres-js/migrator", "drizzle-orm/node-postgres/migrator", "drizzle-orm/mysql2/migrator", "drizzle-orm/neon-serverless/migrator", "drizzle-orm/vercel-postgres/migrator",
  "umzug", "node-pg-migrate", "postgres-migrations", "kysely.Migrator", "kysely.FileMigrationProvider", "postgrator", "db-migrate", "alembic**",
})

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or file.side == "browser" or file.path:find("%a+test/") or file.path:find("testutil", 1, true) or file:imports("testing") or file:imports(MIGRATORS) then
      return
    end
    for _, match in matches do
      local call = match.node
      local reach = call:reach()
      if reach == "test" or reach == "script" or branch.runs_as_program(call) then
        continue
      end
      if match.matcher == "client" then
        check_client(repo, file, call, report)
      elseif match.matcher == "open" then
        check_open(repo, file, call, report)
      else
        check_idle(repo, file, call, report)
      end
    end
  end,
}
