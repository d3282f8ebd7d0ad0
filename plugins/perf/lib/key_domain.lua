-- How many different values an expression takes: any number, few, or not known, by its origin and by its name.

local parameter = require("parameter")
local set = require("words").set
local words = require("words")

local M = {}

-- Words of names that stand for any number of different values, and of those that stand for few.
local MANY = set(
  "id", "ids", "uid", "uuid", "guid", "token", "tokens", "email", "mail", "user", "username", "ip", "addr", "address", "url", "uri", "link", "session", "sid", "hash", "sha", "digest", "checksum", "fingerprint",
  "query", "search", "text", "prompt", "phone", "slug", "request", "req", "message", "payload", "body", "cookie", "jwt", "secret", "apikey", "code", "nonce", "order", "customer", "account",
  "sku", "isbn", "postcode", "zip", "lat", "lng", "lon", "coordinates", "input", "content", "question", "cursor", "ciphertext", "referrer", "hostname", "domain", "host"
)
local FEW = set(
  "region", "env", "environment", "kind", "type", "mode", "lang", "language", "locale", "alias", "ca", "provider", "driver", "dialect", "backend", "client", "service", "bucket", "table", "collection", "model", "schema",
  "queue", "topic", "stage", "level", "name", "cls", "class", "klass", "module", "plugin", "feature", "flag", "setting", "config", "size", "format", "unit", "currency", "country", "role", "status", "state", "version",
  "event", "metric", "handler", "method", "operator", "category", "column", "field", "template", "engine", "pool", "channel", "command", "func", "fn", "function", "protocol", "scheme", "theme", "timezone", "tz", "algorithm", "extension", "mimetype",
  "day", "month", "year", "weekday", "hour", "index", "tier", "plan", "strategy", "scope", "namespace", "tenant", "group", "dtype", "encoding", "key_type"
)

-- Addresses and paths: any number of them when a caller names them, few when they are those of something that is configured.
local PLACES = set("url", "uri", "path", "host", "hostname", "domain", "address", "addr", "filename", "link")
local CONFIGURED = set("import", "base", "root", "broker", "redis", "database", "db", "server", "api", "endpoint", "issuer", "jwks", "source", "target", "package", "log", "data")

-- What has a table of codes, unlike what is handed a code of its own: `language_code`, not `invite_code`.
local CODED = set("language", "lang", "locale", "country", "currency", "status", "state", "error", "region", "type", "category", "timezone", "unit", "gender", "plan", "role", "airline", "airport")

