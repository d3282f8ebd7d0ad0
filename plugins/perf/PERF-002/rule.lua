-- A constructor does not connect unless facts say so: most clients open their first connection with their first command. What
-- connects is reported where it holds up a service that is not serving yet: in Python while a module is loaded, in JavaScript where
-- the module or the function that ends in `listen` awaits it, in Go between `main` and the server.

local branch = require("branch")
local exclusion = require("exclusion")
local imports = require("imports")
local service = require("service")

local DEEPEST = 4

local function shown(path)
  return (path:gsub("^global%.", ""):gsub("%(%)$", ""))
end

-- Modules that serve requests, and what makes a function one that a platform calls.
local SERVING = {
  python = {
    "fastapi**", "flask**", "starlette**", "django.core.wsgi**", "django.core.asgi**", "aiohttp.web**", "aiohttp.web", "sanic**", "litestar**", "falcon**", "tornado.web**", "bottle**",
    "quart**", "mangum**", "chalice**", "functions_framework**", "firebase_functions**", "azure.functions**", "aws_lambda_powertools**", "grpc**", "http.server**", "connexion**",
  },
  go = {
    "net/http", "github.com/gin-gonic/gin", "github.com/labstack/echo**", "github.com/gofiber/fiber**", "github.com/go-chi/chi**", "github.com/gorilla/mux", "google.golang.org/grpc",
    "github.com/julienschmidt/httprouter", "github.com/aws/aws-lambda-go/lambda", "connectrpc.com/connect",
  },
}

local function has_handler(file)
  for _, node in file.root:descendants("function") do
    local fn = node:func()
    if fn and fn.reach == "request" then
      return true
    end
  end
  return false
end

local function serves(file)
  return file ~= nil and file.root ~= nil and (file:imports(SERVING.python) or has_handler(file))
end

-- Whether a Lambda calls a function of the file with each event: there, connecting first is what the platform advises.
local function is_lambda(file)
  for _, node in file.root:descendants("function") do
    local fn = node:func()
    if fn and #fn.params >= 2 and fn.params[1].text == "event" and fn.params[2].text == "context" then
      return true
    end
  end
  return false
end

local function stem_of(path)
  return path:match("([^/]+)/__init__%.py$") or path:match("([^/]+)%.py$")
end

-- How a file of Python comes to be loaded by something that serves: the way from the entry point; an empty one where a function
-- imports it; nil when only people run it.
local function way_to(repo, file)
  for _, way in repo:loaded_by(file.path) do
    local start = repo:open(way[1].path)
    if serves(start) then
      return way, start
    end
  end
  local stem = stem_of(file.path)
  for _, path in stem and repo:importers({ "*." .. stem, stem }) or {} do
    local importer = path ~= file.path and repo:open(path)
    if importer and importer.class == "source" and importer.root:reach() ~= "script" then
      return {}, nil
    end
  end
  return nil, nil
end

