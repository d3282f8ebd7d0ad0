-- Queries that are handed to a field of a form as what may be chosen, or is chosen, there: `form.group.query = Group.query.filter(...)`. The form shows them, and is no list of them.

local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Attributes of a field that hold its choices, in WTForms and Django.
local CHOICES = set("query", "queryset", "query_factory", "choices")

-- The names of the forms to which uses of a value give it so, as keys.
function M.forms(uses)
  local all = {}
  for _, one in uses do
    local assign = one.top:parent()
    local target = assign and assign.kind == "assign" and one.top:role() == "value" and assign:child("target")
    -- `form.group.query`: a part of a part of it.
    local is_chosen = target and target.kind == "attr" and (CHOICES[target.text] or target.text == "data")
    local field = is_chosen and target:child("value")
    local root = field and field.kind ~= "name" and query_chain.root_of(field)
    -- What is chosen already is called as much else.
    if root and (target.text ~= "data" or root.text:lower():find("form", 1, true)) then
      all[root.text] = true
    end
  end
  return all
end

return M
