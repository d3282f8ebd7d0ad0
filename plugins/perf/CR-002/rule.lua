-- Health checks that ask other systems: what a platform does every few seconds, and ends the instance by, hangs on the slowest of them.

local health_route = require("health_route")
local probed_pages = require("probed_pages")
local words = require("words")

-- What takes longer than this process alone: the words of facts and of effects, with what is said of them.
local SYSTEMS = {
  ["db"] = "the database", ["db-read"] = "the database", ["db-write"] = "the database", ["db-connect"] = "the database", ["http"] = "another service", ["rpc"] = "another service",
  ["storage"] = "an object store", ["queue"] = "a message broker", ["mail"] = "a mail server", ["secret"] = "a secret store", ["process"] = "a program that it starts", ["sleep"] = "a pause",
  ["cache"] = "the cache server",
}
local EFFECTS = { "db-read", "db-write", "db-connect", "http", "rpc", "storage", "queue", "mail", "secret", "process", "sleep", "cache" }
local IDLE = { construct = true, lazy = true, configure = true, none = true }

-- How many functions of the repository a text is followed into, behind a client that is not known.
local DEEPEST = 3

-- Whether a call sends a statement that only asks for an answer.
local function sends_probe(call)
  local first = call:arg(1)
  local text = first and (first:joined() or first:literal())
  return type(text) == "string" and text:lower():find("^%s*select%s+1") ~= nil
end

-- The call below this one that sends such a statement.
local function probe_below(call, depth)
  if sends_probe(call) then
    return call
  end
  for _, callee in depth < DEEPEST and call:callees() or {} do
    for _, inner in callee.node:descendants("call") do
      local found = probe_below(inner, depth + 1)
      if found then
        return found
      end
    end
  end
  return nil
end

-- What a call asks itself, or through the repository's functions: the system, and the way there.
local function asks(call)
  local kind = call:fact("kind")
  if kind and SYSTEMS[kind] and not IDLE[call:fact("verb") or ""] then
    return SYSTEMS[kind], {}
  end
  local effects = {}
  for _, effect in call:effects() do
    effects[effect] = true
  end
  for _, sought in EFFECTS do
    if effects[sought] then
      return SYSTEMS[sought], call:chain(sought)
    end
  end
  local probe = probe_below(call, 0)
  if probe then
    return SYSTEMS.db, probe:same(call) and {} or { { node = probe, callee = probe.name } }
  end
  return nil, {}
end

-- Names that a project gives what it asks its database by, and properties that ask whether it is there.
local STORES = words.set("db", "database")
local ALIVE = words.set("is_alive", "alive", "isAlive", "is_healthy", "healthy", "is_connected", "connected", "ping")

-- Whether a node is read from what the project calls its database, where no library tells more: `db.get_orders()`, `db.is_alive`.
local function is_of_store(node)
  local on = if node.kind == "call" then node:receiver() else node:child("value")
  if not on or not STORES[on.kind == "attr" and on.text or on.kind == "name" and on.text or ""] then
    return false
  end
  return node.kind == "attr" and ALIVE[node.text] ~= nil or node.kind == "call" and #node:callees() == 0 and (node:target()[1] == nil or on:sort() == "project")
end

-- The question below a call that goes to such a store; of a function of the repository that only hands it on, too.
local function asks_store(node, depth)
  if is_of_store(node) then
    return node
  end
  for _, callee in node.kind == "call" and depth < DEEPEST and node:callees() or {} do
    for _, inner in callee.node:descendants({ "call", "attr" }) do
      local found = inner:func() and inner:func().node:same(callee.node) and asks_store(inner, depth + 1)
      if found then
        return found
      end
    end
  end
  return nil
end

-- What a function asks that a call is handed among its checks: `app_status(checks=[database_status])`, `check({"db": is_there})`.
local function asks_of_handed(call)
  for _, argument in #call:callees() == 0 and call:args() or {} do
    local given = argument.kind == "kw-arg" and argument:child("value") or argument
    if given and (given.kind == "list" or given.kind == "dict" or given.kind == "set") then
      for _, name in given:descendants({ "name", "attr" }) do
        local effects = {}
        for _, effect in name:role() ~= "callee" and name:effects() or {} do
          effects[effect] = true
        end
        for _, sought in EFFECTS do
          if effects[sought] then
            return SYSTEMS[sought], { { node = name, callee = name.name }, unpack(name:chain(sought)) }
          end
        end
      end
    end
  end
  return nil, {}
end

-- Whether a question only sees whether somebody answers.
local function is_probe(call)
  return sends_probe(call) or words.of(call.name)[1] == "ping" or call.name == "ensure_connection"
end

-- The call by which a handler opens a connection and asks nothing over it.
local function opening_of(func)
  for _, call in func.node:descendants("call") do
    local around = call:parent()
    if call:fact("opens") == "true" and around and around.kind == "expr-stmt" then
      return call
    end
  end
  return nil
end

local KEEPERS = { "cach", "memo", "throttl", "ttl" }
-- What keepers are asked by.
local LOOKUPS = words.set("get", "lookup", "fetch", "wrap", "remember", "getorset", "getorcreate", "getoradd", "writethrulookup", "load", "once")

