-- Reads that bring whole rows where a field or two of them are used, and how each library is told which.

local column_names = require("column_names")
local listing = require("listing")
local row_fields = require("row_fields")
local selects_fields = require("selects_fields")

local M = {}

-- How many fields are few.
local FEW = 2

-- The read of a row's parts: nil where something picks columns, its uses are not all seen, or are not of columns; else {name, fields, fix}.
function M.of(call, repo)
  local func = call:func()
  local kind = func and selects_fields.kind_of(call)
  if not kind or selects_fields.picks(call, func.node, kind) then
    return nil
  end
  local whole = selects_fields.rows_of(call, kind)
  local fields = whole and row_fields.of(whole, kind)
  if not fields or #fields > FEW or not column_names.are(call, kind.name, fields, repo) then
    return nil
  end
  return { name = listing.name_of(call, func.node), fields = fields, fix = selects_fields.fix(call, whole, kind, fields) }
end

return M
