-- Which files of a front end another file of it loads with itself: by the modules that it imports without deferring them, followed as far as they lie in the same repository.

local paths = require("paths")
local service = require("service")

local M = {}

local ENDS = { "", ".tsx", ".ts", ".jsx", ".js", ".vue", ".svelte", ".mjs", "/index.tsx", "/index.ts", "/index.jsx", "/index.js", "/index.vue" }

-- Names of modules that a bundler resolves below the package: `@/pages/Home`, `~/pages/Home`, `src/pages/Home`.
local ALIASES = { "^[@~#]/(.+)$", "^[@~]src/(.+)$", "^(src/.+)$", "^(app/.+)$", "^[~](%w.+)$", "^[@#]([%l]+/.+)$", "^(%l[%w_-]+/.+)$" }
-- Where what an alias names may lie.
local BELOW = { "src/", "", "app/", "client/" }

local function file_at(repo, stem)
  for _, suffix in ENDS do
    if repo:at(stem .. suffix) == "file" then
      return stem .. suffix
    end
  end
  -- TypeScript names what a module will be called once it is compiled.
  local bare = stem:match("^(.*)%.m?jsx?$")
  return bare and file_at(repo, bare) or nil
end

-- The file that a module's name, as the file at `from` writes it, means; nil for packages, and for what is not found.
function M.resolve(repo, from, name)
  name = name:gsub("%?.*$", "")
  if name:sub(1, 1) == "." then
    return file_at(repo, paths.join(paths.directory(from), name))
  end
  local root = service.root(repo, from)
  for _, form in ALIASES do
    local rest = name:match(form)
    for _, folder in rest and BELOW or {} do
      local found = file_at(repo, paths.join(root, folder .. rest))
      if found then
        return found
      end
    end
  end
  return nil
end

-- The names of the modules that a text imports while it is loaded. What is imported for types only is no module.
function M.imported(text)
  local all = {}
  for head, name in text:gmatch("%f[%w]([ie][mx]port%f[%W][^;\"'`()]-)%f[\"']([\"'][^\"'\n]+)[\"']") do
    if not head:find("^%w+%s+type%s") and (head:find("from%s*$") or head:find("^import%s*$")) then
      table.insert(all, name:sub(2))
    end
  end
  for name in text:gmatch("=%s*require%(%s*[\"']([^\"'\n]+)[\"']%s*%)") do
    table.insert(all, name)
  end
  return all
end

-- The files that are loaded with the file at `path`, itself among them, with their length; and the packages, each with the file that imports it.
-- Stops behind `most` files.
function M.closure(repo, path, most, known)
  local files, packages = {}, {}
  local queue, at = { path }, 1
  files[path] = 0
  while queue[at] and at <= most do
    local here = queue[at]
    at += 1
    local entry = known[here]
    if not entry then
      local file = repo:open(here)
      entry = { bytes = file and #file.text or 0, files = {}, packages = {} }
      for _, name in file and M.imported(file.text) or {} do
        local found = M.resolve(repo, here, name)
        if not found and not name:find("^%.") then
          entry.packages[name] = true
        elseif found and found:find("%.[jt]sx?$") or found and (found:find("%.vue$") or found:find("%.svelte$")) then
          table.insert(entry.files, found)
        end
      end
      known[here] = entry
    end
    files[here] = entry.bytes
    for name in entry.packages do
      packages[name] = packages[name] or here
    end
    for _, found in entry.files do
      if not files[found] then
        files[found] = 0
        table.insert(queue, found)
      end
    end
  end
  return files, packages
end

return M
