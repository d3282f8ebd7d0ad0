-- Two defects with one effect, a connection per request: a bare connection that each request opens, reported where it is opened; and a
-- pool that lives no longer than the request or the task that makes it, reported where it is made, or where a factory is asked for
-- one that hands out long-lived ones elsewhere.

local about = require("about")
local function_platform = require("function_platform")
local hoist = require("hoist")
local lifespan_pools = require("lifespan_pools")
local lifetime = require("lifetime")
local naming = require("naming")
local passing_requests = require("passing_requests")
local pooler = require("pooler")
local service = require("service")
local short_lived_connections = require("short_lived_connections")
local store_client = require("store_client")
local unread_event = require("unread_event")
local varying = require("varying")

local function path_of(call)
  return naming.path(call:target()[1] or call.name)
end

local function is_managed_elsewhere(call, file)
  return store_client.is_file(call) or store_client.borrows_pool(call) or file:imports("alembic**")
end

-- Whether the function that takes a pool ends it again: a job that cleans up behind itself costs little.
local function is_ended(place)
  local fn = place:func()
  for _, inner in fn and fn.node:descendants("call") or {} do
    if inner.name == "dispose" or inner.name == "close" or inner.name == "aclose" or inner.name == "wait_closed" or inner.name == "end" or inner.name == "Close" or inner.name == "disconnect" or inner.name == "Disconnect" then
      return true
    end
  end
  return false
end

local COSTS = {
  request = "opens a connection per request",
  worker = "opens a connection per task",
}

-- Whether a call opens what an object holds for one block of `with`, and the file is run by a platform of functions, which hands it a request each time.
local function is_for_block_of_function(file, call, repo)
  local func = call:func()
  local class = func and (func.name == "__enter__" or func.name == "__aenter__") and call:enclosing("class")
  if not class or func.reach ~= "unknown" then
    return false
  end
  local platform = function_platform.of(repo, file, call)
  return platform ~= nil and not platform.is_scheduled
end

local function check_connection(file, call, found, report, repo)
  if found.life == "unknown" and is_for_block_of_function(file, call, repo) then
    report({
      at = call,
      message = `{path_of(call)} opens a connection for each block that the object is entered for: nothing keeps one from one request of the function to the next`,
      confidence = "medium",
      related = found.via,
      notes = { store = store_client.name(call) },
    })
    return
  end
  -- One connection for each run of a job, which closes it, is what the job needs.
  if found.life ~= "request" or unread_event.is_around(call) and is_ended(call) then
    return
  end
  local fn = call:func()
  report({
    at = call,
    message = `{fn and fn.name ~= "" and fn.name or "this"} {COSTS.request}: {path_of(call)} takes none from a pool`,
    confidence = varying.client(call) and "low" or #found.via > 2 and "medium" or "high",
    related = found.via,
    notes = { store = store_client.name(call) },
  })
end

-- Whether a pool lives as long as one block of whoever enters what a generator is made of: it is closed behind the `yield`.
local function is_lent_for_block(place)
  local func = place:func()
  if not func or not func.is_generator or func.name:find("lifespan", 1, true) or place:reach() == "startup" or not is_ended(place) then
    return false
  end
  for _, decorator in func:decorators() do
    if decorator:find("contextmanager", 1, true) then
      return true
    end
  end
  return false
end

-- Whether a pool is used in one `with`, which closes it behind itself.
local function is_for_one_block(place)
  local parent = place:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  if parent and parent.kind == "with-item" or is_lent_for_block(place) then
    return true
  end
  local func = target and target.kind == "name" and place:func()
  for _, item in func and func.node:descendants("with-item") or {} do
    local value = item:child("value") or item:children()[1]
    if value and value.kind == "name" and value.text == target.text then
      return true
    end
  end
  return false
end

-- Whether a place makes something for as long as the application runs: a lifespan of ASGI, which yields once.
local function is_of_lifespan(place)
  local func = place:func()
  return func ~= nil and func.is_generator and func.reach == "startup" and #func.node:descendants("yield") == 1
end

-- A pool that is made and closed around each request, because the application is started and ended with it.
local function check_lifespan(call, found, seen, report, repo)
  local places = found.places and #found.places > 0 and found.places or { { at = call } }
  for _, place in places do
    local around = lifespan_pools.around(place.at, repo)
    local key = `{place.at.file.path}:{place.at.id}`
    if around and not seen[key] then
      seen[key] = true
      report({
        at = place.at,
        message = `{around.name} makes a pool and closes it, and Mangum runs it around each request: no connection of it is ever used twice`,
        confidence = "medium",
        reach = "request",
        related = place.at:same(call) and {} or { { at = call, message = "made here" } },
        notes = { store = store_client.name(call) },
      })
    end
  end
