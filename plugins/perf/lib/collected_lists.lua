-- Lists that the database collects into one value: `SELECT jsonb_agg(row) FROM (SELECT ...)` gives one row that holds all of them.

local query_chain = require("query_chain")
local selects = require("selects")
local set = require("words").set

local M = {}

-- Calls that take the one row, or its only column.
local TAKES = set("fetchone", "fetchval", "fetchrow", "fetch_one", "fetch_val", "scalar", "scalar_one", "scalar_one_or_none", "one", "first")
local COLLECTS = { "%f[%w]JSONB?_AGG%s*%(", "%f[%w]JSON_ARRAYAGG%s*%(", "%f[%w]ARRAY_AGG%s*%(", "%f[%w]ST_ASFLATGEOBUF%s*%(", "%f[%w]ST_ASGEOBUF%s*%(", "%f[%w]JSON_GROUP_ARRAY%s*%(" }

-- Whether a text collects rows, and nothing in it bounds how many.
local function collects_all(text)
  local upper = text:upper()
  if upper:find("%f[%w]LIMIT%f[%W]") or upper:find("%f[%w]FETCH%s+FIRST%f[%W]") or upper:find("%f[%w]LATERAL%f[%W]") then
    return false
  end
  -- What is collected in a column of its own belongs to the row beside it: `SELECT id, (SELECT json_agg(...))`.
  local outer = upper:match("^%s*SELECT(.-)%f[%w]FROM%f[%W]") or ""
  for _, form in COLLECTS do
    if outer:find(form) and not outer:find("%(%s*SELECT%f[%W]") then
      return true
    end
  end
  return false
end

-- The conditions of a statement and all behind them; what is put into its columns says nothing of which rows there are.
local function conditions_of(text)
  local at = text:upper():find("%f[%w]WHERE%f[%W]")
  return at and text:sub(at) or ""
end

-- Judges a call that takes one row: nil where that is no list of all that a table has, else what `listing.judge` has.
function M.judge(read, scope)
  if not TAKES[read.name] or read.file.language ~= "python" then
    return nil
  end
  local statement, text, run, left_out, is_sql = nil, nil, nil, nil, false
  local _, before = read:chained()
  if read.name == "fetchone" and #before == 0 then
    statement, text, run, left_out = selects.statement_of(read, scope, "execute")
  else
    local query = query_chain.of(read, scope)
    text, run, is_sql, left_out = selects.run_of(query, scope)
    if not is_sql then
      statement, text, run, left_out = selects.statement_of(read, scope, "argument")
    end
    statement = statement or text and read.file:sql(text)[1] or nil
  end
  if not statement or not text or statement.kind ~= "select" or statement.limit == "yes" or not collects_all(text) or selects.groups_rows(text) then
    return nil
  end
  local name = nil
  for _, source in statement.reads do
    name = name or source.kind == "base" and source.name or nil
  end
  if not name or selects.has_placeholder(conditions_of(text)) or left_out and left_out.is_needed then
    -- What one thing has.
    return nil
  end
  return { read = read, filter = conditions_of(text) == "" and "none" or "constant", bound = left_out and left_out.is_bounded and "optional" or "none", name = name, lists = "rows", query = {}, left_out = left_out }
end

return M
