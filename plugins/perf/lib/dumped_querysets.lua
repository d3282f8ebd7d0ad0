-- Querysets of Django of whichever model a function is handed, written out row by row: Django keeps every row of a queryset that a loop runs over, unless it is asked
-- for `iterator()`. Which model it is only the caller knows, so that nothing but the form tells.

local words = require("words")

local M = {}

local DUMPS = words.set("export", "exports", "exporter", "dump", "dumps", "backup", "archive", "snapshot")
local WRITES = words.set("write", "writerow", "writelines", "dump")
-- What hands rows on one after the other and only counts them.
local PASSING = words.set("tqdm", "track", "progressbar", "enumerate")

local function is_dump(func)
  for _, word in words.of(func.name) do
    if DUMPS[word] then
      return true
    end
  end
  return false
end

-- The loop that runs over all rows of the model that a parameter holds: `for row in model.objects.all()`.
function M.loop_of(call)
  local func = call:func()
  local base = call.source:match("^([%a_][%w_]*)%.objects%.all%(%)$") or call.source:match("^([%a_][%w_]*)%._default_manager%.all%(%)$")
  local is_param = false
  for _, param in base and func and func.params or {} do
    is_param = is_param or param.text == base
  end
  if not is_param or not is_dump(func) then
    return nil
  end
  local top, parent = call, call:parent()
  while parent and parent.kind == "call" and top:role() == "arg" and PASSING[parent.name] do
    top, parent = parent, parent:parent()
  end
  local body = parent and parent.kind == "for" and top:role() == "iter" and parent:child("body")
  for _, inner in body and body:descendants("call") or {} do
    if WRITES[inner.name] then
      return parent
    end
  end
  return nil
end

return M