end

-- The same where a library opens what the application is asked through.
local function check_adapter(call, report)
  local found = lifespan_pools.opened_by_library(call)
  if found then
    report({
      at = call,
      message = `Mangum starts and ends the application with each request, and {found.func.name} calls {found.opens.name} for it: no connection is ever used twice; lifespan="off" and a start when the module is loaded keep them`,
      confidence = "medium",
      reach = "request",
      related = { { at = found.opens, message = "opens" }, { at = found.closes, message = "closes" } },
    })
  end
end

local function check_settings(call, report)
  local harm, at = short_lived_connections.of_settings(call)
  if harm and at then
    report({ at = at, message = `the pool of {path_of(call)} {harm}: most requests open one`, confidence = "medium", notes = { store = store_client.name(call) } })
  end
end

local function check_pool(file, call, found, seen, report)
  local own, kept = {}, 0
  for _, place in found.places or {} do
    local is_block = place.life == "unknown" and place.at:reach() ~= "script" and is_for_one_block(place.at)
    if is_block or place.life == "request" or place.life == "worker" and not is_ended(place.at) then
      table.insert(own, place)
    elseif place.is_kept or is_of_lifespan(place.at) then
      kept += 1
    end
  end
  if kept > 0 then
    -- The factory is right for those who keep what it makes: it is asked too often.
    for _, place in own do
      -- A factory with two branches makes one pool all the same.
      local key = `{place.at.file.path}:{place.at.id}`
      if seen[key] then
        continue
      end
      seen[key] = true
      report({
        at = place.at,
        message = `{place.at.name} makes a pool with {path_of(call)} each time, and {place.life == "worker" and "each task" or place.life == "request" and "each request" or "each call"} asks for one: no connection is ever used twice`,
        confidence = place.life == "unknown" and "medium" or "high",
        related = { { at = call, message = "made here" } },
        notes = { store = store_client.name(call) },
      })
    end
    return
  end
  if found.life ~= "request" and (found.life ~= "worker" or is_ended(call)) then
    return
  end
  local fn = call:func()
  local confidence = varying.client(call) and "low" or #found.via > 2 and "medium" or "high"
  report({
    at = call,
    message = `{fn and fn.name ~= "" and fn.name or "this"} makes a pool with {path_of(call)} per {found.life == "request" and "request" or "task"}: no connection of it is ever used twice`,
    confidence = confidence,
    related = found.via,
    notes = { store = store_client.name(call) },
    fix = confidence ~= "low" and hoist.fix(file, call) or nil,
  })
end

-- An engine that keeps no connection.
local function check_null_pool(file, call, found, report, repo)
  local class = call:arg("poolclass")
  if not class or not class.source:find("NullPool", 1, true) or found.life ~= "shared" and found.life ~= "unknown" then
    return
  end
  if class.kind ~= "name" and class.kind ~= "attr" or pooler.is_in(repo) or not pooler.serves_requests(repo, file) then
    return
  end
  report({
    at = class,
    message = `{path_of(call)} keeps no connection with NullPool: each session opens one, and nothing here pools them in front of the database`,
    confidence = "medium",
    notes = { store = store_client.name(call) },
  })
end

local FROM_ADDRESS = table.freeze({ "dj_database_url.**", "environ.**", "environs.**", "configurations.values.**" })

-- Whether settings, or what deploys them, speak of the time that a connection is kept, wherever: `DATABASES["default"]["CONN_MAX_AGE"] = 60` of another file.
local function is_age_set(repo)
  for _, glob in { "**/*.py", "**/.env*", "**/*.yml", "**/*.yaml", "**/*.toml" } do
    if #repo:holding(glob, { "CONN_MAX_AGE", "conn_max_age" }) > 0 then
      return true
    end
  end
  return false
end

