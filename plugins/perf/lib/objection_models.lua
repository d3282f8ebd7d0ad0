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

-- The name of a class; one that is handed out where it is written, `module.exports = class Order`, is known as `exports` otherwise.
function M.name_of(class)
  return class.source:match("^class%s+([%w_$]+)") or class.name
end

local known = nil

-- By the name of the class; a name that two have stands for none. Also by the names under which code that collects its models keeps them: `db.users`, `models.user`.
function M.of(repo)
  if known then
    return known
  end
  known = {}
  for _, path in repo:holding(FILES, "tableName") do
    local file = repo:open(path)
    local counts = file and file.root and file.class == "source"
    for _, class in counts and file.root:descendants("class") or {} do
      local own = M.name_of(class)
      local name = own ~= "" and name_in(class)
      if name then
        known[own] = (known[own] == nil or known[own] == name) and name or false
      end
    end
  end
  local kept = {}
  for name, own in known do
    if own then
      kept[own] = own
      local first = name:sub(1, 1):lower() .. name:sub(2)
      kept[first] = kept[first] or own
    end
  end
  for name, own in kept do
    known[name] = known[name] == nil and own or known[name]
  end
  return known
end

return M
