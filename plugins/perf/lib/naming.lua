-- What messages call a call: as its author wrote it where that is short, `connection.execute`, `rows.filter(...).first`, else the last
-- words of what it calls.

local per_item = require("per_item")

local M = {}

-- More than this is no name any more.
local LONGEST = 48

-- The name of a call; `path` is what it calls.
function M.of(call, path)
  local callee = call and call.kind == "call" and call:child("callee")
  local written = callee and callee.source:gsub("%?%.", "."):gsub("!%.", "."):gsub("%b()", "(...)"):gsub("%s+%.", ".") or ""
  if #written <= LONGEST and written:match("^[%a_$][%w_$]*%.[%w_$%.%(%)]+$") then
    return written
  end
  return per_item.short(path)
end

return M
