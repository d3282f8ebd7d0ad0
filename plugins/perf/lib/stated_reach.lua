-- How a statement comes to run that a constant holds: by the code that reads the constant, not by where it is written.

local M = {}

-- The likelier somebody waits, the higher.
local RANK = { request = 4, worker = 3, unknown = 2, startup = 1 }

-- The name of the constant of a file that a text is the value of; nil where it is none.
local function constant_of(node)
  local at = node:parent()
  while at and (at.kind == "binary" or at.kind == "call" and at.name == "text") do
    at = at:parent()
  end
  if not at or at.kind ~= "assign" or at:enclosing({ "function", "class" }) then
    return nil
  end
  local target = at:child("target")
  return target and target.kind == "name" and target.text or nil
end

-- The reach of a statement's text. Names in other files of the package are not looked for: without any in its own, it is what the place says.
function M.of(node)
  local reach = node:reach()
  if reach ~= "startup" and reach ~= "unknown" then
    return reach
  end
  local name = constant_of(node)
  for _, use in name and node.file.root:descendants("name", name) or {} do
    local own = use:func() and use:role() ~= "target" and use:reach() or ""
    if (RANK[own] or 0) > RANK[reach] then
      reach = own
    end
  end
  return reach
end

return M
