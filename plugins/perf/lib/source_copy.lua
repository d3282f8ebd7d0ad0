-- What a copy of an image brings: sources, or only what an install needs.

local paths = require("paths")
local words = require("words")

local M = {}

local function is_manifest(path)
  local name = paths.basename(path)
  return name:match("^requirements.*%.txt$") or name:match("%.lock$") or name:match("^package.*%.json$") or name:match("%.toml$") or name:match("%.mod$")
    or name:match("%.sum$") or name:match("^Gemfile") or name:match("^composer%.") or name:match("%.gradle") or name:match("gradle") or name:match("^pom%.xml$")
    or name:match("^setup%.") or name:match("^README") or name:match("^LICEN[CS]E") or name:match("%.ya?ml$") or name:match("^%.") or name:match("%.csproj$")
    or name:match("%.props$") or name:match("%.sln$") or name:match("%.json$") or name:match("%.cfg$") or name:match("^mix%.exs$") or name:match("%.in$") or name:match("^Pipfile") or name:match("mvnw")
    or name:match("%.config%.[cm]?[jt]s$") or name:match("%.prisma$") or name:match("%.mjs$") or name:match("%.txt$") or name:match("%.md$") or name:match("%.sh$")
end

-- Templates and styles change as often as code.
local CODE = { sql = true, mjml = true, hbs = true, ejs = true, pug = true, njk = true, astro = true, scss = true, sass = true, less = true, css = true, py = true, js = true, ts = true, tsx = true, jsx = true, go = true, rs = true, java = true, kt = true, rb = true, php = true, cs = true, scala = true, ex = true, exs = true, vue = true, svelte = true, c = true, cpp = true, clj = true, fs = true, swift = true, dart = true, html = true }

local function is_code(path)
  return CODE[path:match("%.(%w+)$") or ""] and not is_manifest(path)
end

-- Whether a copy brings sources: files of code, or a directory that holds some.
function M.brings_sources(step, image, repo)
  for _, found in step.files do
    if found.is_directory then
      if found.path == image.context then
        return true, found
      end
      for _, path in repo:below(found.path) do
        if is_code(path) then
          return true, found
        end
      end
    elseif is_code(found.path) then
      return true, found
    end
  end
  if #step.files == 0 and not step.is_foreign then
    -- The sources cannot be found in the repository: only the whole context is certain to hold them.
    for _, source in step.sources do
      if paths.join("", source) == "" then
        return true, nil
      end
    end
  end
  return false
end

