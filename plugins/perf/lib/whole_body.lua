-- Reads that bring all bytes of something at once: an object of a store, the answer of another service, a file that was uploaded.

local awaited = require("awaited")
local file_types = require("file_types")
local joined_pieces = require("joined_pieces")
local nearest_value = require("nearest_value")
local python_files = require("python_files")
local set = require("words").set

local M = {}

-- The value itself behind `await`, and the name it was given before.
local function source_of(node)
  node = awaited.value(node)
  if node.kind == "name" then
    local value = nearest_value.of(node)
    return value and awaited.value(value) or node
  end
  return node
end

local PYTHON_OBJECTS = table.freeze({
  "boto3.s3.Client.get_object()", "boto3.s3.Object.get()", "aioboto3.s3.Client.get_object()", "minio.Minio.get_object()", "azure.storage.blob.BlobClient.download_blob()",
  "azure.storage.blob.aio.BlobClient.download_blob()", "azure.storage.blob.ContainerClient.download_blob()",
})
local PYTHON_WHOLE = table.freeze({
  "google.cloud.storage.Blob.download_as_bytes", "google.cloud.storage.Blob.download_as_string", "google.cloud.storage.bucket.Blob.download_as_bytes", "google.cloud.storage.blob.Blob.download_as_bytes",
  "google.cloud.storage.blob.Blob.download_as_string",
})
local ALL = set("read", "readall", "content_as_bytes")

-- S3 hands over a stream as `Body`; the word is its own.
local function is_body(node)
  if node.kind == "index" then
    local key = node:child("index")
    return key ~= nil and key.kind == "str" and key.text == "Body"
  end
  return node.kind == "attr" and node.text == "Body"
end

local UPLOADS = table.freeze({ "fastapi.UploadFile()", "fastapi.UploadFile", "starlette.datastructures.UploadFile()" })

-- Files of a form: `request.files["report"]` of Flask, `request.FILES.get("report")` of Django.
local function is_of_form(node)
  local text = node.source
  return text:find("request%.files[%[%.]") ~= nil or text:find("request%.FILES[%[%.]") ~= nil
end

local function python(call)
  if call:is(PYTHON_WHOLE) then
    return "object"
  elseif call.name == "read_bytes" then
    return python_files.path_of(call) and "file" or nil
  elseif not ALL[call.name] or #call:args() > 0 then
    return nil
  end
  local on = call:receiver()
  if not on then
    return nil
  end
  local source = source_of(on)
  if is_body(source) or on:comes_from(PYTHON_OBJECTS) then
    return "object"
  elseif on:comes_from(UPLOADS) or (source.kind == "index" or source.kind == "call") and is_of_form(source) then
    return "upload"
  end
  return python_files.path_of(call) and "file" or nil
end

local BUFFERING = set("streamToBuffer", "stream2buffer", "getStream", "getStreamAsBuffer", "toBuffer", "buffer", "streamToUint8Array", "readStream", "bufferFromStream", "consume")
local ANSWERS = set("buffer", "arrayBuffer", "bytes", "blob")
local READS = set("readFile", "readFileSync")

-- The call whose answer a value is: of a name, and of what `then` hands on.
local function call_behind(node)
  local source = source_of(node)
  if source.kind == "call" then
    return source
  end
  local func = node:param_position() and node:func()
  local handed = func and func.is_lambda and func.node:parent()
  if handed and handed.kind == "call" and handed.name == "then" then
    local on = handed:receiver()
    return on and on.kind == "call" and on or nil
  end
  return nil
end

-- Whether an address is a part of the program itself: `new URL("./font.ttf", import.meta.url)`.
local function is_own(asked)
  local address = asked:arg(1)
  return address ~= nil and address.source:find("import%.meta%.url") ~= nil
end

local function is_capped(call)
  for _, name in { "maxContentLength", "maxBodyLength", "size", "limit" } do
    if select(2, call:arg(name)) ~= "absent" then
      return true
    end
  end
  return false
end

