-- Which fields a serialiser of Django REST framework says that it shows, in `Meta.fields`.

local class_members = require("class_members")
local declared = require("declared")

local M = {}

-- Adds the names of a list of fields, `("id", *Base.Meta.fields)` and `Base.Meta.fields + ("id",)`; false where one is not seen.
local function add_names(node, names, repo)
  if node.kind == "list" then
    for _, item in node:children("item") do
      local text = item:literal()
      local inner = item.kind == "spread" and (item:child("value") or item:children()[1])
      if type(text) == "string" then
        names[text] = true
      elseif not inner or not add_names(inner, names, repo) then
        return false
      end
    end
    return true
  elseif node.kind == "binary" and node.text == "+" then
    for _, side in node:children() do
      if not add_names(side, names, repo) then
        return false
      end
    end
    return true
  end
  local meta = node.kind == "attr" and node.text == "fields" and node:child("value")
  local base = meta and meta.kind == "attr" and meta.text == "Meta" and declared.class(meta:child("value"), repo)
  local theirs = base and M.shown(declared.lineage(base, repo), repo)
  if base and type(theirs) ~= "table" then
    return false
  elseif theirs then
    for name in theirs do
      names[name] = true
    end
    return true
  end
  local list = (node.kind == "name" or node.kind == "attr") and declared.value(node, repo)
  return list and list.kind == "list" and add_names(list, names, repo) or false
end

-- The class `Meta` of a serialiser.
local function meta_of(class)
  local meta = nil
  for _, statement in class:child("body"):children() do
    meta = statement.kind == "class" and statement.name == "Meta" and statement or meta
  end
  return meta
end

-- Whether a serialiser shows the rows that its relations lead to as a whole: `depth = 1` in its `Meta`.
function M.is_deep(lineage)
  for _, class in lineage do
    local meta = meta_of(class)
    if meta then
      local depth = class_members.named(meta, "depth")
      local number = depth and depth.kind ~= "function" and depth:literal()
      return type(number) == "number" and number > 0
    end
  end
  return false
end

-- The names in `Meta.fields`; nil where they are not all written: "all" for all of them.
function M.shown(lineage, repo)
  for _, class in lineage do
    local meta = meta_of(class)
    local fields = meta and class_members.named(meta, "fields")
    if fields then
      if fields:literal() == "__all__" then
        return "all"
      end
      local names = {}
      return add_names(fields, names, repo) and names or nil
    end
  end
  return nil
end

return M
