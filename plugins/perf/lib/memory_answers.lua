-- Waits that mostly end at once: functions that look into a container of the process for an answer, and ask the database only for what is not there yet. A
-- service that is asked where the memory has no answer is slow enough to count all the same.

local M = {}

-- Methods that put an entry into a container.
local PUTS = { set = true, setdefault = true }

-- Whether a container outlives a call of the function: an attribute of what is there before it, or a name of the file.
local function outlives(container, func)
  local root = container
  while root.kind == "attr" do
    root = root:child("value") or root
    if root.kind ~= "attr" and root.kind ~= "name" then
      return false
    end
  end
  if root.text == "this" or root.text == "self" or root.text == "cls" then
    return container.kind == "attr"
  elseif root.kind ~= "name" or root:param_position() then
    return false
  end
  for _, assign in func.node:descendants("assign") do
    for _, target in assign:children("target") do
      if target.kind == "name" and target.text == root.text then
        return false
      end
    end
  end
  return true
end

-- The containers that a function puts something into under a key and that outlive it, as their code says.
local function filled_by(func)
  local all = {}
  for _, node in func.node:descendants({ "assign", "call" }) do
    local target = node.kind == "assign" and node:child("target")
    local container = if target and target.kind == "index" then target:child("value") elseif node.kind == "call" and PUTS[node.name] then node:receiver() else nil
    if container and (container.kind == "name" or container.kind == "attr") and outlives(container, func) then
      all[container.source] = true
    end
  end
  return all
end

-- Whether a test looks into a container, itself or by a name that was given what it holds: `const known = cache.get(key)`, then `if (known)`.
local function looks_into(test, container)
  if test.source:find(container, 1, true) then
    return true
  end
  for _, name in test.kind == "name" and { test } or test:descendants("name") do
    local value = name:value()
    if value and value.source:find(container, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a function leaves where such a container has the answer.
local function keeps(func)
  local filled = filled_by(func)
  for _, back in next(filled) and func.node:descendants("return") or {} do
    local branch = back:enclosing({ "if", "function" })
    local test = branch and branch.kind == "if" and branch:child("test")
    for container in test and branch:func().node:same(func.node) and filled or {} do
      if looks_into(test, container) then
        return true
      end
    end
  end
  return false
end

-- Whether all that a wait asks is asked by such functions.
function M.are_kept(wait)
  local seen = {}
  for _, leaf in wait.work.leaves do
    local func = leaf.call:func()
    if not func or leaf.kind ~= "db" or leaf.call:same(wait.call or wait.await) then
      return false
    end
    local key = `{func.node.file.path}:{func.node.id}`
    if seen[key] == nil then
      seen[key] = keeps(func)
    end
    if not seen[key] then
      return false
    end
  end
  return #wait.work.leaves > 0
end

return M
