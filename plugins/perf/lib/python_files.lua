-- Files that Python reads whole: which one the request decides, and an answer or a store takes the bytes as they are.

local varying = require("varying")

local M = {}

local OPENS = { "builtins.open", "io.open", "gzip.open", "bz2.open", "lzma.open", "aiofiles.open", "anyio.open_file" }
local STORES = { "*.default_storage.open" }
local ANSWERS = {
  "django.http.HttpResponse", "django.http.response.HttpResponse", "flask.Response", "flask.make_response", "flask.wrappers.Response", "werkzeug.wrappers.Response", "werkzeug.Response", "fastapi.Response",
  "fastapi.responses.Response", "starlette.responses.Response", "aiohttp.web.Response", "quart.Response", "quart.make_response", "sanic.response.raw", "sanic.raw", "litestar.Response",
}
-- Answers that write what they are given: `response = HttpResponse(...); response.write(content)`.
local WRITTEN = { "django.http.HttpResponse.write", "aiohttp.web.StreamResponse.write", "tornado.web.RequestHandler.write" }

-- The call that opened what a read reads: of a name, of `with open(...) as file`, of the expression itself.
local function opened(on)
  for _ = 1, 3 do
    if on and on.kind == "await" then
      on = on:child("value")
    elseif on and on.kind == "name" then
      local own = on:value()
      if not own then
        break
      end
      on = own
    end
  end
  return on and on.kind == "call" and on or nil
end

-- The `with` item that gives a name: `with gzip.open(path) as file`.
local function with_item(name)
  local around = name:enclosing("with")
  while around do
    for _, item in around:children() do
      local target = item.kind == "with-item" and item:child("target")
      if target and target.text == name.text then
        local value = item:child("value")
        return value and (value.kind == "await" and value:child("value") or value) or nil
      end
    end
    around = around:enclosing("with")
  end
  return nil
end

-- The path of the file that a call reads whole; nil where it reads no file, or not all of one.
function M.path_of(call)
  local on = call:receiver()
  if not on then
    return nil
  elseif call.name == "read_bytes" or call.name == "read_text" then
    return #call:args() <= 1 and (on:comes_from({ "pathlib.Path()", "pathlib.Path" }) or on.kind == "call" and on.name == "Path") and on or nil
  elseif call.name ~= "read" and call.name ~= "readlines" or #call:args() > 0 then
    return nil
  end
  local made = on.kind == "name" and with_item(on) or opened(on)
  if not made or made.kind ~= "call" then
    return nil
  elseif made:is(OPENS) or made:is(STORES) then
    return made:arg(1)
  elseif made.name == "open" then
    local path = made:receiver()
    return path and path:comes_from({ "pathlib.Path()", "pathlib.Path" }) and path or nil
  end
  return nil
end

-- Whether the file is another one for another request, and no file that belongs to the program.
function M.is_asked_for(path)
  return varying.is(path)
end

-- Whether a reader went to a place of the file before, so that only the rest is read: `file.seek(start)`.
function M.is_part(call)
  local on, func = call:receiver(), call:func()
  for _, other in on and on.kind == "name" and func and func.node:descendants("call", "seek") or {} do
    local same = other:receiver()
    if same and same.text == on.text and other.id < call.id then
      return true
    end
  end
  return false
end

local DEEPEST = 2

-- The answer that takes the bytes as they are, here or where the function that reads them gives them back; nil where none does.
function M.answered_by(call, depth)
  depth = depth or 0
  local func = call:func()
  local is_given_back = false
  for _, one in func and call:uses(func.node) or {} do
    local first = one.calls[1]
    if first and (first:is(ANSWERS) or first:is(WRITTEN)) then
      return first
    end
    local parent = one.top:parent()
    is_given_back = is_given_back or first == nil and parent ~= nil and parent.kind == "return"
  end
  for _, caller in is_given_back and depth < DEEPEST and func:callers() or {} do
    local found = caller:reach() ~= "test" and M.answered_by(caller, depth + 1)
    if found then
      return found
    end
  end
  return nil
end

return M