-- Whether a call goes to something that keeps answers: `cache.get(...)`, `cacher.Lookup(...)`, `memoize(...)`.
local function is_keeper(call)
  local name = call.name:lower():gsub("_", "")
  local receiver = call:receiver()
  if call:fact("kind") == "cache" and name == "ping" then
    return false
  end
  return name:find("^cached") ~= nil or name:find("^memo") ~= nil or LOOKUPS[name] == true and receiver ~= nil and words.any_in(receiver.source, KEEPERS)
end

-- Whether the function keeps the answer: by a decorator, by a call around or before the question, by a variable that holds the last one.
local function is_kept(func)
  for _, decorator in func:decorators() do
    if words.any_in(decorator, KEEPERS) then
      return true
    end
  end
  for _, node in func.node:descendants({ "call", "name" }) do
    local text = node.text:lower():gsub("_", "")
    if node.kind == "call" and is_keeper(node) or node.kind == "name" and (text:find("^cached") or text:find("^lastcheck") or text:find("^lastresult")) then
      return true
    end
  end
  return false
end

-- Questions whose answer nobody waits for do not slow the check down.
local function is_waited_for(call)
  local file = call.file
  if file.language == "javascript" or file.language == "typescript" then
    local parent = call:parent()
    return not (parent and parent.kind == "expr-stmt") or call:is_awaited()
  end
  return call:enclosing({ "go" }) == nil
end

-- The first question of a handler that counts, by how sure it is; questions to a cache server count least.
local function question_of(func, sort)
  local best = nil
  if is_kept(func) then
    return nil
  end
  for _, call in func.node:descendants("call") do
    local system, chain = asks(call)
    if not system and sort ~= "vague" then
      system, chain = asks_of_handed(call)
    end
    if system and is_waited_for(call) and (sort ~= "vague" or is_probe(call)) then
      local found = { call = call, system = system, chain = chain, is_cache = system == SYSTEMS.cache }
      if not best or best.is_cache and not found.is_cache then
        best = found
      end
    end
  end
  local opening = not best and opening_of(func)
  if opening then
    return { call = opening, system = SYSTEMS.db, chain = {} }
  end
  for _, node in not best and sort ~= "vague" and func.node.file.language == "python" and func.node:descendants({ "call", "attr" }) or {} do
    local asked = asks_store(node, 0)
    if asked then
      return { call = node, system = SYSTEMS.db, chain = asked:same(node) and {} or { { node = asked, callee = asked.name } }, is_named = true }
    end
  end
  return best
end

-- Platforms that start an instance per request and probe none.
local FUNCTIONS = words.set("vercel", "netlify", "lambda", "firebase", "cloud-functions", "azure-functions")

local IMAGES = "**/{Dockerfile*,*.Dockerfile,Procfile}"
local SERVERS = { "gunicorn", "uvicorn", "hypercorn", "uwsgi", "daphne" }

-- Whether an image starts a server of Python that stays: functions of the same repository are deployed beside it.
local function is_served(repo, path)
  for _, image in path:find("%.py$") and repo:holding(IMAGES, SERVERS) or {} do
    local text = repo:text(image) or ""
    local below = image:match("^(.*/)[^/]*$") or ""
    local is_own = path:sub(1, #below) == below or not below:gsub("/$", ""):find("/", 1, true)
    -- An adapter has such a server answer for a function.
    local is_function = text:find("lambda-adapter", 1, true) or text:find("/lambda/", 1, true) or text:find("awslambdaric", 1, true)
    if is_own and not is_function then
      return true
    end
  end
  return false
end

-- Whether whatever is deployed from here runs where nothing takes an instance for dead.
local function is_unprobed(repo, path)
  local targets = repo:deploy_targets(path)
  for _, target in targets do
    if not FUNCTIONS[target.name] then
      return false
    end
  end
  return #targets > 0 and not is_served(repo, path)
end

return {
  check = function(file, matches, report, repo)
    local seen = {}
    for _, match in matches do
      local func = match.node:func()
      local sort, shown = nil, nil
      if func then
        sort, shown = health_route.of(func)
      end
      local setting = nil
      if func and not sort then
        shown, setting = probed_pages.of(func, repo)
        sort = shown and "probed" or nil
      end
      local found = sort and question_of(func, sort)
      local rows = setting and not found and not is_kept(func) and probed_pages.asked_rows(func)
      found = found or rows and { call = rows, system = SYSTEMS.db, chain = {} } or nil
      -- What an inner function does its outer one does, too.
      if found and not seen[found.call.id] and not is_unprobed(repo, file.path) then
        seen[found.call.id] = true
        local related = { { at = func.node, message = "answers the probe" } }
        table.insert(related, setting and { at = setting, message = "the setting by which it is probed" } or nil)
        for at, hop in found.chain do
          if hop.node and at <= 8 and not hop.node:same(found.call) then
            table.insert(related, { at = hop.node, message = `calls {hop.callee}` })
          end
        end
        report({
          at = found.call,
          message = `every probe of {shown} waits for {found.system}; when that is slow, the platform takes this instance for dead`,
          confidence = (found.is_cache or found.is_named or sort ~= "health") and "medium" or "high",
          reach = "request",
          related = related,
        })
      end
    end
  end,
}
