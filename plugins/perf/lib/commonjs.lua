-- What `require` brings from a file of the repository: the value that the file exports, whole or by name, also by way of files that
-- only pass on what others export.

local paths = require("paths")

local M = {}

local ENDINGS = { "", ".js", ".cjs", ".mjs", ".ts", ".tsx", ".jsx", "/index.js", "/index.ts", "/index.cjs" }

-- The file that a call of `require` names; nil for a package, or where there is none.
local function file_of(call, repo)
  local written = call:arg(1) and call:arg(1):literal()
  if call.name ~= "require" or type(written) ~= "string" or not written:find("^%.%.?") then
    return nil
  end
  local path = paths.join(paths.directory(call.file.path), written)
  for _, ending in ENDINGS do
    if repo:at(path .. ending) == "file" then
      return repo:open(path .. ending)
    end
  end
  return nil
end

-- What a file exports under a name, or as a whole without one: the value that is assigned.
local function exported(file, name)
  for _, assign in file.root:descendants({ "assign" }) do
    local target, value = assign:child("target"), assign:child("value")
    local written = target and target.kind == "attr" and target.source or ""
    if not value then
      continue
    elseif not name and (written == "module.exports" or written:match("^module%.exports%.default$")) then
      return value
    elseif name and (written == `module.exports.{name}` or written == `exports.{name}`) then
      return value
    elseif name and written == "module.exports" and value.kind == "dict" then
      for _, pair in value:children("item") do
        if pair.kind == "pair" and pair.text == name then
          return pair:child("value")
        end
      end
    end
  end
  return nil
end

-- The call of `require` that binds a name, and under which name what it brings is exported.
local function binding(name)
  for _, call in name.file.root:descendants({ "call" }) do
    local assign = call.name == "require" and call:parent()
    local exports = nil
    if assign and assign.kind == "attr" then
      -- `const Token = require("./models").Token`
      exports, assign = assign.text, assign:parent()
    end
    local target = assign and assign.kind == "assign" and assign:child("target")
    if target and target.kind == "name" and target.text == name.text then
      return call, exports
    end
    for _, pair in target and (target.kind == "dict" or target.kind == "list") and target:children() or {} do
      local bound = pair.kind == "pair" and pair:child("value") or pair
      if bound.kind == "name" and bound.text == name.text then
        return call, pair.text
      elseif pair.kind == "pair" and not pair:child("value") and pair.text == name.text then
        return call, pair.text
      end
    end
  end
  return nil
end

-- The value that a name stands for which `require` binds, or that a call of `require` brings; nil where that is not seen.
function M.value(node, repo, depth)
  depth = depth or 0
  local call, exports = node, nil
  if node.kind == "name" then
    call, exports = binding(node)
  elseif node.kind == "attr" then
    -- `models.Token`, where `models` is the file.
    local base = node:child("value")
    if base and base.kind == "name" then
      call, exports = binding(base)
      if exports then
        return nil
      end
      exports = node.text
    end
  end
  local file = call and call.kind == "call" and file_of(call, repo)
  local value = file and file.root and exported(file, exports)
  if value and depth < 4 and value.kind == "call" and value.name == "require" then
    return M.value(value, repo, depth + 1)
  end
  return value or nil
end

return M
