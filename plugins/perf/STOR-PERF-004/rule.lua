-- Files that never change between releases, handed out by the service itself at every visit: no time for which a browser may keep them, and
-- nothing in the repository that keeps them nearer to the visitor.

local edge = require("edge")
local piped_assets = require("piped_assets")
local service = require("service")
local words = require("words")

local SERVING = table.freeze({
  "express.static", "serve-static", "koa-static", "@koa/static", "*.useStaticAssets", "starlette.staticfiles.StaticFiles", "fastapi.staticfiles.StaticFiles",
  "aiohttp.web.Application.router.add_static", "aiohttp.web.static", "sanic.Sanic.static", "net/http.FileServer", "net/http.FileServerFS",
  "github.com/gin-gonic/gin.Engine.Static", "github.com/gin-gonic/gin.Engine.StaticFS", "github.com/gin-gonic/gin.RouterGroup.Static", "github.com/gin-gonic/gin.RouterGroup.StaticFS",
  "github.com/labstack/echo/v4.Echo.Static", "github.com/labstack/echo/v4.Group.Static", "github.com/gofiber/fiber/v2.App.Static", "github.com/gofiber/fiber/v2.Group.Static",
  "github.com/labstack/echo/v4.{Echo,Group}.StaticFS", "github.com/labstack/echo/v4/middleware.{Static,StaticWithConfig}", "github.com/labstack/echo.{Echo,Group}.Static", "github.com/labstack/echo/v5.{Echo,Group}.{Static,StaticFS}",
  "github.com/gin-contrib/static.Serve", "github.com/gofiber/fiber/v2/middleware/filesystem.New", "github.com/gofiber/fiber/v3/middleware/static.New", "github.com/lpar/gzipped.FileServer", "github.com/lpar/gzipped/v2.FileServer",
  "@nestjs/serve-static.ServeStaticModule.forRoot", "sirv", "@hono/node-server/serve-static.serveStatic", "hono/{bun,deno,cloudflare-workers}.serveStatic",
  "github.com/knadh/stuffbin.FileSystem.FileServer", "github.com/vearutop/statigz.FileServer", "github.com/kataras/iris/v12.{Application,Party}.HandleDir", "github.com/julienschmidt/httprouter.Router.ServeFiles",
})

-- Plugins that do so once they are registered.
local REGISTERING = table.freeze({ "fastify.register", "fastify.Instance.register", "fastify.FastifyInstance.register", "fastify.fastify.register", "fastify.Fastify.register", "fastify().register" })
local PLUGINS = table.freeze({ "@fastify/static", "fastify-static" })

-- What only developers see.
local ASIDE = words.set("dev", "debug", "mock", "mocks", "storybook", "swagger", "redoc", "coverage", "playground", "example", "examples", "demo", "demos", "e2e", "fixtures", "docs", "benchmark", "transfer", "toolkit", "download", "downloads", "cli")

local function is_aside(call)
  for _, word in words.of(call.file.path_below_named) do
    if ASIDE[word] then
      return true
    end
  end
  for _, arg in call:args() do
    local text = arg:literal()
    for _, word in type(text) == "string" and words.of(text) or {} do
      if ASIDE[word] then
        return true
      end
    end
  end
  return false
end

-- Whether the code says that this runs while developing only.
local function is_for_development(call)
  local test = call:enclosing({ "if", "conditional", "logic" })
  local head = test and (test.kind == "logic" and test or test:child("test"))
  local source = head and head.source:lower() or ""
  return source:find("development", 1, true) ~= nil or source:find("debug", 1, true) ~= nil or source:find('!==? *"production"') ~= nil or source:find("!==? *'production'") ~= nil
end

-- Whether a text sets the header, with a time that is no zero.
local function says_time(text)
  local lower = text:lower()
  return (lower:find("cache-control", 1, true) ~= nil or lower:find("cachecontrol", 1, true) ~= nil) and (lower:find("max%-age=?[^%w]*[1-9]") ~= nil or lower:find("immutable", 1, true) ~= nil)
end

-- Behind the name of the header its value is looked for as far as this.
local FAR = 160

-- Whether a text sets the header to something else than that nobody may keep anything.
local function allows_keeping(text)
  local at = 1
  while true do
    local first, last = text:find("cache%-?control", at)
    if not first then
      return false
    end
    local value = text:sub(last + 1, last + FAR)
    -- The value may end in another line; the next header's is not this one's.
    value = value:match("^[%s\"'`,:=%(%)%[%]{}]*([^;\n]*)") or value
    local forbids = value:find("no-store", 1, true) or value:find("no-cache", 1, true) or value:find("max%-age%s*=%s*0%f[^%d]")
    if not forbids or value:find("max%-age%s*=%s*[1-9]") then
      return true
    end
    at = last + 1
  end
end

-- Whether code of Go stands in the way of requests, or hands out files: a header that it sets is one for them.
local function is_on_the_way(text)
  return text:find("http.FileServer", 1, true) ~= nil or text:find("http.ServeContent", 1, true) ~= nil or text:find("http.ServeFile", 1, true) ~= nil or text:find("next http.Handler", 1, true) ~= nil
    or text:find("echo.MiddlewareFunc", 1, true) ~= nil or text:find("gin.HandlerFunc", 1, true) ~= nil or text:find("h http.Handler", 1, true) ~= nil or text:find("handler http.Handler", 1, true) ~= nil or text:find("next http.HandlerFunc", 1, true) ~= nil
