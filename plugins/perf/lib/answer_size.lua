-- How much there is to encode in an answer, as far as the code shows it: objects and lists that are written down in it, and streams that wait for another service.

local words = require("words")

local M = {}

-- An object of constants and of what the request brought: small, whoever indents it.
function M.is_small(content, func)
  for _, entry in content:children() do
    local value = entry:child("value")
    local is_param = false
    for _, param in value and func.params or {} do
      is_param = is_param or value.kind == "name" and value.text == param.text
    end
    if not value or not (value.kind == "str" or value.kind == "template" or value.kind == "num" or value.kind == "bool" or value.kind == "null" or is_param) then
      return false
    end
  end
  return true
end

-- Words of what arrives piece by piece from elsewhere, where the encoder waits for its source and not the other way round.
local PIECES = words.set("chunk", "chunks", "token", "tokens", "delta", "deltas", "event", "events", "message", "messages", "part", "parts", "piece", "pieces", "stream", "completion", "completions", "generator", "generators", "gen")

-- Whether an item of a stream is one of many rows that lie ready: not a piece that a model or another service sends, nor the note of an error.
function M.is_row_of_stream(call)
  local given = call:arg(1)
  local loop = call:loops()[1]
  if not given or not loop or call:enclosing("handler") or loop.kind == "constant" or not loop:carries(given) then
    return false
  end
  local target = loop.node:child("target")
  for _, word in words.of(`{target and target.source or ""} {loop.iter and loop.iter.source or ""}`) do
    if PIECES[word] then
      return false
    end
  end
  return true
end

-- Whether a value is a list whose items are written down where it stands.
function M.is_written_down(value)
  if value.kind == "list" and value.source:sub(1, 1) ~= "[" then
    -- Flask's answer and its status.
    value = value:children()[1] or value
  end
  value = value.kind == "name" and value:value() or value
  return value.kind == "list" and #value:children() > 0
end

-- Whether a function returns such a list.
function M.returns_written_down(func)
  for _, node in func.node:descendants("return") do
    local value = node:child("value")
    if value and M.is_written_down(value) then
      return true
    end
  end
  return false
end

return M
