-- The directory of the repository that an image is built from, and what of it COPY names.

local paths = require("paths")

local M = {}

-- The contexts that compose files build with, by the path of the Dockerfile; nil until they were read. Each image asks for its own.
local composed = nil

-- Adds what a service of a compose file in `directory` builds with.
local function note(build, directory)
  local context, name = nil, "Dockerfile"
  if build and build.kind == "scalar" then
    context = build.text
  elseif build and build.kind == "map" then
    local own, other = build:get("context"), build:get("dockerfile")
    context = own and own.text or "."
    name = other and other.text or name
  end
  if context and not context:find("[$:]") then
    local at = paths.join(directory, context)
    local dockerfile = paths.join(at, name)
    composed[dockerfile] = composed[dockerfile] or at
  end
end

-- The context that a compose file builds the Dockerfile with: the first one that names it.
local function composed_for(file, repo)
  if not composed then
    composed = {}
    for _, path in repo:paths("**/{docker-compose,compose}*.{yml,yaml}") do
      local compose = repo:open(path)
      local document = compose and compose.documents and compose.documents[1]
      local services = document and document:get("services")
      for _, service in services and services:entries() or {} do
        note(service:get("build"), paths.directory(path))
      end
    end
  end
  return composed[file.path]
end

local MANIFESTS = { "package.json", "requirements.txt", "pyproject.toml", "go.mod", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts", "Gemfile", "composer.json", "Pipfile", "setup.py", "mix.exs" }

-- The directory of the repository that COPY reads from: the one a compose file names, else the nearest above the file in which most
-- of the sources lie; one with a manifest when the sources do not tell.
function M.of(file, stages, repo)
  local known = composed_for(file, repo)
  if known then
    return known
  end
  local sources = {}
  for _, stage in stages do
    for _, instruction in stage.instructions do
      if (instruction.keyword == "COPY" or instruction.keyword == "ADD") and not instruction:flag("from") then
        for _, source in instruction.sources do
          local path = paths.join("", (source:gsub("^/", "")))
          if not source:find("[*?%[$]") and not source:find("://") and path ~= "" then
            table.insert(sources, path)
          end
        end
      end
    end
  end
  local best, most = paths.directory(file.path), -1
  local at = best
  while true do
    local count = 0
    for _, source in sources do
      if repo:at(paths.join(at, source)) then
        count += 1
      end
    end
    for _, name in MANIFESTS do
      if repo:at(paths.join(at, name)) == "file" then
        count += 0.5
        break
      end
    end
    if count > most then
      best, most = at, count
    end
    if at == "" then
      return best
    end
    at = paths.directory(at)
  end
end

-- A package beside the context that a pipeline puts into it before it builds: the nearest directory above of that name that has a manifest of its own.
local function above(image, path)
  local at = image.context
  while at ~= "" and path ~= "" and not path:find("/", 1, true) do
    at = paths.directory(at)
    local full = paths.join(at, path)
    for _, name in image.repo:at(full) == "directory" and MANIFESTS or {} do
      if image.repo:at(paths.join(full, name)) == "file" then
        return full
      end
    end
  end
  return nil
end

-- The files of the repository that a source of COPY names: a list of {path, is_directory}.
function M.files(image, source)
  local path = paths.join("", (source:gsub("^/+", "")))
  local full = image.context == "" and path or (path == "" and image.context or image.context .. "/" .. path)
  if source:find("[*?%[]") then
    local found = {}
    local _, depth = full:gsub("/", "")
    local readable, hits = pcall(function()
      return image.repo:paths(full)
    end)
    for _, hit in readable and hits or {} do
      local _, own = hit:gsub("/", "")
      if own == depth then
        table.insert(found, { path = hit, is_directory = false })
      end
    end
    return found
  end
  local kind = full == "" and "directory" or image.repo:at(full)
  if not kind then
    local found = above(image, path)
    return found and { { path = found, is_directory = true } } or {}
  end
  return { { path = full, is_directory = kind == "directory" } }
end

return M
