-- The order of instructions that keeps the installed layer: manifests, install, sources.

local docker_ignore = require("docker_ignore")
local install_inputs = require("install_inputs")
local install_parts = require("install_parts")
local paths = require("paths")

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
    -- Packages that somebody has installed beside the sources would be copied over those of the image.
    local modules = paths.join(paths.directory(manifest), "node_modules")
    safety = install.fact.ecosystem == "node" and not docker_ignore.is_ignored(file, image, modules, repo) and "unsafe" or "safe"
  end
  local first = copies_of(files, root.path, image, flags, destination)
  -- Yarn itself, and its plugins and patches, may lie in the repository.
  local base = paths.directory(manifest)
  local yarn = paths.join(base, ".yarn")
  if install.program == "yarn" and repo:at(yarn) == "directory" then
    local inner = paths.directory(root.path == "" and manifest or manifest:sub(#root.path + 2))
    first ..= `\nCOPY {flags}{image.context == "" and yarn or yarn:sub(#image.context + 2)} {destination}{inner == "" and "" or inner .. "/"}.yarn/`
  end
  local edits = {
    { at = copy.instruction.span, text = first },
    parts.tail and { at = install.instruction.span, text = `{parts.head}\n{text}\nRUN {parts.tail}` } or { after = install.instruction.span, text = "\n" .. text },
  }
  local title = parts.tail and "copy the manifest, install, copy the sources, then run the rest" or "copy the manifest, install, then copy the sources"
  return { title = title, safety = safety, edits = edits }
end

return M
