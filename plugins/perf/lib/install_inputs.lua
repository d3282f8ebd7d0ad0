-- The files of the repository that an install reads: manifests, locks, settings, and what these name in turn.

local docker = require("docker")
local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- Settings of Node.js's package managers that lie beside the manifest.
local NODE_SETTINGS = ".npmrc .yarnrc .pnpmfile.cjs"

-- Files that an install reads, of those that the copy brought: the manifest, its locks and the package manager's settings.
function M.manifests_of(install, manifest, repo)
  local base = paths.directory(manifest)
  local files = { manifest }
  for _, lock in words.list((install.fact.lock or "") .. (install.fact.ecosystem == "node" and " " .. NODE_SETTINGS or "")) do
    local path = paths.join(base, lock)
    if repo:at(path) == "file" and not table.find(files, path) then
      table.insert(files, path)
    end
  end
  return files
end

-- Whether a word of a command or a requirements file names something of the build's own files beside requirements.
local function is_local(word)
  return word:match("^%.") ~= nil or word:match("^/") ~= nil or word:find("file:", 1, true) ~= nil
    or not word:find("://", 1, true) and (word:find("/", 1, true) ~= nil or word:match("%.whl$") ~= nil or word:match("%.tar%.gz$") ~= nil or word:match("%.zip$") ~= nil)
end

-- Adds a file of requirements, and those that it names in turn. False when it names anything else of the repository, or a file that is
-- not there.
local function add_requirements(path, files, repo)
  if table.find(files, path) then
    return true
  end
  local file = repo:open(path)
  if not file then
    return false
  end
  table.insert(files, path)
  for line in file.text:gsub("\\\r?\n", " "):gmatch("[^\r\n]+") do
    line = line:gsub("%s#.*$", ""):gsub("^#.*$", ""):match("^%s*(.*)$")
    local other = line:match("^%-[rc]%s*([^%s=]%S*)") or line:match("^%-%-requirement[%s=]+(%S+)") or line:match("^%-%-constraint[%s=]+(%S+)")
    if other then
      if other:find("[$:]") or not add_requirements(paths.join(paths.directory(path), other), files, repo) then
        return false
      end
    elseif line:match("^%-e") or line:match("^%-%-editable") or line:match("^%-f") or line:match("^%-%-find%-links") then
      return false
    elseif not line:match("^%-") then
      for word in line:gsub(";.*$", ""):gmatch("[^%s@]+") do
        if is_local(word) then
          return false
        end
      end
    end
  end
  return true
end

-- Every file that `pip install` names, with those that they name; nil when it reads something else of the repository, too.
function M.requirements_of(install, repo)
  local files, at = {}, (install.sub_at or 0) + 1
  while at <= #install.args do
    local word = install.args[at]
    local option, value = word:match("^(%-%-[%w-]+)=(.*)$")
    if not option and word:match("^%-[rcef].") then
      option, value = word:sub(1, 2), word:sub(3)
    elseif not option and word:match("^%-") then
      option = word
      if words.holds("-r --requirement --requirements -e --editable --constraints --override --overrides", word) or words.holds(install.fact.valued, word) then
        at += 1
        value = install.args[at] or ""
      end
    end
    if option and words.holds("-r --requirement --requirements -c --constraint --constraints --override --overrides", option) then
      local path = install.origin(value or "")
      if not path or not add_requirements(path, files, repo) then
        return nil
      end
    elseif option and words.holds("-e --editable", option) or option and words.holds("-f --find-links", option) and is_local(value or ".") then
      return nil
    elseif not option and is_local(word:match("^(.-)%[") or word) then
      return nil
    end
    at += 1
  end
  return files
end

-- Whether the install reads the manifests of other packages, too: then more would have to be copied than can be said here.
function M.is_of_many(manifest, install, repo)
  if install.fact.ecosystem ~= "node" then
    return false
  end
  local base, file = paths.directory(manifest), repo:open(manifest)
  local document = file and file.documents and file.documents[1]
  return repo:at(paths.join(base, "pnpm-workspace.yaml")) ~= nil or document ~= nil and document:get("workspaces") ~= nil
end

-- Whether a manifest or a lock of Go, or the workspace around it, takes modules from the repository.
local function takes_modules(manifest, file, repo)
  local base = paths.directory(manifest)
  return repo:at(paths.join(base, "go.work")) ~= nil or repo:at("go.work") ~= nil or file.text:find("=>%s*%.%.?[/\\]") ~= nil
end

-- Variables by which package managers are told of further files.
local POINTING = "PIP_CONSTRAINT PIP_REQUIREMENT PIP_FIND_LINKS PIP_CONFIG_FILE UV_CONSTRAINT UV_OVERRIDE UV_CONFIG_FILE NPM_CONFIG_USERCONFIG npm_config_userconfig"

-- Whether the install reads nothing of the repository but `manifest`, what `manifests_of` and `requirements_of` list: true or false, nil
-- where that is not known.
function M.is_self_contained(manifest, install, repo)
  local file = repo:open(manifest)
  if not file then
    return nil
  end
  for _, name in words.list(POINTING) do
    if (docker.env(install, name) or "") ~= "" then
      return nil
    end
  end
  local text = file.text
  if install.fact.ecosystem == "python" then
    if install.fact.does == "pip" then
      return M.requirements_of(install, repo) ~= nil
    end
    -- Another package of the repository that this one is built with.
    return if text:find("path%s*=%s*[\"']%.") then false else nil
  end
  if install.fact.ecosystem == "node" then
    local document = file.documents and file.documents[1]
    if not document then
      return nil
    end
    if document:get("workspaces") or text:find("\"file:", 1, true) or text:find("\"link:", 1, true) or text:find("\"portal:", 1, true) or text:find("\"workspace:", 1, true) then
      return false
    end
    local base = paths.directory(manifest)
    -- A native part of the package itself is built without a script.
    if repo:at(paths.join(base, "binding.gyp")) then
      return false
    end
    for _, name in { "preinstall", "install", "postinstall", "prepare", "prepublish", "preprepare", "postprepare", "dependencies" } do
      if document:get("scripts." .. name) and not shell_command.has_option(install, "--ignore-scripts") then
        return false
      end
    end
    return if document:get("patchedDependencies") or document:get("pnpm") then nil else true
  end
  return if install.fact.ecosystem == "go" and takes_modules(manifest, file, repo) then false elseif install.fact.ecosystem == "go" and install.sub == "mod" then true else nil
end

return M
