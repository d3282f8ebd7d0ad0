-- Whether a request is answered with an image: making it is the request's purpose, and what may be spared is making it twice.

local words = require("words")

local M = {}

-- Arguments and keys by which an answer says its type.
local TYPES = words.set("media_type", "mimetype", "content_type", "contenttype", "content-type", "content_type")
-- Calls that say it, or that answer with what they are given.
local SAYS = words.set(
  "setHeader", "set", "header", "type", "contentType", "Set", "Add", "Header", "Data", "DataFromReader", "Stream", "Blob", "writeHead", "send_file", "Response", "HttpResponse", "StreamingResponse", "StreamingHttpResponse", "FileResponse", "make_response", "append"
)
-- Handlers that are called after an image that they give.
local NAMED = { "thumb", "get_image", "getimage", "serve_image", "serveimage", "qr", "captcha", "barcode", "avatar_image" }
-- What keeps an answer: a header for caches, or a file that is looked for first.
local KEPT = { "cache-control", "cache_control", "max-age", "max_age", "etag", "last-modified", "exists", "exist(", "isnotexist", "mtime", "fileexist", "cache" }

local function name_of_call(node)
  local call = node:enclosing("call")
  return call and call.name or ""
end

-- Whether a text such as `image/png` is the type of an answer.
local function is_type(node)
  local text = node.text ~= "" and node.text or node.source
  if not text:find("^[\"'`]?image/") then
    return false
  end
  local parent = node:parent()
  if parent and (parent.kind == "kw-arg" or parent.kind == "pair") then
    local key = parent.kind == "pair" and parent:child("key")
    local name = (key and (key.text ~= "" and key.text or key.source) or parent.text):lower()
    return TYPES[name] == true
  elseif parent and parent.kind == "assign" then
    local target = parent:child("target")
    return target ~= nil and target.source:lower():find("content.?type") ~= nil
  end
  return SAYS[name_of_call(node)] == true
end

local function answers(node)
  for _, one in node:descendants({ "str", "template" }) do
    if is_type(one) then
      return true
    end
  end
  -- `sharp(path).resize(240).pipe(res)`.
  for _, call in node:descendants("call") do
    local to = call.name == "pipe" and call:arg(1)
    if to and to.kind == "name" and to.text:find("^res") then
      return true
    end
  end
  return false
end

-- A function of AWS whose answers are no text.
local function answers_bytes(file)
  return file ~= nil and file.text:find("isBase64Encoded[\"']?%s*[:=]%s*[tT]rue") ~= nil
end

-- The node of the function at which a request begins; nil where it is not found.
local function node_of(first, repo)
  local file = first and repo:open(first.path)
  for _, node in file and file.root and file.root:descendants("function") or {} do
    if node:symbol() == first.symbol then
      return node
    end
  end
  return nil
end

-- Code without its comments, which keep nothing.
local function code_of(text, language)
  return (text:gsub(language == "python" and "#[^\n]*" or "//[^\n]*", "")):lower()
end

-- Whether the request that waits for a call is answered with an image; second, whether what is made is kept. `first` is where the request begins.
function M.of(call, first, repo)
  local func = call:func()
  local handler = node_of(first, repo)
  local file = first and repo:open(first.path)
  local is_bytes = answers_bytes(file)
  local is_answer = func and answers(func.node) or handler and answers(handler) or is_bytes or words.any_in((first and first.symbol or ""):lower(), NAMED)
  if not is_answer then
    return false, false
  end
  local text = code_of((func and func.node.source or "") .. (handler and handler.source or ""), call.file.language)
  return true, words.any_in(text, KEPT) or is_bytes and code_of(file.text, file.language):find("cache-control", 1, true) ~= nil
end

return M
