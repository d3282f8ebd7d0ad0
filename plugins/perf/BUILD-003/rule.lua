-- Copies that bring the sources before the dependencies are installed, so that each changed file installs them anew.

local dependency_install = require("dependency_install")
local docker = require("docker")
local image_purpose = require("image_purpose")
local install_first = require("install_first")
local paths = require("paths")
local shell_command = require("shell_command")
local source_copy = require("source_copy")
local words = require("words")

-- Scripts by which a package of Node.js takes part in its own install.
local AT_INSTALL = { "preinstall", "install", "postinstall", "prepare" }

-- Words of such scripts that run what the package itself holds, or build it.
local OWN = words.set("node", "npm", "npx", "yarn", "pnpm", "bun", "build", "tsc", "tsx", "ts-node", "webpack", "rollup", "vite", "esbuild", "prisma", "make", "bash", "sh", "generate", "codegen", "node-gyp", "gyp")

local function runs_own_code(script)
  for word in script:gmatch("[%w@_%-%./]+") do
    if OWN[word] or word:find("^%.%.?/") or word:find("%.[cm]?[jt]s$") or word:find("%.sh$") then
      return true
    end
  end
  return false
end

-- Whether a copied directory is a package of its own, of which an install of the packages around it reads nothing but the manifest.
local function is_member(found, step, ecosystem, repo)
  local inner = ecosystem == "node" and found and found.is_directory and paths.join(found.path, "package.json")
  local file = inner and repo:at(inner) == "file" and repo:open(inner)
  local document = file and file.documents and file.documents[1]
  if not document then
    return false
  end
  if shell_command.has_option(step, "--ignore-scripts") then
    return true
  end
  for _, name in AT_INSTALL do
    local script = document:get("scripts." .. name)
    -- `husky`, `patch-package` and `msw init public/` read none of the sources.
    if script and runs_own_code(script.text or "./") then
      return false
    end
  end
  return true
end

local function has_sources(image, stage, repo)
  for _, step in docker.steps(image, stage) do
    if step.kind == "copy" and not step.is_foreign and source_copy.brings_sources(step, image, repo) then
      return true
    end
  end
  return false
end

-- Whether a copy from another stage brings what is built there from the sources, below the place where that stage works.
local function brings_build(step, image, stages, repo)
  local from = step.instruction:flag("from")
  for _, stage in stages do
    if stage.name == from and has_sources(image, stage, repo) then
      for _, source in step.sources do
        local path = paths.join(image.stages[stage.index].cwd, source)
        if path ~= image.stages[stage.index].cwd and paths.is_within(path, image.stages[stage.index].cwd) and source_copy.is_built(source) then
          return true
        end
      end
    end
  end
  return false
end

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
        if brings_build(step, image, file.docker.stages, repo) then
          table.insert(copies, { step = step, is_built = true })
        end
      else
        local sources, found = source_copy.brings_sources(step, image, repo)
        if sources then
          table.insert(copies, { step = step, found = found })
        end
      end
      continue
    end
    local manifests, ecosystem, builds, is_unclear = dependency_install.reads(step)
    if not manifests or (is_unclear and #copies > 0) then
      continue
    end
    if installed[ecosystem] or dependency_install.has_cache(step) then
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
      if repo:at(paths.join(base, "vendor")) or repo:at(paths.join(base, "go.sum")) == nil then
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
      if copy.is_built then
        if not builds and manifest then
          blamed = blamed or { copy = copy, brings = false, is_built = true }
        end
        continue
      end
      if #copy.step.files == 0 or (ecosystem == "go" and not manifest) then
        brings = true
      end
      if brings then
        blamed = blamed or { copy = copy, brings = true }
      elseif copy.found and not builds and (is_member(copy.found, step, ecosystem, repo) or not source_copy.is_named_by(repo, manifest, copy.found)) then
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
    elseif blamed.is_built then
      message = `\`COPY --from={copy.instruction:flag("from")} {what}\` brings what is built from the sources before \`{shown}\`, so each changed file installs the dependencies anew`
      confidence = "medium"
    elseif not blamed.brings then
      confidence = source_copy.is_source_tree(blamed.copy, step, repo) and "medium" or "low"
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
      fix = blamed.brings and not builds and install_first.fix(file, copy, step, manifest, image, repo, docker.steps(image, stage)) or nil,
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
