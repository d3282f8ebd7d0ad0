-- Applications that answer without compressing, where neither middleware nor a proxy of the repository compresses for them.

local application = require("application")
local route_methods = require("route_methods")
local service = require("service")

-- Words of a path or name that say that answers are small or nobody waits for them.
local SMALL = { metrics = true, health = true, healthcheck = true, probe = true, probes = true, healthz = true, readyz = true, livez = true, ready = true, live = true, ping = true, status = true, version = true, webhook = true, webhooks = true, callback = true, hook = true, hooks = true, worker = true, workers = true, cron = true, scheduler = true, job = true, jobs = true, sandbox = true, exporter = true, pubsub = true, consumer = true, queue = true }

local function is_small(path)
  for word in path:lower():gmatch("%a+") do
    if SMALL[word] then
      return true
    end
  end
  return false
end

-- Modules whose import shows compression.
local COMPRESSORS = {
  "starlette.middleware.gzip**", "fastapi.middleware.gzip**", "brotli_asgi**", "asgi_gzip**", "starlette_compress**", "brotli_middleware**", "zstd_asgi**", "fastapi_compress**",
  "flask_compress**", "flask_gzip**", "quart_compress**", "sanic_compress**", "sanic_gzip**", "django.middleware.gzip**", "falcon_compression**", "aiohttp_compress**", "django_brotli**", "compression_middleware**", "gzip_middleware**", "paste.gzipper**",
  "compression", "shrink-ray**", "@polka/compression", "http-compression", "express-compression", "@fastify/compress", "fastify-compress", "koa-compress", "hono/compress",
  "github.com/gin-contrib/gzip", "github.com/NYTimes/gziphandler", "github.com/klauspost/compress/gzhttp", "github.com/nanmu42/gzip", "github.com/gofiber/fiber/v2/middleware/compress",
  "github.com/gofiber/fiber/v3/middleware/compress", "github.com/CAFxX/httpcompression", "github.com/anargu/gin-brotli", "github.com/lpar/gzipped",
}

-- Texts that show compression without an import of its own: middleware named in settings, methods of a framework's own packages. The matcher
-- `middleware` finds the files.
local WORDS = { "GZipMiddleware", "BrotliMiddleware", "CompressionMiddleware", "enable_compression(", "compress_response", "CompressHandler(", "middleware.Compress", "middleware.Gzip", "NewCompressor(", "gzipResponse(", "compression_config" }

local known = nil

-- What compresses in this repository, found once: files that bring middleware, and proxies.
local function compression(repo)
  if known then
    return known
  end
  local files = repo:importers(COMPRESSORS)
  for _, path in repo:matched("middleware") do
    local file = repo:open(path)
    if file and file.class ~= "test" and file.class ~= "vendored" then
      for _, word in WORDS do
        if service.has_line(file.text, word) then
          table.insert(files, path)
          break
        end
      end
    end
  end
  known = { files = files, proxy = service.compressing_proxy(repo) }
  return known
end

local made = {}

-- Whether a file makes an application.
local function makes_application(repo, path)
  if made[path] == nil then
    local file = repo:open(path)
    made[path] = false
    for _, call in file and file.root and file.root:descendants("call") or {} do
      local parent = call:parent()
      -- `function init(app = new Koa())` is given one.
      if call:fact("web_app") and not (parent and parent.kind == "param") then
        made[path] = true
        break
      end
    end
  end
  return made[path]
end

-- Whether what the file `other` compresses is another application's than the one in `path`: it is loaded with that one and not with this.
local function is_anothers(repo, other, path)
  if other == path then
    return false
  end
  local found = makes_application(repo, other)
  for _, way in repo:loaded_by(other) do
    for _, hop in way do
      if hop.path == path then
        return false
      end
      found = found or makes_application(repo, hop.path)
    end
  end
  for _, way in found and repo:loaded_by(path) or {} do
    for _, hop in way do
      if hop.path == other then
        return false
      end
    end
  end
  return found
end

