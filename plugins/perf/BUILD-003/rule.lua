-- Copies that bring the sources before the dependencies are installed, so that each changed file installs them anew.

local dependency_install = require("dependency_install")
local docker = require("docker")
local image_pipeline = require("image_pipeline")
local image_purpose = require("image_purpose")
local inner_steps = require("inner_steps")
local install_first = require("install_first")
local late_packages = require("late_packages")
local paths = require("paths")
local service = require("service")
local shell_command = require("shell_command")
local source_copy = require("source_copy")

-- Whether directories are copied behind an install that do not belong to the project that it installed: then that one was a library of theirs.
local function brings_more(steps, install, project)
  for _, step in steps do
    if step.kind == "copy" and not step.is_foreign and step.instruction.position > install.instruction.position then
      for _, found in step.files do
        if found.is_directory and not paths.is_within(found.path, project) and found.path ~= "" then
          return true
        elseif found.is_directory and found.path == "" and project ~= "" then
          return true
        end
      end
    end
  end
  return false
end

-- Whether a command installs into an environment beside the project's manifest: uv and PDM do so, Poetry and Pipenv when they are told to.
local function keeps_beside(step, stage)
  if step.program == "uv" or step.program == "pdm" then
    return step.sub == "sync" or step.sub == "install"
  end
  local name = step.program == "poetry" and "POETRY_VIRTUALENVS_IN_PROJECT" or step.program == "pipenv" and "PIPENV_VENV_IN_PROJECT"
  local value = name and (step.exported[name] or stage:variable(name))
  return value == "true" or value == "1" or value == "True"
end

