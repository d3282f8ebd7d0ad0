-- What messages call a call: as its author wrote it where that is short, `connection.execute`, `rows.filter(...).first`, else the last
-- words of what it calls.

local M = {}

-- More than this is no name any more.
local LONGEST = 48

-- Words for what a path calls: the last two of `@prisma/client.Delegate.findMany`.
function M.short(path)
  local words = {}
  for word in path:gsub("%(%)", ""):gmatch("[^%.]+") do
    table.insert(words, word)
  end
  if #words < 2 then
    return path
  end
  local first = words[#words - 1]:match("([^/]+)$") or words[#words - 1]
  return first .. "." .. words[#words]
end

-- A path as it is shown: `fetch` for `global.fetch`, `sql.Open` for `sql.Open()`.
function M.path(path)
  return (path:gsub("^global%.", ""):gsub("%(%)$", ""))
end

-- The name of a call; `path` is what it calls.
function M.of(call, path)
  local callee = call and call.kind == "call" and call:child("callee")
  local written = callee and callee.source:gsub("%?%.", "."):gsub("!%.", "."):gsub("%b()", "(...)"):gsub("%s+%.", ".") or ""
  if #written <= LONGEST and written:match("^[%a_$][%w_$]*%.[%w_$%.%(%)]+$") then
    return written
  end
  return M.short(path)
end

return M
