-- Bytes that are brought whole where a stream of them would do: what they are, and whether they become something that has to be whole.

local asked_address = require("asked_address")
local body_uses = require("body_uses")
local held_answer = require("held_answer")
local object_bodies = require("object_bodies")
local python_files = require("python_files")
local read_rows = require("read_rows")
local response_content = require("response_content")
local stream_fix = require("stream_fix")
local unlimited_answers = require("unlimited_answers")
local upload_memory = require("upload_memory")
local whole_body = require("whole_body")
local words = require("words")

local IDLE = { test = true, script = true, build = true }

-- Words of what takes bytes to keep them or send them on.
local HANDS_ON = { "write", "upload", "put_object", "save", "store", "persist", "bytesio" }

local SAYS = {
  object = "an object of the store is read whole into memory",
  answer = "a download is read whole into memory",
  upload = "an uploaded file is read whole into memory",
  file = "a file is read whole into memory to be uploaded or handed out",
}

-- Whether a call answers a request with a file that the browser keeps: `res.end(content)` beside the header that says so.
local function answers_download(call)
  local on = (call.name == "send" or call.name == "end") and call:receiver()
  local func = on and on.kind == "name" and on:param_position() and call:func()
  local source = func and func.node.source or ""
  return source:find("attachment", 1, true) ~= nil or source:find("octet-stream", 1, true) ~= nil
end

-- Folders of what CloudFormation runs when it deploys: nobody waits, and what it reads is a part of the deployment.
local DEPLOYS = words.set("cfn", "cloudformation", "customresource", "customresources")

local function is_of_deployment(path)
  for part in path:gmatch("([^/]+)/") do
    if DEPLOYS[part:lower():gsub("[-_]", "")] then
      return true
    end
  end
  return false
end

-- How many functions hand a file back before one stores it.
local DEEPEST = 2

-- Whether a call takes what is put into a store.
local function puts(taker)
  return taker:fact("kind") == "storage" or taker:fact("puts") == "true" or taker.name == "PutObjectCommand" or answers_download(taker)
end

