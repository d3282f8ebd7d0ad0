-- What stands between a client and the network and may hold its time limit: adapters that a session of requests mounts, transports of httpx, classes of the repository
-- that send in a client's name.

local time_limit = require("time_limit")

local M = {}

-- Transports of the libraries themselves, which have no limit of their own.
local PLAIN = table.freeze({ "requests.adapters.HTTPAdapter", "httpx.HTTPTransport", "httpx.AsyncHTTPTransport", "httpx.ASGITransport", "httpx.WSGITransport" })

-- The class of this repository that a value is an instance of, by the value that makes it; second, whether there is one at all.
local function class_of(value, repo)
  for _, origin in value:origin() do
    local path, name = origin:match("^(.+%.%w+):([%w_]+)%(%)$")
    if path then
      local file = repo:open(path)
      for _, class in file and file.root and file.root:descendants("class") or {} do
        if class.text == name then
          return class, true
        end
      end
      return nil, true
    end
  end
  return nil, false
end

-- The limit that a class gives what it sends, as far as it is written there: what a parameter or an attribute of such a name is by default, what `setdefault("timeout", 5)` says.
local function default_in(class)
  for _, param in class:descendants("param") do
    local default = time_limit.says_limit(param.text) and param:child("default")
    if default and default.kind == "num" then
      return default
    end
  end
  for _, assign in class:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and value and time_limit.says_limit(target.source) and value.kind == "num" then
      return value
    end
  end
  for _, call in class:descendants("call") do
    local first = call.name == "setdefault" and call:arg(1)
    if first and first:literal() == "timeout" then
      return call:arg(2)
    end
  end
  return nil
end

-- What an instance of a class of this repository says: "set" with the place, "absent", "hidden"; nil where it is none.
function M.limit_of_class(value, repo)
  local class, is_own = class_of(value, repo)
  if not is_own then
    return nil
  elseif not class then
    return "hidden"
  elseif not time_limit.says_limit(class.source) then
    return "absent"
  end
  local given = value.kind == "call" and value:arg("timeout")
  return "set", given or default_in(class)
end

-- What an adapter or a transport says, in the same way.
local function limit_of_adapter(value, repo)
  local made = value.kind == "call" and value or value:value() or value:definition()
  if made and made.kind == "call" and made:is(PLAIN) then
    return "absent"
  end
  local state, place = M.limit_of_class(made or value, repo)
  if state then
    return state, place
  end
  -- Of another library's nobody knows; its name may say it.
  local source = made and made.source or value.source
  return time_limit.says_limit(source) and "set" or "hidden"
end

-- What the adapters that a session mounts say: `session.mount("https://", DefaultTimeout())`.
local function limit_of_mounts(name, root, repo)
  local found, at = nil, nil
  for _, call in root:descendants("call") do
    local on = call.name == "mount" and call:receiver()
    local adapter = on and on.source == name and (call:arg("adapter") or call:arg(2))
    if adapter then
      local state, place = limit_of_adapter(adapter, repo)
      if state ~= "absent" then
        found, at = state, place or at
      end
    end
  end
  return found, at
end

-- What the transport of a client says: `httpx.Client(transport=Retrying())`.
local function limit_of_transport(made, repo)
  if not made:is("httpx.*") then
    return nil
  end
  for _, key in { "transport", "mounts" } do
    local value, state = made:arg(key)
    if state == "hidden" then
      return "hidden"
    elseif value and key == "mounts" then
      return "hidden"
    elseif value then
      local said, place = limit_of_adapter(value, repo)
      if said ~= "absent" then
        return said, place
      end
    end
  end
  return nil
end

-- Where a name stands for the same client: the function whose own it is, else the file.
local function scope_of(node)
  local value = node.kind == "name" and node:value()
  local owner = value and value.file.path == node.file.path and value:func()
  return owner and owner.node or node.file.root
end

-- The limit that stands between a client and the network: "set" with the place, "hidden", or nil where there is none. `made` is what made the client, `receiver`
-- how the call names it.
function M.limit_of(receiver, made, repo)
  local state, place = nil, nil
  if made and made.kind == "call" then
    state, place = limit_of_transport(made, repo)
  end
  if not state and receiver.file.text:find(".mount(", 1, true) then
    state, place = limit_of_mounts(receiver.source, scope_of(receiver), repo)
  end
  -- The function that makes the session mounts what it needs, under a name of its own.
  local target = not state and made and made:parent() and made:parent().kind == "assign" and made:parent():child("target")
  if target and target.file.text:find(".mount(", 1, true) then
    local func = made:func()
    state, place = limit_of_mounts(target.source, func and func.node or target.file.root, repo)
  end
  return state, place
end

return M
