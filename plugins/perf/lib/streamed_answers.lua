-- Answers of requests whose body is streamed, `requests.get(url, stream=True)`, and that are neither closed nor read to their end: the connection stays taken until nothing
-- holds the answer any more.

local ownership = require("ownership")
local set = require("words").set

local M = {}

-- What reads the body to its end, or hands it to somebody who may.
local WHOLE = set("content", "text", "json", "iter_content", "iter_lines", "iter_raw", "__iter__")
local CLOSERS = set("close", "__exit__")
-- What is asked of an answer without its body.
local HEAD = set("headers", "status_code", "ok", "url", "reason", "history", "elapsed", "encoding", "cookies", "is_redirect", "raise_for_status", "request", "links")

-- Whether a use of the answer leaves the body where it is, or takes a part of it: `answer.headers`, `answer.raw.read(1024)`.
local function leaves_open(name, func_node)
  local top, links = ownership.chain_above(name)
  if HEAD[links[1] or ""] then
    return true
  elseif links[1] == "raw" and links[2] == "read" then
    local read = top
    while read and not (read.kind == "call" and read.name == "read") do
      read = read:child("callee") or read:child("value")
    end
    return read ~= nil and #read:args() > 0
  end
  local parent = name:parent()
  return #links == 0 and parent ~= nil and (parent.kind == "if" or parent.kind == "unary" or parent.kind == "compare" or parent.kind == "logic") and ownership.use_of(name, CLOSERS, func_node) == nil
end

-- The name of the answer that a call opens and leaves open; nil where somebody closes it, reads it, or may do so.
function M.left_open(call)
  local stream, func = call:arg("stream"), call:func()
  if not stream or stream:literal() ~= true or not func then
    return nil
  end
  local target = ownership.own_binding(call, func.node)
  local names = target and call:aliases(func.node)
  if not names then
    return nil
  end
  local takes_part = false
  for _, name in names do
    local _, links = ownership.chain_above(name)
    if CLOSERS[links[1] or ""] or WHOLE[links[1] or ""] or not leaves_open(name, func.node) then
      return nil
    end
    takes_part = takes_part or links[1] == "raw" or links[1] == "headers" or links[1] == "status_code"
  end
  return takes_part and target or nil
end

return M
