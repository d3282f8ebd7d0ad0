-- What becomes of bytes that were read whole: a text or a document that has to be whole, or something that is only passed on.

local awaited = require("awaited")
local set = require("words").set

local M = {}

-- Calls and methods that make a text or a document of bytes.
local TEXT = set(
  "decode", "loads", "safe_load", "Unmarshal", "NewDecoder", "toString", "string", "str", "splitlines", "split", "fromstring", "BeautifulSoup", "load_pem_x509_certificate", "JSON", "parse_obj",
  "model_validate_json", "literal_eval", "getvalue", "TrimSpace", "Trim", "String", "Compile", "strip", "replace", "validate", "hexdigest"
)
-- Those that make one where they are a parser's.
local PARSERS = { "JSON", "json", "yaml", "toml", "xml", "orjson", "html", "cheerio", "Papa" }
-- Calls by which bytes are passed on.
local PASSES = set(
  "write", "write_bytes", "writeFile", "writeFileSync", "WriteFile", "put_object", "upload_from_string", "upload_blob", "upload_fileobj", "putObject",
  "upload", "save", "send", "end", "ZipFile", "BytesIO", "bytes", "NewReader",
  "Write", "PutObjectCommand", "put", "createFile", "AdmZip", "loadAsync", "from", "fromBuffer", "Uint8Array", "sendFile"
)

-- Calls that give the same bytes in another dress: `new Uint8Array(buffer)`.
local DRESSES = set("Uint8Array", "BytesIO", "from", "fromBuffer", "bytes", "bytearray", "memoryview", "NewReader")

local function is_parser(call)
  local name = call.name
  if TEXT[name] or call:fact("parses") == "whole" then
    return true
  elseif name ~= "parse" and name ~= "load" then
    return false
  end
  local receiver = call:receiver()
  for _, word in PARSERS do
    if receiver and receiver.text:lower():find(word:lower(), 1, true) then
      return true
    end
  end
  return false
end

-- What a value's uses say: "text", "passed" (to what takes bytes), "returned", or "other". `is_dressed`: of bytes in another
-- dress, whose own dresses are not followed.
local function uses_of(value, within, is_dressed)
  local after = value:chained()
  for _, call in after do
    if is_parser(call) then
      return "text"
    end
  end
  local found = "other"
  for _, one in value:uses(within) do
    for _, call in one.calls do
      if is_parser(call) then
        return "text"
      elseif DRESSES[call.name] and not is_dressed and uses_of(call, within, true) == "text" then
        return "text"
      elseif PASSES[call.name] and found ~= "passed" then
        found = "passed"
      end
    end
    local link = awaited.parent(one.node)
    if link and link.kind == "attr" and TEXT[link.text] then
      return "text"
    end
    local around = one.top:parent()
    if around and around.kind == "return" and found == "other" then
      found = "returned"
    end
  end
  local parent = awaited.parent(value)
  return found == "other" and parent and parent.kind == "return" and "returned" or found
end

-- The same, with what the callers of the function make of it (`and_callers`): where all of them make a text of it, it is one.
function M.of(value, and_callers)
  local func = value:func()
  if not func then
    return "other"
  end
  local found = uses_of(value, func.node)
  if found ~= "returned" or not and_callers then
    return found
  end
  local texts, others = 0, 0
  for _, call in func:callers() do
    local caller = call:func()
    if caller and uses_of(call, caller.node) == "text" then
      texts += 1
    else
      others += 1
    end
  end
  return texts > 0 and others == 0 and "text" or "returned"
end

return M
