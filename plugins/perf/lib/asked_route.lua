-- The route by which code is asked: the function that a platform calls for a request, the path that it answers as far as it is written there, and whether it
-- answers only those who run the service.

local words = require("words")

local M = {}

-- How the people who run a service are called where code asks for them.
local STAFF = { "admin", "staff", "superuser", "super_user", "moderator", "backoffice", "back_office", "back-office", "operator_only" }
-- What of the same words names a thing that anybody may ask for.
local NO_STAFF = { "administrative" }

local METHODS = words.set("get", "post", "put", "patch", "delete", "head", "options", "all")

local function names_staff(text)
  local small = text:lower()
  for _, word in NO_STAFF do
    small = small:gsub(word, "")
  end
  return words.any_in(small, STAFF)
end

-- The node of the function in which the request of a place begins: its own where that is the handler, nil where it is not found.
function M.handler_of(func, repo)
  local route = func:route()
  local first = route[1]
  if not first or #route == 1 then
    return func.node
  end
  local file = repo:open(first.path)
  local owner, name = first.symbol:match("([%w_$]+)%.([%w_$]+)$")
  for _, one in file and file.root and file.root:descendants("function") or {} do
    if one.text == (name or first.symbol) then
      local around = one:enclosing({ "class", "function" })
      if (around and around.text or nil) == owner then
        return one
      end
    end
  end
  return nil
end

-- The path and the method that a decorator or a registration names: `@app.get("/orders")`, `router.get("/orders", list)`, `@Get("orders")`.
local function written_in(call)
  local first = call.kind == "call" and call:arg(1)
  local text = first and first:literal()
  local name = call.name:lower()
  return type(text) == "string" and text or nil, METHODS[name] and name:upper() or nil
end

-- What Nest's class adds in front: `@Controller("orders")`.
local function prefix_of(handler)
  local class = handler:enclosing("class")
  for _, decorator in class and class:children("decorator") or {} do
    if decorator.kind == "call" and decorator.name == "Controller" then
      return (written_in(decorator)) or ""
    end
  end
  return nil
end

local function joined(prefix, path)
  local all = {}
  for part in (prefix .. "/" .. path):gmatch("[^/]+") do
    table.insert(all, part)
  end
  return "/" .. table.concat(all, "/")
end

-- The path that Next's router makes of where a file lies: `app/api/orders/route.ts`, `pages/api/orders.ts`.
local function path_of_file(path)
  local below = path:match("^app/(api/.*)/route%.%a+$") or path:match("/app/(api/.*)/route%.%a+$") or path:match("^pages/(api/.*)%.%a+$") or path:match("/pages/(api/.*)%.%a+$")
  return below and "/" .. below:gsub("/index$", "")
end

-- The route as one reads it: `GET /orders`; nil where no path is written at the handler.
function M.path_of(handler)
  local prefix = prefix_of(handler)
  local func = handler:func()
  for _, list in { handler:children("decorator"), func and func:registrations() or {} } do
    for _, call in list do
      local path, method = written_in(call)
      -- Koa's RPC routers name a route without a slash: `router.post("events.list", list)`.
      local is_route = path ~= nil and (path:sub(1, 1) == "/" or method ~= nil) or prefix ~= nil and method ~= nil
      if is_route then
        return (method and method .. " " or "") .. joined(prefix or "", path or "")
      end
    end
  end
  local path = path_of_file(handler.file.path)
  return path and (METHODS[handler.text:lower()] and handler.text .. " " or "") .. path
end

-- What a function is called: its own name, or that of the variable which holds it, as in `const getOrders = wrapped(async () => { ... })`.
local function name_of(handler)
  local holder = handler.text == "" and handler:enclosing({ "assign", "function" })
  local target = holder and holder.kind == "assign" and holder:child("target")
  return target and target.kind == "name" and target.text or handler.text
end

-- How a finding names it: `list_orders (GET /orders)`.
function M.title_of(func, repo)
  local handler = M.handler_of(func, repo)
  local path = handler and M.path_of(handler)
  local name = name_of(handler or func.node)
  if name == "" or METHODS[name:lower()] and path then
    return path
  end
  return path and `{name} ({path})` or name
end

-- Whether code behind a test runs for staff only: it stands in the branch of those who are, or the others are sent away before.
local function is_guarded(scope, place)
  for _, branch in scope:descendants("if") do
    local test = branch:child("test")
    local source = test and test.source or ""
    if not test or not names_staff(source) then
      continue
    end
    local body = branch:child("body")
    local refuses = source:find("!", 1, true) or source:find("%f[%w]not%f[%W]") or source:find("~=", 1, true)
    if body and not refuses and place and place:is_within(body) then
      return true
    elseif body and refuses and branch:child("else") == nil and #body:descendants({ "return", "raise" }) > 0 then
      return true
    end
  end
  return false
end

-- What stands around a handler and says who may ask: its decorators and those of its class, what it is registered with, its parameters' defaults.
local function is_for_staff(handler)
  local class = handler:enclosing("class")
  local said = { handler.file.path_below_named, handler.text }
  for _, decorator in handler:children("decorator") do
    table.insert(said, decorator.source)
  end
  for _, param in handler:children("param") do
    table.insert(said, param.source)
  end
  if class then
    table.insert(said, class.text)
    for _, decorator in class:children("decorator") do
      table.insert(said, decorator.source)
    end
    for _, statement in class:child("body") and class:child("body"):children() or {} do
      if statement.kind == "assign" and statement.source:find("^permission_classes") then
        table.insert(said, statement.source)
      end
    end
  end
  local func = handler:func()
  for _, call in func and func:registrations() or {} do
    table.insert(said, call.file.path_below_named)
    for _, argument in call:args() do
      if argument.kind ~= "function" then
        table.insert(said, argument.source)
      end
    end
  end
  for _, text in said do
    if names_staff(text) then
      return true
    end
  end
  return false
end

-- Whether only those who run the service get to a place: its route, its file or a test before it says so.
function M.is_for_staff(place, repo)
  local func = place:func()
  if not func then
    return false
  end
  for _, stop in func:route() do
    if names_staff(stop.path) or names_staff(stop.symbol) then
      return true
    end
  end
  local handler = M.handler_of(func, repo)
  if is_guarded(func.node, place) then
    return true
  end
  return handler ~= nil and (is_for_staff(handler) or not handler:same(func.node) and is_guarded(handler, nil))
end

return M
