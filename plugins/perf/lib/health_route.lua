-- Which handlers answer the probes of a platform or a load balancer: by the path they are registered under, by their file where that is the
-- path, or by their names.

local M = {}

-- What was said of words: parts of paths and names of handlers come up again and again.
local said = {}

local function is_health(word)
  local bare = word:lower():gsub("[%-_%.%s]", ""):gsub("^handler?", ""):gsub("^get", ""):gsub("^do", ""):gsub("handler$", ""):gsub("endpoint$", ""):gsub("view$", ""):gsub("status$", "")
  return bare == "health" or bare == "healthz" or bare == "healthcheck" or bare == "checkhealth" or bare:find("^healthcheck%l*$") ~= nil or bare == "livez" or bare == "liveness"
    or bare == "livenessprobe" or bare == "alive" or bare == "isalive" or bare == "heartbeat" or bare == "healthprobe" or bare == "gtg" or bare == "goodtogo"
end

-- Whether one part of a path, or a function's name, says that it is a health check.
local function says_health(word)
  if said[word] == nil then
    said[word] = is_health(word)
  end
  return said[word]
end

-- Classes of which a library runs `check_status`.
local BACKENDS = table.freeze({ "health_check.backends.BaseHealthCheckBackend", "health_check.backends.base.BaseHealthCheckBackend" })

-- Words under which a business status may stand as well.
local VAGUE = { status = true, ping = true, up = true, status_check = true, ["status-check"] = true, statuscheck = true, check_status = true, check = true, servicecheck = true, service_check = true }
-- The same words with the mark of what is for machines: nobody's business is called so.
local FOR_MACHINES = { _status = true, __status = true, _ping = true, _up = true, _alive = true }

-- Readiness asks for the dependencies on purpose, as Dockerflow's `/__heartbeat__` does beside `/__lbheartbeat__`; detailed reports are read by people.
local ON_PURPOSE = { "ready", "readiness", "startup", "deep", "detail", "full", "depend", "debug", "metrics", "verbose", "admin", "diagnos", "__heartbeat__" }

local function is_on_purpose(text)
  text = text:lower()
  for _, word in ON_PURPOSE do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- What may stand above a health check without being what it tells the health of, beside versions: `/api/v1/health`, `/_internal/health`.
local ABOVE = { api = true, apis = true, rest = true, internal = true, public = true, private = true, system = true, monitoring = true, monitor = true, management = true, actuator = true, ops = true, check = true, checks = true, probe = true, probes = true, service = true, ah = true }

-- What stands above the last part of a path: "one" where that is one thing of many (`/patients/:id/health`), "noun" where it is a word of the
-- service's own (`/pets/health`), nil where it is neither.
local function above_of(path)
  local found = nil
  -- Go may name the method before the path; groups of Next.js are no part of it.
  for part in (path:gsub("^%u+%s+", ""):match("^(.*)/[^/]*$") or ""):gmatch("[^/]+") do
    local word = part:lower():gsub("^[%-_]+", ""):gsub("[%-_]+$", "")
    local is_version = word:find("version", 1, true) ~= nil or word:find("^v%d") ~= nil or word:find("^%d+[%d%.]*$") ~= nil
    if is_version or word == "" or word == "{}" or word:find("^%([%w%-_]+%)$") or ABOVE[word] or says_health(word) then
      continue
    elseif part:find("^:") or part:find("[{<%[]") or part:find("(?P", 1, true) then
      return "one"
    end
    found = "noun"
  end
  return found
end

-- "health", "noun" where it may be that of something the service keeps, "one" where it is that of one thing of many, "vague" or nil for a path;
-- the last part decides, and before `live` the one above it.
local function of_path(path)
  local clean = path:gsub("[%^%$%?]", ""):gsub("%.%l+$", ""):gsub("/+$", "")
  local last = clean:match("([^/]*)$") or ""
  if is_on_purpose(clean) then
    return "purpose"
  elseif says_health(last) or (last == "live" and clean:lower():find("health", 1, true)) then
    return above_of(clean) or "health"
  end
  if (last:find("^[{<:%[]") or last:find("(?P", 1, true)) and not clean:lower():find("health", 1, true) then
    -- One of many that are kept: `/heartbeats/<id>`.
    return "one"
  end
  if FOR_MACHINES[last:lower()] and not clean:find("[{:<]") then
    return "noun"
  end
  return VAGUE[last:lower()] and not clean:find("[{:<]") and "vague" or nil
