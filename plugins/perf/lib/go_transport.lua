-- What a client of net/http sends with: a transport of the library's own, which bounds the dialling and the handshake, but not the wait for an answer.

local M = {}

-- Wrappers that add something to another transport, and no limit.
local WRAPPERS = table.freeze({ "go.opentelemetry.io/contrib/**", "go.elastic.co/apm/**", "gopkg.in/DataDog/**" })

-- The expression behind a name that was given one value.
local function behind(node)
  for _ = 1, 3 do
    if node and node.kind == "name" then
      node = node:value()
    end
  end
  return node
end

-- Whether a limit is given to what `name` holds: `transport.ResponseHeaderTimeout = time.Second`.
local function is_limited_later(name, within)
  for _, assign in within and within:descendants("assign") or {} do
    local target = assign:child("target")
    local owner = target and target.kind == "attr" and target.name == "ResponseHeaderTimeout" and target:child("value")
    if owner and owner.text == name then
      return true
    end
  end
  return false
end

-- Whether a transport waits for an answer without end, as far as it is the library's own: true, false, or nil where it is not known.
local function is_endless(node, depth)
  local made = behind(node)
  if not made or depth > 3 then
    return nil
  end
  local func = node:func()
  if node.kind == "name" and is_limited_later(node.text, func and func.node or node.file.root) then
    return false
  end
  if made.kind == "attr" and made:comes_from("net/http.DefaultTransport") then
    return true
  elseif made.kind ~= "call" then
    return nil
  end
  if made:is("net/http.Transport") then
    local _, limit = made:arg("ResponseHeaderTimeout")
    return limit == "absent"
  elseif made.name == "Clone" then
    return made.source:find("^http%.DefaultTransport") ~= nil or nil
  elseif made:is(WRAPPERS) then
    local inner = made:arg(1)
    return inner and is_endless(inner, depth + 1)
  end
  return nil
end

-- Whether a client is given a transport that is known to set no limit for the answer, or none at all.
function M.is_endless(client)
  local transport, state = client:arg("Transport")
  return state == "absent" or state == "given" and is_endless(transport, 0) == true
end

return M
