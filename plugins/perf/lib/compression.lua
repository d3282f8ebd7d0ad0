-- What compresses the answers of an application: middleware of the same service, or a proxy before it.

local own_compression = require("own_compression")
local service = require("service")

local M = {}

-- Modules whose import shows compression.
local COMPRESSORS = table.freeze({
  "starlette.middleware.gzip**", "fastapi.middleware.gzip**", "brotli_asgi**", "asgi_gzip**", "starlette_compress**", "brotli_middleware**", "zstd_asgi**", "fastapi_compress**",
  "flask_compress**", "flask_gzip**", "quart_compress**", "sanic_compress**", "sanic_gzip**", "django.middleware.gzip**", "falcon_compression**", "aiohttp_compress**", "django_brotli**", "compression_middleware**", "gzip_middleware**", "paste.gzipper**",
  "compression", "shrink-ray**", "@polka/compression", "http-compression", "express-compression", "@fastify/compress", "fastify-compress", "koa-compress", "hono/compress",
  "github.com/gin-contrib/gzip", "github.com/NYTimes/gziphandler", "github.com/klauspost/compress/gzhttp", "github.com/nanmu42/gzip", "github.com/gofiber/fiber/v2/middleware/compress",
  "github.com/gofiber/fiber/v3/middleware/compress", "github.com/CAFxX/httpcompression", "github.com/anargu/gin-brotli", "github.com/lpar/gzipped",
})

-- Texts that show compression without an import of its own: middleware named in settings, methods of a framework's own packages. The matcher
-- `middleware` finds the files.
local WORDS = { "GZipMiddleware", "GzipMiddleware", "GzipHandler", "BrotliMiddleware", "CompressionMiddleware", "enable_compression(", "compress_response", "CompressHandler(", "middleware.Compress", "middleware.Gzip", "NewCompressor(", "gzipResponse(", "compression_config" }

-- Methods that declare one route, to which what they are given is kept.
local ROUTES = { GET = true, POST = true, PUT = true, PATCH = true, DELETE = true, Get = true, Post = true, Put = true, Patch = true, Delete = true, Handle = true, HandleFunc = true, Add = true, Any = true, Match = true }

-- Words for a group of routes that hands out the front end alone.
local PAGES = { "ui", "static", "assets", "web", "front", "frontend", "public", "spa", "dist" }

-- Whether middleware is given to a group of routes of the front end, beside which the API has its own: `ui := r.Group("/", gzip.Gzip(gzip.DefaultCompression))`.
local function is_of_pages(call, group)
  local assign = group:enclosing("assign")
  local target = assign and assign:child("target")
  local first = group:arg(1)
  for _, word in PAGES do
    if target and target.text:lower() == word or first and first.kind == "str" and first.text:lower():find("/" .. word, 1, true) == 1 or call.file.path:find("%f[%a]" .. word .. "/") then
      return first == nil or not first.text:find("api", 1, true)
    end
  end
  return false
end

-- Whether all that compresses in a file of Go stands in the declaration of single routes: `e.GET("/export", export, middleware.Gzip())`,
-- `r.With(middleware.Compress(5)).Get("/export", export)`.
local function is_for_routes_only(file)
  if file.language ~= "go" or not file.root then
    return false
  end
  local seen = 0
  for _, call in file.root:descendants("call") do
    if call.name:find("^Gzip") or call.name:find("^Compress") then
      local is_route = false
      for _, around in call:argument_of() do
        if around.name == "Use" or around.name == "Pre" then
          return false
        end
        is_route = is_route or around.name == "Group" and is_of_pages(call, around) or around.name == "With" or ROUTES[around.name] == true and (around:arg(1) or around).kind == "str"
      end
      if not is_route then
        return false
      end
      seen += 1
    end
  end
  return seen > 0
end

local known = nil

-- What compresses in this repository, found once: files that bring middleware, and proxies.
function M.found_in(repo)
  if known then
    return known
  end
  local files = {}
  for _, path in repo:importers(COMPRESSORS) do
    local file = path:find("%.go$") and repo:open(path)
    if not file or not is_for_routes_only(file) then
      table.insert(files, path)
    end
  end
  for _, path in repo:matched("middleware") do
    local file = repo:open(path)
    if file and file.class ~= "test" and file.class ~= "vendored" then
      for _, word in WORDS do
        if service.has_line(file.text, word) and not is_for_routes_only(file) then
          table.insert(files, path)
          break
        end
      end
    end
  end
  -- Go's services that compress by themselves say so in the answer.
  for _, path in repo:holding("**/*.go", { 'Set("Content-Encoding", "gzip")', 'Add("Content-Encoding", "gzip")', 'Set("Content-Encoding", "br")' }) do
    local file = repo:open(path)
    -- `req.Header.Set` is what a client says of what it sends.
    if file and file.class == "source" and (file.text:find('%)%.[SA][ed][td]%("Content%-Encoding", "[gb]') or file.text:find('%l[%l]*ders%.[SA][ed][td]%("Content%-Encoding", "[gb]')) and (file.text:find("gzip.NewWriter", 1, true) or file.text:find("brotli.", 1, true) or file.text:find("gzip.Writer", 1, true)) then
      table.insert(files, path)
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
  elseif own_compression.is_for_own(repo:open(other)) and own_compression.is_single(repo:open(path)) then
    return true
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

-- Whether something compresses what the application in a file answers.
function M.is_there(repo, path)
  local found = M.found_in(repo)
  local root = service.root(repo, path)
  if found.proxy and not (found.proxy.is_platform and (service.is_deployed_apart(repo, root) or service.is_server_beside_platform(repo, path))) then
    return true
  end
  for _, other in found.files do
    -- A library of the repository that the service uses may bring the middleware along.
    local is_near = service.is_within(other, root) or service.root(repo, other) == ""
    if is_near and not is_anothers(repo, other, path) then
      return true
    end
  end
  return false
end

return M
