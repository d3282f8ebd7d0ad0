-- Connections that Go opens, and databases that it asks without a deadline, between `main` and the server.

local go_contexts = require("go_contexts")
local naming = require("naming")
local service = require("service")

local M = {}

-- Modules of Go that serve requests.
local SERVING = table.freeze({
  "net/http", "github.com/gin-gonic/gin", "github.com/labstack/echo**", "github.com/gofiber/fiber**", "github.com/go-chi/chi**", "github.com/gorilla/mux", "google.golang.org/grpc",
  "github.com/julienschmidt/httprouter", "github.com/aws/aws-lambda-go/lambda", "connectrpc.com/connect",
})

-- Whether a module of Go serves requests at all, and not only a queue.
local function is_served(repo, path)
  local root = service.root(repo, path)
  for _, importer in repo:importers(SERVING) do
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

-- How many callers up a start is followed.
local DEEPEST = 4

-- Types that frameworks for command lines hand to the function of a command, and what such a function calls where the command is the server.
local COMMANDS = { "cli.Context", "cli.Command", "cobra.Command" }
local SERVES = { "Serve", "ListenAndServe", "ListenAndServeTLS", "Listen", "Run", "Start", "StartServer", "RunServer" }

local function is_serving_command(fn)
  local head = fn.node.source:match("^[^{]*")
  for _, type in COMMANDS do
    if head:find(type, 1, true) then
      return #fn.node:descendants("call", SERVES) > 0
    end
  end
  return false
end

-- Whether a call runs on the way from `main`, or before it, to the server; what a goroutine or a function that is handed on does is not waited for.
local function begins(call, depth)
  if call:enclosing("go") or call.file.class ~= "source" then
    return false
  end
  local fn = call:func()
  if not fn or fn.name == "main" or fn.name == "init" or is_serving_command(fn) then
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

-- Whether an address in the file limits how long connecting may take.
local function has_limited_address(file)
  for _, text in file.root:descendants({ "str", "template" }) do
    if text.text:find("connect_timeout", 1, true) or text.text:find("[?&]timeout=") then
      return true
    end
  end
  return false
end

-- Of the callers only those on the way to the server count. What they make beside it, the time that is left at the end for instance, bounds nothing here.
local WAYS = {
  counts = function(caller)
    return begins(caller, 0)
  end,
  is_bounded = function()
    return false
  end,
}

-- What asks whether a database answers, for three reasons: somebody asks for the health of the service later; the start is to fail at once, with a deadline; or the
-- start waits for as long as the other side likes. Only the last holds it up.
local function waits_without_end(call)
  if not is_opened_here(call) and not begins(call, 0) then
    return false
  end
  local context = call:arg(1)
  return (not context or go_contexts.of(context, WAYS) == "open") and not has_limited_address(call.file)
end

-- Whether a call runs on the way from `main` to a server.
function M.begins(repo, call)
  return not is_for_tests(call) and is_served(repo, call.file.path) and begins(call, 0)
end

-- Reports those of a file.
function M.check(repo, file, matches, report)
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    local starts = reach == "startup" or reach == "unknown"
    local is_ping = call.name:find("^Ping") ~= nil
    if match.matcher == "connect" and starts and not call:enclosing("go") and not is_for_tests(call) and not is_embedded(call) and is_served(repo, file.path) and (not is_ping or waits_without_end(call)) then
      local fn = call:func()
      local where = fn and fn.name ~= "" and fn.name or "the package"
      local what = naming.path(call:target()[1] or call.name)
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

return M
