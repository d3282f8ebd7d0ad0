-- What PostgreSQL copies out, `COPY ... TO STDOUT`, into a buffer in memory: all of it is there before the first byte goes on.

local M = {}

local BUFFERS = table.freeze({ "io.BytesIO", "io.StringIO", "six.StringIO", "six.BytesIO" })
-- Where each method is given what it writes to.
local PLACES = { copy_expert = { 2, "file" }, copy_to = { 1, "file" }, copy_from_query = { nil, "output" }, copy_from_table = { nil, "output" } }

-- Whether a statement that is written copies into the database: `COPY orders FROM STDIN`.
local function copies_in(call)
  local statement = call.name == "copy_expert" and (call:arg("sql") or call:arg(1))
  local text = statement and (statement:literal() or statement:joined())
  return type(text) == "string" and text:upper():find("%f[%w]FROM%s+STDIN") ~= nil
end

-- Whether what the buffer holds is taken behind the copy: read, or handed on. What is copied from it was put in before.
local function is_taken_behind(call, buffer, func)
  for _, name in func.node:descendants("name", buffer.text) do
    local parent = name:parent()
    local is_behind = name.id > buffer.id and not name:is_within(call) and name:role() ~= "target"
    local read = is_behind and parent and parent.kind == "attr" and (parent.text == "getvalue" or parent.text == "read" or parent.text == "getbuffer" or parent.text == "readlines")
    local handed = is_behind and parent and (parent.kind == "kw-arg" or parent.kind == "call" and name:role() == "arg" or parent.kind == "return" or parent.kind == "for" and name:role() == "iter")
    if read or handed then
      return true
    end
  end
  return false
end

-- The buffer that a copy fills in memory; nil where it copies elsewhere, or the other way.
function M.filled(call)
  local place, func = PLACES[call.name], call:func()
  local buffer = place and (call:arg(place[2]) or place[1] and call:arg(place[1]))
  local made = buffer and buffer.kind == "name" and buffer:value()
  if not func or not made or made.kind ~= "call" or not made:is(BUFFERS) or copies_in(call) or not is_taken_behind(call, buffer, func) then
    return nil
  end
  return buffer
end

return M
