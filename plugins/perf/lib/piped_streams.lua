-- Streams that are only piped into an answer: `pipe` ends the answer with the stream, but not the stream with the answer. Where the caller goes away first,
-- the file stays open, or the connection to the store taken.

local M = {}

-- Calls that show that the end of the answer is looked after.
local ENDS = { destroy = true, pipeline = true, finished = true, onFinished = true, eos = true, close = true, unpipe = true, addAbortSignal = true }
local EVENTS = { on = true, once = true, addListener = true }

local ANSWERS = { res = true, response = true, resp = true, raw = true }

-- Whether a value is the answer of a request: a parameter called so, in a function that is handed one.
local function is_answer(node)
  while node and node.kind == "call" do
    -- `res.type("json")` is the answer itself.
    node = node:receiver()
  end
  if not node or not ANSWERS[node.text] then
    return false
  end
  if node.kind == "attr" then
    local of = node:child("value")
    return of ~= nil and of.text == "reply"
  end
  local func = node:enclosing("function")
  while func do
    for _, param in func:children("param") do
      if param.text == node.text then
        return true
      end
    end
    func = func:enclosing("function")
  end
  return false
end

-- Whether the function around a place that reads from a stream cares for the end of its answer.
local function is_cared_for(call)
  local func = call:enclosing("function")
  local outer = func and func:enclosing("function")
  for _, other in (outer or func or call.file.root):descendants("call") do
    local event = EVENTS[other.name] and other:arg(1)
    if ENDS[other.name] or event and event:literal() == "close" then
      return true
    end
  end
  return false
end

-- Whether a call of `pipe` leaves its stream open when the other side of the answer goes away.
function M.is_left(call)
  local into = call:arg(1)
  return into ~= nil and is_answer(into) and not is_cared_for(call)
end

return M
