-- Files that a page asks for by their names, such as images and fonts: which file of the repository a name in code, a template or a style means.

local client_graph = require("client_graph")
local paths = require("paths")
local service = require("service")

local M = {}

-- Folders that a server hands out as they are, below the package.
local PUBLIC = { "public/", "static/", "src/", "", "dist/", "app/", "assets/", "src/assets/", "wwwroot/" }

-- The file that `name` means in the file at `from`; nil where there is none in the repository.
function M.resolve(repo, from, name)
  name = name:gsub("[?#].*$", ""):gsub("^~", "")
  if name:find("^%a+:") or name:find("^//") or name:find("[{}$*]") then
    return nil
  end
  local here = paths.join(paths.directory(from), name)
  if name:sub(1, 1) ~= "/" and repo:at(here) == "file" then
    return here
  end
  local root = service.root(repo, from)
  local rest = name:gsub("^/+", ""):gsub("^%./", "")
  if name:sub(1, 2) ~= ".." then
    for _, folder in PUBLIC do
      local at = paths.join(root, folder .. rest)
      if repo:at(at) == "file" then
        return at
      end
    end
    -- Django and Flask hand out what lies below a folder called `static`.
    local at = from:match("^(.*/)templates/")
    if at and repo:at(at .. "static/" .. rest) == "file" then
      return at .. "static/" .. rest
    end
  end
  return name:find("^[@~#]") and client_graph.resolve(repo, from, name) or nil
end

return M