end

-- The texts among a call's arguments that are paths.
local function paths_in(call)
  local found = {}
  for at = 1, 2 do
    local arg = call:arg(at)
    local text = arg and arg:literal()
    if type(text) == "string" then
      table.insert(found, text)
    end
  end
  return found
end

-- Whether a route takes only what is sent to it: `methods=["POST"]`.
local function only_takes(call)
  local methods = call:arg("methods")
  if not methods or methods.kind ~= "list" and methods.kind ~= "set" then
    return false
  end
  for _, item in methods:children("item") do
    local text = item:literal()
    if type(text) ~= "string" or text:upper() == "GET" or text:upper() == "HEAD" then
      return false
    end
  end
  return true
end

local SENDS = { post = true, put = true, patch = true, delete = true }

-- The paths under which a handler is registered, as far as they are seen; of frameworks that take them from the file, that.
local function paths_of(func, registrations)
  local found = {}
  for _, call in registrations do
    -- Nobody probes by sending something.
    for _, text in SENDS[call.name:lower()] and {} or paths_in(call) do
      table.insert(found, text)
    end
  end
  for _, decorator in func.node:children("decorator") do
    if decorator.kind == "call" and decorator:fact("role") == "request" then
      if only_takes(decorator) then
        table.insert(found, "/{sent}")
        continue
      end
      local texts = paths_in(decorator)
      local class = func.node:enclosing("class")
      -- Nest puts the class's path before the method's.
      local above = ""
      for _, outer in class and class:children("decorator") or {} do
        above = outer.name == "Controller" and outer.kind == "call" and (paths_in(outer)[1] or "") or above
      end
      for _, text in #texts > 0 and texts or { "" } do
        table.insert(found, (("/" .. above .. "/" .. text):gsub("//+", "/")))
      end
    end
  end
  local path = func.node.file.path
  local route = path:match("app/(.*)/route%.%l+$") or path:match("pages/(api/.*)%.%l+$") or path:match("routes/(.*)/%+server%.%l+$")
  if route and #found == 0 then
    table.insert(found, (route:gsub("/index$", "")))
  end
  -- A router of its own file, mounted elsewhere under a path of the same name.
  for at, text in found do
    if text == "/" or text == "" then
      found[at] = path:match("([^/]+)%.%l+$"):gsub("[%._]routes?$", ""):gsub("[%._]router$", "")
    end
  end
  return found
end

-- The function around an anonymous handler that names it: `HandleHealthz` returns one.
local function named(func)
  local name = func.name
  local parent = name == "" and func.node:parent()
  local around = parent and parent:enclosing("function")
  local outer = around and around:func()
  return if around then outer and outer.name or "" else name
end

-- What a library calls a function that it runs whenever its health endpoint is asked: by how it is handed over, or by the base of its class. Such endpoints
-- are called anything; one that says that it is about readiness asks on purpose.
local function of_library(func, registrations)
  for _, call in registrations do
    local checks = call:receiver()
    if call:fact("probes") == "true" and checks and not is_on_purpose(checks.source) then
      return func.name
    end
  end
  local class = func.name == "check_status" and func.node:enclosing({ "class", "function" })
  for _, base in class and class.kind == "class" and class:children("base") or {} do
    if base:comes_from(BACKENDS) then
      return class.name
    end
  end
  return nil
end

-- "health" for a handler of a health check, "noun" for one that may tell the health of something that the service keeps, "vague" for one whose path may mean something else; second, what it is called in a message.
function M.of(func)
  local shown, sort, is_of_one = nil, nil, false
  local registrations = func:registrations()
  for _, path in paths_of(func, registrations) do
    local how = of_path(path)
    if how == "purpose" then
      return nil
    elseif how == "health" or how == "noun" and sort ~= "health" or how == "vague" and not sort then
      sort, shown = how, path
    end
    is_of_one = is_of_one or how == "one"
  end
  if sort == "health" or sort == "noun" then
    return sort, shown
  elseif is_of_one then
    return nil
  end
  local checked = of_library(func, registrations)
  if checked then
    return "noun", checked
  end
  local name = named(func)
  if name ~= "" and says_health(name) and not is_on_purpose(name) then
    return "health", name
  end
  return sort, shown
end

-- "health" and the like where a path says that it is asked for health, "purpose" where it says that it is for readiness; nil where it says neither, or may mean something else.
function M.says(path)
  local sort = of_path(path)
  return sort ~= "vague" and sort or nil
end

return M
