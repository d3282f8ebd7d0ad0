-- Applications whose answers nothing compresses: neither they themselves nor what stands before them, as far as the repository shows it.

local application = require("application")
local compression = require("compression")
local compression_fix = require("compression_fix")
local passing_requests = require("passing_requests")
local resolver_routes = require("resolver_routes")
local rest_apis = require("rest_apis")
local route_methods = require("route_methods")
local service = require("service")

-- Words of a path or name that say that answers are small or nobody waits for them.
local SMALL = { metrics = true, health = true, healthcheck = true, probe = true, probes = true, healthz = true, readyz = true, livez = true, ready = true, live = true, ping = true, status = true, version = true, webhook = true, webhooks = true, callback = true, hook = true, hooks = true, worker = true, workers = true, cron = true, scheduler = true, job = true, jobs = true, sandbox = true, exporter = true, pubsub = true, consumer = true, queue = true, migration = true, migrations = true }

local function is_small(path)
  for word in path:lower():gmatch("%a+") do
    if SMALL[word] then
      return true
    end
  end
  return false
end

-- Methods that hand requests on to routes that are declared elsewhere.
local ELSEWHERE = { include_router = true, register_blueprint = true, mount = true, add_route = true, add_routes = true, add_api_route = true, add_url_rule = true, add_resource = true, register = true, route = true, group = true, all = true }
local WRITES = { post = true, put = true, patch = true, delete = true }

