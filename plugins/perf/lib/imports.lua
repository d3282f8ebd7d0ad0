-- Edits that bring a module of Python's own library into a file.

local imports = {}

-- Whether the file binds the module's name at its top: `import os`, `import os, sys`.
local function is_bound(file, module)
  for _, child in file.root:children() do
    if child.kind == "import" and (" " .. child.source:gsub("[,\n]", " ") .. " "):match("^ import .*%s" .. module .. "%s") then
      return true
    end
  end
  return false
end

-- The edits that import `module` where it is not; nil when there is no import to stand beside.
function imports.edits(file, module)
  if is_bound(file, module) then
    return {}
  end
  for _, child in file.root:children() do
    if child.kind == "import" and not child.source:find("__future__", 1, true) then
      return { { before = child, text = `import {module}\n` } }
    end
  end
  return nil
end

return imports