-- The call that opens the connection behind a call of the project's own.
local function connecting(call)
  if call:fact("connects") == "yes" then
    return call, {}
  end
  local hops = call:chain("db-connect")
  local last = hops[#hops]
  if last and last.node and last.node:fact("connects") == "yes" then
    return last.node, hops
  end
  return nil, {}
end

-- Whether a call runs only under some condition within its function.
local function is_conditional(node)
  return node:enclosing({ "if", "switch", "conditional" }) ~= nil
end

-- Addresses that answer from the same machine.
local function is_local(file)
  return file.text:find("metadata.google.internal", 1, true) ~= nil or file.text:find("169.254.169.254", 1, true) ~= nil
end

-- The change: a function that connects when it is first asked, in place of the name that holds the connection. Only where the name
-- is read in functions of this file alone; statements on the connection directly behind move along.
local function fix_of(repo, file, call)
  local assign = call:parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  local value = target and assign:child("value")
  local block = target and assign:parent()
  if not target or target.kind ~= "name" or not value or not value:same(call) or not block or block.kind ~= "module" or assign:child("type") then
    return nil
  end
  local name = target.text
  local stem = stem_of(file.path)
  if stem and #repo:importers({ `*.{stem}.{name}`, `{stem}.{name}` }) > 0 then
    return nil
  end
  local body, last = { assign.source }, assign
  local next = assign:next_statement()
  while next and next.kind == "expr-stmt" and next.source:sub(1, #name + 1) == name .. "." do
    table.insert(body, next.source)
    last = next
    next = next:next_statement()
  end
  local edits, reads = {}, 0
  local first_byte = (assign:bytes())
  local _, last_byte = last:bytes()
  for _, read in file.root:descendants("name") do
    local at = (read:bytes())
    if read.text == name and (at < first_byte or at > last_byte) then
      if not read:func() or read:role() == "target" or read:role() == "param" then
        return nil
      end
      reads += 1
      table.insert(edits, { at = read, text = `get_{name}()` })
    end
  end
  local known = reads > 0 and imports.edits(file, "functools")
  if not known then
    return nil
  end
  for _, edit in known do
    table.insert(edits, edit)
  end
  local made = `@functools.cache\ndef get_{name}():\n`
  if #body == 1 then
    made ..= "    return " .. call.source:gsub("\n", "\n    ")
  else
    for _, line in body do
      made ..= "    " .. line:gsub("\n", "\n    ") .. "\n"
    end
    made ..= `    return {name}`
  end
  table.insert(edits, { at = file:span(first_byte, last_byte), text = made })
  return { title = "connect when the connection is first asked for", safety = "unsafe", edits = edits }
end

local function check_python(repo, file, matches, report)
  if file.root:reach() == "script" or file.root:reach() == "test" then
    return
  end
  local way, start, is_known
  local reported = {}
  for _, match in matches do
    local call = match.node
    if not call:func() and not branch.runs_as_program(call) and not reported[call.id] then
      if not is_known then
        way, start = way_to(repo, file)
        is_known = true
      end
      local opens, hops = connecting(call)
      if match.matcher == "request" then
        opens, hops = call, {}
      end
      if opens and way then
        reported[call.id] = true
        local confidence = "high"
        local related = {}
        for at, hop in hops do
          if hop.node and not hop.node:same(call) then
            table.insert(related, { at = hop.node, message = at == #hops and "connects here" or `{hop.symbol} calls this` })
            -- Which branch this call takes is not followed.
            if is_conditional(hop.node) then
              confidence = "low"
            end
          end
        end
        for at, hop in way do
          if hop.import and way[at + 1] and at <= 8 then
            table.insert(related, { at = hop.import, message = `{hop.path} loads {way[at + 1].path}` })
          end
        end
        if (start and is_lambda(start)) or (match.matcher == "request" and is_local(file)) then
          confidence = "low"
        elseif confidence == "high" and (#way == 0 or match.matcher == "request" or is_conditional(call)) then
          confidence = "medium"
        end
        local what = shown(opens:target()[1] or opens.name)
        local by = start and start.path ~= file.path and `, as every process of {start.path} does` or ""
        local does = match.matcher == "request" and `{what} waits for another service` or `{what} opens a connection`
        if #hops > 0 and not opens:same(call) then
          does = `{call.name} opens a connection ({what})`
        end
        report({
          at = call,
          message = `{does} while {file.path} is imported{by}`,
          confidence = confidence,
          reach = "startup",
          related = related,
          notes = { library = opens:fact("library") or what:match("^[^.]+") },
          fix = opens:same(call) and match.matcher == "connect" and fix_of(repo, file, call) or nil,
        })
      end
    end
  end
end

-- Whether a function listens for requests.
local function listens(node)
  for _, call in node:descendants("call") do
    if call.name == "listen" or call.name == "startServer" then
      return true
    end
  end
  return false
end

-- Whether a call of JavaScript holds up the start: what waits for it has not listened yet.
local function holds_up(call, depth)
  if depth > DEEPEST then
    return false
  end
  for _, next in (call:chained()) do
    if next.name == "then" and listens(next) then
      return true, call
    end
  end
  if not call:is_awaited() then
    local parent = call:parent()
    local is_returned = parent and (parent.kind == "return" or (parent.kind == "function" and parent:has("lambda")))
    if not is_returned then
      return false
    end
  end
  local fn = call:func()
  if not fn then
    return true, call
  end
  if fn.name == "onModuleInit" or fn.name == "onApplicationBootstrap" then
    return true, call
  end
  if listens(fn.node) then
    return true, call
  end
  for _, caller in fn:callers() do
    if caller.file.class == "source" and holds_up(caller, depth + 1) then
      return true, caller
    end
  end
  return false
end

local function check_javascript(file, matches, report)
  if file.side == "browser" then
    return
  end
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    if match.matcher == "connect" and reach ~= "script" and reach ~= "test" and reach ~= "request" then
      local is_held, where = holds_up(call, 0)
      if is_held then
        local fn = call:func()
        local how = not fn and "the module does not finish loading before it is there" or `{fn.name ~= "" and fn.name or "the start"} is awaited before the server listens`
        report({
          at = call,
          message = `{shown(call:target()[1] or call.name)} holds up the start: {how}`,
          confidence = fn and "medium" or "high",
          reach = "startup",
          related = not where:same(call) and { { at = where, message = "this waits for the connection" } } or nil,
          notes = { library = call:fact("library") or call.name },
        })
      end
    end
  end
end

-- Whether a module of Go serves requests at all, and not only a queue.
local function is_served(repo, path)
  local root = service.root(repo, path)
  for _, importer in repo:importers(SERVING.go) do
    if service.is_within(importer, root) then
      return true
    end
  end
  return false
end

-- Whether a function is there for tests, wherever it stands.
local function is_for_tests(node)
  local fn = node:func()
  if node:symbol():find("Test", 1, true) or node:symbol():find("Mock", 1, true) then
    return true
  end
  for _, param in fn and fn.params or {} do
    if param.source:find("testing.", 1, true) then
      return true
    end
  end
  return false
end

-- Databases in memory or in a file of the service's own.
local function is_embedded(call)
  return call.source:find("sqlite", 1, true) ~= nil or call.source:find(":memory:", 1, true) ~= nil
end

-- Whether a call runs on the way from `main`, or before it, to the server; what a goroutine or a function that is handed on does is not waited for.
local function begins(call, depth)
  if call:enclosing("go") or call.file.class ~= "source" then
    return false
  end
  local fn = call:func()
  if not fn or fn.name == "main" or fn.name == "init" then
    return true
  end
  if fn.is_lambda or depth >= DEEPEST then
    return false
  end
  for _, caller in fn:callers() do
    if begins(caller, depth + 1) then
      return true
    end
  end
  return false
end

-- Whether the function around opens itself what a call is made on: `db, err := sql.Open(...)` before `db.Ping()`.
local function is_opened_here(call)
  local fn, on = call:func(), call:receiver()
  for _, assign in fn and not fn.is_lambda and on and on.kind == "name" and fn.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    local name = target and target.kind == "list" and target:children("item")[1] or target
    if name and name.text == on.text and value and value.kind == "call" and (value.name:find("^Open") or value.name:find("^New") or value.name:find("^Must")) then
      return true
    end
  end
  return false
end

local DEADLINES = { "context.WithTimeout()", "context.WithDeadline()", "context.WithTimeoutCause()", "context.WithDeadlineCause()" }
local ENDLESS = { "context.Background()", "context.TODO()", "context.WithoutCancel()" }
-- What makes a context that ends no later than the one it is given.
local DERIVED = { "context.WithCancel", "context.WithCancelCause", "context.WithValue", "os/signal.NotifyContext" }

-- Whether an address in the file limits how long connecting may take.
local function has_limited_address(file)
  for _, text in file.root:descendants({ "str", "template" }) do
    if text.text:find("connect_timeout", 1, true) or text.text:find("[?&]timeout=") then
      return true
    end
  end
  return false
end

-- Whether a context has no deadline, as far as the code tells: one that the callers choose is followed to them.
local function is_endless(context, depth)
  if context:comes_from(DEADLINES) then
    return false
  elseif context:comes_from(ENDLESS) then
    return true
  end
  local at, fn = context:param_position(), context:func()
  if context.kind == "call" and context:is(DERIVED) then
    local from = context:arg(1)
    return from ~= nil and is_endless(from, depth)
  end
  for _, assign in fn and context.kind == "name" and fn.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    local name = target and target.kind == "list" and target:children("item")[1] or target
    if name and name.text == context.text and value and value.kind == "call" and value:is(DERIVED) and depth < DEEPEST then
      local from = value:arg(1)
      if from and is_endless(from, depth + 1) then
        return true
      end
    end
  end
  for _, caller in at and fn and depth < DEEPEST and fn:callers() or {} do
    local given = caller:arg(at)
    if given and begins(caller, 0) and is_endless(given, depth + 1) then
      return true
    end
  end
  return false
end

-- What asks whether a database answers, for three reasons: somebody asks for the health of the service later; the start is to fail at once, with a deadline; or the
-- start waits for as long as the other side likes. Only the last holds it up.
local function waits_without_end(call)
  if not is_opened_here(call) and not begins(call, 0) then
    return false
  end
  local context = call:arg(1)
  return (not context or is_endless(context, 0)) and not has_limited_address(call.file)
end

local function check_go(repo, file, matches, report)
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    local starts = reach == "startup" or reach == "unknown"
    local is_ping = call.name:find("^Ping") ~= nil
    if match.matcher == "connect" and starts and not call:enclosing("go") and not is_for_tests(call) and not is_embedded(call) and is_served(repo, file.path) and (not is_ping or waits_without_end(call)) then
      local fn = call:func()
      local where = fn and fn.name ~= "" and fn.name or "the package"
      local what = shown(call:target()[1] or call.name)
      report({
        at = call,
        message = is_ping and `{where} waits with {what}, without a deadline, before the server listens` or `{where} connects with {what} before the server listens`,
        confidence = "medium",
        reach = "startup",
        notes = { library = (call:target()[1] or call.name):match("^(.-)%.%u") or call.name },
      })
    end
  end
end

local RANK = { high = 3, medium = 2, low = 1 }

-- Reports one finding of those of which a start reaches only one, such as the cases of a switch over the kind of database: the surest.
local function report_starts(found, report)
  local kept = {}
  for _, one in found do
    local other = nil
    for at, before in kept do
      if exclusion.excludes(before.at, one.at) then
        other = at
        break
      end
    end
    if other then
      local first, second = kept[other], one
      if RANK[second.confidence] > RANK[first.confidence] then
        first, second = second, first
        kept[other] = first
      end
      first.related = first.related or {}
      table.insert(first.related, { at = second.at, message = "or here: a start takes only one of the branches" })
    else
      table.insert(kept, one)
    end
  end
  for _, one in kept do
    report(one)
  end
end

return {
  check = function(file, matches, report_all, repo)
    local found = {}
    local function report(finding)
      table.insert(found, finding)
    end
    if file.class ~= "source" or not file.root then
      return
    end
    if file.language == "python" then
      -- What a tool for migrations runs is no start of the service.
      if not file:imports("alembic.context") then
        check_python(repo, file, matches, report)
      end
    elseif file.language == "go" then
      check_go(repo, file, matches, report)
    else
      check_javascript(file, matches, report)
    end
    report_starts(found, report_all)
  end,
}
