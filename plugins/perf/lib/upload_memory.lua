-- Middleware of Node.js that keeps uploads whole in memory, however large they are: multer without a directory, a store or a limit, and what is built on it.

local words = require("words")

local M = {}

local MULTER = { "multer", "multer.default", "@koa/multer", "@koa/multer.default", "fastify-multer", "fastify-multer.default" }
local INTERCEPTORS = {
  "@nestjs/platform-express.{FileInterceptor,FilesInterceptor,FileFieldsInterceptor,AnyFilesInterceptor}",
  "@nestjs/platform-express/multer.{FileInterceptor,FilesInterceptor,FileFieldsInterceptor,AnyFilesInterceptor}",
}
local WHOLE = { "express-fileupload", "express-fileupload.default" }
local REGISTERS = { "@nestjs/platform-express.MulterModule.{register,registerAsync}" }

-- What stands under a key: the value, and whether it is known not to be there; options that are handed in from elsewhere hide it.
local function entry(options, key)
  if options == nil then
    return nil, "absent"
  end
  local made = options.kind == "name" and (options:value() or options:definition()) or options
  if made and made.kind == "dict" then
    return made:entry(key)
  end
  return nil, "hidden"
end

-- Whether the uploads' size is limited, or hidden.
local function is_limited(options)
  local limits, state = entry(options, "limits")
  if state == "absent" then
    return false
  end
  return state == "hidden" or not limits or select(2, entry(limits, "fileSize")) ~= "absent"
end

-- Whether the bytes go into memory: multer's default where nothing says a directory or a store.
local function is_memory(options)
  if select(2, entry(options, "dest")) ~= "absent" then
    return false
  end
  local store, state = entry(options, "storage")
  if state == "absent" then
    return true
  end
  local made = store and store.kind == "name" and (store:value() or store:definition()) or store
  return made ~= nil and made ~= false and made.kind == "call" and made.name == "memoryStorage"
end

-- Whether the parser is there for forms without files: `multer().none()`.
local function takes_no_files(call)
  for _, link in call:chained() do
    if link.name == "none" then
      return true
    end
  end
  local text = call.file.text
  return text:find(".none(", 1, true) ~= nil and not text:find("%.single%(") and not text:find("%.array%(") and not text:find("%.fields%(") and not text:find("%.any%(")
end

local HANDS_ON = { "upload", "put", "save", "store", "persist", "write", "send" }
-- What takes a whole document to read it.
local PARSES = { "xlsx", "workbook", "spreadsheet", "excel", "papaparse", "csv", "sharp(", "pdf-parse" }

-- Whether the file in which a middleware stands hands the bytes of uploads on as they are: `storage.upload(key, file.buffer)`.
function M.is_handed_on(call)
  local text = call.file.text:lower()
  for _, word in PARSES do
    if text:find(word, 1, true) then
      return false
    end
  end
  for _, attr in call.file.root:descendants("attr", "buffer") do
    local base = attr:child("value")
    local taker = base and words.any_in(base.source, { "file" }) and attr:argument_of()[1]
    if taker and words.any_in(taker.name, HANDS_ON) then
      return true
    end
  end
  return false
end

-- Whether a call makes such middleware.
function M.is_at(call, repo)
  if call:is(MULTER) then
    local options = call:arg(1)
    return is_memory(options) and not is_limited(options) and not takes_no_files(call)
  elseif call:is(INTERCEPTORS) then
    -- The options stand last; the names of fields, and how many there may be, before them.
    local all = call:args()
    local last = all[#all]
    local options = last and #all > (call.name == "AnyFilesInterceptor" and 0 or 1) and last.kind ~= "num" and last or nil
    return is_memory(options) and not is_limited(options) and #repo:calls(REGISTERS) == 0
  elseif call:is(WHOLE) then
    local options = call:arg(1)
    return select(2, entry(options, "useTempFiles")) == "absent" and not is_limited(options)
  end
  return false
end

return M
