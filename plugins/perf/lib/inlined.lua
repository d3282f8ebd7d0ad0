-- A value that is given a name, read once right behind it, and never again: what takes the place of the name can take that of both.

local awaited = require("awaited")
local layout = require("layout")

local M = {}

-- Whether nothing but blanks stands between two lines, or the head of a `with` or `try` that the later one stands in.
local function is_next(statement, later)
  local after = statement:next_statement()
  if not after then
    return false
  elseif after:same(later) then
    return true
  end
  local body = after.kind == "with" and after:child("body")
  local head = body and after.line == later.line - 1
  return head and later:is_within(after)
end

-- The only name that reads `value`, and the edit that takes out the statement which names it; nil where it is read elsewhere too, where
-- something comes between, or where the statement does not have its lines for itself.
function M.of(value)
  local assign = awaited.parent(value)
  local statement = assign and assign.kind == "assign" and assign:statement()
  local names = statement and value:aliases()
  if not names or #names ~= 1 or #value:loops() ~= #names[1]:loops() then
    return nil
  end
  local use, file = names[1], value.file
  local later = use:statement()
  local func, own = use:func(), value:func()
  if not later or not func or not own or not func.node:same(own.node) or not is_next(statement, later) then
    return nil
  end
  if statement.line ~= statement.last_line then
    return nil
  end
  local first = file:line_span(statement.line)
  local start, stop = statement:bytes()
  local before, behind = file.text:sub(first.first, start - 1), file.text:sub(stop + 1, first.last)
  if before:find("%S") or not behind:find("^;?[ \t\r]*$") then
    return nil
  end
  -- What is said of the statement then stands above the one that takes its place.
  local gap = file.text:match("^[ \t\r\n]*\n()", layout.stop(file, first) + 1)
  return use, { at = file:span(first.first, gap and gap - 1 or layout.stop(file, first)), text = "" }
end

return M
