-- What compresses the answers of an application: middleware of the same service, or a proxy before it.

local service = require("service")

local M = {}

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

-- Whether the middleware on a line of Go is put on one route: `e.GET("/export", export, middleware.Gzip())`, `middleware.Gzip()(export)`, `r.With(middleware.Compress(5)).Get(...)`.
local function is_of_route(line)
  return line:find("%.With%(") ~= nil or line:find("%.%u%u+%(") ~= nil or line:find("middleware%.%w+%b()%(") ~= nil
end

-- Whether a file of Go puts such middleware on more than one route.
local function is_for_all(text, word)
  local from = 1
  while true do
    local at = text:find(word, from, true)
    if not at then
      return false
    end
    local first, last = at, text:find("\n", at, true) or #text
    while first > 1 and text:sub(first - 1, first - 1) ~= "\n" do
      first -= 1
    end
    if not is_of_route(text:sub(first, last)) then
      return true
    end
    from = last + 1
  end
end

local known = nil

-- What compresses in this repository, found once: files that bring middleware, and proxies.
function M.found_in(repo)
  if known then
    return known
  end
  local files = repo:importers(COMPRESSORS)
  for _, path in repo:matched("middleware") do
    local file = repo:open(path)
    if file and file.class ~= "test" and file.class ~= "vendored" then
      for _, word in WORDS do
        if service.has_line(file.text, word) and (not path:find("%.go$") or is_for_all(file.text, word)) then
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
    if file and file.class == "source" and (file.text:find('%)%.[SA][ed][td]%("Content%-Encoding", "[gb]') or file.text:find('%l[%l]*ders%.[SA][ed][td]%("Content%-Encoding", "[gb]')) and (file.text:find("gzip.NewWriter", 1, true) or file.text:find("compress/gzip", 1, true) or file.text:find("brotli", 1, true)) then
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

return M
