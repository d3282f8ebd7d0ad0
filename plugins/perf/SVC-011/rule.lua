-- Many requests at once to one host, through a client that carries one per connection.

local fan_out = require("fan_out")
local http_client = require("http_client")
local loop_data = require("loop_data")

-- The call of HTTP in what is gathered, with its loop; nil where nothing is run per item.
local function request_in(call)
  local func = call:func()
  local given = call:arg(1) or call:children("arg")[1]
  if given and given.kind == "spread" then
    given = given:child("value") or given
  end
  if given and given.kind == "name" then
    given = given:value() or given
  end
  local is_list = given and (given.kind == "comprehension" or given.kind == "call" and given.name == "map")
  for _, inner in func and is_list and given:descendants("call") or {} do
    local loop = inner:loops()[1]
    if loop and (loop.kind == "per-item" or loop.kind == "chunk") then
      if inner:fact("kind") == "http" and inner:fact("verb") == "call" then
        return inner, loop
      end
      local hops = #inner:callees() > 0 and inner:chain({ "http" }) or {}
      local leaf = hops[#hops] and hops[#hops].node
      if leaf and #hops <= 2 and leaf:fact("verb") == "call" and #leaf:loops() == 0 then
        return leaf, loop
      end
    end
  end
  return nil
end

-- `h2` as a word of its own: `oauth2` is none.
local SPEAKS = { "http2", "allowH2", "%f[%w_]h2%f[^%w_]" }

-- Whether the client, or what the file says of it, speaks HTTP/2.
local function speaks_http2(call)
  -- What a comment says changes no protocol.
  local text = call.file.text:gsub(call.file.language == "python" and "#[^\n]*" or "%s//[^\n]*", "")
  for _, word in SPEAKS do
    if text:find(word) then
      return true
    end
  end
  return false
end

-- Whether the address begins with something that no loop carries: one host.
local function is_one_host(call, loop)
  local url = http_client.url_of(call)
  if not url then
    return false
  end
  local text = url:joined()
  if text and text:find("^https?://[^{/]+/") then
    return true
  elseif text and text:find("^/") then
    -- The host is the client's: one that all share, not one per item.
    local on = call:receiver()
    local made = on and on.kind == "name" and on:value()
    return made ~= nil and made ~= false and not loop:carries(on)
  end
  -- `${STOCK}/items/${id}`: what stands first decides.
  local first = url:child("item") or url:child("value")
  if url.kind == "template" then
    for _, part in url:children() do
      if part.kind ~= "str" then
        first = part
        break
      end
    end
    return text ~= nil and text:find("^{}") ~= nil and first ~= nil and first.kind ~= "str" and (not loop:carries(first)) and (first.text == first.text:upper() and #first.text > 1)
  end
  return false
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      local call = match.node
      local reach = call:reach()
      if reach == "request" or reach == "worker" then
        local request, loop = request_in(call)
        if request and not request:fact("sdk") and is_one_host(request, loop) and not speaks_http2(request) and not fan_out.is_in_parts(call) then
          local over = loop_data.over(loop)
          report({
            at = call,
            message = `one request per item{over and " of \`" .. over .. "\`" or ""} goes to one host at once, each over a connection of its own: HTTP/2 carries them over one`,
            confidence = "low",
            related = { { at = request, message = "the request" } },
            notes = { library = request:fact("library") },
          })
        end
      end
    end
  end,
}