-- What the last word of a name says: `data_key_id` says `id`, `userToken` says `token`.
local function by_name(name)
  local parts = words.of(name)
  local last, before = parts[#parts], parts[#parts - 1]
  if not last then
    return nil
  end
  if before and PLACES[last] and (FEW[before] or CONFIGURED[before]) then
    return "few"
  end
  if last == "code" and CODED[before] then
    return "few"
  end
  -- `key_alias`, `tokenType`: the last word decides; `cache_key` and `key` say nothing.
  if FEW[last] then
    return "few"
  elseif MANY[last] then
    return "many"
  end
  return nil
end

-- What a service shows to others of itself, and the functions that get or make a token by it: it has few of those.
local CREDENTIALS = set("apikey", "secret", "credential", "credentials")
local CHECKS = set("check", "validate", "verify", "authenticate", "authorize", "user", "session", "is", "parse", "decode")
local TOKENS = set("token", "jwt", "signature", "credential", "bearer")

-- Whether a name stands for a credential of the service itself: `func accessToken(apikey string)`. One that a caller shows is checked, not traded.
local function is_own_credential(name)
  local parts, func = words.of(name.text), name:func()
  return CREDENTIALS[parts[#parts] or ""] ~= nil and func ~= nil and words.has_word(func.name, TOKENS) and not words.has_word(func.name, CHECKS)
end

local DIGESTS = set("hexdigest", "digest", "md5", "sha1", "sha256", "sha512", "b64encode", "hash", "createHash", "Sum256", "EncodeToString", "uuid4", "randomUUID")

-- "many", "few" or nil for what is not known of the values that an expression takes.
function M.of(node, depth)
  if not node or depth > 5 then
    return nil
  end
  local kind = node.kind
  if kind == "str" or kind == "num" or kind == "bool" or kind == "null" or kind == "compare" then
    return "few"
  elseif kind == "template" or kind == "list" or kind == "binary" or kind == "dict" then
    local found = "few"
    local role = (kind == "binary") and "value" or "item"
    for _, part in node:children(role) do
      local one = M.of(part, depth + 1)
      if one == "many" then
        return "many"
      elseif one == nil then
        found = nil
      end
    end
    return found
  elseif kind == "call" then
    if DIGESTS[node.name] then
      return "many"
    end
    local receiver = node:receiver()
    local found = nil
    -- `"{}:{}".format(region, id)`, `String(id)`, `JSON.stringify(args)`, `id.toLowerCase()`.
    for _, argument in node:args() do
      local value = argument.kind == "kw-arg" and argument:child("value") or argument
      if M.of(value, depth + 1) == "many" then
        return "many"
      end
    end
    if receiver and receiver.kind ~= "str" and (receiver.kind == "name" or receiver.kind == "attr") and #node:args() <= 1 then
      found = M.of(receiver, depth + 1)
    end
    return found
  elseif kind == "attr" then
    local base = node:child("value")
    local said = by_name(node.text)
    local parts = words.of(node.text)
    local is_own = base ~= nil and (parameter.is_self(base) or base.text == "this" or base.source:lower():find("setting", 1, true) or base.source:lower():find("config", 1, true))
    if said == "many" and is_own and PLACES[parts[#parts]] then
      -- Where the object itself points to.
      return "few"
    end
    if said then
      return said
    end
    -- `req.params.x`, `request.headers[...]`.
    if base and base.source:find("^req%f[%W]") or base and base.source:find("^request%f[%W]") then
      return "many"
    end
    return nil
  elseif kind == "index" then
    local base, at = node:child("value"), node:child("index")
    if at and (at.kind == "str") then
      local said = by_name(at.text)
      if said then
        return said
      end
    end
    if base and (base.source:find("^req%f[%W]") or base.source:find("^request%f[%W]")) then
      return "many"
    end
    return nil
  elseif kind == "name" then
    local value = node:value()
    if value and value.kind ~= "function" then
      local found = M.of(value, depth + 1)
      if found then
        return found
      end
    end
    if is_own_credential(node) then
      return "few"
    end
    return by_name(node.text)
  elseif kind == "await" or kind == "kw-arg" or kind == "conditional" or kind == "logic" then
    local child = node:child("value") or node:child("body")
    return M.of(child, depth + 1)
  end
  return nil
end

-- Types of parameters that take few values.
local function is_few_by_type(param)
  local kind = param:child("type")
  if not kind then
    return false
  end
  local source = kind.source
  if source:find("bool", 1, true) or source:find("Literal", 1, true) or source:find("Enum", 1, true) or source:find("^[tT]ype%[") then
    return true
  end
  for _, path in kind:origin() do
    -- A class of the project that is an enumeration is called so, or its file is.
    if path:find("Kind$") or path:find("Type$") or path:find("Mode$") or path:find("Settings$") or path:find("Config$") then
      return true
    end
  end
  return false
end

-- "many", "few" or "unknown" for the arguments of a function; and how many there are.
function M.of_parameters(func)
  local found, count = "few", 0
  for at, param in func.params do
    if at > 1 or not parameter.is_self(param) then
      count += 1
      local said = by_name(param.text)
      if said == "many" and not is_few_by_type(param) then
        return "many", count, param
      elseif said ~= "few" and not is_few_by_type(param) then
        found = "unknown"
      end
    end
  end
  return found, count
end

return M
