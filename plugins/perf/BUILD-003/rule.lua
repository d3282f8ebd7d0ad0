local docker = require("docker")
local image_purpose = require("image_purpose")
local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

-- === what a step installs =============================================================================================

-- The manifests that an install reads, as paths of the image, and its ecosystem; nil when the step installs nothing that a manifest lists.
local function reads(step)
  local fact = step.fact
  local does = fact.does
  if does == "pip" then
    local files, project = {}, nil
    local at = 1
    while at <= #step.args do
      local word = step.args[at]
      if word == "-r" or word == "--requirement" then
        table.insert(files, step.args[at + 1] or "")
        at += 1
      elseif word:match("^%-r(.+)$") or word:match("^%-%-requirement=(.+)$") then
        table.insert(files, word:match("^%-r(.+)$") or word:match("^%-%-requirement=(.+)$"))
      elseif words.holds(fact.valued, word) then
        at += 1
      elseif word == "." or word:match("^%./?$") or word:match("^%.%[.*%]$") or word:match("^%./?%[") then
        project = "pyproject.toml"
      end
      at += 1
    end
    if #files > 0 then
      return files, "python", false
    end
    if project and not shell_command.has_option(step, "--no-deps") then
      return { "pyproject.toml", "setup.py" }, "python", true
    end
    return nil
  end
  if does == "maven" then
    for _, word in step.args do
      if words.holds(fact.fetching, word) then
        return words.list(fact.manifest), fact.ecosystem, false
      end
      if words.holds(fact.building, word) then
        return words.list(fact.manifest), fact.ecosystem, true
      end
    end
    -- A task of the project's own that runs before its sources are there only fetches.
    return words.list(fact.manifest), fact.ecosystem, true, true
  end
  if does == "install" or does == "fetch" then
    -- Named packages are no manifest; `go get` without any reads the sources.
    if fact.ecosystem == "node" and (shell_command.has_option(step, "-g --global --location=global") or step.sub == "workspaces") then
      return nil
    end
    for at = (step.sub_at or #step.args) + 1, #step.args do
      local word = step.args[at]
      if word:sub(1, 1) ~= "-" and fact.ecosystem == "node" and not words.holds(step.base.valued, step.args[at - 1]) then
        return nil
      end
      if fact.ecosystem == "go" and step.sub == "get" and word:match("%.") and not word:match("^%./") then
        return nil
      end
    end
    return words.list(fact.manifest), fact.ecosystem, false
  end
  if does == "compile" and fact.fetches then
    for _, word in step.args do
      if word:match("@v?%w") or word == "--vendored" or word == "-mod=vendor" or word == "--offline" or word == "--no-restore" then
        return nil
      end
      -- `cargo install ripgrep` builds something else.
      if step.program == "cargo" and step.sub == "install" and word ~= "install" and word:sub(1, 1) ~= "-" and not shell_command.has_option(step, "--path") then
        return nil
      end
    end
    return words.list(fact.manifest), fact.ecosystem, true
  end
  return nil
end

local function has_cache(step)
  for _, mount in step.instruction.mounts do
    if mount.type == "cache" or mount.type == "bind" then
      return true
    end
  end
  return false
end

-- === what a copy brings ===============================================================================================

local function is_manifest(path)
  local name = paths.basename(path)
  return name:match("^requirements.*%.txt$") or name:match("%.lock$") or name:match("^package.*%.json$") or name:match("%.toml$") or name:match("%.mod$")
    or name:match("%.sum$") or name:match("^Gemfile") or name:match("^composer%.") or name:match("%.gradle") or name:match("gradle") or name:match("^pom%.xml$")
    or name:match("^setup%.") or name:match("^README") or name:match("^LICEN[CS]E") or name:match("%.ya?ml$") or name:match("^%.") or name:match("%.csproj$")
    or name:match("%.props$") or name:match("%.sln$") or name:match("%.json$") or name:match("%.cfg$") or name:match("^mix%.exs$") or name:match("%.in$") or name:match("^Pipfile") or name:match("mvnw")
    or name:match("%.config%.[cm]?[jt]s$") or name:match("%.prisma$") or name:match("%.mjs$") or name:match("%.txt$") or name:match("%.md$") or name:match("%.sh$")
end

local CODE = { py = true, js = true, ts = true, tsx = true, jsx = true, go = true, rs = true, java = true, kt = true, rb = true, php = true, cs = true, scala = true, ex = true, exs = true, vue = true, svelte = true, c = true, cpp = true, clj = true, fs = true, swift = true, dart = true, html = true }

local function is_code(path)
  return CODE[path:match("%.(%w+)$") or ""] and not is_manifest(path)
end

-- Whether a copy brings sources: files of code, or a directory that holds some.
local function brings_sources(step, image, repo)
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

-- Whether a directory is something that the manifest itself names, so that it has to be there first.
local function is_named_by(repo, manifest, found)
  local file = manifest and repo:open(manifest)
  if not file or not found or found.path == "" then
    return false
  end
  local name = paths.basename(found.path)
  for _, word in { "./" .. name, "/" .. name, name .. "/", "\"" .. name .. "\"", "'" .. name .. "'", "file:" .. name, "-e " .. name, "\n" .. name .. "\n", "\"" .. name .. "/*\"" } do
    if file.text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- How many files of code make a directory the sources, rather than a few that the install or the start needs.
local MANY = 5

-- Whether a copy that leaves the manifest aside brings the sources of what is installed: many files, below the place of the install.
local function is_source_tree(copy, install, repo)
  if not paths.is_within(copy.step.to or "", install.cwd or "") then
    return false
  end
  if not copy.found.is_directory then
    return true
  end
  local count = 0
  for _, path in repo:below(copy.found.path) do
    count += is_code(path) and 1 or 0
  end
  return count >= MANY
end

-- === the fix ==========================================================================================================

-- Settings of Node.js's package managers that lie beside the manifest.
local NODE_SETTINGS = ".npmrc .yarnrc .pnpmfile.cjs"

-- Files that an install reads, of those that the copy brought: the manifest, its locks and the package manager's settings.
local function manifests_of(install, manifest, repo)
  local base = paths.directory(manifest)
  local files = { manifest }
  for _, lock in words.list((install.fact.lock or "") .. (install.fact.ecosystem == "node" and " " .. NODE_SETTINGS or "")) do
    local path = base == "" and lock or base .. "/" .. lock
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
local function requirements_of(install, repo)
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
local function is_of_many(manifest, install, repo)
  if install.fact.ecosystem ~= "node" then
    return false
  end
  local base, file = paths.directory(manifest), repo:open(manifest)
  local document = file and file.documents and file.documents[1]
  return repo:at((base == "" and "" or base .. "/") .. "pnpm-workspace.yaml") ~= nil or document ~= nil and document:get("workspaces") ~= nil
end

-- Whether a manifest or a lock of Go, or the workspace around it, takes modules from the repository.
local function takes_modules(manifest, file, repo)
  local base = paths.directory(manifest)
  return repo:at(base == "" and "go.work" or base .. "/go.work") ~= nil or repo:at("go.work") ~= nil or file.text:find("=>%s*%.%.?[/\\]") ~= nil
end

-- Variables by which package managers are told of further files.
local POINTING = "PIP_CONSTRAINT PIP_REQUIREMENT PIP_FIND_LINKS PIP_CONFIG_FILE UV_CONSTRAINT UV_OVERRIDE UV_CONFIG_FILE NPM_CONFIG_USERCONFIG npm_config_userconfig"

-- Whether the install reads nothing of the repository but `manifest`, what `manifests_of` and `requirements_of` list: true or false, nil
-- where that is not known.
local function is_self_contained(manifest, install, repo)
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
      return requirements_of(install, repo) ~= nil
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
    if repo:at(base == "" and "binding.gyp" or base .. "/binding.gyp") then
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

-- Programs that read no file of the sources, whatever they are told.
local APART = "cd true : echo mkdir export set apt-get apt aptitude apk yum dnf microdnf tdnf zypper corepack update-ca-certificates"
-- Subcommands of package managers that only set them up or empty their caches.
local SETTINGS = "cache config set clear-cache clearcache"

-- Whether a command of a RUN does as well before the sources are there; `step` is what is known of it.
local function is_apart(command, step)
  if words.holds(APART, command.name) or not step then
    return words.holds(APART, command.name)
  end
  local program = paths.basename(step.program)
  if command.name == "rm" then
    for _, word in command.args do
      if not word:match("^%-") and not word:match("^[/~]") then
        return false
      end
    end
    return true
  end
  if step.fact.does == "pip" or program:match("^pip") then
    for _, word in step.args do
      if word == "-r" or word:match("^%-r.") or word:match("^%-%-requirement") or word == "-e" or word:match("^%.") or word:find("/", 1, true) and not word:find("://", 1, true) then
        return false
      end
    end
    return true
  end
  if step.fact.does == "install" and step.fact.ecosystem == "node" then
    return shell_command.has_option(step, "-g --global --location=global")
  end
  return step.fact.does == "venv" or words.holds(SETTINGS, step.sub or "") and next(step.base) ~= nil
end

-- The steps of an instruction by the first byte of their commands.
local function steps_of(instruction, steps)
  local found = {}
  for _, step in steps do
    if step.kind == "command" and step.instruction.span.first == instruction.span.first then
      found[step.command.span.first] = step
    end
  end
  return found
end

-- Whether the RUN installs, and beside that only brings a directory or pip itself up to date: moved, it does the same.
local function only_installs(install, steps)
  local known = steps_of(install.instruction, steps)
  for _, command in install.instruction.commands do
    local is_own = command.span.first == install.command.span.first
    local step = known[command.span.first]
    if not is_own and command.name ~= "cd" and command.name ~= "true" and not (step and step.fact.does == "pip" and is_apart(command, step)) then
      return false
    end
  end
  return true
end

-- What of the install's RUN may stand before the copy of the sources, and what has to stand behind it: nothing when none of it reads
-- them, its tail when that is cut off easily; nil where it cannot be told apart.
local function parted(file, install, steps)
  local instruction = install.instruction
  local known = steps_of(instruction, steps)
  local commands, own, tail = instruction.commands, nil, nil
  for at, command in commands do
    if command.is_conditional then
      return nil
    elseif command.span.first == install.command.span.first then
      own = at
    elseif not is_apart(command, known[command.span.first]) then
      if not own then
        return nil
      end
      tail = tail or at
    end
  end
  if not own then
    return nil
  elseif not tail then
    return { head = instruction.span.source }
  end
  -- A tail runs in a shell of its own then: nothing may be handed on to it, and what it removes would stay in the layer before.
  if #instruction.mounts > 0 or not instruction.span.source:match("^[Rr][Uu][Nn]%s+[^%-%[<]") then
    return nil
  end
  for at, command in commands do
    local step = known[command.span.first]
    if at < tail and words.holds("cd export set", command.name) then
      return nil
    end
    if at >= tail and (command.name == "rm" or step and (words.holds("prune remove", step.fact.does or "") or words.holds(SETTINGS, step.sub or ""))) then
      return nil
    end
    local from = at == 1 and instruction.span.first or commands[at - 1].span.last + 1
    local joint = file:span(from, command.span.first - 1).source:gsub("\\\r?\n", " "):match("^%s*(.-)%s*$")
    if joint:lower() ~= (at == 1 and "run" or "&&") then
      return nil
    end
  end
  if instruction.span.last > commands[#commands].span.last then
    return nil
  end
  return {
    head = file:span(instruction.span.first, commands[tail - 1].span.last).source,
    tail = file:span(commands[tail].span.first, instruction.span.last).source,
  }
end

-- Whether what stands between the copy and the install does as well without the sources.
local function is_free_between(copy, install, steps)
  for _, instruction in copy.instruction.stage.instructions do
    if instruction.position > copy.instruction.position and instruction.position < install.instruction.position then
      if instruction.keyword == "RUN" then
        local known = steps_of(instruction, steps)
        for _, command in instruction.commands do
          if not is_apart(command, known[command.span.first]) then
            return false
          end
        end
      elseif instruction.keyword == "WORKDIR" and copy.instruction.destination:sub(1, 1) ~= "/" then
        return false
      end
    end
  end
  return true
end

-- A pattern of .dockerignore as one of Lua.
local function as_pattern(glob)
  local text = glob:gsub("[%^%$%(%)%%%.%[%]%+%-]", "%%%0"):gsub("%?", "[^/]")
  text = text:gsub("%*%*/", "\1"):gsub("%*%*", "\2"):gsub("%*", "[^/]*")
  return text:gsub("\2", ".*")
end

-- Whether what is ignored leaves a path of the context out: to copy it by its name fails then.
local function is_ignored(file, image, path, repo)
  local base = image.context == "" and "" or image.context .. "/"
  local ignores = repo:open(file.path .. ".dockerignore") or repo:open(base .. ".dockerignore")
  local own, ignored = path:sub(#base + 1), false
  for line in (ignores and ignores.text or ""):gmatch("[^\r\n]+") do
    local sign, glob = line:match("^%s*(!?)%s*/?(.-)/?%s*$")
    if glob ~= "" and line:sub(1, 1) ~= "#" then
      local pattern = as_pattern((glob:gsub("^%./", "")))
      local deep, plain = pattern:find("\1", 1, true), pattern:gsub("\1", "")
      for _, one in deep and { plain, (pattern:gsub("\1", ".*/")) } or { plain } do
        if own:find("^" .. one .. "$") or own:find("^" .. one .. "/") then
          ignored = sign == ""
        end
      end
    end
  end
  return ignored
end

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
local function fix_of(file, copy, install, manifest, image, repo, steps)
  if not manifest or copy.instruction.stage.index ~= install.instruction.stage.index or #copy.sources ~= 1 or copy.instruction:flag("link") then
    return nil
  end
  local root = copy.files[1]
  if is_of_many(manifest, install, repo) then
    return nil
  end
  if not root or not root.is_directory or not paths.is_within(manifest, root.path) then
    return nil
  end
  local parts = is_free_between(copy, install, steps) and parted(file, install, steps)
  local contained = parts and is_self_contained(manifest, install, repo)
  if not parts or contained == false then
    return nil
  end
  local files = manifests_of(install, manifest, repo)
  if install.fact.does == "pip" then
    files = requirements_of(install, repo)
  end
  for at = #files, 1, -1 do
    if not paths.is_within(files[at], root.path) or files[at] == manifest and is_ignored(file, image, manifest, repo) then
      return nil
    elseif is_ignored(file, image, files[at], repo) then
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
  if adjacent and not between:find("#") and not parts.tail and contained == true and only_installs(install, steps) then
    -- Packages that somebody has installed beside the sources would be copied over those of the image.
    local modules = paths.join(paths.directory(manifest), "node_modules")
    safety = install.fact.ecosystem == "node" and not is_ignored(file, image, modules, repo) and "unsafe" or "safe"
  end
  local first = copies_of(files, root.path, image, flags, destination)
  -- Yarn itself, and its plugins and patches, may lie in the repository.
  local base = paths.directory(manifest)
  local yarn = (base == "" and "" or base .. "/") .. ".yarn"
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

-- === the rule =========================================================================================================

local function check_stage(file, image, stage, report, repo)
  -- Copies that brought sources; what was installed before, here or in the stages it builds on.
  local copies, installed = {}, {}
  for _, step in docker.steps(image, stage) do
    local own = step.instruction.stage.index == stage.index
    if step.kind == "copy" then
      if step.is_foreign then
        -- Dependencies from another stage: what is installed later only adds to them.
        for _, source in step.sources do
          local name = paths.basename(source)
          if name == "node_modules" then
            installed.node = true
          elseif name:match("venv$") or name == "site-packages" or name == ".local" or name == "wheels" then
            installed.python = true
          end
        end
      else
        local sources, found = brings_sources(step, image, repo)
        if sources then
          table.insert(copies, { step = step, found = found })
        end
      end
      continue
    end
    local manifests, ecosystem, builds, is_unclear = reads(step)
    if not manifests or (is_unclear and #copies > 0) then
      continue
    end
    if installed[ecosystem] or has_cache(step) then
      installed[ecosystem] = true
      continue
    end
    installed[ecosystem] = true
    if not own then
      continue
    end
    local manifest = nil
    for _, name in manifests do
      manifest = manifest or step.origin(name)
    end
    if builds and ecosystem ~= "python" and not manifest then
      continue
    end
    if ecosystem == "go" and manifest then
      local base = paths.directory(manifest)
      if repo:at(base == "" and "vendor" or base .. "/vendor") or repo:at(base == "" and "go.sum" or base .. "/go.sum") == nil then
        continue
      end
    end
    -- The copy to blame brought the manifest together with sources, or sources that the manifest does not ask for.
    local blamed = nil
    for _, copy in copies do
      local brings = false
      for _, from in copy.step.files do
        brings = brings or (manifest and from.is_directory and paths.is_within(manifest, from.path)) or from.path == manifest
      end
      if #copy.step.files == 0 or (ecosystem == "go" and not manifest) then
        brings = true
      end
      if brings then
        blamed = blamed or { copy = copy, brings = true }
      elseif copy.found and not is_named_by(repo, manifest, copy.found) and not builds then
        blamed = blamed or { copy = copy, brings = false }
      end
    end
    if not blamed then
      continue
    end
    local copy = blamed.copy.step
    local shown = step.program .. (step.sub and step.sub:match("^[%w:.-]+$") and " " .. step.sub or "")
    local what = table.concat(copy.sources, " ")
    local message = `\`COPY {what}\` brings the sources before \`{shown}\`, so each changed file installs the dependencies anew`
    local confidence = "high"
    if builds then
      message = `\`COPY {what}\` brings the sources before \`{shown}\` downloads what they depend on, so each changed file downloads it anew`
      confidence = "medium"
    elseif not blamed.brings then
      confidence = is_source_tree(blamed.copy, step, repo) and "medium" or "low"
    end
    if image_purpose.is_tooling(file) or image_purpose.is_for_development(stage) then
      confidence = "low"
    end
    report({
      at = copy.instruction,
      message = message,
      confidence = confidence,
      related = { { at = step.command, message = `this installs what {manifest and paths.basename(manifest) or "a manifest"} lists` } },
      notes = manifest and { manifest = manifest } or nil,
      fix = blamed.brings and not builds and fix_of(file, copy, step, manifest, image, repo, docker.steps(image, stage)) or nil,
    })
  end
end

return {
  check = function(file, _, report, repo)
    local image = docker.follow(file, repo)
    for _, stage in file.docker.stages do
      check_stage(file, image, stage, report, repo)
    end
  end,
}
