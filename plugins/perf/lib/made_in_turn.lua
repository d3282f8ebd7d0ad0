-- Writes of things that a turn of a loop makes, though the way from the item to them is not seen.

local M = {}

-- Whether a write stores something that the turn itself makes, though the way from the item to it is not seen: `post, err := parse(path); db.Create(&post)`,
-- `code := Code{Key: random()}; code.Insert()`.
function M.is_stored(access, loop)
  local kind = loop.node.kind
  if access.sort ~= "write" or loop.kind ~= "per-item" or kind ~= "for" and kind ~= "c-for" then
    return false
  end
  local body, stored = loop.node:child("body"), access.call:args()
  table.insert(stored, access.call:receiver())
  for _, argument in body and stored or {} do
    local value = argument.kind == "name" and argument:value()
    if value and value.kind ~= "num" and value.kind ~= "str" and value:is_within(body) then
      return true
    end
  end
  return false
end

return M