-- Whether a stream is what a function of the repository gives that asks an object store for it.
local function is_of_store(stream)
  local asked = call_behind(stream)
  if not asked or #asked:callees() == 0 then
    return false
  end
  for _, effect in asked:effects() do
    if effect == "storage" then
      return true
    end
  end
  return false
end

local FROM_STORES = table.freeze({ "@google-cloud/storage.File.download" })

local function javascript(call)
  local name = call.name
  if READS[name] then
    local path = call:arg(1)
    local base = path and path.kind == "attr" and path:child("value")
    if base and (path.text == "filepath" or path.text == "path" and base.source:lower():find("%f[%a]file%f[%A]")) then
      return "upload"
    end
    return "file"
  elseif name == "transformToByteArray" then
    local on = call:receiver()
    return on and is_body(source_of(on)) and "object" or nil
  elseif call:is(FROM_STORES) then
    return #call:args() == 0 and "object" or nil
  elseif ANSWERS[name] and #call:args() == 0 then
    local on = call:receiver()
    local asked = on and call_behind(on)
    if asked and asked.name:lower():find("fetch", 1, true) and not is_own(asked) then
      return "answer"
    end
    return nil
  elseif name == "concat" then
    local stream = joined_pieces.stream_of(call)
    return stream and (is_body(source_of(stream)) or is_of_store(stream)) and "object" or nil
  elseif BUFFERING[name] then
    local stream = call:arg(1)
    return stream and (is_body(source_of(stream)) or is_of_store(stream)) and "object" or nil
  end
  local kind = call:arg("responseType")
  local wanted = kind and kind:literal()
  if wanted == "arraybuffer" and not is_capped(call) and call:fact("kind") == "http" then
    return "answer"
  end
  return nil
end

-- Words by which a function of Go says that it brings a file.
local FILES = { "download", "archive", "import", "image", "backup", "snapshot", "artifact", "attachment", "media", "upload" }

local WRITES = set("Write", "Data", "Blob", "Send", "PutObject", "WriteFile")

-- Whether bytes in Go go to what writes them as they are.
local function is_written(call)
  local func = call:func()
  for _, one in func and call:uses(func.node) or {} do
    for _, taker in one.calls do
      if WRITES[taker.name] then
        return true
      end
    end
  end
  return false
end

-- What a reader of Go comes from: an object of a store, or the answer to a request.
local function go(call)
  local reader = call:arg(1)
  if not reader then
    return nil
  end
  if reader.kind == "attr" and reader.text == "Body" then
    local base = reader:child("value")
    local from = base and base:origin()[1] or ""
    if from:find("GetObject", 1, true) then
      return "object"
    elseif from:find("net/http", 1, true) then
      local said = (call:symbol() .. " " .. call.file.path):lower()
      for _, word in FILES do
        if said:find(word, 1, true) then
          return "answer"
        end
      end
      return file_types.are_said(call) and is_written(call) and "answer" or nil
    end
    return nil
  end
  for _, path in reader:origin() do
    if path:find("storage.*Object.*NewReader") or path:find("minio.*Client.GetObject") or path:find("simples3.*FileDownload") or path:find("gocloud.dev/blob.*NewReader") or path:find("azblob.*Download") or path:find("oss.*Bucket.GetObject") then
      return "object"
    end
  end
  return nil
end

-- Whether the bytes are those of a failure: `if resp.StatusCode != 200 { body, _ := io.ReadAll(resp.Body) ... }`.
local function is_of_failure(call)
  local branch = call:enclosing({ "if", "handler", "function" })
  if not branch or branch.kind == "function" then
    return false
  end
  -- Go may name the status in front of the test.
  local head = branch.source:match("^[^\n]*") or ""
  return branch.kind == "handler" or head:lower():find("status", 1, true) ~= nil or head:find("%.ok%f[%W]") ~= nil or head:find("err%f[%W]") ~= nil
end

-- What a call reads whole: "object", "answer", "upload" or "file"; nil for other calls, and for what says of a failure.
function M.of(call)
  local language = call.file.language
  local kind
  if language == "python" then
    kind = python(call)
  elseif language == "go" then
    kind = go(call)
  else
    kind = javascript(call)
  end
  return kind and not is_of_failure(call) and kind or nil
end

return M