local function is_compressed(repo, path)
  local found = compression(repo)
  if found.proxy then
    return true
  end
  local root = service.root(repo, path)
  for _, other in found.files do
    -- A library of the repository that the service uses may bring the middleware along.
    local is_near = service.is_within(other, root) or service.root(repo, other) == ""
    if is_near and not is_anothers(repo, other, path) then
      return true
    end
  end
  return false
end

local MIDDLEWARE = {
  fastapi = { import = "from fastapi.middleware.gzip import GZipMiddleware", line = "%s.add_middleware(GZipMiddleware, minimum_size=1000)" },
  starlette = { import = "from starlette.middleware.gzip import GZipMiddleware", line = "%s.add_middleware(GZipMiddleware, minimum_size=1000)" },
  flask = { import = "from flask_compress import Compress", line = "Compress(%s)", package = "flask-compress" },
  express = { import = "import compression from 'compression'", required = "const compression = require('compression')", line = "%s.use(compression())", package = "compression" },
  nestjs = { import = "import * as compression from 'compression'", line = "%s.use(compression())", package = "compression" },
}

-- The edits that add the middleware behind the statement that makes the application.
local function fix_of(file, call, framework, name)
  local way = MIDDLEWARE[framework]
  local statement = call:statement()
  if not way or not name or not statement then
    return nil
  end
  local last_import, is_required = nil, false
  for _, child in file.root:children() do
    if child.kind == "import" then
      last_import = child
    end
  end
  if not last_import and way.required then
    is_required = true
    for _, child in file.root:children() do
      if child.source:match("require%(") and child.line < statement.line then
        last_import = child
      end
    end
  end
  if not last_import or last_import.line >= statement.line then
    return nil
  end
  local indent = file:line_span(statement.line).source:match("^%s*")
  local ending = statement.source:match(";%s*$") and ";" or ""
  local quote = file.text:find("from \"", 1, true) and "\"" or "'"
  local import = is_required and way.required or way.import
  if file.language ~= "python" then
    import = import:gsub("'", quote)
  end
  return {
    title = way.package and `add the middleware (needs the package {way.package})` or "add the middleware",
    safety = way.package and "shown-only" or "unsafe",
    edits = {
      { after = last_import, text = `\n{import}{file.language ~= "python" and ending or ""}` },
      { after = statement, text = `\n{indent}{way.line:format(name)}{ending}` },
    },
  }
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

local function check_application(file, call, report, repo)
  local framework = call:fact("web_app")
  local option = call:fact("option")
  if option then
    local _, state = call:arg(option)
    if state ~= "absent" then
      return false
    end
  end
  local name = application.name_of(call, framework)
  if (name and (application.is_mounted(file, name) or application.is_mounted_elsewhere(repo, file, call, name))) or is_compressed(repo, file.path) then
    return false
  end
  -- A custom server of a framework that compresses by itself.
  if framework == "express" and file:imports({ "next", "next/**" }) then
    return false
  end
  local confidence = "high"
  if framework == "gin" or framework == "echo" or framework == "fiber" or framework == "chi" or framework == "hono" then
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
  report({
    at = call,
    message = `nothing in the repository compresses the answers of this {framework} application: no middleware, no proxy`,
    confidence = confidence,
    reach = "request",
    notes = { framework = framework, ["deployed on"] = #targets > 0 and table.concat(targets, ", ") or nil },
    fix = fix_of(file, call, framework, name),
  })
  return true
end

local function check_django(file, assign, report, repo)
  local value = assign:child("value")
  if not value or (value.kind ~= "list" and value.kind ~= "tuple") or not value.source:find("django.", 1, true) then
    return
  end
  if is_compressed(repo, file.path) or service.is_for_development(file.path_below_named) then
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

local function check_next(file, report, repo)
  for _, pair in file.root and file.root:descendants("pair") or {} do
    local value = pair:child("value")
    if pair.text == "compress" and value and value:literal() == false and not compression(repo).proxy then
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
    local reported = false
    for _, match in matches do
      if match.matcher == "next" then
        check_next(file, report, repo)
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
