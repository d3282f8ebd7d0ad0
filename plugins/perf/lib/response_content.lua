-- `response.content` of Python's clients: all bytes of an answer, and where they go.

local set = require("words").set

local M = {}

-- Calls that take bytes to write them, send them on, or unpack them.
local TAKES = set("write", "write_bytes", "put_object", "upload_from_string", "upload_blob", "upload_fileobj", "put", "ZipFile", "save", "ContentFile")

local function is_passed_on(content)
  for _, call in content:argument_of() do
    if TAKES[call.name] then
      return true
    end
  end
  local func = content:func()
  for _, one in func and content:uses(func.node) or {} do
    for _, call in one.calls do
      if TAKES[call.name] then
        return true
      end
    end
  end
  return false
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
  return nil
end

return M
