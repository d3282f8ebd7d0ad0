-- A document that is the same for every request, fetched by each: keys that tokens are verified with, discovery documents, what the platform's metadata
-- server says. Other addresses that never change are a suspicion only, since an answer may change at any time.

local http_client = require("http_client")
local kept_result = require("kept_result")
local lifetime = require("lifetime")
local naming = require("naming")
local service = require("service")
local varying = require("varying")
local words = require("words")

-- What addresses of such documents hold, by what the document is.
local DOCUMENTS = {
  { "the key set", "jwks", "/discovery/keys", "/protocol/openid-connect/certs", "/oauth2/v1/certs", "/oauth2/v3/certs", "/metadata/x509/", "/auth/keys" },
  { "the discovery document", "openid-configuration", "oauth-authorization-server", "discovery_ur", "discoveryur", "discovery_endpoint" },
  { "the metadata", "metadata_url" },
  { "what the metadata server says of the project", "metadata.google.internal/computemetadata/v1/project" },
  {
    "what the metadata server says of the instance",
    "metadata.google.internal/computemetadata/v1/instance/zone",
    "metadata.google.internal/computemetadata/v1/instance/region",
    "169.254.169.254/latest/meta-data/",
    "169.254.169.254/latest/dynamic/instance-identity",
  },
}
-- Public interfaces that answer few requests per hour, for what is the same for everybody.
local LIMITED = {
  { "a repository's description", "^https://api%.github%.com/repos/" },
  { "a file of a repository", "^https://raw%.githubusercontent%.com/" },
  { "a package's description", "^https://registry%.npmjs%.org/", "^https://pypi%.org/pypi/" },
}

-- Tokens of the metadata server end, and are asked for again on purpose.
local ENDING = { "token", "identity?audience", "service-accounts" }

-- What an address says, as far as it is known: its text, or the name that it is kept under.
local function text_of(url)
  local text = url:literal()
  if type(text) == "string" then
    return text
  end
  if url.kind == "str" or url.kind == "template" or url.kind == "binary" then
    return url:joined() or url.source
  end
  local value = url.kind == "name" and url:value() or url.kind == "attr" and url:definition() or nil
  return url.source .. (value and value.kind ~= "function" and value.kind ~= "class" and " " .. value.source or "")
end

-- The document that an address names; second whether that is certain.
local function document_of(url)
  local text = text_of(url)
  local lower = text:lower()
  if lower:find("metadata", 1, true) and words.any_in(lower, ENDING) then
    return nil
  end
  for _, one in DOCUMENTS do
    for at = 2, #one do
      if lower:find(one[at], 1, true) then
        return one[1], true
      end
    end
  end
  for _, one in LIMITED do
    for at = 2, #one do
      if lower:find(one[at]) then
        return one[1], false
      end
    end
  end
  return nil
end

local READING = words.set("get", "Get", "urlopen", "fetch", "request", "axios", "head")

-- Whether a call asks for something, and sends nothing.
local function is_read(call)
  if not READING[call.name] and call:fact("library") ~= "request" then
    return false
  end
  for _, name in { "data", "json", "body" } do
    local _, state = call:arg(name)
    if state == "given" and not (name == "json" and call.file.language ~= "python") then
      return false
    end
  end
  local method = call:arg("method")
  local said = method and method:literal() or call.name == "request" and call:arg(1) and call:arg(1):literal()
  return type(said) ~= "string" or said:upper() == "GET" or said:find("://", 1, true) ~= nil or said:find("^/") ~= nil
end

-- From this version on Next.js keeps nothing that it is not told to keep.
local ASKED_FOR_SINCE = 15

-- Whether the manifest names a version of Next.js that keeps what `fetch` gets unless it is told otherwise.
local function keeps_by_itself(repo, file)
  local root = service.root(repo, file.path)
  local manifest = repo:open(root == "" and "package.json" or root .. "/package.json")
  local document = manifest and manifest.documents and manifest.documents[1]
  local version = document and document:get("dependencies.next")
  local major = version and tonumber(version.text:match("(%d+)"))
  return major == nil or major < ASKED_FOR_SINCE
end

-- Next.js keeps what `fetch` is told to keep, and up to its version 14 all that it is not told otherwise.
local function is_kept_by_framework(repo, call)
  if call:fact("library") ~= "fetch" then
    return false
  end
  local cache, next = call:arg("cache"), call:arg("next")
  local said = cache and cache:literal()
  if next or said == "force-cache" or call.file.text:find("export const revalidate", 1, true) then
    return true
  end
  return said ~= "no-store" and repo:imports({ "next", "next/server", "next/headers" }) and call.file.path:find("app/", 1, true) ~= nil and keeps_by_itself(repo, call.file)
end

local function check_fetch(repo, file, call, report)
  local url = is_read(call) and http_client.url_of(call)
  if not url or is_kept_by_framework(repo, call) then
    return
  end
  if url.kind == "dict" then
    url = url:entry("url") or url:entry("uri")
  end
  local document, is_certain = nil, false
  if url then
    document, is_certain = document_of(url)
  end
  if not document then
    return
  end
  local is_paid, caller = kept_result.is_paid_each_time(call, url)
  if not is_paid then
    return
  end
  local fn = call:func()
  local varies = varying.is(url)
  report({
    at = call,
    message = `{fn and fn.name ~= "" and fn.name or "this"} fetches {document} for each request, and keeps it for none`,
    confidence = is_certain and not varies and "high" or "medium",
    related = caller and { { at = caller, message = "asked for here" } } or nil,
    notes = { document = document },
  })
end

local function check_maker(call, report)
  local found = lifetime.of(call)
  local fn = call:func()
  if found.life ~= "request" or not fn or not kept_result.is_paid_each_time(call, call:arg(1)) then
    return
  end
  report({
    at = call,
    message = `{naming.path(call:target()[1] or call.name)} is made anew for each request, and with it the {call:fact("rarely_changes")} is fetched again`,
    confidence = varying.client(call) and "medium" or "high",
    related = found.via,
    notes = { document = call:fact("rarely_changes") },
  })
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or file.side == "browser" or file:imports({ "requests_cache**", "hishel**", "cachecontrol**", "aiohttp_client_cache**", "axios-cache-interceptor", "axios-cache-adapter" }) then
      return
    end
    for _, match in matches do
      local call = match.node
      local reach = call:reach()
      if reach == "request" or reach == "unknown" then
        if match.matcher == "maker" then
          check_maker(call, report)
        else
          check_fetch(repo, file, call, report)
        end
      end
    end
  end,
}
