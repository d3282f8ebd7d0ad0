-- Lists that live as long as the process: what puts something in, and what takes something out.

local set = require("words").set

local M = {}

local ADDS = set("append", "push", "unshift", "extend", "appendleft", "insert")
local REMOVES = set("pop", "popleft", "shift", "splice", "remove", "clear", "filter", "delete", "truncate")

-- Whether a name stands in the function of the file that gives it a meaning of its own: a parameter, a variable.
local function is_own(name)
  local value = name:value()
  local func = value and value:func()
  if func and name.file.language == "go" then
    -- A name of the package that one function gives a value is none of its own.
    for _, assign in func.node:descendants("assign") do
      local target = assign:child("target")
      if assign:has("declare") and target and target.text == name.text then
        return true
      end
    end
    return name:param_position() ~= nil
  end
  return name:param_position() ~= nil or func ~= nil
end

-- What a place does to the list: "removes", the call or assignment that adds, or nil.
local function deed_of(node, assign)
  local parent, role = node:parent(), node:role()
  if not parent or not parent:enclosing("function") and parent.kind ~= "function" then
    return nil
  end
  if parent.kind == "attr" and role == "value" then
    local outer = parent:parent()
    local is_call = outer and outer.kind == "call" and parent:role() == "callee"
    if is_call and ADDS[parent.text] then
      return outer
    elseif is_call and REMOVES[parent.text] then
      return "removes"
    elseif parent.text == "length" then
      -- `list.length = 0`, a look at its length that keeps a bound.
      local how = outer and outer.kind
      return (how == "assign" and parent:role() == "target" or how == "compare") and "removes" or nil
    end
  elseif parent.kind == "assign" and role == "target" and not parent:same(assign) then
    -- Go: `list = append(list, item)` adds, all else begins anew.
    local value = parent:child("value")
    if value and value.kind == "call" and value.name == "append" then
      local first = value:arg(1)
      return first and first.source == node.text and value or "removes"
    end
    return "removes"
  elseif parent.kind == "delete" or parent.kind == "slice" then
    return "removes"
  elseif parent.kind == "index" and role == "value" then
    local outer = parent:parent()
    if outer and (outer.kind == "delete" or outer.kind == "assign" and parent:role() == "target") then
      return "removes"
    end
  elseif parent.kind == "call" and role == "arg" then
    if parent.name == "len" then
      local outer = parent:parent()
      return outer and outer.kind == "compare" and "removes" or nil
    end
    -- Handed to something of the project that may trim it.
    return #parent:callees() > 0 and "removes" or nil
  end
  return nil
end

-- The places that add to a list of the module in its file; nil where something takes out.
function M.additions(assign, name)
  local all = {}
  for _, node in assign.file.root:descendants("name") do
    if node.text == name and not node:same(assign:child("target")) and not is_own(node) then
      local deed = deed_of(node, assign)
      if deed == "removes" then
        return nil
      elseif deed then
        table.insert(all, deed)
      end
    end
  end
  return all
end

-- Whether another file takes something out.
function M.is_emptied_elsewhere(assign, name, repo)
  local texts = { `{name}.pop(`, `{name}.popleft(`, `{name}.clear(`, `{name}.remove(`, `{name}.shift(`, `{name}.splice(`, `{name}.length = 0`, `del {name}[` }
  local globs = if assign.file.language == "python" then { "**/*.py" } elseif assign.file.language == "go" then { "**/*.go" } else { "**/*.ts", "**/*.js", "**/*.mjs", "**/*.tsx" }
  for _, glob in globs do
    for _, path in repo:holding(glob, texts) do
      if path ~= assign.file.path then
        return true
      end
    end
  end
  return false
end

return M
