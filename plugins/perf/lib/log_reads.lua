-- Logs that a request reads whole: files that grow with every request, so that in the end no memory holds them.

local python_files = require("python_files")
local words = require("words")

local M = {}

local LOGS = words.set("log", "logs", "logfile", "logfiles")
-- Documents of the program whose names hold the word.
local DOCUMENTS = words.set("html", "htm", "md", "css", "js", "py", "yaml", "yml", "toml", "ini", "cfg", "json", "png", "svg", "tmpl", "template")

-- Whether an expression names a log: by its text, or by the names in it.
local function names_log(path, depth)
  local text = path:joined() or path:literal()
  local said = (type(text) == "string" and text or "") .. " " .. path.source
  local last = type(text) == "string" and text:lower():match("%.(%a+)$") or ""
  -- `{job}.log` is the log of one run, and no longer than that.
  local is_of_run = type(text) == "string" and text:match("[^/]*$"):find("{}", 1, true) ~= nil
  if DOCUMENTS[last] or is_of_run then
    return false
  end
  for _, word in words.of(said) do
    if LOGS[word] then
      return true
    end
  end
  local value = path.kind == "name" and depth < 2 and path:value()
  return value and names_log(value, depth + 1) or false
end

local JAVASCRIPT = { "fs.{readFile,readFileSync}", "node:fs.{readFile,readFileSync}", "fs/promises.readFile", "node:fs/promises.readFile", "fs.promises.readFile", "node:fs.promises.readFile", "fs-extra.{readFile,readFileSync}" }

-- Whether a call reads all of a log.
function M.is_at(call)
  local path = nil
  if call.file.language == "python" then
    path = (call.name == "readlines" or call.name == "read" or call.name == "read_text" or call.name == "read_bytes") and python_files.path_of(call) or nil
  elseif call:is(JAVASCRIPT) then
    path = call:arg(1)
  end
  return path ~= nil and names_log(path, 0) and not python_files.is_part(call)
end

return M
