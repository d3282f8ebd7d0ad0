-- Entries of a cache that hang on a tenant while their key does not: the next tenant who asks gets what belongs to the one before.

local about = require("about")
local dependence = require("dependence")
local entries = require("cache_entries")
local read_through = require("read_through")
local tenants = require("tenants")
local words = require("words")

-- Names of what tells one person or caller from others: a key with it has the tenant in it, since a person asks for one tenant.
local OWNERS = words.set(
  "user", "users", "userid", "uid", "session", "sessionid", "token", "account", "accountid", "member", "membership", "owner", "customer", "customerid", "auth", "authorization", "email", "username", "principal", "sub", "apikey",
  "credentials", "subject", "viewer", "caller", "identity", "scope", "scopes", "namespace", "context", "prefix", "partition", "schema", "domain", "host", "hostname", "subdomain", "site", "project", "environment", "team", "group", "client"
)
-- Names of what tells one thing from others. Where the key has one, whether two tenants can have the same is not known.
local THINGS = words.set("id", "ids", "uuid", "guid", "pk", "slug", "key", "hash", "number", "code", "name", "url", "path", "href", "query", "sql", "args", "kwargs", "params", "filters", "options", "digest", "signature", "body", "payload", "text", "prompt")
-- What a request or an object as a whole may bring along.
local OPAQUE = words.set("self", "this", "request", "req", "ctx", "c", "context", "user", "info", "event", "w", "r")

local function any_word(text, set)
  for _, word in words.of(text) do
    if set[word] then
      return true
    end
  end
  return false
end

-- Names of values, not of classes and constants: `tenant_id`, but not `Organization` and `ORG_TTL`.
local function is_value(path)
  local root = path:match("^[^.]+") or ""
  return root:find("^%l") ~= nil or root:find("^_") ~= nil
end

local GIVES = words.set("get", "current", "resolve", "require", "extract", "use", "read", "fetch", "find", "tenant", "org", "workspace")

-- Names by which code holds who is asking.
local ASKING = words.set("request", "req", "ctx", "context", "session", "auth", "current", "user", "principal", "tenant", "identity", "claims", "g", "viewer", "member", "token")

-- Calls that read a value of the request by its name: `c.GetString("tenant_id")`.
local NAMED = words.set("get", "Get", "GetString", "MustGet", "Locals", "Value", "Param", "param", "Query", "query", "header", "GetHeader", "get_header", "FormValue", "PathValue", "URLParam", "GetInt", "GetUint", "getHeader")

local function asks_for_tenant(call)
  local on = call:receiver()
  while on and (on.kind == "attr" or on.kind == "call") do
    on = on.kind == "call" and on:receiver() or on:child("value")
  end
  if not NAMED[call.name] or not on or not any_word(on.text, ASKING) and not OPAQUE[on.text] then
    return false
  end
  for _, arg in call:args() do
    if arg.kind == "str" and tenants.speaks(arg.text) then
      return true
    end
  end
  return false
end

-- Whether what a name was given comes from who asks, and not from a row that was read.
local function is_asked_by(givers)
  for _, giver in givers do
    for _, name in giver.kind == "name" and { giver } or giver:descendants({ "name", "attr" }) do
      if any_word(name.text, ASKING) then
        return true
      end
    end
  end
  return false
end

-- The tenant that something hangs on, as a path; a call names one where it takes no more than the request: `get_tenant_id(request)`.
local function tenant_of(one)
  if not one.path or not is_value(one.path) then
    return nil
  end
  if one.takes and asks_for_tenant(one.node) then
    return one.node.source
  elseif not one.takes then
    -- What a call gives is who asks by its name only: `current_user().org_id`, but not `rows()[0]["org_id"]`.
    local is_given = #one.node:descendants("call") == 0 or any_word(one.path:match("^(.*)%.") or "", ASKING)
    return tenants.speaks(one.path) and is_given and not one.of_item and (not one.root or is_asked_by(one.root)) and one.path or nil
  end
  local first = words.of(one.name)[1]
  if not tenants.speaks(one.name) or not GIVES[first or ""] then
    return nil
  end
  for _, arg in one.node:args() do
    if arg.kind ~= "name" or not OPAQUE[arg.text] then
      return nil
    end
  end
  return `{one.path}()`
end

-- The name by which a call reads one value of the request; empty where it does not.
local function text_of(call)
  local first = NAMED[call.name] and call:arg(1)
  return first and first.kind == "str" and first.text or ""
end

-- Whether a key may have the tenant in it where that is not seen: functions of the project that are given the request or the object, things as a whole.
local function may_hold_tenant(one)
  if one.takes then
    local text = text_of(one.node)
    if text ~= "" then
      return any_word(text, OWNERS)
    end
    for _, callee in one.node:callees() do
      if tenants.speaks(callee.node.source) then
        return true
      end
    end
    local root = one.path and one.path:match("^[^.]+") or ""
    return OPAQUE[root] and one.node:receiver() ~= nil and #one.node:callees() == 0
  end
  return OPAQUE[one.path] == true and one.node:role() == "arg"
end

