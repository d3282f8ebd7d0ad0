-- When a file reads what it imports: while it is loaded, in functions, or in annotations only.

local branch = require("branch")
local heavy_import = require("heavy_import")

local M = {}

-- When a name is read: "load" while the file is loaded, "annotation", or "function" with the outermost function that reads it.
local function read_at(name)
  local inside, is_annotation = nil, false
  local child, at = name, name:parent()
  while at do
    local role = child:role()
    if role == "type" or role == "returns" then
      is_annotation = true
    elseif at.kind == "function" and role ~= "param" and role ~= "decorator" and role ~= "default" then
      inside = at
    end
    child, at = at, at:parent()
  end
  if is_annotation then
    return "annotation", inside
  end
  return inside and "function" or "load", inside
end

-- Whether one of the entry points `starts` loads a file.
function M.is_loaded_by(repo, path, starts)
  for _, way in repo:loaded_by(path) do
    if starts[way[1].path] then
      return true
    end
  end
  return false
end

-- Whether a function runs while the entry points `starts` are loaded.
local function runs_at_load(repo, fn, starts, depth)
  if not fn or depth > 3 then
    return false
  end
  for _, caller in fn:callers() do
    local around = caller:func()
    if around then
      if runs_at_load(repo, around, starts, depth + 1) then
        return true
      end
    elseif not branch.runs_as_program(caller) and M.is_loaded_by(repo, caller.file.path, starts) then
      return true
    end
  end
  return false
end

-- Everything a file loads of one package, and when it reads what that binds; `names` are the reads in functions.
function M.of_package(repo, file, package, starts)
  local group = { nodes = {}, ms = 0, functions = {}, names = {}, annotations = {}, used = {}, at_load = nil, reads = 0, fact = nil }
  local bound = {}
  for _, node in heavy_import.imports_of(file) do
    local fact = heavy_import.weight_of(repo, node)
    if fact and fact.package == package then
      table.insert(group.nodes, node)
      if tonumber(fact.import_ms) >= group.ms then
        group.ms, group.fact = tonumber(fact.import_ms), fact
      end
      local _, _, names = heavy_import.parts_of(node)
      for name in names do
        bound[name] = true
      end
      if node.kind == "import" and node.source:find("import *", 1, true) and file.language == "python" then
        group.at_load = node
      end
    end
  end
  local known = {}
  for _, name in file.root:descendants("name") do
    if bound[name.text] and name:role() ~= "target" and name:role() ~= "param" then
      local when, fn = read_at(name)
      group.reads += 1
      if when == "annotation" then
        table.insert(group.annotations, name)
      elseif when == "load" or runs_at_load(repo, fn:func(), starts, 0) then
        group.at_load = group.at_load or name
      else
        if not known[fn.id] then
          known[fn.id] = true
          table.insert(group.functions, fn)
          group.used[fn.id] = {}
        end
        group.used[fn.id][name.text] = true
        table.insert(group.names, name)
      end
    end
  end
  return group
end

return M