-- Whether every route of the application is seen and none of them reads: writes answer with a line, probes with less.
local function only_writes(file, name)
  local routes = 0
  for _, call in file.root:descendants("call") do
    local receiver = call:receiver()
    if receiver and receiver.text == name and receiver.kind == "name" then
      local method = call.name:lower()
      local path = call:arg(1)
      local is_path = path ~= nil and (path.kind == "str" or path.kind == "template")
      local is_read = method == "get" or method == "head" or (method == "route" and is_path and file.language == "python" and route_methods.answers_get(call) ~= false)
      if is_path and is_read then
        if not is_small(path.source) and (#call:args() > 1 or file.language == "python") then
          return false
        end
        routes += 1
      elseif is_path and (WRITES[method] or method == "route" and file.language == "python") then
        routes += 1
      elseif ELSEWHERE[method] then
        return false
      elseif method == "use" then
        for _, arg in call:args() do
          if arg.kind == "str" or arg.kind == "name" or arg.source:find("static", 1, true) then
            return false
          end
        end
      end
    end
  end
  return routes > 0
end

local QUEUES = { "celery", "huey", "dramatiq", "rq", "apscheduler" }

-- Whether an application of Flask is made only for its context, in which a worker runs its tasks: `app.app_context().push()` beside a queue.
local function is_only_context(file, name)
  local words = {}
  for word in file.text:lower():gmatch("%a+") do
    words[word] = true
  end
  local has_queue = false
  for _, queue in QUEUES do
    has_queue = has_queue or words[queue] == true
  end
  local is_pushed = false
  for _, call in has_queue and file.root:descendants("call") or {} do
    local receiver = call:receiver()
    local on = receiver and (receiver.kind == "call" and receiver.name == "app_context" and receiver:receiver() or receiver)
    if on and on.kind == "name" and on.text == name then
      if call.name == "push" and receiver.kind == "call" and not call:func() then
        is_pushed = true
      elseif call.name == "run" or call.name == "register_blueprint" or call.name == "add_url_rule" then
        return false
      end
    end
  end
  return is_pushed and not file.text:find(`@{name}%.`)
end

-- Whether routers or handlers are given to an application below a path of an API.
local function answers_beside(file, name)
  for _, call in file.root:descendants("call", { "use", "get" }) do
    local receiver, path = call:receiver(), call:arg(1)
    local text = path and path.kind == "str" and path.text or ""
    if receiver and receiver.text == name and (text:find("^/api/") or text == "/api" or text:find("^/v%d") or text:find("^/graphql")) then
      local last = call:args()[#call:args()]
      -- What only looks at a request goes on to the next: sessions, documentation.
      if last and last.kind == "name" then
        return true
      end
    end
  end
  return false
end

-- What says that a gateway, or a distribution before it, compresses.
local GATEWAYS = { "minCompressionSize", "minimumCompressionSize", "min_compression_size", "minimum_compression_size", "MinimumCompressionSize", "RestApiOrigin" }

local PLAIN = { ["gorilla/mux"] = true, ["net/http"] = true, ["httprouter"] = true }
local PAGES = { "FileServer", "FileServerFS", "ServeFiles", "StripPrefix" }

-- Whether a router on Go's own server answers with what is worth compressing, as far as its file shows it: files of a directory that are pages, scripts and
-- styles, or pages from templates; most such routers are for one job, for probes or for figures.
local function hands_out_pages(file)
  for _, call in file.root:descendants("call", PAGES) do
    if not is_small(file.path_below_named) and not file.path_below_named:lower():find("debug", 1, true) and not file.path_below_named:lower():find("transfer", 1, true) and call:reach() ~= "test" then
      return file.text:find('"/[^"\n]*static', 1) ~= nil or file.text:find('"/[^"\n]*assets', 1) ~= nil or file.text:find('"/[^"\n]*public', 1) ~= nil or file.text:find('"/"', 1, true) ~= nil or file:imports({ "html/template", "embed" })
    end
  end
  return file:imports("html/template") and #file.root:descendants("call", { "Execute", "ExecuteTemplate" }) > 0
end

-- The same of a router that a library brings, whose routes may stand in several files of its package.
local function package_hands_out_pages(file, repo)
  if hands_out_pages(file) then
    return true
  end
  local directory = file.path:match("^.*/") or ""
  for _, path in repo:holding(`{directory}*.go`, { '"html/template"', "http.FileServer", "ServeFiles" }) do
    local other = path ~= file.path and (path:match("^.*/") or "") == directory and repo:open(path)
    if other and other.class == "source" and hands_out_pages(other) then
      return true
    end
  end
  return false
end

-- How many routes make a router of Go's own an API.
local MANY = 8

-- Whether a router on Go's own server answers reads of an API: by many routes of its file that name a method, or lie below `/api`.
local function is_api(file)
  local routes = 0
  for _, call in file.root:descendants("call", { "HandleFunc", "Handle" }) do
    local path = call:arg(1)
    local text = path and path:joined() or ""
    local is_read = text:find("^GET /") ~= nil or text:find("^/api/") ~= nil
    routes += is_read and not is_small(text) and not text:find("debug", 1, true) and 1 or 0
  end
  return routes >= MANY
end

-- Whether the package around an application of Flask answers with pages, and never with JSON.
local function package_renders_only(file, repo)
  local directory = service.directory(file.path)
  local function is_called(name)
    for _, call in directory ~= "" and repo:calls(name) or {} do
      if service.is_within(call.file.path, directory) then
        return true
      end
    end
    return false
  end
  return is_called("flask.render_template") and not is_called("flask.jsonify")
end

local function check_application(file, call, report, repo)
  local framework = call:fact("web_app")
  local is_plain = framework == "net/http" and not hands_out_pages(file) or PLAIN[framework] and not package_hands_out_pages(file, repo)
  if is_plain and not (PLAIN[framework] and is_api(file)) then
    return false
  end
  local option = call:fact("option")
  if option then
    local _, state = call:arg(option)
    if state ~= "absent" then
      return false
    end
  end
  local name = application.name_of(call, framework)
  if (name and (application.is_mounted(file, name) or application.is_mounted_elsewhere(repo, file, call, name))) or compression.is_there(repo, file.path) then
    return false
  end
  if framework == "express" and name and application.is_mounted_as_property(repo, file, call, name) then
    return false
  end
  if framework == "flask" and name and is_only_context(file, name) or passing_requests.is_for_once(call, name) then
    return false
  end
  if framework == "flask" and package_renders_only(file, repo) and service.compresses_pages(repo) then
    return false
  end
  local confidence = "high"
  -- A custom server of a framework that compresses what it answers itself, and nothing of what the server answers beside it.
  if framework == "express" and file:imports({ "next", "next/**" }) then
    if not (name and answers_beside(file, name)) then
      return false
    end
    confidence = "medium"
  end
  if framework == "gin" or framework == "echo" or framework == "fiber" or framework == "chi" or framework == "hono" or framework == "connexion" or PLAIN[framework] then
    confidence = "medium"
  end
  if is_small(file.path_below_named) or service.is_for_development(file.path_below_named) or (name and only_writes(file, name)) then
    confidence = "low"
  end
  local targets = {}
  for _, target in repo:deploy_targets(file.path) do
    if not table.find(targets, target.name) then
      table.insert(targets, target.name)
    end
  end
  local is_beside = file.language == "python" and #compression.found_in(repo).files > 0
  report({
    at = call,
    message = is_beside and `nothing compresses the answers of this {framework} application, as middleware does for others of the repository`
      or `nothing in the repository compresses the answers of this {framework} application: no middleware, no proxy`,
    confidence = confidence,
    reach = "request",
    notes = { framework = framework, ["deployed on"] = #targets > 0 and table.concat(targets, ", ") or nil },
    fix = compression_fix.of(file, call, framework, name),
  })
  return true
end

-- Frameworks on Django whose answers are data.
local DATA = table.freeze({ "rest_framework**", "ninja**", "ninja_extra**", "graphene_django**", "strawberry_django**", "tastypie**" })

-- Whether the answers of a Django project are pages, as far as the repository shows it.
local function answers_with_pages(repo)
  return #repo:paths("**/templates/**/*.html") > 0 and #repo:importers(DATA) == 0
end

local function check_django(file, assign, report, repo)
  local value = assign:child("value")
  if not value or (value.kind ~= "list" and value.kind ~= "tuple") or not value.source:find("django.", 1, true) then
    return
  end
  if compression.is_there(repo, file.path) or service.is_for_development(file.path_below_named) then
    return
  end
  if service.compresses_pages(repo) and answers_with_pages(repo) then
    return
  end
  local first = value:children()[1]
  local fix = nil
  if first and first.kind == "str" then
    local indent = file:line_span(first.line).source:match("^%s*")
    local quote = first.source:sub(1, 1)
    fix = {
      title = "add Django's middleware",
      safety = "unsafe",
      edits = { { before = first, text = `{quote}django.middleware.gzip.GZipMiddleware{quote},\n{indent}` } },
    }
  end
  report({
    at = assign,
    message = "nothing in the repository compresses the answers of this Django project: no middleware, no proxy",
    confidence = "medium",
    reach = "request",
    notes = { framework = "django" },
    fix = fix,
  })
end

-- An API of API Gateway that compresses nothing: REST APIs can, of any size from which on it pays.
local function check_rest_api(file, call, report, repo)
  local _, state = call:arg("minCompressionSize")
  local _, older = call:arg("minimumCompressionSize")
  local _, python = call:arg("min_compression_size")
  local _, python_older = call:arg("minimum_compression_size")
  for _, one in { state, older, python, python_older } do
    if one ~= "absent" then
      return
    end
  end
  if file.class ~= "source" or is_small(file.path_below_named) or #repo:holding("**/*.{ts,js,py,yml,yaml,json,tf}", GATEWAYS) > 0 or #compression.found_in(repo).files > 0 then
    return
  end
  -- What is all passed on to one function says nothing of how much it answers; what hangs on a queue or a topic answers little.
  local reads = 0
  for _, method in file.root:descendants("call", { "addMethod", "add_method" }) do
    local verb = method:arg(1)
    reads += verb and verb.kind == "str" and (verb.text == "GET" or verb.text == "ANY") and 1 or 0
  end
  report({
    at = call,
    message = "nothing compresses the answers of this REST API: API Gateway does from a size that it is told, and is told none",
    confidence = if reads >= 2 then "medium" else "low",
    reach = "request",
    notes = { reads = reads },
  })
end

-- The same of APIs that a template of SAM or CloudFormation declares.
local function check_template(file, report, repo)
  if file.class ~= "source" or is_small(file.path_below_named) or #repo:holding("**/*.{ts,js,py,yml,yaml,json,tf,template}", GATEWAYS) > 0 or #compression.found_in(repo).files > 0 then
    return
  end
  -- A distribution before the API compresses; one before the pages alone does not.
  local proxy = compression.found_in(repo).proxy
  local before = proxy and repo:open(proxy.path)
  if before and before.text:find("execute-api", 1, true) then
    return
  end
  for _, api in rest_apis.uncompressed(file, is_small) do
    report({
      at = api.at,
      message = "nothing compresses the answers of this REST API: API Gateway does from a size that it is told, and is told none",
      confidence = if api.reads >= 2 and not api.is_internal then "medium" else "low",
      reach = "request",
      notes = { reads = api.reads },
    })
  end
end

-- An API whose routes Powertools resolves, declared where this rule does not read it.
local function check_resolver(file, call, report, repo)
  if file.class ~= "source" or call:func() or not call.name:find("Resolver$") or call.name == "AppSyncResolver" or is_small(file.path_below_named) or #repo:holding("**/*.{ts,js,py,yml,yaml,json,tf}", GATEWAYS) > 0 then
    return
  end
  local reads = resolver_routes.uncompressed(repo, is_small)
  if reads then
    report({
      at = call,
      message = `nothing compresses the answers of this API: no route of the resolver says \`compress=True\`, and no gateway is told a size from which on to do it`,
      confidence = if reads >= 2 then "medium" else "low",
      reach = "request",
      notes = { framework = "powertools", reads = reads },
    })
  end
end

-- From which size on compressing is left out where it pays: hardly an answer is larger.
local TOO_LARGE = 100000

-- A gateway that compresses from a size on that hardly any answer has.
local function check_size(span, report)
  local size = tonumber(span.source:match("(%d+)%D*$"))
  if size and size >= TOO_LARGE then
    report({
      at = span,
      message = `the gateway compresses from {size} bytes on, which hardly an answer has: 1,000 is a size from which it pays`,
      confidence = "medium",
      reach = "request",
      notes = { bytes = size },
    })
  end
end

local function check_next(file, report, repo)
  for _, pair in file.root and file.root:descendants("pair") or {} do
    local value = pair:child("value")
    if pair.text == "compress" and value and value:literal() == false and not compression.found_in(repo).proxy then
      report({
        at = pair,
        message = "compression is switched off and no proxy in the repository does it instead",
        confidence = "high",
        reach = "request",
        fix = { title = "let Next.js compress", safety = "unsafe", edits = { { at = value, text = "true" } } },
      })
    end
  end
end

return {
  check = function(file, matches, report, repo)
    local reported, is_template_read = false, false
    for _, match in matches do
      if match.matcher == "next" then
        check_next(file, report, repo)
      elseif match.matcher == "size" then
        if match.span and file.class == "source" then
          check_size(match.span, report)
        end
      elseif match.matcher == "rest api" then
        check_rest_api(file, match.node, report, repo)
      elseif match.matcher == "resolver" then
        check_resolver(file, match.node, report, repo)
      elseif match.matcher == "template" then
        if not is_template_read then
          check_template(file, report, repo)
        end
        is_template_read = true
      elseif match.matcher == "django" then
        check_django(file, match.node, report, repo)
      else
        local call = match.node
        local reach = call:reach()
        if not reported and file.class == "source" and reach ~= "test" and reach ~= "script" then
          reported = check_application(file, call, report, repo)
        end
      end
    end
  end,
}
