-- One question: how long does a constructed client live? Only what lives as long as a request is reported.

local lifetime = require("lifetime")

-- Databases have pools of their own and a rule of their own.
local DATABASES = { sql = true, sqlite = true, mongo = true }

local function shown(path)
  return (path:gsub("%(%)$", ""))
end

-- Go's http.Client without a transport of its own shares the default one, connections included.
local function shares_transport(call)
  if call:fact("library") ~= "net/http" then
    return false
  end
  local _, state = call:arg("Transport")
  return state == "absent"
end

-- `with` closes it at once: the shortest life there is.
local function is_managed(call)
  local parent = call:parent()
  return parent ~= nil and parent.kind == "with-item"
end

local function check_client(file, call, report)
  if call:fact("kind") == "db" and DATABASES[call:fact("store") or ""] or file.side == "browser" or shares_transport(call) then
    return
  end
  local reach = call:reach()
  if reach == "script" or reach == "test" then
    return
  end
  local found = lifetime.of(call)
  if found.life ~= "request" then
    return
  end
  local path = shown(call:target()[1] or call.name)
  local confidence = "high"
  if lifetime.varies(call) then
    confidence = "low"
  elseif #found.via > 1 then
    confidence = "medium"
  end
  local fn = call:func()
  local where = fn and fn.name ~= "" and `{fn.name} makes` or "this makes"
  local how = is_managed(call) and "and closes it at once" or "and drops it with the request"
  report({
    at = call,
    message = `{where} a {path} per request {how}: no connection is ever used twice`,
    confidence = confidence,
    related = found.via,
    notes = { library = call:fact("library") or path:match("^[^.]+") or path },
  })
end

return {
  check = function(file, matches, report)
    for _, match in matches do
      check_client(file, match.node, report)
    end
  end,
}
