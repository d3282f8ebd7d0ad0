-- Texts of many languages that one module of a front end loads at once, its own and those that libraries bring.

local client_graph = require("client_graph")
local heavy_import = require("heavy_import")

local M = {}

-- Texts of fewer languages, or smaller ones, are no weight; what libraries bring of a language is smaller.
local LEAST_OWN, LEAST_BYTES, LEAST_OF_PACKAGES = 5, 60000, 8

local SCRIPTS = { Hans = true, Hant = true, Latn = true, Cyrl = true }

-- Whether a name is that of a language: `de`, `pt-BR`, `zh_Hans`, `ptBR`.
local function names_language(name)
  local behind = name:match("^%l%l(%u%a+)$")
  return name:match("^%l%l%l?$") ~= nil or name:match("^%l%l[%-_]%a%a%a?%a?$") ~= nil or behind ~= nil and (#behind == 2 and behind == behind:upper() or SCRIPTS[behind] ~= nil)
end

-- The same of the last part of a path.
local function is_language(path)
  return names_language(((path:match("([^/]+)$") or ""):gsub("%.%w+$", "")))
end

-- Whether a module's name means one of the front end's own: `./texts/de`, `~/texts/de`.
local function is_near(name)
  return name:sub(1, 1) == "." or name:sub(1, 2) == "~/" or name:sub(1, 2) == "@/"
end

-- What a module of texts holds: of one that only gathers others, they as well.
local LEAST_MODULE = 2000

local function bytes_of(repo, path)
  local bytes = repo:size(path) or 0
  local text = bytes < LEAST_MODULE and not path:find("%.json$") and repo:text(path) or ""
  for _, name in client_graph.imported(text) do
    local found = is_near(name) and client_graph.resolve(repo, path, name)
    bytes += found and repo:size(found) or 0
  end
  return bytes
end

-- The texts of the front end's own: {at, count, bytes}; nil where they are few or small.
function M.own(repo, file)
  local first, count, bytes = nil, 0, 0
  for _, node in file.root:descendants("import") do
    local module = heavy_import.parts_of(node)
    if is_near(module) and is_language(module) and not node:has("type-only") and not node:func() then
      first = first or node
      count += 1
      local found = client_graph.resolve(repo, file.path, module) or client_graph.resolve(repo, file.path, module .. ".json")
      bytes += found and bytes_of(repo, found) or 0
    end
  end
  return first and count >= LEAST_OWN and bytes >= LEAST_BYTES and { at = first, count = count, bytes = bytes } or nil
end

-- Those of libraries: {at, count, package}, as the matched imports bring them.
function M.of_packages(nodes)
  local first, count, package = nil, 0, nil
  for _, node in nodes do
    local module, names = heavy_import.parts_of(node)
    if node:has("type-only") or node:func() then
      continue
    end
    local here = 0
    if is_language(module) then
      here = 1
    else
      for _, name in names do
        here += names_language(name) and 1 or 0
      end
    end
    if here > 0 then
      first = first or node
      count += here
      package = package or module:match("^@[^/]+/[^/]+") or module:match("^[^/]+")
    end
  end
  return first and count >= LEAST_OF_PACKAGES and { at = first, count = count, package = package } or nil
end

return M
