-- `response.content` of Python's clients: all bytes of an answer, and where they go.

local file_types = require("file_types")
local set = require("words").set

local M = {}

-- Calls that take bytes to write them, send them on, or unpack them.
local TAKES = set("write", "write_bytes", "put_object", "upload_from_string", "upload_blob", "upload_fileobj", "put", "ZipFile", "save", "ContentFile")

-- Calls that answer a request with bytes.
local ANSWERS = set("Response", "HttpResponse", "StreamingResponse", "StreamingHttpResponse", "send_file", "make_response")

-- Whether a call takes bytes as they are. What answers a request does so where it says that they are a file: much else is short, such as JSON.
local function takes(call)
  return TAKES[call.name] or ANSWERS[call.name] and file_types.are_said(call)
end

local function is_passed_on(content)
  for _, call in content:argument_of() do
    if takes(call) then
      return true
    end
  end
  local func = content:func()
  for _, one in func and content:uses(func.node) or {} do
    for _, call in one.calls do
      if takes(call) then
        return true
      end
    end
  end
  return false
end

-- The `read()` of an answer of aiohttp that is only passed on, for the call `session.get(url)` that asks; nil where there is none.
local function read_on(call)
  local func = call:func()
  local item = call:parent()
  item = item and item.kind == "await" and item:parent() or item
  local target = item and (item.kind == "with-item" or item.kind == "assign") and item:child("target")
  for _, read in target and target.kind == "name" and func and func.node:descendants("call", "read") or {} do
    local on = read:receiver()
    if on and on.kind == "name" and on.text == target.text and #read:args() == 0 and read.id > call.id and is_passed_on(read) then
      return read
    end
  end
  return nil
end

-- The `content` of a request's answer that is only passed on; nil where there is none.
function M.passed_on(call)
  local func = call:func()
  local link = call:parent()
  if link and link.kind == "await" then
    link = link:parent()
  end
  if link and link.kind == "attr" and link.text == "content" then
    return is_passed_on(link) and link or nil
  end
  for _, name in func and call:aliases(func.node) or {} do
    local attr = name:parent()
    if attr and attr.kind == "attr" and attr.text == "content" and is_passed_on(attr) then
      return attr
    end
  end
  return read_on(call)
end

return M
