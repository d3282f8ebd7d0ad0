-- Frames of pandas and polars that are filled from a database: with all rows of a table, unless the statement filters or chunks them.

local M = {}

-- Whether a statement gives all rows of its table.
local function gives_all(call)
  local text = call:arg(1) or call:arg("sql") or call:arg("query")
  local value = text and text:literal()
  if type(value) ~= "string" then
    return false
  end
  local statement = call.file:sql(value)[1]
  if not statement then
    -- A name alone is that of a table.
    return call.name ~= "read_database" and value:find("^[%w_]+$") ~= nil
  end
  return statement.kind == "select" and statement.filter == "no" and statement.limit == "no" and not statement.aggregates_only and #statement.sources > 0
    and not value:upper():find("GROUP%s+BY")
end

-- Reports a frame that holds a whole table.
function M.check(call, report)
  for _, name in { "chunksize", "iter_batches", "batch_size" } do
    if select(2, call:arg(name)) ~= "absent" then
      return
    end
  end
  if call.name ~= "read_sql_table" and not gives_all(call) then
    return
  end
  report({
    at = call,
    message = "this frame holds all rows of a table",
    confidence = "medium",
    notes = { library = call:target()[1] },
  })
end

return M
