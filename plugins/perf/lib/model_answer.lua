-- What becomes of the text that a model writes: whether the handler of a request answers with it, or something reads it first.

local awaited = require("awaited")
local words = require("words")

local M = {}

-- How many functions the text may be handed up through.
local DEEPEST = 2

-- Calls that read a text, so that it has to be whole.
local READS = words.set(
  "loads", "parse", "literal_eval", "model_validate_json", "parse_raw", "parse_obj", "safe_load", "match", "search", "findall", "fullmatch", "sub", "split", "splitlines", "int", "float", "bool", "lower", "upper", "startswith", "includes", "startsWith",
  "Unmarshal", "parseInt", "parseFloat", "Number", "toLowerCase", "Split", "Atoi", "HasPrefix", "matchAll", "test", "safeParse", "index"
)
-- Calls by which JavaScript and Go answer.
local ANSWERS = words.set("json", "send", "end", "write", "render", "JSON", "String", "IndentedJSON", "Encode", "Write", "Fprint", "Fprintf", "Fprintln", "WriteString", "HTML", "status_json")

-- Whether the function around is called by a platform to answer a request.
function M.is_handler(func)
  return func.reach == "request" and #func:route() == 1
end

local function is_reader(name)
  return READS[name] or name:lower():find("^parse") ~= nil or name:lower():find("^extract") ~= nil or name:lower():find("json$") ~= nil and name ~= "json" and name ~= "jsonify" and name ~= "JSON"
end

-- Whether a value is compared, iterated or tested for more than being there.
local function is_judged(use)
  local around = use.top:parent()
  return around ~= nil and (around.kind == "compare" and around:child("value") ~= nil and not around.source:find("nil", 1, true) and not around.source:find("null", 1, true) and not around.source:find("None", 1, true))
end

-- The uses of a value and of what is taken out of it: `answer.choices[0].message.content`.
local function all_uses(node, within, into, depth)
  for _, use in node:uses(within) do
    local part = use.top
    local around = part:parent()
    while around and (around.kind == "index" or around.kind == "attr") and part:role() == "value" do
      part, around = around, around:parent()
    end
    if part:same(use.top) or depth > 4 then
      table.insert(into, use)
    else
      all_uses(part, within, into, depth + 1)
    end
  end
  return into
end

-- What becomes of what a node gives in the function around it: "answered", "returned", "read", or nil where it stays there.
local function fate(node, func)
  local found = nil
  for _, use in all_uses(node, func.node, {}, 0) do
    local after = use.top:chained()
    for _, call in after do
      if is_reader(call.name) then
        return "read"
      end
    end
    if is_judged(use) then
      return "read"
    end
    for _, call in use.calls do
      if not call:same(node) and is_reader(call.name) then
        return "read"
      end
    end
    local parent = awaited.parent(use.top)
    for _, call in use.calls do
      if not call:same(node) and ANSWERS[call.name] and func.reach == "request" and call.file.language ~= "python" then
        found = "answered"
      end
    end
    if parent and (parent.kind == "return" or parent.kind == "function") and found == nil then
      found = "returned"
    end
  end
  return found
end

-- The handler that answers with what a call of a model gives, and the calls on the way up to it; nil where none is seen.
function M.answered_by(call, depth)
  local func = call:func()
  if not func then
    return nil
  end
  local found = fate(call, func)
  if M.is_handler(func) then
    return (found == "answered" or found == "returned") and func or nil
  elseif found == "answered" then
    return func
  elseif found ~= "returned" or (depth or 0) >= DEEPEST then
    return nil
  end
  for _, caller in func:callers() do
    if caller:reach() == "request" then
      local handler = M.answered_by(caller, (depth or 0) + 1)
      if handler then
        return handler, caller
      end
    end
  end
  return nil
end

return M