-- Whether a copy from another stage brings the directory in which that one installed what a manifest of Python lists, before it had any sources: an
-- environment such as `.venv` lies in there, and what is installed later only adds to it.
local function brings_installed(step, stage, image, repo)
  local has_sources = false
  for _, made in docker.steps(image, stage) do
    if made.kind == "copy" then
      has_sources = has_sources or not made.is_foreign and source_copy.brings_sources(made, image, repo) == true
    else
      local manifests, ecosystem = dependency_install.reads(made)
      for _, source in manifests and ecosystem == "python" and not has_sources and step.sources or {} do
        if source ~= "/" and keeps_beside(made, stage) and paths.is_within(made.cwd, (source:gsub("(.)/+$", "%1"))) then
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
  local steps = inner_steps.of(docker.steps(image, stage), repo)
  local is_aside = image_purpose.is_tooling(file) or service.is_for_development(paths.directory(file.path))
  local is_quiet = image_purpose.is_for_development(stage) or is_aside and not image_pipeline.publishes(repo, file)
  local told = {}
  local stages_of, foreign = {}, {}
  for _, feed in stage:feeds() do
    if feed.stage and feed.kind == "copy" then
      foreign[feed.instruction.position] = feed.stage
      stages_of[feed.instruction.position] = image.stages[feed.stage.index]
    end
  end
  for _, step in steps do
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
        if own and foreign[step.instruction.position] then
          installed.python = installed.python or brings_installed(step, foreign[step.instruction.position], image, repo)
        end
        local from = own and stages_of[step.instruction.position]
        local source, is_whole = nil, false
        if from then
          source, is_whole = source_copy.built_of(step, from, image, repo)
        end
        if source then
          table.insert(copies, { step = step, is_built = true, is_whole = is_whole })
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
    -- What an install does within a package that another brought hangs on no manifest of the repository.
    local is_of_package = ecosystem == "node" and step.cwd:find("/node_modules/", 1, true) ~= nil
    if not manifests or is_of_package or (is_unclear and #copies > 0) then
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
      -- A command of Go may run in a folder of its module.
      manifest = manifest or ecosystem == "go" and (step.origin("../" .. name) or step.origin("../../" .. name)) or nil
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
      if copy.is_built then
        -- What another stage built; of a part of it that brought the manifest, too, nothing is known.
        if not builds and (manifest or copy.is_whole and copy.step.to == step.cwd) then
          blamed = blamed or { copy = copy, brings = true }
        end
        continue
      end
      for _, from in copy.step.files do
        brings = brings or (manifest and from.is_directory and paths.is_within(manifest, from.path)) or from.path == manifest
      end
      if #copy.step.files == 0 or (ecosystem == "go" and not manifest) then
        brings = true
      end
      if brings then
        blamed = blamed or { copy = copy, brings = true }
      elseif copy.found and not builds then
        local is_workspace, runs = source_copy.is_workspace(repo, manifest, copy.found)
        if is_workspace and (not runs or shell_command.has_option(step, "--ignore-scripts")) then
          blamed = blamed or { copy = copy, brings = false, is_workspace = true }
        elseif not is_workspace and not source_copy.is_named_by(repo, manifest, copy.found) then
          blamed = blamed or { copy = copy, brings = false }
        elseif not is_workspace and dependency_install.could_leave_out(step) then
          blamed = blamed or { copy = copy, brings = false, is_own = true }
        end
      end
    end
    if not blamed then
      continue
    end
    local copy = blamed.copy.step
    if builds and manifest and ecosystem == "python" and brings_more(steps, step, paths.directory(manifest)) then
      continue
    end
    local shown = step.program .. (step.sub and step.sub:match("^[%w:.-]+$") and " " .. step.sub or "")
    if step.through then
      local outer = step.through
      shown = `{shown}\` of \`{outer.program} {table.concat(outer.args, " ", 1, math.min(3, #outer.args))}`
    end
    local what = table.concat(copy.sources, " ")
    local message = `\`COPY {what}\` brings the sources before \`{shown}\`, so each changed file installs the dependencies anew`
    local confidence = "high"
    if builds then
      message = `\`COPY {what}\` brings the sources before \`{shown}\` downloads what they depend on, so each changed file downloads it anew`
      confidence = "medium"
    elseif blamed.copy.is_built then
      message = `\`COPY --from={copy.instruction:flag("from")} {what}\` brings what is built from the sources before \`{shown}\`, so each changed file installs the dependencies anew`
      confidence = "medium"
    elseif not blamed.brings then
      if blamed.is_workspace then
        message = `\`COPY {what}\` brings the sources of a workspace before \`{shown}\`, which reads its package.json only: each changed file installs the dependencies anew`
      end
      if blamed.is_own then
        message = `\`COPY {what}\` brings the sources before \`{shown}\`, which installs the dependencies together with the project itself: each changed file installs them anew`
      end
      confidence = source_copy.is_source_tree(blamed.copy, step, repo) and "medium" or "low"
    end
    if step.through and confidence == "high" then
      confidence = "medium"
    end
    if is_quiet then
      confidence = "low"
    end
    told[copy.instruction.position] = true
    report({
      at = copy.instruction,
      message = message,
      confidence = confidence,
      related = { { at = step.command, message = `this installs what {manifest and paths.basename(manifest) or "a manifest"} lists` } },
      notes = manifest and { manifest = manifest } or nil,
      fix = blamed.brings and not step.through and not blamed.copy.is_built and not builds and install_first.fix(file, copy, step, manifest, image, repo, steps) or nil,
    })
  end
  local late, copy, packages = late_packages.find(steps, stage, image, repo)
  if late and not (copy.instruction.stage.index == stage.index and told[copy.instruction.position]) then
    local program = late.program .. (late.sub and " " .. late.sub or "")
    report({
      at = copy.instruction,
      message = `\`COPY {table.concat(copy.sources, " ")}\` brings the sources before \`{program}\`, so each changed file installs {packages[1]}{if #packages > 1 then ` and {#packages - 1} more` else ""} anew`,
      confidence = if is_quiet then "low" else "medium",
      related = { { at = late.command, message = "nothing of this hangs on the sources" } },
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
