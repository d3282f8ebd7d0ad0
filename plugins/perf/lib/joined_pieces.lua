-- Bytes that JavaScript puts together of the pieces in which a stream brings them: `for await (const piece of Body) all.push(piece)` before `Buffer.concat(all)`.

local M = {}

-- The function around a node that is no callback within it.
local function outer_function(node)
  local found, around = nil, node:enclosing("function")
  while around do
    found = around
    local parent = around:parent()
    if not parent or parent.kind ~= "call" then
      break
    end
    around = around:enclosing("function")
  end
  return found
end

-- The stream whose pieces a call joins; nil where that is not seen.
function M.stream_of(call)
  local on, list = call:receiver(), call:arg(1)
  local within = call.name == "concat" and on and on.source == "Buffer" and list and list.kind == "name" and outer_function(call)
  for _, push in within and within:descendants("call", "push") or {} do
    local kept = push:receiver()
    local piece = push:arg(1)
    if not kept or kept.text ~= list.text or not piece then
      continue
    end
    local loop = push:enclosing({ "for", "function" })
    if loop and loop.kind == "for" then
      return loop:child("iter")
    end
    local heard = loop and loop:parent()
    local event = heard and heard.kind == "call" and heard.name == "on" and heard:arg(1)
    if event and event:literal() == "data" then
      return heard:receiver()
    end
  end
  return nil
end

return M
