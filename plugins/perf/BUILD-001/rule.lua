-- What a service's image holds that only its build or its development needs.

local dependency_install = require("dependency_install")
local docker = require("docker")
local image_purpose = require("image_purpose")
local node_scripts = require("node_scripts")
local paths = require("paths")
local shell_command = require("shell_command")
local start_compiler = require("start_compiler")
local system_packages = require("system_packages")
local words = require("words")

local function is_harmless(step)
  for _, word in step.args do
    if words.holds(step.fact.harmless or "", word) then
      return true
    end
  end
  return false
end

-- What a compiling step is called in a message; nil when the step does not compile.
local function compiles(step, repo)
  local does = step.fact.does
  if does == "compile" then
    if is_harmless(step) or words.holds(step.fact.serves, step.sub or "") then
      return nil
    end
    return step.sub and step.sub:match("^[%w:-]+$") and step.program .. " " .. step.sub or step.program
  end
  if does == "maven" then
    for _, word in step.args do
      if words.holds(step.fact.building, (word:gsub("^:.*:", ""))) then
        return step.program .. " " .. word
      end
    end
    return nil
  end
  if does == "script" then
    local name = node_scripts.script_name(step)
    local inner = name and node_scripts.script(step, repo, name)
    if not inner then
      -- The manifest is not there: a script of this name builds by custom.
      return name and name:match("^build") and step.program .. " run " .. name or nil
    end
    for _, one in inner do
      if one.fact.does == "compile" and not is_harmless(one) and not words.holds(one.fact.serves, one.sub or "") then
        return step.program .. " run " .. name
      end
    end
  end
  return nil
end

-- What compiles the sources at each start.
local function compiles_at_start(image, stage, repo)
  local start, at = image_purpose.start_of(stage), image.stages[stage.index]
  local step = {
    origin = function(path)
      return image.origin(at, paths.join(at.cwd, path))
    end,
  }
  return start, start and start_compiler.of(step, repo, start.span.source)
end

-- The development server that a start command runs.
local function serves_for_development(file, image, stage, repo)
  local start = image_purpose.start_of(stage)
  if not start then
    return nil
  end
  local at = image.stages[stage.index]
  for _, command in start.commands do
    local program, sub, args, fact, _, sub_at = shell_command.recognise(repo, command.name, command.args, 0)
    local step = {
      program = program, sub = sub, args = args, fact = fact or {}, sub_at = sub_at,
      origin = function(path)
        return image.origin(at, paths.join(at.cwd, path))
      end,
    }
    local steps = { step }
    if step.fact.does == "script" then
      steps = node_scripts.script(step, repo, node_scripts.script_name(step) or "start") or {}
    end
    for _, one in steps do
      local is_bare = not one.sub or one.sub:sub(1, 1) == "-"
      if (is_bare and one.fact.serves_bare) or words.holds(one.fact.serves, one.sub or "") then
        return start, one.program
      end
    end
  end
  return nil
end

local function fetches_sources(step)
  if step.program == "git" and (step.sub == "clone" or step.sub == "fetch" or step.sub == "submodule") then
    return "git " .. step.sub
  end
  if step.fact.does == "pip" then
    for _, word in step.args do
      if word:match("^git%+") or word:match("@%s*git%+") then
        return "pip install git+"
      end
    end
  end
  return nil
end

-- The manifest of an install that names sources of git, which is fetched and built in the image: `shop-core @ git+https://...`.
local function manifest_of_sources(step, repo)
  if step.fact.does ~= "pip" then
    return nil
  end
  for _, name in dependency_install.reads(step) or {} do
    local path = step.origin(name)
    local text = path and repo:text(path)
    -- What follows a sign of a comment asks for nothing.
    for line in (text or ""):gmatch("[^\n]+") do
      if line:gsub("#%s.*$", ""):gsub("^%s*#.*$", ""):find("git+", 1, true) then
        return paths.basename(path)
      end
    end
  end
  return nil
end

-- The installer that a step brings into the image: Poetry by pip, pipx, or its own script.
local function brings_installer(step, repo)
  if step.fact.does == "pip" or (step.program == "pipx" and step.sub == "install") then
    for _, word in step.args do
      local name = word:match("^[%w._-]+")
      local fact = name and repo:fact("pypi:" .. name:lower():gsub("_", "-"))
      if fact and fact.purpose == "installer" then
        return name:lower()
      end
    end
  end
  for _, word in step.args do
    if word:find("install.python-poetry.org", 1, true) or word:find("get-poetry.py", 1, true) then
      return "poetry"
    end
  end
  return nil
end

