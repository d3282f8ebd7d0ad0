-- What the image of a service is made from that only a build needs: the base of the stage that ships, and packages that were grouped to
-- be removed and were not.

local docker = require("docker")
local image_purpose = require("image_purpose")
local lighter_image = require("lighter_image")
local system_packages = require("system_packages")

-- Programs and sources that the full image brings and a slim one does not: with them another tag alone will not build.
local NEEDS_FULL = { git = true, gcc = true, ["g++"] = true, make = true, cmake = true, curl = true, wget = true, hg = true, svn = true, cargo = true, patch = true }

local function needs_full(steps)
  for _, step in steps do
    if step.kind == "command" then
      if NEEDS_FULL[step.program] then
        return true
      end
      for _, word in step.args do
        if word:find("git+", 1, true) then
          return true
        end
      end
    end
  end
  return false
end

-- Headers that are worth a word: one alone is often there for the library that it brings along.
local MANY_HEADERS = 2

-- The first command that leaves compilers in the image, and their names; `with_headers` takes the headers that only these read, too.
local function compilers(steps, repo, with_headers)
  for _, step in steps do
    local kept = system_packages.kept_compilers(steps, step, repo)
    local headers = with_headers and system_packages.kept_headers(steps, step) or {}
    for _, name in (#kept > 0 or #headers >= MANY_HEADERS) and headers or {} do
      table.insert(kept, name)
    end
    if #kept > 0 then
      return step, kept
    end
  end
  return nil
end

-- The first command that groups packages for their removal, in a layer that keeps them.
local function kept_group(steps)
  for _, step in steps do
    local group = step.kind == "command" and step.fact.does == "system" and system_packages.group(step)
    if group and not system_packages.is_removed(steps, step, group) then
      return step, group
    end
  end
  return nil
end

-- What a stage takes from another one that installed or built it, so that compilers have nothing to do in it.
local MADE = { "venv", "site%-packages", "dist%-packages", "%.local$", "node_modules", "/wheels", "/go/bin", "target/release", "/dist$", "/build$", "/gems", "/bundle", "/vendor" }

-- Whether a step installs or builds anything, besides the installer's own upgrade, or may: what a script of the repository does is not looked into.
local function is_building(step)
  local does = step.kind == "command" and step.fact.does
  if step.kind == "command" and not does and (step.command.program:find("%.%a*sh$") or step.command.program:find("^%.%.?/")) then
    return true
  end
  if does == "compile" or does == "script" or does == "install" or step.kind == "command" and (step.program == "make" or step.program == "gcc" or step.program == "cargo" or step.program == "npm") then
    return true
  elseif does == "pip" and step.sub == "install" then
    for _, word in step.args do
      if word ~= "install" and word:sub(1, 1) ~= "-" and not word:find("^pip") and not word:find("^setuptools") and not word:find("^wheel") then
        return true
      end
    end
  end
  return false
end

local function is_any_building(steps, from)
  for _, step in steps do
    if step.instruction.stage.index >= from and is_building(step) then
      return true
    end
  end
  return false
end

-- Whether a stage, or one that it builds on, copies what another stage has made.
local function is_made_elsewhere(stage, followed)
  for _, layer in image_purpose.layers(stage) do
    for _, feed in layer:feeds() do
      for _, source in feed.kind == "copy" and feed.instruction.sources or {} do
        for _, form in MADE do
          if source:find(form) then
            return true
          end
        end
        -- `COPY --from=build /opt/python /opt/python`, of a stage that installs.
        if feed.stage and is_any_building(followed.stages[feed.stage.index].steps, 1) then
          return true
        end
      end
    end
  end
  return false
end

local function fix_of(file, from, image, fact, steps)
  local tag = lighter_image.tag(image, fact)
  local at = from:arg_at(1)
  local bare = image.tag and image.written:sub(1, #image.written - #image.tag - 1) or image.written
  if not tag or not at or image.digest or image.written:find("$", 1, true) or at.source ~= image.written or needs_full(steps) then
    return nil
  end
  return { title = `start from {bare}:{tag}`, safety = "unsafe", edits = { { at = at, text = `{bare}:{tag}` } } }
end

return {
  check = function(file, _, report, repo)
    local stage = image_purpose.deployed(file)
    if not stage then
      return
    end
    local from = image_purpose.layers(stage)[1].from
    local followed = docker.follow(file, repo)
    local steps = docker.steps(followed, stage)
    local is_aside = image_purpose.is_base(file) or image_purpose.is_for_development(stage) or image_purpose.starts_nothing(file, stage, repo)
    local fact, confidence = lighter_image.burden(repo, stage.base)
    local related = {}
    if stage.parent then
      table.insert(related, { at = stage.from, message = "the stage that ships begins here" })
    end
    if fact and fact.carries == "distribution" then
      local step, kept = compilers(steps, repo)
      if step then
        table.insert(related, 1, { at = step.command, message = `{table.concat(kept, ", ", 1, math.min(#kept, 4))}` })
        report({
          at = from,
          message = `the image that ships is a whole {stage.base.resolved} with compilers in it; a build stage and a slim base would leave them out`,
          confidence = is_aside and "low" or "medium",
          related = related,
        })
      elseif lighter_image.minimal(stage.base, fact) and image_purpose.start_of(stage) and not image_purpose.is_packager(file, stage, repo) then
        report({
          at = from,
          message = `the image that ships is a whole {stage.base.resolved}, with Python, documentation and the tools of a machine; {lighter_image.minimal(stage.base, fact)} runs the same program`,
          confidence = is_aside and "low" or "medium",
          related = related,
          notes = { base = stage.base.resolved },
        })
      end
    elseif fact then
      report({
        at = from,
        message = lighter_image.message(stage.base, fact, needs_full(steps)),
        confidence = is_aside and "low" or confidence,
        related = related,
        notes = { base = stage.base.resolved },
        fix = fix_of(file, from, stage.base, fact, steps),
      })
    end
    local idle, left = nil, nil
    if not fact and stage.index > 1 and is_made_elsewhere(stage, followed) then
      idle, left = compilers(steps, repo, true)
    end
    -- What a stage below installed, was perhaps for what it or this one builds.
    if idle and not is_any_building(steps, idle.instruction.stage.index) then
      report({
        at = idle.command,
        message = `the image that ships keeps {table.concat(left, ", ", 1, math.min(#left, 4))}, though another stage builds what it runs`,
        confidence = is_aside and "low" or "medium",
      })
    end
    local step, group = kept_group(steps)
    if step and not fact then
      report({
        at = step.command,
        message = `{group} was grouped to be removed, and its layer keeps it: no \`del {group}\` follows in the same instruction`,
        confidence = is_aside and "low" or "high",
      })
    end
  end,
}
