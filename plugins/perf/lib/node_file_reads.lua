-- How long a file that Node reads in its one thread may hold up the others. What ships with the code and is short does not; what is sent as the answer, parsed
-- as a document on each request, or read as bytes from wherever the caller says is as long as it is.

local M = {}

local READS = { readFileSync = true, readSync = true, readJsonSync = true, readJSONSync = true }

-- How an answer is sent.
local SENDS = { send = true, ["end"] = true, write = true, json = true, body = true, html = true }

-- Documents that take their time to be understood.
local PARSERS = table.freeze({
  "js-yaml.{load,loadAll,safeLoad}", "yaml.{parse,parseDocument,parseAllDocuments}", "yamljs.{parse,load}", "csv-parse/sync.parse", "papaparse.parse", "xml-js.{xml2js,xml2json}",
  "fast-xml-parser.XMLParser.parse", "cheerio.load", "xlsx.read", "swagger-parser.parse", "@babel/parser.parse", "exceljs.Workbook.xlsx.load", "pdf-parse", "pdf-lib.PDFDocument.load",
})

local ANSWERS = { res = true, response = true, reply = true, ctx = true, rep = true, context = true }

local function is_answer(call)
  local on = call:receiver()
  -- `res.status(200).send(page)`
  while on and on.kind == "call" do
    on = on:receiver()
  end
  return on ~= nil and on.kind == "name" and ANSWERS[on.text] == true
end

-- Whether what is read is kept for the next time: in a variable of the module, in an object that outlives the call.
local function is_kept(call)
  local statement = call:statement()
  local target = statement and statement.kind == "assign" and statement:child("target")
  if not target then
    return false
  elseif target.kind ~= "name" then
    return true
  end
  local first = statement.source:match("^%a+")
  return first ~= "const" and first ~= "let" and first ~= "var" and call:enclosing({ "if" }) ~= nil
end

-- Whether the file is named by who calls, and not where the code lies: a parameter or what a request holds is in its path.
local function is_named_by_caller(path, func)
  local seen = { path }
  for _, name in path.kind == "name" and { path } or path:descendants("name") do
    table.insert(seen, name)
    local value = name:value()
    if value then
      for _, inner in value.kind == "name" and { value } or value:descendants("name") do
        table.insert(seen, inner)
      end
    end
  end
  for _, node in seen do
    if node.kind == "name" and node:param_position() ~= nil then
      return true
    end
    for _, origin in node.kind == "name" and node:origin() or {} do
      if origin:find("Request", 1, true) or origin:find("formidable", 1, true) or origin:find("multer", 1, true) or origin:find("busboy", 1, true) then
        return true
      end
    end
  end
  return func ~= nil and path.source:find("%f[%w]file%.path") ~= nil
end

local function only_bytes(call)
  local _, state = call:arg(2)
  return state == "absent" and call.name == "readFileSync"
end

-- Why a read may hold up the others for long, in words; nil where nothing says so.
function M.weight(call)
  if not READS[call.name] or is_kept(call) then
    return nil
  end
  for _, use in call:uses() or {} do
    for _, taker in use.calls do
      if SENDS[taker.name] and is_answer(taker) then
        return "what it reads is sent as the answer"
      elseif taker:is(PARSERS) then
        return `{taker:target()[1] or taker.name} goes through all of it each time`
      end
    end
  end
  local path, func = call:arg(1), call:func()
  if path and only_bytes(call) and is_named_by_caller(path, func) then
    return "it reads a whole file that the caller names"
  end
  return nil
end

return M
