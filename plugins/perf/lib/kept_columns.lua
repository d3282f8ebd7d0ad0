-- Methods of models that keep what they asked in a column of their own row: asked again only for rows that have nothing there yet.

local M = {}

local WRITES = { "save", "asave", "update", "bulk_update", "save_base" }

local known = {}

local function keeps(method)
  local self = method:children("param")[1]
  if not self or not method.source:find(".save(", 1, true) and not method.source:find("update(", 1, true) and not method.source:find(".asave(", 1, true) then
    return false
  end
  local given = {}
  for _, statement in method:descendants("return") do
    local value = statement:child("value")
    local on = value and value.kind == "attr" and value:child("value")
    if on and on.text == self.text then
      given[value.text] = true
    end
  end
  for _, assign in next(given) ~= nil and method:descendants("assign") or {} do
    local target = assign:child("target")
    local on = target and target.kind == "attr" and target:child("value")
    if on and on.text == self.text and given[target.text] then
      return #method:descendants("call", WRITES) > 0
    end
  end
  return false
end

-- Whether a method gives a column of its row where there is one, and otherwise asks, puts the answer there and writes it: `if self._started: return self._started`.
function M.are_in(method)
  local key = method.file.path .. ":" .. method.id
  if known[key] == nil then
    known[key] = keeps(method)
  end
  return known[key]
end

return M
