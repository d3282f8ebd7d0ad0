-- Two questions: can there be any number of keys, and is anything ever removed. A key of which neither its origin nor its name says that it
-- is unbounded is no finding: most dictionaries of a process are registries.

local dispatch = require("dispatch")
local imports = require("imports")
local layout = require("layout")
local set = require("words").set

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

-- The last word of a name: `data_key_id` says `id`, `userToken` says `token`.
local function words_of(name)
  local all = {}
  for word in name:gsub("(%l)(%u)", "%1_%2"):lower():gmatch("%a+") do
    table.insert(all, word)
  end
  return all
end

-- Addresses and paths: any number of them when a caller names them, few when they are those of something that is configured.
local PLACES = set("url", "uri", "path", "host", "hostname", "domain", "address", "addr", "filename", "link")
local CONFIGURED = set("import", "base", "root", "broker", "redis", "database", "db", "server", "api", "endpoint", "issuer", "jwks", "source", "target", "package", "log", "data")

local function by_name(name)
  local words = words_of(name)
  local last, before = words[#words], words[#words - 1]
  if not last then
    return nil
  end
  if before and PLACES[last] and (FEW[before] or CONFIGURED[before]) then
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

local DIGESTS = set("hexdigest", "digest", "md5", "sha1", "sha256", "sha512", "b64encode", "hash", "createHash", "Sum256", "EncodeToString", "uuid4", "randomUUID")

-- "many", "few" or nil for what is not known of the values that an expression takes.
local function domain_of(node, depth)
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
      local one = domain_of(part, depth + 1)
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
      if domain_of(value, depth + 1) == "many" then
        return "many"
      end
    end
    if receiver and receiver.kind ~= "str" and (receiver.kind == "name" or receiver.kind == "attr") and #node:args() <= 1 then
      found = domain_of(receiver, depth + 1)
    end
    return found
  elseif kind == "attr" then
    local base = node:child("value")
    local said = by_name(node.text)
    local words = words_of(node.text)
    local is_own = base ~= nil and (base.text == "self" or base.text == "cls" or base.text == "this" or base.source:lower():find("setting", 1, true) or base.source:lower():find("config", 1, true))
    if said == "many" and is_own and PLACES[words[#words]] then
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
      local found = domain_of(value, depth + 1)
      if found then
        return found
      end
    end
    return by_name(node.text)
  elseif kind == "await" or kind == "kw-arg" or kind == "conditional" or kind == "logic" then
    local child = node:child("value") or node:child("body")
    return domain_of(child, depth + 1)
  end
  return nil
end

local function runs_long(node)
  local reach = node:reach()
  return reach == "request" or reach == "worker" or reach == "unknown", reach
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Decorators.

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
local function domain_of_parameters(func)
  local found, count = "few", 0
  for at, param in func.params do
    local is_self = at == 1 and (param.text == "self" or param.text == "cls")
    if not is_self then
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

local function is_unbounded(decorator)
  local memo = decorator:fact("memo")
  if memo == "unbounded" then
    return true
  elseif decorator.kind ~= "call" then
    -- `@lru_cache` holds 128 entries.
    return false
  end
  local name = decorator:fact("memo_arg")
  local value, state = decorator:arg(name)
  if state == "absent" then
    value = decorator:arg(1)
  end
  if not value or state == "hidden" then
    return false
  end
  if memo == "sized" then
    local literal, known = value:literal()
    return known and literal == nil, value
  end
  -- `cached(cache={})`.
  return value.kind == "dict" or value.kind == "call" and value:is({ "builtins.dict", "cachetools.Cache" }) and #value:args() == 0, value
end

-- The edits that bound a memoised function.
local function bound_function(file, decorator, value)
  local title = "keep the 1024 entries used last"
  if decorator:fact("memo") == "sized" and value and value.kind == "null" then
    return { title = title, safety = "unsafe", edits = { { at = value, text = "1024" } } }
  end
  if decorator:fact("memo") ~= "unbounded" or decorator.kind == "call" then
    return nil
  end
  local module = decorator.kind == "attr" and decorator:child("value")
  if module then
    return { title = title, safety = "unsafe", edits = { { at = decorator, text = `{module.source}.lru_cache(maxsize=1024)` } } }
  end
  local edits = imports.edits(file, "functools", "lru_cache")
  local only = #edits == 1 and imports.item(file, "functools", "cache")
  if only and imports.reads(file, decorator.text) == 1 then
    edits = { { at = only, text = "lru_cache" } }
  end
  table.insert(edits, { at = decorator, text = "lru_cache(maxsize=1024)" })
  return { title = title, safety = "unsafe", edits = edits }
end

local function check_function(node, report)
  local func = node:func()
  local long, reach = runs_long(node:child("body") or node)
  if not func or not long then
    return
  end
  for _, decorator in node:children("decorator") do
    if decorator:fact("memo") then
      local unbounded, value = is_unbounded(decorator)
      local domain, count, param = domain_of_parameters(func)
      if unbounded and count > 0 and domain ~= "few" then
        local name = decorator:target()[1] or decorator.source
        report({
          at = decorator,
          message = `{func.name} remembers every combination of arguments for ever ({name}{domain == "many" and `; {param.text} can be anything` or ""})`,
          confidence = (domain == "many" or reach == "request") and "medium" or "low",
          reach = reach ~= "unknown" and reach or nil,
          related = { { at = node, message = "the function whose results are kept" }, param and { at = param, message = "any number of values" } or nil },
          fix = bound_function(node.file, decorator, value),
        })
      end
      return
    end
  end
end

-- Values that are made once per thing that the process is configured with.
local function is_client(value)
  if not value then
    return false
  end
  if value.kind == "await" then
    value = value:child("value") or value
  end
  if value.kind == "name" then
    value = value:value() or value
  end
  if value.kind ~= "call" then
    return false
  end
  if value:fact("client") or value:fact("pooled") or value:has("new") and value.name:find("Client$") or value.name:find("[cC]lient$") or value.name:find("[eE]ngine$") or value.name:find("[pP]ool$") or value.name:find("[cC]onnection$") or value.name:find("^import_module$") then
    return true
  end
  -- An instance of a class of the project, made from the key alone: a thing that is configured.
  for _, path in value:origin() do
    if path:find(":", 1, true) and path:find("%(%)$") then
      return true
    end
  end
  return value.name == "resource"
end

-- Whether a memoised function makes clients: one per address that is configured.
local function gives_client(node)
  for _, back in node:descendants("return") do
    local value = back:child("value")
    if value and value:func() and value:func().node:same(node) and is_client(value) then
      return true
    end
  end
  return false
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Memoising helpers of JavaScript.

local BOUNDS = { "max", "maxSize", "maxAge", "ttl", "cache", "stdTTL", "maxKeys", "expires", "maxsize" }

local function check_memo(call, report)
  local scope = call:enclosing({ "function" })
  if scope then
    -- What a function makes for itself goes with it.
    return
  end
  for _, name in BOUNDS do
    local _, state = call:arg(name)
    if state ~= "absent" then
      return
    end
  end
  if call:fact("memo") == "timed" then
    -- Each entry may carry its own age.
    for _, use in call.file.root:descendants("call") do
      local root = use:receiver()
      if use.name == "set" and root and #use:args() >= 3 then
        return
      end
    end
    report({ at = call, message = "this cache keeps its entries for ever: neither an age nor a number of entries is given", confidence = "low" })
    return
  end
  local wrapped = call:arg(1)
  local inner = wrapped and (wrapped.kind == "function" and wrapped or nil)
  local func = inner and inner:func()
  if not func or #func.params == 0 then
    return
  end
  local domain, _, param = domain_of_parameters(func)
  if domain == "few" or gives_client(inner) then
    return
  end
  report({
    at = call,
    message = `this memoised function keeps a result per argument for ever{domain == "many" and `; {param.text} can be anything` or ""}`,
    confidence = domain == "many" and "medium" or "low",
    notes = { library = call:target()[1] },
  })
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Dictionaries, maps and sets.

local EMPTY = { "builtins.dict", "builtins.set", "collections.defaultdict", "collections.OrderedDict", "collections.Counter", "global.Map", "global.Set", "builtin.make" }

-- Whether a value is a container with nothing in it.
local function is_empty_container(value)
  if value.kind == "dict" or value.kind == "set" then
    return #value:children("item") == 0
  elseif value.kind ~= "call" then
    return false
  end
  if value.name == "make" or value.name == "Map" or value.name == "Set" or value:is(EMPTY) then
    local first = value:arg(1)
    if value.name == "make" then
      return first ~= nil and first.source:find("^map") ~= nil
    end
    return first == nil or value.name == "defaultdict" or value.name == "Map" and first == nil
  end
  return false
end

-- Where a container lives as long as the process: a module's name, a class's attribute, a field of a singleton.
local function home_of(assign)
  local around = assign:enclosing({ "function", "class", "module" })
  if not around or around.kind == "module" then
    return "module"
  elseif around.kind == "class" then
    if assign.file.language == "python" then
      return "class"
    end
    for _, decorator in around:children("decorator") do
      if decorator.name == "Injectable" then
        return "singleton"
      end
    end
    return assign:has("static") and "class" or nil
  end
  return nil
end

local REMOVES = set("pop", "popitem", "clear", "delete", "shift", "splice", "discard", "remove", "popleft", "expire", "evict", "prune", "unset")
local ADDS = set("set", "add", "setdefault", "update")

-- Whether `node` is the container: `NAME`, or `self.NAME`, `this.NAME`, `Class.NAME`.
local function is_container(node, name, home)
  if node.kind == "name" then
    return node.text == name and home == "module"
  elseif node.kind == "attr" and node.text == name and home ~= "module" then
    local base = node:child("value")
    return base ~= nil and base.kind == "name"
  end
  return false
end

-- Whether the text holds something that could put an entry into the container: the cheapest question first.
local function is_written(text, name)
  for _, tail in { "[", ".set(", ".add(", ".setdefault(", ".update(" } do
    if text:find(name .. tail, 1, true) then
      return true
    end
  end
  return false
end

local GLOBS = { python = "**/*.py", go = "**/*.go" }
local SUFFIXES = { "ts", "tsx", "js", "mjs", "cjs" }

-- Whether another file takes entries out: `users.pop(id)`, `del users[id]`, `users.delete(id)`.
local function is_emptied_elsewhere(file, name, home, repo)
  local on = (home ~= "module" and file.language ~= "typescript") and "." .. name or name
  local texts = { on .. ".pop(", on .. ".popitem(", on .. ".clear(", on .. ".delete(", on .. ".discard(", `del {name}[`, `delete {name}[`, `delete({name},` }
  local globs = { GLOBS[file.language] }
  if #globs == 0 then
    for _, suffix in SUFFIXES do
      table.insert(globs, "**/*." .. suffix)
    end
  end
  for _, glob in globs do
    for _, path in repo:holding(glob, texts) do
      if path ~= file.path then
        return true
      end
    end
  end
  return false
end

-- The names and attributes of a file by their text; asked for by each container of the file.
local function places_of(root)
  local all = {}
  for _, node in root:descendants({ "name", "attr" }) do
    local text = node.text
    all[text] = all[text] or {}
    table.insert(all[text], node)
  end
  return all
end

-- What a place does to the container: "removes", a write {at, key, value}, or nil.
local function deed_of(node, assign)
  local parent = node:parent()
  local kind, role = parent and parent.kind, node:role()
  if not parent or not kind then
    return nil
  elseif kind == "index" and role == "value" then
    local outer, place = parent:parent(), parent:role()
    local how = outer and outer.kind
    if how == "delete" or how == "unary" and outer.text == "delete" then
      return "removes"
    elseif how == "unary" and outer.text == "++" and outer:enclosing({ "function" }) then
      -- `counts[id]++` makes the entry.
      return { at = outer, key = parent:child("index") }
    elseif (how == "assign" or how == "aug-assign") and place == "target" and outer:enclosing({ "function" }) then
      return { at = outer, key = parent:child("index"), value = outer:child("value") }
    end
  elseif kind == "delete" then
    return "removes"
  elseif (kind == "assign" or kind == "aug-assign") and role == "target" then
    -- Set anew somewhere: a refresh.
    return not parent:same(assign) and parent:enclosing({ "function" }) and "removes" or nil
  elseif kind == "attr" and role == "value" then
    local outer = parent:parent()
    if outer and outer.kind == "call" and parent:role() == "callee" then
      if REMOVES[parent.text] then
        return "removes"
      elseif ADDS[parent.text] and outer:enclosing({ "function" }) then
        return { at = outer, key = outer:arg(1), value = outer:arg(2) }
      end
    elseif outer and outer.kind == "compare" and (parent.text == "size" or parent.text == "length") then
      return "removes"
    end
  elseif kind == "call" and role == "arg" then
    -- Handed to something that may trim it, and Go's `delete(m, key)`.
    if parent.name == "delete" or parent.name == "clear" or #parent:callees() > 0 then
      return "removes"
    elseif parent.name == "len" then
      -- A look at the size is a bound being kept.
      local outer = parent:parent()
      return outer and outer.kind == "compare" and parent:enclosing({ "function" }) and "removes" or nil
    end
  end
  return nil
end

-- Keys under which a function of the file puts something into the container: {at, key, value}; nil when something removes.
local function writes_of(places, assign, name, home)
  local all = {}
  for _, node in places[name] or {} do
    if is_container(node, name, home) then
      local deed = deed_of(node, assign)
      if deed == "removes" then
        return nil
      elseif deed then
        table.insert(all, deed)
      end
    end
  end
  return all
end

-- The edits by which a JavaScript file gets to know the class; none where it does.
local function import_of_cache(file)
  if file.text:find("LRUCache", 1, true) then
    return {}
  end
  local first = nil
  for _, child in file.root:children() do
    first = first or child.kind == "import" and child or nil
  end
  local quote, ending = layout.quote(file), layout.ending(file)
  if first then
    return { { before = first, text = `import \{ LRUCache } from {quote}lru-cache{quote}{ending}\n` } }
  end
  local top = file.root:children()[1]
  local is_required = file.text:find("require(", 1, true)
  local text = is_required and `const \{ LRUCache } = require({quote}lru-cache{quote}){ending}\n` or `import \{ LRUCache } from {quote}lru-cache{quote}{ending}\n\n`
  return { { before = top, text = text } }
end

-- The edits that put a bounded cache in the container's place; they need a package, so they are shown only.
local function bound_container(file, assign, value)
  local text, edits
  if file.language == "python" and value.kind == "dict" and #assign:children("target") == 1 then
    text, edits = "TTLCache(maxsize=1024, ttl=300)", imports.edits(file, "cachetools", "TTLCache")
  elseif file.language ~= "python" and file.language ~= "go" and value.kind == "call" and value.name == "Map" then
    text, edits = `new LRUCache{value.source:match("Map(%b<>)") or ""}(\{ max: 1024, ttl: 300_000 })`, import_of_cache(file)
  end
  if not edits then
    return nil
  end
  table.insert(edits, { at = value, text = text })
  return { title = "bound it by number and by age", safety = "shown-only", edits = edits }
end

-- Functions that fill a table once: what they loop over says how many entries there are.
local FILLING = { "init", "load", "setup", "register", "populate", "fill", "build", "read", "seed" }

local function is_filling(write)
  local func = write:func()
  local loops = func and write:loops() or {}
  if #loops == 0 then
    return false
  end
  local name = func.name:lower():gsub("^_+", "")
  for _, word in FILLING do
    if name:find("^" .. word) then
      return true
    end
  end
  return false
end

local function check_container(assign, report, file, repo, known)
  known.text = known.text or file.text
  local value, target = assign:child("value"), assign:child("target")
  if not value or not target or not is_empty_container(value) then
    return
  end
  local home = home_of(assign)
  if not home then
    return
  end
  if not is_written(known.text, target.text) then
    return
  end
  known.places = known.places or places_of(file.root)
  local writes = writes_of(known.places, assign, target.text, home)
  if not writes then
    return
  end
  for _, write in writes do
    local long, reach = runs_long(write.at)
    local constant = write.key and write.key.kind == "name" and write.key.text == write.key.text:upper() and #write.key.text > 1
    if long and write.key and not constant and not is_filling(write.at) and not is_client(write.value) and domain_of(write.key, 0) == "many" and not is_emptied_elsewhere(file, target.text, home, repo) then
      local func = write.at:func()
      local adds = func and func.name ~= "" and `{func.name} adds an entry here` or "an entry is added here"
      -- The types of `new Map<string, Bucket>()` and of Go say what it is; Python's `{}` says nothing, the line that adds does.
      local at_write = file.language == "python"
      report({
        at = at_write and write.at or assign,
        message = `{target.text} gets an entry per {write.key.source:sub(1, 60):gsub("%s+", " ")} and never loses one`
          .. (home == "module" and "; it lives as long as the process" or "; it is shared by all instances"),
        confidence = "medium",
        reach = reach ~= "unknown" and reach or nil,
        related = { at_write and { at = assign, message = "it is made here" } or { at = write.at, message = adds } },
        fix = bound_container(file, assign, value),
      })
      return
    end
  end
end

return dispatch.on_server({ ["function"] = check_function, memo = check_memo, container = check_container })
