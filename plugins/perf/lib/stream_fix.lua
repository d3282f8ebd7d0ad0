-- Changes by which bytes that were read whole, only to be written into a file or handed to a store, go there block by block.

local awaited = require("awaited")
local imports = require("imports")
local inlined = require("inlined")
local layout = require("layout")

local M = {}

-- Where the bytes go: what stands for them there, the call that takes it, and the edits that take the name of the bytes away.
local function taker_of(call)
  local place, edits = call, {}
  local parent, at = awaited.parent(call)
  if parent and parent.kind == "assign" then
    local use, removal = inlined.of(call)
    if not use then
      return nil
    end
    place, edits = use, { removal }
    parent, at = use:parent(), use
  else
    place = at
  end
  if parent and (parent.kind == "kw-arg" or parent.kind == "pair") then
    local around = parent:parent()
    around = around and around.kind == "dict" and around:parent() or around
    return place, around, edits, parent.source:match("^[\"']?([%w_]+)")
  end
  return place, parent, edits, nil
end

-- What an upload is read by: its file lies on the disk or in memory, and the loop is asked for each part.
local PART = "1024 * 1024"

-- What takes the place of the statement that writes into the open file `into`, and the edits that it needs; nil where nothing does.
local function copied(call, kind, taker, into)
  local from, func = call:receiver(), call:func()
  if not func or func.is_async ~= (kind == "upload") then
    return nil
  elseif kind == "upload" then
    if not call:is_awaited() or func.node.source:find("%f[%w_]chunk%f[^%w_]") then
      return nil
    end
    local indent = layout.indent(call.file, taker.line)
    local step = layout.step(call.file, indent)
    return `while chunk := await {from.source}.read({PART}):\n{indent}{step}{into.source}.write(chunk)`, {}
  elseif call.name:find("^download_as") then
    return #call:args() == 0 and `{from.source}.download_to_file({into.source})` or nil, {}
  end
  local made = from:value() or from
  if not made.source:find("%[[\"']Body[\"']%]$") then
    return nil
  end
  return `shutil.copyfileobj({from.source}, {into.source})`, imports.edits(call.file, "shutil")
end

local function python(call, kind)
  local place, taker, edits, keyword = taker_of(call)
  local from = call:receiver()
  if not taker or taker.kind ~= "call" or not from or from.source:find("[\r\n]") then
    return nil
  elseif kind == "upload" and keyword == "Body" and taker:is("boto3.s3.Client.put_object") and from.kind == "name" then
    table.insert(edits, { at = place, text = `{from.source}.file` })
    return edits
  end
  local into = taker:receiver()
  local statement = taker:statement()
  local is_write = taker.name == "write" and #taker:args() == 1 and not keyword and statement and statement.source == taker.source
  if not is_write or not into or into.kind ~= "name" or not into:comes_from("builtins.open()") then
    return nil
  end
  local text, needed = copied(call, kind, taker, into)
  if not text or not needed then
    return nil
  end
  table.insert(edits, { at = taker, text = text })
  for _, edit in needed do
    table.insert(edits, edit)
  end
  return edits
end

-- Calls of S3 that take a stream of a file as they take its bytes: they ask the file how long it is.
local STREAMED = { PutObjectCommand = true, putObject = true, upload = true, Upload = true }
local FILES = { fs = true, ["fs.promises"] = true }

local function javascript(call, kind)
  local place, taker, edits, keyword = taker_of(call)
  local callee = call:child("callee")
  local base = callee and callee.kind == "attr" and callee:child("value")
  if kind ~= "file" or keyword ~= "Body" or not taker or not STREAMED[taker.name] or not base or #call:args() ~= 1 then
    return nil
  elseif not FILES[base.source] then
    return nil
  end
  local path = call:arg(1)
  table.insert(edits, { at = place, text = `fs.createReadStream({path.source})` })
  return edits
end

-- The change for a read of the bytes, as `whole_body` names what they are; nil where they are needed for something else.
function M.of(call, kind)
  local edits
  if call.file.language == "python" then
    edits = python(call, kind)
  elseif call.file.language ~= "go" then
    edits = javascript(call, kind)
  end
  return edits and { title = "pass it on block by block", safety = "unsafe", edits = edits }
end

return M
