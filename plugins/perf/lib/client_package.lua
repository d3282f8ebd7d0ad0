-- What the manifest of a front end says of its bundle: which plugins rewrite imports, and whether a page downloads it.

local service = require("service")

local M = {}

local GROUPS = { "dependencies", "devDependencies", "peerDependencies", "optionalDependencies" }

-- The dependencies of the nearest `package.json` above a file, with their versions, and its path; empty where there is none.
function M.dependencies(repo, path)
  local all = {}
  local at = service.directory(path)
  while true do
    local name = at == "" and "package.json" or `{at}/package.json`
    local file = repo:at(name) == "file" and repo:open(name)
    local document = file and file.documents and file.documents[1]
    if document then
      for _, group in GROUPS do
        local list = document:get(group)
        for _, entry in list and list:entries() or {} do
          -- What is no list of names and versions says nothing.
          if entry.key then
            all[entry.key] = entry.text
          end
        end
      end
      return all, name
    end
    if at == "" then
      return all, nil
    end
    at = service.directory(at)
  end
end

-- Applications that are installed: what they load lies on the disk.
local INSTALLED = { "react-native", "expo", "electron", "@tauri-apps/api", "nativescript", "@nativescript/core", "cordova" }

-- Whether the bundle is installed and not downloaded by a page.
function M.is_installed(dependencies)
  for _, name in INSTALLED do
    if dependencies[name] then
      return true
    end
  end
  return false
end

return M
