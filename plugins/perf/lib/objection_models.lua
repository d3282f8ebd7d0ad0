-- The tables of Objection's models by the names of their classes: `static get tableName() { return "orders"; }`, `static tableName = "orders"`.

local M = {}

local FILES = "**/*.{js,ts,mjs,cjs}"

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- What a class says that its table is called.
local function name_in(class)
  for _, node in class:descendants({ "function", "assign" }) do
    local target = node.kind == "assign" and node:child("target")
    if target and (target.text == "tableName") then
      return text_of(node:child("value"))
    elseif node.kind == "function" and node.text == "tableName" then
      local back = node:descendants("return")[1]
      return back and text_of(back:child("value"))
    end
  end
  return nil
end

local known = nil

-- By the name of the class; a name that two have stands for none.
function M.of(repo)
  if known then
    return known
  end
  known = {}
  for _, path in repo:holding(FILES, "tableName") do
    local file = repo:open(path)
    local counts = file and file.root and file.class == "source"
    for _, class in counts and file.root:descendants("class") or {} do
      local name = class.name ~= "" and name_in(class)
      if name then
        known[class.name] = (known[class.name] == nil or known[class.name] == name) and name or false
      end
    end
  end
  return known
end

return M
