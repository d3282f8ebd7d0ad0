-- Functions of a module that the settings choose among those of a directory: `require("./stores/" + settings.store).keep(file)` may be that of each.

local paths = require("paths")

local M = {}

-- The beginning of the text by which a call of `require` or `import` names what the settings choose; nil where it names a module outright.
local function prefix_of(value)
  if not value or value.kind ~= "call" or value.name ~= "require" and value.name ~= "import" then
    return nil
  end
  local spec = value:arg(1)
  local is_made = spec ~= nil and (spec.kind == "binary" or spec.kind == "template")
  return is_made and spec.source:match("^[\"'`](%.%.?/[^\"'`$]*)") or nil
end

-- What the files of a directory export under a name, as functions.
local function exported(repo, directory, name)
  local all = {}
  for _, path in repo:holding(`{directory}/*.{"{js,cjs,mjs,ts}"}`, { `exports.{name}`, `export function {name}`, `export async function {name}` }) do
    local file = paths.directory(path) == directory and repo:open(path)
    for _, func in file and file.root and file.class == "source" and file.root:descendants("function") or {} do
      local assign = func:parent()
      local target = assign and assign.kind == "assign" and assign:child("target")
      if func.name == name or target and target.kind == "attr" and target.text == name then
        table.insert(all, func)
      end
    end
  end
  return all
end

-- The functions that a call may run of a module that is chosen; empty for other calls.
function M.functions(call, repo)
  local on = call:receiver()
  if not on or #call:callees() > 0 then
    return {}
  end
  local prefix = prefix_of(on.kind == "name" and on:value() or on)
  if not prefix then
    return {}
  end
  local directory = paths.join(paths.directory(call.file.path), prefix)
  return exported(repo, directory, call.name)
end

return M