-- Whether a file that a callback is given goes on to a store: `fs.readFile(path, (error, content) => s3.send(new PutObjectCommand({ Body: content })))`.
local function is_stored_by_callback(call)
  local arguments = call:args()
  local callback = arguments[#arguments]
  local func = callback and callback.kind == "function" and callback:func()
  local content = func and func.params[2]
  for _, name in content and callback:descendants("name") or {} do
    if name.text == content.text and name:role() ~= "param" then
      for _, one in name:uses(callback) do
        for _, taker in one.calls do
          if puts(taker) then
            return true
          end
        end
      end
    end
  end
  return false
end

-- Whether a file goes on to a store, here or where the function that reads it gives it back: `file.save(content)`, `s3.putObject({ Body: content })`.
local function is_stored(call, depth)
  local func = call:func()
  for _, one in func and call:uses(func.node) or {} do
    for _, taker in one.calls do
      if puts(taker) then
        return true
      end
    end
  end
  local statement = call:statement()
  for _, caller in func and depth < DEEPEST and statement and statement.kind == "return" and func:callers() or {} do
    if not IDLE[caller:reach()] and is_stored(caller, depth + 1) then
      return true
    end
  end
  return false
end

-- Things that are short, by what they are called.
local SHORT = { "logo", "avatar", "icon", "font", "template", "thumbnail", "captcha", "manifest", "config", "xlsform" }
-- Assets are parts of the program, unless a request says which one.
local PARTS = { "asset", unpack(SHORT) }

local function is_short(call, kind)
  local statement = call:statement()
  local head = statement and statement.source:match("^[^\n]*") or ""
  return words.any_in(head .. " " .. call:symbol() .. " " .. (call:receiver() and call:receiver().source or ""), kind == "file" and call.file.language == "python" and SHORT or PARTS)
end

-- An upload in Python is a finding where it is handed on as it came: what parses it may need all of it.
local function hands_on(call)
  for _, taker in call:argument_of() do
    if words.any_in(taker.name, HANDS_ON) then
      return true
    end
  end
  local func = call:func()
  for _, one in func and call:uses(func.node) or {} do
    for _, taker in one.calls do
      if words.any_in(taker.name, HANDS_ON) then
        return true
      end
    end
  end
  return false
end

-- A file in Python is a finding where the request says which one, and an answer or a store takes its bytes as they are.
local function hands_out(call)
  local path = python_files.path_of(call)
  return path ~= nil and python_files.is_asked_for(path) and not python_files.is_part(call) and (is_stored(call, 0) or python_files.answered_by(call) ~= nil)
end

local function goes_on(call)
  if call.file.language == "python" then
    return hands_out(call)
  end
  return is_stored(call, 0) or is_stored_by_callback(call)
end

-- Reports a read of all bytes; whether there is one.
local function check_read(call, report)
  local kind = whole_body.of(call)
  if not kind or is_short(call, kind) or kind == "file" and not goes_on(call) then
    return false
  elseif kind == "upload" and call.file.language == "python" and not hands_on(call) then
    return false
  elseif kind == "answer" and call.file.side ~= "server" then
    return false
  end
  local becomes = kind == "file" and "passed" or body_uses.of(call, kind ~= "upload")
  local rows = (becomes == "text" or becomes == "other") and kind == "object" and read_rows.of(call)
  if rows then
    report({
      at = call,
      message = "an object of the store is read whole into memory, where its rows are read one after the other; they can be as they come in",
      confidence = "medium",
      related = { { at = rows, message = "reads the rows" } },
      notes = { becomes = "rows" },
    })
    return true
  elseif becomes == "text" then
    return false
  end
  report({
    at = call,
    message = SAYS[kind] .. (becomes == "passed" and ", only to be passed on" or ""),
    -- What a process loads when it starts, such as a model, may have to be whole.
    confidence = kind == "object" and call:reach() == "startup" and "low" or "medium",
    notes = { becomes = becomes },
    fix = stream_fix.of(call, kind),
  })
  return true
end

local function check_request(call, report)
  local content = response_content.passed_on(call)
  if content then
    report({
      at = call,
      message = "a download is read whole into memory, only to be passed on",
      confidence = "medium",
      related = { { at = content, message = "all of it, here" } },
    })
  end
  return content ~= nil
end

local function check_object(call, report)
  local body = object_bodies.passed_on(call)
  if body then
    report({
      at = call,
      message = "an object of the store is read whole into memory, only to be passed on",
      confidence = "medium",
      related = { { at = body, message = "all of it, here" } },
    })
  end
end

-- An answer of an address that the request names: what is there, nobody knows, and nothing ends it.
local function check_asked(call, report, repo)
  local read = call.file.class == "source" and call:reach() == "request" and unlimited_answers.read(call)
  if read and asked_address.is_asked(call, repo) then
    report({
      at = read,
      message = "the answer of whatever address a request names is read whole into memory, however long it is",
      confidence = "medium",
      related = not read:same(call) and { { at = call, message = "asked here" } } or nil,
    })
  end
end

local function check_middleware(call, report, repo)
  if not is_short(call) and upload_memory.is_at(call, repo) then
    report({
      at = call,
      message = `{call.name} keeps uploads whole in memory, and nothing limits their size`,
      -- A parser of documents needs all of one; what becomes of the bytes elsewhere is not known.
      confidence = if upload_memory.is_handed_on(call) then "medium" else "low",
      reach = "request",
    })
  end
end

local function check_writer(file, span, report, repo)
  if file.class == "source" and held_answer.is_at(file, span.first) then
    report({
      at = span,
      message = "this writer holds each answer whole in memory before any of it is sent, files that a handler streams as well",
      confidence = held_answer.streams(repo) and "medium" or "low",
      reach = "request",
    })
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" or file.path:find("testutil", 1, true) or is_of_deployment(file.path) then
      return
    end
    for _, match in matches do
      if match.matcher == "writer" then
        check_writer(file, match.span, report, repo)
      elseif IDLE[match.node:reach()] then
        continue
      elseif match.matcher == "middleware" then
        check_middleware(match.node, report, repo)
      elseif match.matcher == "object" then
        check_object(match.node, report)
      elseif match.matcher == "request" then
        if not check_request(match.node, report) then
          check_asked(match.node, report, repo)
        end
      else
        if not check_read(match.node, report) and match.matcher == "answer" then
          check_asked(match.node, report, repo)
        end
      end
    end
  end,
}
