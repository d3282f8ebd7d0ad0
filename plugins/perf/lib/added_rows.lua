-- Rows that JavaScript takes one by one from a stream and adds to figures: `for await (const visit of query.stream()) { perDay[day(visit)] += 1 }`. However many there
-- are, what is left of them has the size of the figures.

local set = require("words").set

local M = {}

local STREAMS = set("stream", "cursor", "iterate", "eachAsync")

-- What keeps a row, or hands it on.
local KEEPS = set("push", "unshift", "add", "set", "append", "concat", "write", "send", "enqueue", "emit", "json", "push_back")

-- Whether a name is the row itself, and not what one of its columns holds.
local function is_whole(name)
  local parent = name:parent()
  return not (parent and (parent.kind == "attr" or parent.kind == "index") and parent:role() ~= "item" and name:role() == "value")
end

-- Whether the body of a loop keeps rows, or something of each: it gives one back, puts it into a list, or under a key of its own.
local function keeps(loop)
  local body, target = loop:child("body"), loop:child("target")
  if not body or not target then
    return true
  end
  for _, call in body:descendants("call") do
    if KEEPS[call.name] then
      return true
    end
  end
  if #body:descendants("yield") > 0 then
    return true
  end
  for _, name in target.kind == "name" and body:descendants("name", target.text) or {} do
    local parent = name:parent()
    if is_whole(name) and parent and (parent.kind == "assign" or parent.kind == "list" or parent.kind == "dict" or parent.kind == "spread" or parent.kind == "pair") then
      return true
    end
  end
  return target.kind ~= "name"
end

-- Whether the rows of a read are streamed through loops that keep none of them.
function M.are(read, within)
  local after, streams = read:chained(), STREAMS[read.name] or false
  for _, call in after do
    streams = streams or STREAMS[call.name] or false
  end
  if not streams then
    return false
  end
  local loops = 0
  for at, use in read:uses(within) do
    local parent = use.top:parent()
    if parent and parent.kind == "for" and use.top:role() == "iter" then
      if keeps(parent) then
        return false
      end
      loops += 1
    elseif at > 1 and use.node.kind == "name" and use.node:parent() and use.node:parent().kind == "attr" and use.node:parent():role() == "callee" then
      -- `rows.pipe(response)`, `rows.on("data", ..)`.
      return false
    end
  end
  return loops > 0
end

return M