-- What an install reads of a package.json, beside names and versions.
local READ = { "workspaces", "dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "overrides", "resolutions", "pnpm" }
-- Scripts that it runs.
local RUN = { "preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare" }

-- The text of a manifest that an install goes by: what only starts, tests or publishes a package of Node.js names directories in vain.
local function read_text(file)
  local document = paths.basename(file.path) == "package.json" and file.documents and file.documents[1]
  if not document then
    return file.text
  end
  local all = {}
  for _, name in READ do
    local part = document:get(name)
    table.insert(all, part and part.span.source or nil)
  end
  for _, name in RUN do
    local script = document:get("scripts." .. name)
    -- One that runs others may need what they name.
    if script and (script.text:find("run", 1, true) or script.text:find("yarn", 1, true)) then
      return file.text
    end
    table.insert(all, script and script.text .. "\n" or nil)
  end
  return table.concat(all, "\n")
end

-- Whether a directory is something that the manifest itself names, so that it has to be there first.
function M.is_named_by(repo, manifest, found)
  local file = manifest and repo:open(manifest)
  if not file or not found or found.path == "" then
    return false
  end
  local name, text = paths.basename(found.path), read_text(file)
  for _, word in { "./" .. name, "/" .. name, name .. "/", "\"" .. name .. "\"", "'" .. name .. "'", "file:" .. name, "-e " .. name, "\n" .. name .. "\n", "\"" .. name .. "/*\"" } do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Patterns of the packages that a manifest of Node.js holds: `workspaces`, or what pnpm's file lists.
local function workspaces_of(repo, manifest)
  local file = repo:open(manifest)
  local document = file and file.documents and file.documents[1]
  local listed = document and (document:get("workspaces.packages") or document:get("workspaces"))
  local all = {}
  for _, entry in listed and listed.kind == "list" and listed:entries() or {} do
    table.insert(all, entry.text)
  end
  local pnpm = repo:open(paths.join(paths.directory(manifest), "pnpm-workspace.yaml"))
  local packages = pnpm and pnpm.documents and pnpm.documents[1] and pnpm.documents[1]:get("packages")
  for _, entry in packages and packages:entries() or {} do
    table.insert(all, entry.text)
  end
  return all
end

-- Scripts by which a package of Node.js takes part in its own install.
local RUN_BY_INSTALL = { "preinstall", "install", "postinstall", "prepare" }

-- Words of such scripts that run what the package itself holds, or build it.
local OWN = words.set("node", "npm", "npx", "yarn", "pnpm", "bun", "build", "tsc", "tsx", "ts-node", "webpack", "rollup", "vite", "esbuild", "prisma", "make", "bash", "sh", "generate", "codegen", "node-gyp", "gyp")

-- `husky`, `patch-package` and `msw init public/` read none of the sources.
local function runs_own_code(script)
  for word in script:gmatch("[%w@_%-%./]+") do
    if OWN[word] or word:find("^%.%.?/") or word:find("%.[cm]?[jt]s$") or word:find("%.sh$") then
      return true
    end
  end
  return false
end

-- Whether a directory is a workspace, or holds workspaces, of which an install reads the manifests only: second, whether it runs scripts of theirs, too.
function M.is_workspace(repo, manifest, found)
  if not manifest or not found or not found.is_directory or paths.basename(manifest) ~= "package.json" then
    return false, false
  end
  local base = paths.directory(manifest)
  local is_one, runs = false, false
  for _, pattern in workspaces_of(repo, manifest) do
    local from = paths.join(base, (pattern:gsub("^!", ""):gsub("/?%*.*$", "")))
    if from ~= base and not pattern:find("^!") and (paths.is_within(found.path, from) or paths.is_within(from, found.path)) then
      is_one = true
    end
  end
  for _, path in is_one and repo:below(found.path) or {} do
    local package = paths.basename(path) == "package.json" and not path:find("node_modules/", 1, true) and repo:open(path)
    local document = package and package.documents and package.documents[1]
    for _, name in document and RUN_BY_INSTALL or {} do
      local script = document:get("scripts." .. name)
      runs = runs or script ~= nil and script ~= false and runs_own_code(script.text or "./")
    end
  end
  return is_one, runs
end

-- What builds write into hidden directories.
local BUILT = { [".next"] = true, [".nuxt"] = true, [".output"] = true, [".svelte-kit"] = true, [".medusa"] = true }

-- What is copied from another stage to spare an install, rather than to be there before it.
local function is_dependency(name)
  if BUILT[name] then
    return false
  end
  return is_manifest(name) or name == "json" or name == "node_modules" or name == "wheels" or name == "vendor" or name == "site-packages" or name == "target" or name:find("venv", 1, true) or name:find("[$*]")
end

-- Where systems keep what is no application.
local OF_SYSTEM = { "^/usr/", "^/etc/", "^/bin/", "^/lib", "^/sbin/", "^/var/", "^/opt/venv", "^/root/%.", "^/tmp/" }

-- Whether a path of an image may be that of an application as a whole.
function M.is_application(path)
  for _, form in OF_SYSTEM do
    if path:find(form) then
      return false
    end
  end
  return path ~= "/"
end

-- What the copy of another stage (`from`, as it was followed) brings that changes with the sources: something of the directory that the sources were copied
-- into, or were built in, and neither packages nor manifests; second, whether it is all of that directory. Nil where it brings none.
function M.built_of(step, from, image, repo)
  local homes, is_somewhere = {}, false
  for _, other in from.steps do
    if other.kind == "copy" and not other.is_foreign and M.brings_sources(other, image, repo) then
      table.insert(homes, other.to)
      table.insert(homes, from.cwd)
      -- No WORKDIR is seen: an image that a variable names has one of its own.
      is_somewhere = is_somewhere or from.cwd == "/" and other.to == "/" and from.stage.base.is_unknown
    end
  end
  for _, source in step.sources do
    local path = paths.join("/", source)
    for _, home in homes do
      if home ~= "/" and home ~= "" and paths.is_within(path, home) and not is_dependency(paths.basename(path)) then
        return source, path == home
      end
    end
    if is_somewhere and M.is_application(path) and not is_dependency(paths.basename(path)) then
      return source, true
    end
  end
  return nil, false
end

-- How many files of code make a directory the sources, rather than a few that the install or the start needs.
local MANY = 5

-- Whether a directory holds so many.
function M.is_tree(found, repo)
  local count = 0
  for _, path in repo:below(found.path) do
    count += is_code(path) and 1 or 0
    if count >= MANY then
      return true
    end
  end
  return false
end

-- Whether a copy that leaves the manifest aside brings the sources of what is installed, many files below the place of the install, or as many to a
-- place that the install does not speak of.
function M.is_source_tree(copy, install, repo)
  if not paths.is_within(copy.step.to or "", install.cwd or "") then
    return copy.found.is_directory and #copy.step.sources == 1 and not install.instruction.text:find(copy.step.to or "", 1, true) and M.is_tree(copy.found, repo)
  end
  return not copy.found.is_directory or M.is_tree(copy.found, repo)
end

return M
