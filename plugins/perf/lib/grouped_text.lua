-- Statements that make one row per text that somebody wrote: `GROUP BY answers.text_value`, without a limit. There are as many as people think of.

local words = require("words")

local M = {}

-- What columns of free text are called, by their last word.
local TEXTS = words.set("text", "url", "uri", "title", "query", "referrer", "referer", "message", "keyword", "keywords", "term", "phrase", "email", "useragent", "comment", "description", "note")
-- Values of all sorts: of what is kept by a key, the words before say that they are texts.
local OF_VALUES = words.set("string", "text", "property", "data", "attribute", "param")

local function is_text(column)
  local all = words.of(column:match("([%w_]+)%W*$") or "")
  local last = all[#all]
  if not last then
    return false
  elseif last == "value" then
    return #all > 1 and OF_VALUES[all[#all - 1]] == true
  end
  return TEXTS[last] == true or last == "agent" and all[#all - 1] == "user"
end

-- The text of a statement that a call is handed, and the argument.
local function text_of(call)
  for _, argument in call:args() do
    local text = argument.kind == "template" and argument.text or argument:literal()
    if type(text) == "string" and text:upper():find("^%s*SELECT%f[%W]") then
      return text
    end
  end
  return nil
end

-- The column of free text that the statement of a call groups by, where nothing limits how many groups there are.
function M.column(call)
  local text = text_of(call)
  if not text or text:upper():find("%f[%w]LIMIT%f[%W]") or text:upper():find("%f[%w]HAVING%f[%W]") or text:upper():find("%f[%w]TOP%s+%d") then
    return nil
  end
  local outer = text:gsub("%b()", " ")
  local from, to = outer:upper():find("%f[%w]GROUP%s+BY%f[%W]")
  if not from then
    return nil
  end
  local groups = outer:sub(to + 1)
  local stop = groups:upper():find("%f[%w]ORDER%s+BY%f[%W]")
  groups = stop and groups:sub(1, stop - 1) or groups
  for column in groups:gmatch("[^,]+") do
    if column:find("{", 1, true) or column:find("$", 1, true) then
      -- A part that is put in at run time may be a limit.
      return nil
    elseif is_text(column:gsub("%s+$", "")) then
      return column:match("^%s*(.-)%s*$")
    end
  end
  return nil
end

return M
