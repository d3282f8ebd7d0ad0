-- Which functions answer a request that may be a GET: by how they are registered, or by what they are called.

local route_methods = require("route_methods")
local set = require("words").set

local M = {}

local NO_LISTS = set(
  "post", "put", "patch", "delete", "options", "head", "use", "before_request", "after_request", "before_app_request", "teardown_request", "errorhandler", "exception_handler", "middleware",
  "add_middleware", "context_processor", "Depends", "Security", "template_filter", "app_template_filter", "websocket", "addHook", "SubscribeMessage", "Post", "Put", "Patch", "Delete", "Use", "POST",
  "PUT", "PATCH", "DELETE", "on_event", "mutation", "Mutation"
)
local WRITING_WORDS = set("add", "create", "update", "edit", "delete", "remove", "save", "put", "patch", "login", "logout", "register", "sign", "upload", "send", "reset", "verify")
local WRITING_NAMES = set("post", "put", "patch", "delete", "create", "update", "destroy", "remove", "perform_create", "perform_update", "POST", "PUT", "PATCH", "DELETE")

-- Handlers that may answer other methods as well are told by their names. What is a thing as often as a deed, `post_list`, `import_history`, tells nothing.
local function is_called_writing(name)
  local word = name:match("^_*(%l+)") or ""
  return WRITING_WORDS[word] or name:find("Login$") ~= nil or name:find("Logout$") ~= nil or name:find("Signup$") ~= nil
end

-- Whether a function to which a handler leaves its answer does something else than to read, by what it is called.
function M.is_called_writing(name)
  return is_called_writing(name)
end

-- Functions of a cloud platform answer events of all kinds; an answer over HTTP has a status.
local function answers_http(node)
  local first = node:children("param")[1]
  if not first or first.text:gsub("^_", "") ~= "event" then
    return true
  end
  return node.source:find("status_?[cC]ode") ~= nil or node.source:find("httpMethod", 1, true) ~= nil
end

local METHODS = set("get", "list", "index", "GET")

local READS = set("get", "Get", "GET", "api_get", "add_get", "HandleGet")
local ROUTES = set("route", "api_route", "add_url_rule", "add_api_route", "Route")

-- What a registration says of the methods: "read" where it is for GET alone, "other" where it names another one, nil where it says nothing.
local function said_by(call)
  if READS[call.name] then
    return "read"
  elseif NO_LISTS[call.name] then
    return "other"
  end
  local methods, state = call:arg("methods")
  if state == "absent" then
    -- Python's frameworks answer GET where a route names no method.
    return ROUTES[call.name] and call.file.language == "python" and call:arg(1) and "read" or nil
  end
  local list = methods and methods.kind == "name" and (methods:value() or methods:definition()) or methods
  local texts = list and list:descendants("str") or {}
  for _, text in texts do
    if text.text:upper() ~= "GET" and text.text:upper() ~= "HEAD" then
      return "other"
    end
  end
  return #texts > 0 and "read" or nil
end

-- Words of GraphQL for fields that change something, or tell of changes.
local CHANGES = set("Mutation", "Subscription", "mutationField", "mutationFields", "mutationType", "subscriptionField", "subscriptionFields", "subscriptionType", "relayMutationField")

-- Whether a function is the resolver of such a field: `Mutation: { create }`, `builder.mutationField("create", (t) => t.field({ resolve }))`.
local function is_of_change(node)
  for _, call in node:argument_of() do
    if CHANGES[call.name] then
      return true
    end
  end
  local at = node:enclosing({ "pair", "assign", "class" })
  while at and at.kind ~= "class" do
    local target = at.kind == "assign" and at:child("target")
    if CHANGES[at.text] or target and CHANGES[target.text] then
      return true
    end
    at = at:enclosing({ "pair", "assign", "class" })
  end
  return false
end

-- Whether how a function is registered says that it answers nothing but GET.
local function is_for_reading(func)
  local reads = false
  local calls = func:registrations()
  for _, decorator in func.node:children("decorator") do
    if decorator.kind == "call" and decorator:fact("role") == "request" then
      table.insert(calls, decorator)
    end
  end
  for _, call in calls do
    local said = said_by(call)
    if said == "other" then
      return false
    end
    reads = reads or said == "read"
  end
  return reads
end

-- Fields of schemas that change something, or go on.
local OF_ARIADNE = table.freeze({ "ariadne.MutationType.field", "ariadne.SubscriptionType.*" })

local function answers(func)
  local body = func.node:child("body")
  if not body or #func:route() ~= 1 or func.reach ~= "request" or WRITING_NAMES[func.name] then
    return false
  end
  if not answers_http(func.node) or is_called_writing(func.name) and not is_for_reading(func) then
    return false
  end
  local named, fits = false, false
  for _, call in func:registrations() do
    local name = call.name
    -- A wrapper such as an error handler says nothing about the method.
    named = true
    fits = fits or not NO_LISTS[name] and route_methods.answers_get(call) == true
  end
  for _, decorator in func.node:children("decorator") do
    local is_call = decorator.kind == "call"
    if decorator:fact("role") == "request" then
      named = true
      if is_call and decorator:is(OF_ARIADNE) then
        return false
      end
      fits = fits or not NO_LISTS[decorator.name] and (not is_call or route_methods.answers_get(decorator) == true)
    end
  end
  if not named then
    -- A method that nothing registers answers under the names that frameworks call.
    local around = func.node:enclosing({ "class", "function" })
    local is_method = around ~= nil and around.kind == "class"
    if func.node.file.language ~= "python" and func.node.file.language ~= "go" and is_of_change(func.node) then
      return false
    end
    return (not is_method or METHODS[func.name] or func.name:find("^resolve_") ~= nil) and #func:callers() == 0
  end
  return fits
end

-- What was said of the functions of the file that was asked about last: a dozen rules ask the same of each handler.
local said, said_of = {}, nil

local function said_in(path)
  if path ~= said_of then
    said, said_of = {}, path
  end
  return said
end

-- Whether a platform calls the function to answer a request that may be a GET.
function M.answers(func)
  local node = func.node
  local known, id = said_in(node.file.path), node.id
  if known[id] == nil then
    known[id] = answers(func)
  end
  return known[id]
end

-- The handlers of the file that was asked about last.
local among, among_of = {}, nil

-- Those of a file that answer so, each once, as `{ func, node }`, by the matches of a rule that looks at every handler (`reach = ["request"]`, `entry = true`) under the name
-- "handler": such rules have the same ones in a file, and the first of them that asks has them judged.
function M.among(file, matches)
  local path = file.path
  if path == among_of then
    return among
  end
  among, among_of = {}, path
  local known, seen = said_in(path), {}
  for _, match in matches do
    if match.matcher ~= "handler" then
      continue
    end
    local node = match.node
    local id = node.id
    -- Most do not, and of those the number is all that is looked at.
    local func = not seen[id] and known[id] ~= false and node:func()
    seen[id] = true
    if func and known[id] == nil then
      known[id] = answers(func)
    end
    if func and known[id] then
      table.insert(among, { func = func, node = node })
    end
  end
  return among
end

return M
