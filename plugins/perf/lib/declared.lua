-- What a name stands for, in this file or in another: the value that it was given, or the class that it names.

local commonjs = require("commonjs")

local M = {}

-- The class of that name in a file.
local function class_in(file, name)
  return file and file.root and file.root:descendants("class", name)[1] or nil
end

-- The node that a name or an attribute stands for, the node itself where it is neither; nil where that is not known.
function M.value(node, repo)
  local at = node
  for _ = 1, 5 do
    local kind = at and at.kind
    if kind ~= "name" and kind ~= "attr" then
      return at
    end
    local next = at:definition() or at:value()
    if repo and (not next or next.kind == "call" and next.name == "require") then
      local language = at.file.language
      if language ~= "python" and language ~= "go" then
        next = commonjs.value(at, repo)
      end
    end
    if not next or next:same(at) then
      return nil
    end
    at = next
  end
  return nil
end

-- The class of the repository that a value is, or is an instance of; nil where it is none or not known.
function M.class(node, repo)
  local kind = node.kind
  if kind == "class" then
    return node
  elseif kind == "name" or kind == "attr" then
    local found = M.value(node, repo)
    if found and found.kind == "class" then
      return found
    end
  end
  for _, origin in node:origin() do
    local path, symbol = origin:match("^(.-%.%w+):([%w_]+)")
    local class = path and class_in(path == node.file.path and node.file or repo:open(path), symbol)
    if class then
      return class
    end
  end
  return kind == "name" and class_in(node.file, node.text) or nil
end

-- By what a node is known among those of all files.
function M.key(node)
  return `{node.file.path}:{node.id}`
end

-- Bases of a class, nearest first, that this repository defines, itself first; second, what its library bases are, and whether every base is known.
function M.lineage(class, repo)
  local all, libraries, is_whole, seen = {}, {}, true, {}
  local function walk(one, depth)
    local key = M.key(one)
    if seen[key] or depth > 6 then
      return
    end
    seen[key] = true
    table.insert(all, one)
    for _, base in one:children("base") do
      if base.kind == "kw-arg" then
        continue
      end
      local found = M.class(base, repo)
      if found then
        walk(found, depth + 1)
      else
        local origins = base:origin()
        is_whole = is_whole and #origins > 0
        for _, origin in origins do
          table.insert(libraries, origin)
        end
      end
    end
  end
  walk(class, 0)
  return all, libraries, is_whole
end

return M