end

-- Whether the file sets the header for what it hands out, or another of the same language does so for static files.
local function sets_header(file, repo)
  if allows_keeping(file.text:lower()) then
    return true
  end
  local suffix = file.path:match("%.(%l+)$") or ""
  for _, path in repo:holding(`**/*.{suffix}`, { "Cache-Control", "cache-control" }) do
    local other = repo:open(path)
    if other and other.class == "source" and other.side ~= "browser" and (path:lower():find("static", 1, true) or (suffix ~= "go" and other.text:lower():find("static", 1, true)) or (suffix == "go" and is_on_the_way(other.text))) and says_time(other.text) then
      return true
    end
  end
  return false
end

local ZERO = { ["0"] = true, ["'0'"] = true, ['"0"'] = true }

-- "absent" where browsers are told no time, "given" where they are, "hidden" where it cannot be seen.
local function time_of(call)
  local key, headers = call:fact("serves_files"), call:fact("headers")
  if key == "none" or key == nil and call.name ~= "useStaticAssets" and call.name ~= "register" then
    return "absent"
  end
  local options, state = call:arg(tonumber(call:fact("options") or "2"))
  local inner = call:fact("options_in")
  if inner and options then
    if options.kind ~= "dict" and not options:entry(inner) then
      return "hidden"
    end
    options, state = options:entry(inner)
  end
  if not options then
    return state
  end
  local names = words.alternatives(`{key or "maxAge"}|{headers or "setHeaders"}`)
  local is_hidden = false
  for name in names do
    local value, how = options:entry(name)
    if how == "given" and not (value and ZERO[value.source]) then
      return "given"
    end
    is_hidden = is_hidden or how == "hidden"
  end
  return is_hidden and "hidden" or "absent"
end

local function shown(call)
  local first = call:arg(1)
  return first and first.kind == "str" and `\`{first.text}\`` or "this directory"
end

-- What hands out files without a call of the service: a middleware of Django, named in its settings, and settings of uWSGI.
local function handed_out_beside(repo)
  for _, path in repo:holding("*.py", { "whitenoise" }) do
    local file = repo:open(path)
    if file and file.class == "source" then
      return path, "WhiteNoise"
    end
  end
  for _, path in repo:holding("{*.ini,*uwsgi*,*.xml,*.sh,*Procfile*}", { "check-static", "static-map" }) do
    local text = repo:text(path) or ""
    if service.has_line(text, "check-static", { "^%s*[^#;%s]" }) or service.has_line(text, "static-map", { "^%s*[^#;%s]" }) then
      return path, "uWSGI"
    end
  end
  return nil
end

-- The verdict where no code hands out a directory.
local function verdict_without_code(repo)
  local path, by = handed_out_beside(repo)
  if not path then
    return { not_applicable = "no code of this repository hands out files of a directory" }
  end
  local kept = edge.of(repo, service.root(repo, path))
  if kept and not (repo:text(kept) or ""):find("whitenoise", 1, true) then
    return nil
  end
  return { needs_evidence = `{by} (\`{path}\`) hands out static files; whether a CDN stands in front of it is not seen in the repository: name it in a signature, \`perfctl attest\` with a link to its settings` }
end

return {
  check_repository = function(repo, report)
    local calls = {}
    local serving = repo:calls(SERVING)
    for _, call in repo:calls(REGISTERING) do
      local plugin = call:arg(1)
      if plugin and (plugin:comes_from(PLUGINS) or plugin.kind == "name" and plugin:origin()[1] == "@fastify/static") then
        table.insert(serving, call)
      end
    end
    for _, call in serving do
      if call.file.class == "source" and call.file.side ~= "browser" and call:reach() ~= "script" and not is_aside(call) and not is_for_development(call) then
        table.insert(calls, call)
      end
    end
    local piped = piped_assets.of(repo)
    for _, call in piped do
      if not is_aside(call) and not edge.of(repo, service.root(repo, call.file.path)) then
        report({
          at = call,
          message = "the handler pipes these files out and tells browsers no time to keep them, nor anything to ask again by, so that every visit downloads them anew; no CDN is seen in this repository",
          confidence = "medium",
          reach = "request",
        })
      end
    end
    if #calls == 0 and #piped > 0 then
      return nil
    elseif #calls == 0 then
      return verdict_without_code(repo)
    end
    local is_open = false
    local kept = {}
    for _, call in calls do
      local root = service.root(repo, call.file.path)
      local path = call.file.path
      if kept[path] == nil then
        kept[path] = edge.of(repo, root, path) ~= nil
      end
      local time = time_of(call)
      if kept[path] then
        continue
      elseif time == "absent" and not sets_header(call.file, repo) then
        report({
          at = call,
          message = `the service hands out {shown(call)} itself and tells browsers no time to keep it, so that every visit asks for every file again; no CDN is seen in this repository`,
          confidence = if call:fact("serves_files") == "none" then "medium" else "high",
          reach = "request",
        })
      else
        is_open = true
      end
    end
    if is_open then
      return { needs_evidence = "whether a CDN stands in front of what this service hands out is not seen in the repository: name it in a signature, `perfctl attest` with a link to its settings" }
    end
    return nil
  end,
}
