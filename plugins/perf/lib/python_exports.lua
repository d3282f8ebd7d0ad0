-- Exports of Python's services: a handler that reads all rows of what there is ever more of, whoever's they are, and has the whole document in memory before it sends
-- the first of it.

local few_rows = require("few_rows")
local listing = require("listing")
local piling = require("piling")
local set = require("words").set
local whole_tables = require("whole_tables")

local M = {}

-- What says that an answer is a file for the caller to keep: words that it holds, and the form in which the first of them counts. Words are found far
-- faster than forms, and this is asked of whole files.
local FILES = { { "attachment", "[\"']attachment", "=%s*f?[\"']attachment", "as_attachment" }, { "text/csv" }, { "ms-excel" }, { "spreadsheetml" }, { "x-ndjson" } }
-- Ways in which a document goes out as it is written.
local STREAMED = { { "Streaming" }, { "stream_with_context" }, { "yield", "%f[%w_]yield%f[^%w_]" }, { "EventSourceResponse" } }
local WRITES = set("writerow", "writerows", "write", "append", "writelines", "dump", "dumps", "add_row")

local function has_form(source, forms)
  for at = 2, #forms do
    if source:find(forms[at]) then
      return true
    end
  end
  return #forms == 1
end

local function says(source, all)
  for _, forms in all do
    if source:find(forms[1], 1, true) and has_form(source, forms) then
      return true
    end
  end
  return false
end

-- Files of an admin are asked for by few, and seldom.
local function is_of_admin(path)
  return path:find("admin%.py$") ~= nil or path:find("/admin/", 1, true) ~= nil or path:find("^admin/") ~= nil
end

-- Whether the rows become lines of the document: all at once, or where a loop writes them.
local function are_written(whole)
  local how, at = whole_tables.taken(whole)
  if how ~= "loop" or not at then
    return how == "list"
  end
  for _, call in at:descendants("call") do
    if WRITES[call.name] then
      return true
    end
  end
  return false
end

-- Whether a file answers with such files at all: few do.
function M.are_in(file)
  return file.language == "python" and says(file.text, FILES)
end

-- What `listing` says of a read of an export; nil for other reads.
function M.judge(call)
  local func = call:func()
  if not func or call.file.language ~= "python" or call:reach() ~= "request" or is_of_admin(call.file.path) then
    return nil
  end
  local source = func.node.source
  if not says(source, FILES) or says(source, STREAMED) then
    return nil
  end
  local found = listing.judge(call, func.node)
  if not found or found.bound ~= "none" or not found.name or not piling.grows(found.name) or few_rows.named(found.name) then
    return nil
  end
  local after = call:chained()
  local whole = after[#after] or call
  if whole_tables.is_streamed(whole) or whole.source:find("iterator(", 1, true) or whole.source:find("yield_per(", 1, true) or not are_written(whole) then
    return nil
  end
  return found
end

return M
