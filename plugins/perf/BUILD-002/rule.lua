-- Packages for development that an image installs, and the option that leaves them out.

local development_list = require("development_list")
local development_needs = require("development_needs")
local docker = require("docker")
local image_purpose = require("image_purpose")
local inner_steps = require("inner_steps")
local paths = require("paths")
local published_stage = require("published_stage")
local python_home = require("python_home")
local shell_command = require("shell_command")
local words = require("words")

local function is_set(text)
  return text ~= nil and text ~= "" and text ~= "0" and text:lower() ~= "false"
end

-- Whether an option, or a variable in force, leaves development packages out.
local function leaves_out(step)
  local fact = step.fact
  if fact.undo_without_dev and shell_command.has_option(step, fact.undo_without_dev) then
    return false
  end
  local given = fact.without_dev and shell_command.has_option(step, fact.without_dev)
  if given and given ~= "--only" then
    return true
  end
  if given then
    return shell_command.option_value(step.args, "--only") ~= "dev"
  end
  for _, pair in words.list(fact.env_without_dev) do
    local name, wanted = pair:match("^([^=]*)=(.*)$")
    local value = docker.env(step, name)
    if value and (value:lower() == wanted:lower() or (wanted == "*" and value ~= "") or (wanted == "1" and is_set(value))) then
      return true
    end
  end
  return false
end

