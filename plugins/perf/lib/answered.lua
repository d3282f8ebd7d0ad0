-- Whether a value gets into the answer of a request: returned, or given to what answers.

local awaited = require("awaited")
local set = require("words").set

local M = {}

local ANSWERS = set(
  "json", "jsonp", "send", "end", "write", "Write", "JSONResponse", "ORJSONResponse", "JsonResponse", "Response", "HttpResponse", "jsonify", "make_response", "PlainTextResponse", "StreamingResponse", "Fprint", "Fprintf",
  "Fprintln", "Data", "Blob", "JSONBlob", "String", "WriteString", "NextResponse", "json_response"
)

-- What else writes to files is an answer on these only.
local WRITES = set("send", "end", "write", "Write", "WriteString")
local ON = set("res", "response", "w", "reply", "ctx", "c", "self", "rw", "writer", "resp")

local function is_answer(call)
  local on = call:receiver()
  return ANSWERS[call.name] and (not WRITES[call.name] or on ~= nil and (on.kind ~= "name" or ON[on.text]) and (on.kind ~= "call" or on.name == "status" or on.name == "type" or on.name == "set"))
end

local NAMES = {}
for name in ANSWERS do
  table.insert(NAMES, name)
end

-- Whether a function has calls by which something may become an answer at all.
function M.has_answer(func)
  return #func.node:descendants("call", NAMES) > 0
end

-- Whether a platform calls a function itself: what others return is their callers'.
local function is_handler(func)
  return func.reach == "request" and #func:route() <= 1
end

-- The call or the statement by which a value becomes the answer of a request, and second the expression that does; nil where it is not seen to. Of a returned object only the body of a
-- function of a cloud platform is one.
function M.by(node, func)
  for _, use in node:uses(func.node) do
    for _, call in use.calls do
      if is_answer(call) and not call:same(node) then
        local given = awaited.value(call:arg("content") or call:arg("data") or call:arg(1))
        if given and (use.node:same(given) or node:same(given) or use.node:is_within(given) and given.kind == "call") then
          return call, use.node
        end
      end
    end
    local parent = use.top:parent()
    local around = use.node:parent()
    local is_plain = use.top:same(use.node) or use.top.kind == "await"
    local is_body = around ~= nil and around.kind == "pair" and around.text == "body"
    if parent and parent.kind == "return" and (is_plain or is_body) and is_handler(func) then
      return parent, use.node
    end
  end
  return nil
end

return M
