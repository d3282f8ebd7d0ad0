-- Caches that live in one process, of a service that runs as several; and whether there is one that they share.

local service = require("service")
local words = require("words")

local NOTHING = "no function in this repository answers requests"
local ONE = "nothing in this repository says that more than one process or instance of the service runs"

-- What is deployed beside the service, by its file: its replicas are no instances of the service.
local ASIDE = { "redis", "postgres", "mysql", "mongo", "kafka", "rabbit", "elastic", "zookeeper", "grafana", "prometheus", "nginx", "ingress", "loki", "jaeger", "otel", "minio", "celery", "worker", "keycloak" }

-- The first file that a matcher found something in of how the service runs.
local function deployed(repo, matcher)
  for _, path in repo:matched(matcher) do
    if not words.any_in(path, ASIDE) and not service.is_for_development(path) and not path:find("%f[%w]tests?/") and not path:find("^%.github/") then
      return path
    end
  end
  return nil
end

-- The first file by which several processes or instances run, or, for what lies on a disk, several instances; nil where none says so.
local function several(repo, is_on_disk)
  local path = deployed(repo, "instances")
  return path or not is_on_disk and (deployed(repo, "processes") or deployed(repo, "pm2")) or nil
end

local function is_shared(repo)
  return #repo:matched("shared") > 0 or #repo:matched("shared setting") > 0
end

local LOCAL = { "locmem", "simplecache", "filesystemcache", "dummycache", "nullcache" }
local NAMES = words.set("simple", "filesystem")

local function is_local(text)
  return words.any_in(text, LOCAL) or NAMES[text:lower()] == true
end

-- Whether a cache lies on a disk, which all processes of one machine share.
local function is_on_disk(node)
  local text = node:literal()
  return type(text) == "string" and text:lower():find("filesystem", 1, true) ~= nil or node:is("diskcache.**")
end

-- The backend of Django's default cache.
local function django_backend(assign)
  local caches = assign:child("value")
  local default = caches and caches.kind == "dict" and caches:entry("default")
  local backend = default and default.kind == "dict" and default:entry("BACKEND")
  return backend and type(backend:literal()) == "string" and backend or nil
end

local function flask_type(call)
  local config = call:arg("config")
  local kind = config and config:entry("CACHE_TYPE")
  return kind and type(kind:literal()) == "string" and kind or nil
end

local STORES = { "store", "stores", "redis", "keyv" }

-- Whether NestJS's module is given no store, so that it keeps all in memory.
local function is_nest_memory(call)
  local on = call:receiver()
  if not on or on.text ~= "CacheModule" then
    return false
  end
  for _, arg in call:args() do
    if words.any_in(arg.source, STORES) or arg.kind ~= "dict" then
      return false
    end
  end
  return true
end

-- The place where a match sets up a cache of one process, and what that is called.
local function local_cache(match)
  local node = match.node
  if match.matcher == "django" then
    local backend = django_backend(node)
    return backend and is_local(backend:literal()) and not backend:literal():lower():find("dummy") and backend or nil, "Django's cache"
  elseif match.matcher == "flask" then
    local kind = flask_type(node)
    return kind and is_local(kind:literal()) and kind:literal() ~= "NullCache" and kind or nil, "Flask-Caching"
  elseif match.matcher == "flask setting" then
    local value = node:child("value")
    local text = value and value:literal()
    return type(text) == "string" and is_local(text) and text:lower() ~= "nullcache" and value or nil, "Flask-Caching"
  elseif match.matcher == "nest" then
    return is_nest_memory(node) and node or nil, "this CacheModule"
  elseif match.matcher == "framework" then
    return node, "fastapi-cache"
  end
  return not node:func() and node:reach() ~= "script" and node or nil, "this cache"
end

-- Settings of a class that only developers or tests use.
local function is_for_developers(node)
  local class = node:enclosing("class")
  local name = class and (class.source:match("class%s+([%w_]+)") or ""):lower() or ""
  return name:find("dev", 1, true) ~= nil or name:find("test", 1, true) ~= nil or name:find("local", 1, true) ~= nil
end

local function check(file, matches, report, repo)
  for _, match in matches do
    local at, name = local_cache(match)
    local is_own = match.matcher == "own"
    if at and file.side ~= "browser" and not service.is_for_development(file.path_below_named) and not file.path:find("%f[%a]test") and not is_for_developers(at) and not at:enclosing({ "if", "conditional" }) then
      local on_disk = is_on_disk(at)
      local path = several(repo, on_disk)
      local where = on_disk and "instance" or "process"
      if path and (not is_own or not is_shared(repo)) then
        report({
          at = at,
          message = is_own and `this cache is one {where}'s own, and several run ({path}): compare \`cache.hits\` of one with all of them` or `{name} keeps its entries {on_disk and "on the disk of one instance" or "in one process"}, and several run ({path})`,
          confidence = is_own and "low" or "medium",
        })
      end
    end
  end
end

local function check_repository(repo)
  if #repo:matched("service") == 0 then
    return { not_applicable = NOTHING }
  elseif is_shared(repo) then
    return nil
  end
  local path = several(repo)
  if not path then
    return { not_applicable = ONE }
  end
  return { needs_evidence = `several processes or instances run ({path}), and no client of a cache that they share is here; link the cache that they share and what is kept in it, or why the service needs none` }
end

return { check = check, check_repository = check_repository }
