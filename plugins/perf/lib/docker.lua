-- What the instructions of a Dockerfile do, followed stage by stage: which command runs in which directory, which file of the repository
-- lies where, what a command installs.

local build_context = require("build_context")
local image_purpose = require("image_purpose")
local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

local docker = {}

-- Where in the repository the file at `path` of the image came from, as far as `count` copies go.
local function origin_of(image, mappings, count, path)
  for at = count, 1, -1 do
    local one = mappings[at]
    if not one.is_directory and one.to == path then
      return one.from
    end
    if one.is_directory and paths.is_within(path, one.to) then
      local rest = path:sub(#one.to + 2)
      if one.to == "/" then
        rest = path:sub(2)
      end
      local from = rest == "" and one.from or (one.from == "" and rest or one.from .. "/" .. rest)
      if image.repo:at(from) then
        return from
      end
    end
  end
  return nil
end

local function copy(image, state, instruction, steps)
  local from = instruction:flag("from")
  local destination = instruction:expand(instruction.destination or ".")
  local step = {
    kind = "copy",
    instruction = instruction,
    is_foreign = from ~= nil,
    to = paths.join(state.cwd, destination),
    sources = {},
    files = {},
  }
  for _, source in instruction.sources do
    local text = instruction:expand(source)
    table.insert(step.sources, text)
    if not from and not text:find("://") and not text:find("%$") then
      local all = build_context.files(image, text)
      local below = #all == 0 and source:match("^%${?[%w_:.-]+}?/(.+)$")
      -- Where a variable says from which directory a build takes its files, here is what lies there.
      for _, found in below and not below:find("%$") and build_context.files(image, below) or all do
        table.insert(step.files, found)
        local name = paths.basename(found.path)
        if found.is_directory then
          table.insert(state.mappings, { from = found.path, to = step.to, is_directory = true })
        else
          local many = #instruction.sources > 1 or destination:match("/$") or destination:match("^%.?%.$") or source:find("[*?%[]")
          if not many then
            table.insert(state.mappings, { from = found.path, to = step.to, is_directory = false })
          end
          table.insert(state.mappings, { from = found.path, to = paths.join(step.to, name), is_directory = false })
        end
      end
    end
  end
  table.insert(steps, step)
end

local function mounts(image, state, instruction)
  for _, mount in instruction.mounts do
    if mount.type == "bind" and not mount.from then
      local target = mount.target or mount.dst or mount.destination
      for _, found in build_context.files(image, mount.source or mount.src or "") do
        if target then
          table.insert(state.mappings, { from = found.path, to = paths.join(state.cwd, target), is_directory = found.is_directory })
        end
      end
    end
  end
end

local function commands(image, state, instruction, steps)
  local cwd = state.cwd
  local exported = {}
  local before = #state.mappings
  mounts(image, state, instruction)
  for _, command in instruction.commands do
    local args = {}
    for _, word in command.args do
      local text = instruction:expand(word)
      if text ~= word and text:find("%s") then
        -- A variable with several words gives several arguments.
        for _, part in words.list(text) do
          table.insert(args, part)
        end
      else
        table.insert(args, text)
      end
    end
    if command.name == "cd" and args[1] then
      cwd = paths.join(cwd, args[1])
    elseif command.name == "export" then
      for _, word in args do
        local name, value = word:match("^([%w_]+)=(.*)$")
        if name then
          exported[name] = value
        end
      end
    else
      local name, sub, rest, fact, base, at = shell_command.recognise(image.repo, command.name, args, 0)
      local where = cwd
      local other = base and base.directory and shell_command.option_value(rest, base.directory)
      if other then
        where = paths.join(cwd, other)
      end
      local mappings, count = state.mappings, #state.mappings
      table.insert(steps, {
        kind = "command",
        instruction = instruction,
        command = command,
        program = name,
        sub = sub,
        args = rest,
        sub_at = at,
        fact = fact or {},
        base = base or {},
        cwd = where,
        exported = table.clone(exported),
        origin = function(path)
          return origin_of(image, mappings, count, paths.join(where, path))
        end,
      })
    end
  end
  if #instruction.mounts > 0 then
    -- What is mounted is there for this instruction only; commands that were recorded keep their own count.
    local kept = {}
    for at = 1, before do
      kept[at] = state.mappings[at]
    end
    state.mappings = kept
  end
end

-- Follows all stages. The answer holds, per stage (by index), `steps` in order and the directory at its end.
function docker.follow(file, repo)
  local stages = file.docker.stages
  local image = { repo = repo, stages = {}, context = build_context.of(file, stages, repo) }
  -- Where the file at an absolute path came from, at the end of a followed stage.
  image.origin = function(followed, path)
    return origin_of(image, followed.mappings, #followed.mappings, path)
  end
  for _, stage in stages do
    local parent = stage.parent and image.stages[stage.parent.index]
    local state = {
      cwd = parent and parent.cwd or "/",
      mappings = parent and table.clone(parent.mappings) or {},
    }
    local steps = {}
    for _, instruction in stage.instructions do
      if instruction.is_onbuild then
        continue
      end
      if instruction.keyword == "WORKDIR" then
        state.cwd = paths.join(state.cwd, (instruction:expand(instruction.args[1] or ".")))
      elseif instruction.keyword == "COPY" or instruction.keyword == "ADD" then
        copy(image, state, instruction, steps)
      elseif instruction.keyword == "RUN" then
        commands(image, state, instruction, steps)
      end
    end
    image.stages[stage.index] = { stage = stage, steps = steps, cwd = state.cwd, mappings = state.mappings }
  end
  return image
end

-- The steps of the layers of `stage`, in order.
function docker.steps(image, stage)
  local all = {}
  for _, layer in image_purpose.layers(stage) do
    for _, step in image.stages[layer.index].steps do
      table.insert(all, step)
    end
  end
  return all
end

-- The value of an environment variable as a command sees it; nil when nothing tells.
function docker.env(step, name)
  local own = step.command.env[name] or step.exported[name]
  if own then
    return own
  end
  local value, known = step.instruction:expand("${" .. name .. "}")
  return known and value or nil
end

return docker
