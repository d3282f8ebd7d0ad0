-- What a read in Go puts its rows into: an argument of its own, or what a link of its chain was given, `db.NewSelect().Model(&orders).Scan(ctx)`.

local M = {}

-- Whether a variable is declared as a slice in its function: `var orders []Order`, `orders := []*Order{}`, `orders := make([]Order, 0)`, a parameter, a named result.
local function is_slice(node)
  local func = node:func()
  if node.kind ~= "name" or not func then
    return false
  end
  local source, name = func.node.source, "%f[%w_]" .. node.text
  return (source:find(name .. "%s+%*?%[%]") or source:find(name .. "%s*:?=%s*&?%[%]") or source:find(name .. "%s*:?=%s*make%(%[%]")) ~= nil
end

-- What a read puts its rows into; nil where that is not seen, or where it may be a single row.
function M.of(read)
  local said = read:fact("lists_into")
  if not said then
    return nil
  end
  local at, into = tonumber(said), nil
  if at then
    into = read:arg(at)
  else
    local _, before = read:chained()
    local last = #read:args()
    into = last > 1 and read:arg(last) or nil
    for _, link in not into and before or {} do
      into = into or link.name == said and link:arg(1) or nil
    end
  end
  if into and read:fact("lists_slices") and not is_slice(into) then
    return nil
  end
  return into
end

return M