local function removes_modules(step)
  if step.fact.does == "prune" then
    return true
  end
  if step.fact.prunes and shell_command.has_option(step, step.fact.without_dev) then
    return true
  end
  if step.program == "rm" then
    for _, word in step.args do
      if word:match("node_modules/?$") then
        return true
      end
    end
  end
  return false
end

return {
  check = function(file, _, report, repo)
    local stage = image_purpose.deployed(file)
    if not stage then
      return
    end
    local image = docker.follow(file, repo)
    local steps = docker.steps(image, stage)
    local has_code = false
    local evidence = {}
    local installers = {}
    local tools_removed = false
    -- Headers count where an install behind them may have compiled against them.
    local headers_at = nil
    -- Where packages of Node.js were installed: what a later layer removes is in the earlier one all the same.
    local installed_in = {}
    local function add(step, text, confidence)
      table.insert(evidence, { step = step, text = text, confidence = confidence })
    end
    for _, step in steps do
      if step.kind == "copy" then
        has_code = has_code or #step.sources > 0
      else
        has_code = has_code or step.fact.does == "install"
        if step.fact.does == "install" and step.fact.ecosystem == "node" then
          installed_in[step.instruction.line] = true
        end
        tools_removed = tools_removed or removes_modules(step) and (next(installed_in) == nil or installed_in[step.instruction.line])
        local compiled = compiles(step, repo)
        if compiled then
          add(step, `\`{compiled}\` runs in it`, "high")
          step.compiles = true
          has_code = true
        end
        local kept = system_packages.kept_compilers(steps, step, repo)
        if #kept > 0 then
          add(step, `{table.concat(kept, ", ", 1, math.min(#kept, 4))} stay{#kept == 1 and "s" or ""} installed`, "high")
        end
        local fetched = fetches_sources(step)
        if fetched then
          add(step, `sources are fetched with \`{fetched}\``, "medium")
          has_code = true
        end
        local manifest = not fetched and manifest_of_sources(step, repo)
        if manifest then
          add(step, `{manifest} names sources of git, which are fetched and built`, "medium")
        end
        local headers = system_packages.kept_headers(steps, step)
        if #headers > 0 and #kept == 0 then
          headers_at = headers_at or { step = step, text = `{table.concat(headers, ", ", 1, math.min(#headers, 4))} stay{#headers == 1 and "s" or ""} installed, headers that only a compiler reads`, confidence = "medium" }
        end
        if headers_at and step.fact.does == "pip" and dependency_install.reads(step) then
          table.insert(evidence, headers_at)
          headers_at = nil
        end
        local installer = brings_installer(step, repo)
        if installer then
          installers[installer] = step
        end
        if step.fact.tool and installers[step.fact.tool] then
          add(installers[step.fact.tool], `the installer {step.fact.tool} stays beside what it installed`, "medium")
          installers[step.fact.tool] = nil
        end
        if step.fact.does == "pip" and step.program == "pip" and step.sub == "uninstall" then
          installers = {}
        end
      end
    end
    local start, server = serves_for_development(file, image, stage, repo)
    if start then
      table.insert(evidence, { step = { instruction = start }, text = `it starts the development server of {server}`, confidence = "medium" })
    end
    local started, compiler = compiles_at_start(image, stage, repo)
    if compiler and not start then
      -- Who builds in one stage and ships another has chosen what goes along.
      local confidence = #image.stages > 1 and "low" or "medium"
      table.insert(evidence, { step = { instruction = started }, text = `it compiles the sources at each start, with {compiler}`, confidence = confidence })
    end
    if tools_removed then
      for at = #evidence, 1, -1 do
        if evidence[at].step.compiles and evidence[at].step.fact.ecosystem == "node" then
          table.remove(evidence, at)
        end
      end
    end
    if #evidence == 0 or not has_code or image_purpose.is_packager(file, stage, repo) then
      return
    end
    local first = evidence[1]
    for _, one in evidence do
      if one.confidence == "high" and first.confidence ~= "high" then
        first = one
      end
    end
    local related = {}
    for at, one in evidence do
      if one ~= first and at <= 6 then
        table.insert(related, { at = one.step.command or one.step.instruction, message = one.text })
      end
    end
    table.insert(related, { at = stage.from, message = "the stage that ships begins here" })
    local which = #file.docker.stages == 1 and "the image has a single stage" or "the stage that ships is also one that builds"
    report({
      at = first.step.command or first.step.instruction,
      message = `{which}, so its build tools ship: {first.text}`,
      confidence = (image_purpose.is_base(file) or image_purpose.is_for_development(stage) or image_purpose.starts_nothing(file, stage, repo)) and "low" or first.confidence,
      related = related,
      notes = { base = stage.base.resolved },
    })
  end,
}
