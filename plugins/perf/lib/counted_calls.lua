-- Functions of the project that bring all rows of a query, asked for no more than their number: `len(await orders.get_all_open())`. Where the query stands beside
-- what counts, DB-AGG-001 has it.

local counted_rows = require("counted_rows")
local few_rows = require("few_rows")
local list_reads = require("list_reads")

local M = {}

-- The read whose rows a call brings to be counted, and where they are; nil where it is not so. What belongs to one owner may be few.
function M.of(call)
  local after = call:chained()
  if #after > 0 then
    return nil
  end
  local place, what = counted_rows.of(call)
  if not place or what ~= "counted" then
    return nil
  end
  for _, callee in call:callees() do
    for _, found in list_reads.of(callee) do
      if found.bound == "none" and found.filter ~= "key" and found.lists ~= "page" and not (found.name and few_rows.named(found.name)) then
        return found, place
      end
    end
  end
  return nil
end

return M
