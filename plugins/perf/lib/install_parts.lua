-- What of a RUN, and of what stands between it and a copy, does as well before the sources are there.

local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

local M = {}

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
function M.only_installs(install, steps)
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
function M.parted(file, install, steps)
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
function M.is_free_between(copy, install, steps)
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

return M