-- What a step brings: {home, step, text, at?, document?}; nil when it brings nothing that only development needs.
local function brings(step, repo)
  local fact = step.fact
  if fact.does == "pip" and step.sub == "install" then
    local text, path = development_list.of_pip(step, repo)
    return text and { home = python_home.of(step), step = step, text = text, manifest = path }
  end
  if fact.does == "install" and fact.ecosystem == "node" and leaves_out(step) then
    local tools, list = development_list.misplaced_tools(step, repo)
    return tools and { home = paths.join(step.cwd, fact.installs_into or "."), step = step, text = `{paths.basename(list)} lists {tools} among what the service runs with`, manifest = list }
  end
  if fact.does ~= "install" or leaves_out(step) then
    return nil
  end
  if fact.dev_option then
    local option = shell_command.has_option(step, fact.dev_option)
    return option and { home = python_home.of(step), step = step, text = `\`{option}\` asks for them` }
  end
  if not fact.dev_by_default then
    return nil
  end
  -- `yarn add x` and `npm install x` name packages instead.
  for at = (step.sub_at or #step.args) + 1, #step.args do
    local word = step.args[at]
    local before = step.args[at - 1]
    if word:sub(1, 1) ~= "-" and not words.holds(step.base.valued, before) and step.sub ~= "workspaces" and fact.ecosystem == "node" and word ~= "." then
      if shell_command.has_option(step, "-g --global --location=global") or word ~= "" then
        return nil
      end
    end
  end
  local names, path, document = development_list.of_manifest(step, repo)
  if not names then
    return nil
  end
  local home = fact.ecosystem == "python" and python_home.of(step) or paths.join(step.cwd, fact.installs_into or ".")
  return { home = home, step = step, text = `{paths.basename(path)} lists {names}`, manifest = path, document = document, can_flag = true }
end

local function removes(step)
  local gone = {}
  if step.fact.does == "prune" or (step.fact.prunes and step.fact.does == "install") then
    if leaves_out(step) then
      table.insert(gone, paths.join(step.cwd, step.fact.installs_into or "node_modules"))
    end
  elseif step.program == "rm" then
    for _, word in step.args do
      if word:sub(1, 1) ~= "-" then
        table.insert(gone, paths.join(step.cwd, (word:gsub("/%*$", ""))))
      end
    end
  elseif step.fact.ecosystem == "php" and step.fact.does == "install" and leaves_out(step) then
    table.insert(gone, paths.join(step.cwd, "vendor"))
  elseif step.program == "npm" and step.fact.does == "install" and leaves_out(step) and (step.sub == "ci" or step.sub == "clean-install") then
    table.insert(gone, paths.join(step.cwd, "node_modules"))
  end
  return gone
end

local function builds(step)
  return step.fact.does == "script" or step.fact.does == "compile"
end

-- The step, with the manifest that another stage gave: `COPY --from=build /app/package*.json ./`.
local function with_foreign(step, foreign, image)
  if step.kind ~= "command" or step.fact.ecosystem ~= "node" or step.origin("package.json") then
    return step
  end
  for at = #foreign, 1, -1 do
    local copied = foreign[at].step
    for _, source in paths.join("/", copied.to) == paths.join("/", step.cwd) and copied.sources or {} do
      local name = paths.basename(source)
      local is_manifest = name == "package.json" or name:find("^package.*%*")
      local found = is_manifest and image.origin(foreign[at].followed, paths.join("/", paths.directory(source) .. "/package.json"))
      if found then
        local own = table.clone(step)
        own.origin = function(path)
          return path == "package.json" and found or step.origin(path)
        end
        return own
      end
    end
  end
  return step
end

-- The packages that lie in each stage at its end, after copies and removals.
local function packages_of(image, repo, file)
  local held = {}
  for _, stage in file.docker.stages do
    local mine = stage.parent and table.clone(held[stage.parent.index]) or {}
    local sources, foreign = {}, {}
    for _, feed in stage:feeds() do
      if feed.stage and feed.kind == "copy" then
        sources[feed.instruction.position] = feed.stage
      end
    end
    for _, step in inner_steps.of(image.stages[stage.index].steps, repo) do
      if step.kind == "copy" then
        local from = sources[step.instruction.position]
        if from then
          table.insert(foreign, { step = step, followed = image.stages[from.index] })
        end
        for _, one in from and held[from.index] or {} do
          for _, source in step.sources do
            local path = paths.join("/", source)
            local deeper = paths.is_within(path, one.home) and one.step.fact.ecosystem == "python" and one.home ~= path
            if paths.is_within(one.home, path) or deeper then
              local moved = table.clone(one)
              -- A copied directory gives its contents, so the rest of the path goes behind the destination.
              moved.home = deeper and one.home or paths.join(step.to, one.home:sub(#path + 2))
              moved.through = step
              table.insert(mine, moved)
            end
          end
        end
      else
        for _, gone in removes(step) do
          for at = #mine, 1, -1 do
            if paths.is_within(mine[at].home, gone) then
              table.remove(mine, at)
            end
          end
        end
        local one = brings(with_foreign(step, foreign, image), repo)
        if one then
          table.insert(mine, one)
        end
        if builds(step) then
          for _, other in mine do
            other.is_built_with = true
          end
        end
      end
    end
    held[stage.index] = mine
  end
  return held
end

-- The option that leaves them out, behind the subcommand.
local function fix_of(one, repo, file)
  local step = one.step
  local flag = step.fact.flag
  if not one.can_flag or not flag or one.is_built_with or one.through or step.through then
    return nil
  end
  -- Without them the install itself would fail, or what runs behind it.
  if step.fact.ecosystem == "node" and one.document and development_needs.of(step, one.document, file) then
    return nil
  end
  if step.program == "yarn" then
    local lock = step.origin("yarn.lock")
    local text = lock and repo:open(lock)
    if not text or text.text:find("__metadata:", 1, true) then
      -- Yarn 2 and later have no such option of `install`.
      return nil
    end
  end
  local place = nil
  for at, word in step.command.args do
    if word == step.sub then
      place = step.command:arg_at(at)
      break
    end
  end
  if not place then
    return nil
  end
  return { title = `install with {flag}`, safety = "unsafe", edits = { { after = place, text = " " .. flag } } }
end

return {
  check = function(file, _, report, repo)
    local stage = image_purpose.deployed(file)
    if not stage then
      return
    end
    local stages = file.docker.stages
    local published = stage.index ~= stages[#stages].index and published_stage.without_target(repo, file)
    stage = published and stages[#stages] or stage
    local image = docker.follow(file, repo)
    local seen = {}
    for _, one in packages_of(image, repo, file)[stage.index] do
      local step = one.step
      local key = one.home .. ":" .. one.text
      if not seen[key] then
        seen[key] = true
        local related = {}
        if one.through then
          table.insert(related, { at = one.through.instruction, message = "and this copies them into the image that ships" })
        end
        local shown = step.program .. (step.sub and " " .. step.sub or "")
        report({
          at = step.command,
          message = `\`{shown}\` puts development packages into the image that ships: {one.text}`,
          confidence = published and "medium" or (image_purpose.is_for_development(stage) or image_purpose.starts_nothing(file, stage, repo)) and "low" or (one.manifest and "high" or "medium"),
          related = related,
          notes = { manifest = one.manifest, ["installed into"] = one.home },
          fix = fix_of(one, repo, file),
        })
      end
    end
  end,
}