-- Whether a server of Django is up all the time: a file for its servers, and an image or a list of processes that starts it.
local function is_always_on(repo, file)
  for _, target in repo:deploy_targets(file.path) do
    if target.name == "lambda" or target.name == "cloud-functions" then
      return false
    end
  end
  if file.path:lower():find("lambda", 1, true) or #repo:paths("**/zappa_settings.*") > 0 then
    return false
  end
  return repo:imports({ "django.core.wsgi**", "django.core.asgi**" }) and #repo:paths("**/{Dockerfile*,Procfile}") > 0
end

-- Where the server is up all the time and nothing speaks of keeping connections, nobody decided that each request opens one. Where a variable decides, or the
-- service is a function, it is a suspicion.
local function report_django(repo, file, at, is_undecided, report)
  report({
    at = at,
    message = 'Django opens a connection to PostgreSQL for each request here; "db.connections.opened_per_request" would show what that costs',
    confidence = is_undecided and is_always_on(repo, file) and not is_age_set(repo) and "medium" or "low",
    notes = { store = "PostgreSQL" },
  })
end

-- Django opens a connection for each request and closes it behind it, unless its settings say how long one is kept, or name a pool.
local function check_django(repo, file, text, report)
  local pair = text:parent()
  local dict = pair and pair.kind == "pair" and pair:parent() or nil
  if not dict or dict.kind ~= "dict" or service.is_for_development(file.path) or service.is_for_checks(file.path) or pooler.is_in(repo) then
    return
  end
  local age, state = dict:entry("CONN_MAX_AGE")
  local options, has_options = dict:entry("OPTIONS")
  local _, pool = nil, "absent"
  if has_options == "given" then
    _, pool = options:entry("pool")
  end
  local kept, known = nil, true
  if state == "given" then
    kept, known = age:literal()
    -- `env.int("DB_CONN_MAX_AGE", "0")`, `int(os.getenv("CONN_MAX_AGE", 0))`: what holds where nobody sets the variable.
    local asked = age.kind == "call" and age or nil
    local inner = asked and asked:arg(1)
    asked = inner and inner.kind == "call" and inner or asked
    local name, default = asked and asked:arg(1), asked and (asked:arg("default") or asked:arg(2))
    if not known and name and default and name.kind == "str" then
      kept, known = default:literal()
      kept = tonumber(kept)
      known = known and kept ~= nil
    end
  end
  if state == "hidden" or has_options == "hidden" or pool ~= "absent" or not known or state == "given" and kept ~= 0 or file.text:find("CONN_MAX_AGE", 1, true) and state == "absent" then
    return
  end
  report_django(repo, file, pair, state == "absent", report)
end

-- Settings that an address is turned into: `dj_database_url.config()` keeps no connection unless told for how long.
local function check_django_address(repo, file, call, report)
  local assign = call:enclosing({ "assign", "function", "class" })
  local name = assign and assign.kind == "assign" and assign:child("target")
  if not name or not name.source:find("DATABASE", 1, true) or service.is_for_development(file.path) or service.is_for_checks(file.path) or pooler.is_in(repo) then
    return
  end
  local _, age = call:arg("conn_max_age")
  local is_postgres = #repo:matched("driver") > 0 and #repo:matched("other driver") == 0
  -- Another dictionary of settings may complete this one.
  if age ~= "absent" or not is_postgres or call:parent().kind == "spread" or is_age_set(repo) then
    return
  end
  report_django(repo, file, call, true, report)
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or file.side == "browser" then
      return
    end
    local seen = {}
    for _, match in matches do
      local call = match.node
      local reach = call:reach()
      if match.matcher == "django" then
        check_django(repo, file, call, report)
      elseif call:is(FROM_ADDRESS) then
        check_django_address(repo, file, call, report)
      elseif match.matcher == "adapter" then
        check_adapter(call, report)
      elseif match.matcher == "pool" then
        local harm = reach ~= "test" and reach ~= "script" and short_lived_connections.of_statement(call)
        if harm then
          report({ at = call, message = `this pool {harm}: most requests open one`, confidence = "medium", notes = { store = "database/sql" } })
        end
      elseif reach ~= "test" and reach ~= "script" and store_client.makes_one(call) and not is_managed_elsewhere(call, file) and not passing_requests.are_all(call) then
        local found = lifetime.of(call)
        if call:fact("pools") == "no" then
          check_connection(file, call, found, report, repo)
        else
          check_pool(file, call, found, seen, report)
          check_lifespan(call, found, seen, report, repo)
          check_settings(call, report)
          check_null_pool(file, call, found, report, repo)
        end
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.server(repo), about.NO_SERVER)
  end,
}