-- What a key says: "tenant", "hidden", "thing" where it tells one thing from others, or "none".
local function key_says(entry, func, tenant)
  local root = tenant:match("^[%w_]+") or ""
  local is_row = not OPAQUE[root] and not any_word(root, ASKING) and tenant:find(".", 1, true) ~= nil
  local parts = dependence.of(entry.key, func)
  if not parts then
    return "hidden"
  end
  local says = "none"
  for _, one in parts do
    local path = one.path or ""
    -- What comes from the same row goes with its tenant.
    if is_row and path:match("^[%w_]+") == root or tenants.speaks(path) or one.takes and asks_for_tenant(one.node) then
      return "tenant"
    elseif any_word(path, OWNERS) or may_hold_tenant(one) then
      return "hidden"
    elseif any_word(one.takes and text_of(one.node) or not one.takes and one.name or "", THINGS) and (one.takes or is_value(path)) then
      says = "thing"
    end
  end
  return says
end

-- Whether the cache itself is one tenant's, or puts the tenant in front of every key.
local function is_scoped(entry, func)
  local on = entry.call:receiver()
  local made = on and (on:value() or on.kind == "attr" and on:definition())
  for _, one in made and made.kind == "call" and dependence.of(made, func) or {} do
    if one.path and tenants.speaks(one.path) then
      return true
    end
  end
  for _, path in on and on:origin() or {} do
    -- `golang.org` is nobody's organisation.
    local name = path:gsub("^[%w%-]+%.[%w%.%-]+/", "")
    if tenants.speaks(name) or name:lower():find("scoped", 1, true) then
      return true
    end
  end
  for _, callee in entry.call:callees() do
    -- What it is handed to run is the value, not the cache.
    if callee.node:is_within(entry.call) then
      continue
    elseif tenants.speaks(callee.node.source) or callee.node.source:lower():find("contextvar", 1, true) then
      return true
    end
  end
  return false
end

-- Whether the cache lives no longer than a function.
local function is_local(entry)
  local on = entry.call:receiver()
  local made = on and on.kind == "name" and on:value()
  return made ~= nil and made ~= false and made:func() ~= nil and (made.kind == "dict" or made.kind == "call" and made:has("new"))
end

local function check_set(call, report)
  local through = read_through.of(call)
  local entry = through or not read_through.is_one(call) and entries.of(call) or nil
  local asked = through and call or entry and entries.asked_before(entry)
  local func = asked and call:func()
  if not func or is_local(entry) then
    return
  end
  local tenant = nil
  for _, one in dependence.of(entry.value, func) or {} do
    tenant = tenant or tenant_of(one)
  end
  local says = tenant and key_says(entry, func, tenant)
  if (says == "none" or says == "thing") and not is_scoped(entry, func) then
    report({
      at = call,
      message = `what is {through and through.is_shared and "shared" or "kept"} under this key hangs on \`{tenant}\`, and the key does not: the next tenant gets what belongs to this one`,
      confidence = says == "none" and "medium" or "low",
      related = not through and { { at = asked, message = "asked for here, whoever asks" } } or nil,
    })
  end
end

-- Who asks, by the session: what stands in the address is in the key.
local SESSION = words.set("g", "current_user", "session", "user", "currentUser", "req", "request")
local IN_ADDRESS = { "param", "query", "args", "view_args", "path", "url" }

-- What keeps the answers of a handler under their address: the decorator; nil where none does, or one is told how to make the key.
local function keeper_of(func)
  for _, decorator in func.node:children("decorator") do
    if decorator.kind == "call" and decorator:is("flask_caching.Cache.cached") then
      for _, name in { "key_prefix", "make_cache_key", "unless" } do
        if select(2, decorator:arg(name)) ~= "absent" then
          return nil
        end
      end
      return decorator
    end
  end
  local class = func.node:enclosing("class")
  for _, of in { func.node, class } do
    for _, decorator in of and of:children("decorator") or {} do
      if decorator.kind == "call" and decorator.name == "UseInterceptors" and decorator:arg(1) and decorator:arg(1).text == "CacheInterceptor" then
        return decorator
      end
    end
  end
  return nil
end

local function check_answer(func, report)
  local keeper = keeper_of(func)
  if not keeper then
    return
  end
  local returned = {}
  for _, node in func.node:descendants("return") do
    if node:func() and node:func().node:same(func.node) then
      table.insert(returned, node)
    end
  end
  for _, one in dependence.of_all(returned, func) or {} do
    local path = one.path or ""
    local tenant = not one.takes and not one.of_item and SESSION[path:match("^[%w_]+") or ""] and path:find(".", 1, true) and tenant_of(one)
    if tenant and not words.any_in(tenant, IN_ADDRESS) then
      report({
        at = keeper,
        message = `this keeps the answer under its address alone, and \`{tenant}\` decides it: the next tenant gets what belongs to this one`,
        confidence = "medium",
        related = { { at = one.node, message = "decides the answer" } },
      })
      return
    end
  end
end

local KEEPERS = table.freeze({ "flask_caching**", "@nestjs/cache-manager", "@nestjs/common" })

-- Whether something in a file may keep answers at all.
local function keeps_answers(file)
  return file:imports(KEEPERS) or file.text:find("cached(", 1, true) ~= nil
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    local keeps, seen = nil, {}
    for _, match in matches do
      if match.matcher == "set" then
        check_set(match.node, report)
        continue
      end
      if keeps == nil then
        keeps = keeps_answers(file)
      end
      if keeps then
        local func = match.node:func()
        if func and not seen[func.node.id] then
          seen[func.node.id] = true
          check_answer(func, report)
        end
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.caches(repo), about.NO_CACHE)
  end,
}
