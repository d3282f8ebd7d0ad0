-- Types of what is handed out as a file, which may be long: what a handler says of its answer.

local M = {}

local TYPES = { "application/pdf", "application/zip", "application/gzip", "octet%-stream", "image/", "video/", "audio/", "spreadsheetml", "attachment", "[Cc]ontent%-[Dd]isposition" }

local function speaks_of_file(text)
  for _, form in TYPES do
    if text:find(form) then
      return true
    end
  end
  return false
end

-- Whether a call, or else the function around it, says so. What hands on the type that it was told hands on anything.
function M.are_said(call)
  if call.source:find("headers%s*[%.%[]") then
    return false
  end
  local func = call:func()
  return speaks_of_file(call.source) or func ~= nil and speaks_of_file(func.node.source)
end

return M
