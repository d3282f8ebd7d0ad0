-- Pictures, styles, scripts and fonts that a handler of Node.js hands out by itself: `res.set({ "Content-Type": "image/svg+xml" })`, and a stream of a file that is piped into
-- the answer. Unlike `sendFile` and `express.static`, that sends neither a time to keep it nor anything to ask again by.

local M = {}

local TYPES = { "image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif", "image/x-icon", "text/css", "application/javascript", "text/javascript", "font/woff", "font/woff2", "application/font-woff", "application/wasm" }
local TOLD = { "cache-control", "cachecontrol", "etag", "last-modified", "expires", "max-age", "maxage", "attachment" }

-- Whether a stream ends in an answer: `stream.pipe(res)`.
local function is_answered(call)
  for _, link in call:chained() do
    local into = link.name == "pipe" and link:arg(1)
    local text = into and into.source:match("^[%w_.]+")
    if text and (text:find("^res%f[^%w]") or text:find("^response%f[^%w]") or text:find("^reply%f[^%w]") or text:find("^ctx%f[^%w]")) then
      return true
    end
  end
  return false
end

-- Whether a function says how long its answer may be kept, how to ask again, or that it is there to be saved.
local function is_told(func)
  for _, node in func:descendants({ "str", "template", "attr", "pair", "call" }) do
    local text = (node.kind == "call" and node.name or node.text):lower()
    for _, word in TOLD do
      if text:find(word, 1, true) then
        return true
      end
    end
  end
  return false
end

-- The call that says of which type the answer is, by a text that is written there; nil where there is none.
local function typed(func)
  for _, text in func:descendants("str") do
    for _, kind in TYPES do
      if text.text:sub(1, #kind) == kind then
        return text:argument_of()[1] or text:enclosing("call")
      end
    end
  end
  return nil
end

-- The calls that set the type of such answers.
function M.of(repo)
  local all = {}
  for _, path in repo:holding("**/*.{js,ts,mjs,cjs}", "createReadStream(") do
    local file = repo:open(path)
    local counts = file and file.class == "source" and file.root and file.side ~= "browser"
    for _, call in counts and file.root:descendants("call", "createReadStream") or {} do
      local func = call:enclosing("function")
      local reach = func and is_answered(call) and not is_told(func) and call:reach() or "test"
      local set = reach ~= "test" and reach ~= "script" and reach ~= "build" and typed(func)
      if set then
        table.insert(all, set)
      end
    end
  end
  return all
end

return M
