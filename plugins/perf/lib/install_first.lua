-- The order of instructions that keeps the installed layer: manifests, install, sources.

local docker_ignore = require("docker_ignore")
local install_inputs = require("install_inputs")
local install_parts = require("install_parts")
local install_reads = require("install_reads")
local paths = require("paths")
local python_home = require("python_home")

local M = {}

-- The files as words of COPY, those of one directory of the image together.
local function copies_of(files, root, image, flags, destination)
  local lines, groups = {}, {}
  for _, path in files do
    local inner = paths.directory(root == "" and path or path:sub(#root + 2))
    if not groups[inner] then
      groups[inner] = {}
      table.insert(lines, inner)
    end
    table.insert(groups[inner], image.context == "" and path or path:sub(#image.context + 2))
  end
  for at, inner in lines do
    lines[at] = `COPY {flags}{table.concat(groups[inner], " ")} {destination}{inner == "" and "" or inner .. "/"}`
  end
  return table.concat(lines, "\n")
end

-- Whether what was installed may be written over by the copy that then comes behind it: packages that somebody has installed beside the sources.
local function is_laid_over(file, copy, install, manifest, image, repo)
  if install.fact.ecosystem == "node" then
    return not docker_ignore.is_ignored(file, image, paths.join(paths.directory(manifest), "node_modules"), repo)
  elseif install.fact.ecosystem ~= "python" then
    return false
  end
  local home, to = python_home.of(install), (copy.to:gsub("(.)/+$", "%1"))
  if not paths.is_within(home, to) then
    return false
  end
  local inner = home:sub(#to + 1):gsub("^/", "")
  return inner == "" or not docker_ignore.is_ignored(file, image, paths.join(copy.files[1].path, inner), repo)
end

-- The order that keeps the installed layer; none where the sources would come too late for something.
function M.fix(file, copy, install, manifest, image, repo, steps)
  if not manifest or copy.instruction.stage.index ~= install.instruction.stage.index or #copy.sources ~= 1 or copy.instruction:flag("link") then
    return nil
  end
  local root = copy.files[1]
  if install_inputs.is_of_many(manifest, install, repo) then
    return nil
  end
  if not root or not root.is_directory or not paths.is_within(manifest, root.path) then
    return nil
  end
  local parts = install_parts.is_free_between(copy, install, steps) and install_parts.parted(file, install, steps)
  local contained = parts and install_inputs.is_self_contained(manifest, install, repo)
  if not parts or contained == false then
    return nil
  end
  local files = install_inputs.manifests_of(install, manifest, repo)
  if install.fact.does == "pip" then
    files = install_inputs.requirements_of(install, repo)
  end
  local read, is_doubtful = install_reads.of(install, manifest, repo)
  local directories = {}
  for _, path in read do
    if repo:at(path) == "file" and not table.find(files, path) then
      table.insert(files, path)
    elseif repo:at(path) == "directory" and paths.is_within(path, root.path) and not docker_ignore.is_ignored(file, image, path, repo) then
      table.insert(directories, path)
    end
  end
  for at = #files, 1, -1 do
    if not paths.is_within(files[at], root.path) or files[at] == manifest and docker_ignore.is_ignored(file, image, manifest, repo) then
      return nil
    elseif docker_ignore.is_ignored(file, image, files[at], repo) then
      table.remove(files, at)
    end
  end
  -- The manifests keep their places below the destination.
  local destination = copy.instruction.destination
  if destination:sub(-1) ~= "/" then
    destination = destination == "." and "./" or destination .. "/"
  end
  local flags = ""
  for _, flag in { "chown", "chmod" } do
    local value = copy.instruction:flag(flag)
    if value then
      flags ..= `--{flag}={value} `
    end
  end
  local text = copy.instruction.span.source
  local adjacent = install.instruction.position == copy.instruction.position + 1
  local between = file:span(copy.instruction.span.last + 1, install.instruction.span.first - 1).source
  local safety = "shown-only"
  if adjacent and not between:find("#") and not parts.tail and contained == true and install_parts.only_installs(install, steps) then
    safety = (is_doubtful or is_laid_over(file, copy, install, manifest, image, repo)) and "unsafe" or "safe"
  end
  local first = copies_of(files, root.path, image, flags, destination)
  -- Yarn itself, and its plugins and patches, may lie in the repository.
  local yarn = paths.join(paths.directory(manifest), ".yarn")
  if install.program == "yarn" and repo:at(yarn) == "directory" then
    table.insert(directories, yarn)
  end
  for _, path in directories do
    local inner = root.path == "" and path or path:sub(#root.path + 2)
    first ..= `\nCOPY {flags}{image.context == "" and path or path:sub(#image.context + 2)} {destination}{inner}/`
  end
  local edits = {
    { at = copy.instruction.span, text = first },
    parts.tail and { at = install.instruction.span, text = `{parts.head}\n{text}\nRUN {parts.tail}` } or { after = install.instruction.span, text = "\n" .. text },
  }
  local title = parts.tail and "copy the manifest, install, copy the sources, then run the rest" or "copy the manifest, install, then copy the sources"
  return { title = title, safety = safety, edits = edits }
end

return M
