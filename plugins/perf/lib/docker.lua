-- What the instructions of a Dockerfile do, followed stage by stage: which command runs in which directory, which file of the repository
-- lies where, what a command installs. Knows package managers only through the facts under `shell:`.

local docker = {}

-- The words of a fact's text.
local function words(text)
  local list = {}
  for word in (text or ""):gmatch("%S+") do
    table.insert(list, word)
  end
  return list
end
docker.words = words

local function holds(text, wanted)
  for _, word in words(text) do
    if word == wanted then
      return true
    end
  end
  return false
end
docker.holds = holds

-- Paths without `.`, `..` and doubled slashes; `path` may be absolute.
local function join(base, path)
  if base ~= "" and path:sub(1, 1) ~= "/" and path:sub(1, 1) ~= "~" then
    path = base .. "/" .. path
  end
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." then
      table.remove(parts)
    elseif part ~= "." then
      table.insert(parts, part)
    end
  end
  return (path:sub(1, 1) == "/" and "/" or "") .. table.concat(parts, "/")
end
docker.join = join

local function directory(path)
  return path:match("^(.*)/[^/]*$") or ""
end
docker.directory = directory

local function basename(path)
  return path:match("([^/]+)/*$") or path
end
docker.basename = basename

local function is_within(path, above)
  return path == above or above == "" or above == "/" or path:sub(1, #above + 1) == above .. "/"
end
docker.is_within = is_within

-- === what a command is ================================================================================================

-- Options that take the next word are passed over with it.
local function first_plain(args, valued, from)
  local at = from
  while at <= #args do
    local word = args[at]
    if word:sub(1, 1) ~= "-" then
      return at
    end
    at += holds(valued, word) and 2 or 1
  end
  return nil
end

local function option_value(args, names)
  for at, word in args do
    for _, name in words(names) do
      if word == name then
        return args[at + 1]
      end
      if word:sub(1, #name + 1) == name .. "=" then
        return word:sub(#name + 2)
      end
    end
  end
  return nil
end
docker.option_value = option_value

-- Whether one of the options is given: `--only` with any value, `--omit=dev` also as two words and in a list.
function docker.has_option(step, options)
  for _, option in words(options) do
    local name, wanted = option:match("^(%-[^=]*)=(.*)$")
    for at, word in step.args do
      if word == option then
        return word
      end
      if not name and word:sub(1, #option + 1) == option .. "=" then
        return word
      end
      if name then
        local value = word:match("^%-[^=]*=(.*)$")
        local own = word:match("^(%-[^=]*)")
        if own == name then
          for part in (value or step.args[at + 1] or ""):gmatch("[^,]+") do
            if part == wanted then
              return word
            end
          end
        end
      end
    end
  end
  return nil
end

-- The program, its subcommand and the fact about both.
local function recognise(repo, name, args, depth)
  name = name:gsub("%.exe$", ""):gsub("%.cmd$", "")
  if name:match("^python[%d.]*$") and args[1] == "-m" and args[2] then
    return recognise(repo, args[2], { table.unpack(args, 3) }, depth)
  end
  name = name:gsub("^pip[%d.]+$", "pip")
  local base = repo:fact("shell:" .. name)
  local at = first_plain(args, base and base.valued, 1)
  local sub = at and args[at] or (base and base.default)
  local fact = sub and repo:fact("shell:" .. name .. "." .. sub) or nil
  local runs = (fact and fact.runs) or (not fact and base and base.runs)
  if at and depth < 4 then
    if fact and fact.as then
      return recognise(repo, fact.as, { table.unpack(args, at + 1) }, depth + 1)
    end
    local next_at = fact and fact.runs and first_plain(args, nil, at + 1) or at
    if runs and next_at then
      return recognise(repo, args[next_at], { table.unpack(args, next_at + 1) }, depth + 1)
    end
  end
  if fact and fact.needs and not holds(fact.needs, args[(at or 0) + 1] or "") then
    fact = nil
  end
  if not fact and base then
    if base.otherwise and sub then
      fact = { does = base.otherwise, ecosystem = base.ecosystem }
    elseif base.does then
      fact = base
    end
  end
  return name, sub, args, fact, base, at
end

-- === the image as a file tree =========================================================================================

-- The context that a compose file builds the Dockerfile with.
local function composed(file, repo)
  for _, path in repo:paths("**/{docker-compose,compose}*.{yml,yaml}") do
    local compose = repo:open(path)
    local document = compose and compose.documents and compose.documents[1]
    local services = document and document:get("services")
    for _, service in services and services:entries() or {} do
      local build = service:get("build")
      local context, name = nil, "Dockerfile"
      if build and build.kind == "scalar" then
        context = build.text
      elseif build and build.kind == "map" then
        local own, other = build:get("context"), build:get("dockerfile")
        context = own and own.text or "."
        name = other and other.text or name
      end
      if context and not context:find("[$:]") then
        local at = docker.join(docker.directory(path), context)
        if docker.join(at, name) == file.path then
          return at
        end
      end
    end
  end
  return nil
end

local MANIFESTS = { "package.json", "requirements.txt", "pyproject.toml", "go.mod", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts", "Gemfile", "composer.json", "Pipfile", "setup.py", "mix.exs" }

-- The directory of the repository that COPY reads from: the one a compose file names, else the nearest above the file in which most
-- of the sources lie; one with a manifest when the sources do not tell.
function docker.context(file, stages, repo)
  local known = composed(file, repo)
  if known then
    return known
  end
  local sources = {}
  for _, stage in stages do
    for _, instruction in stage.instructions do
      if (instruction.keyword == "COPY" or instruction.keyword == "ADD") and not instruction:flag("from") then
        for _, source in instruction.sources do
          local path = join("", (source:gsub("^/", "")))
          if not source:find("[*?%[$]") and not source:find("://") and path ~= "" then
            table.insert(sources, path)
          end
        end
      end
    end
  end
  local best, most = directory(file.path), -1
  local at = best
  while true do
    local count = 0
    for _, source in sources do
      if repo:at(at == "" and source or at .. "/" .. source) then
        count += 1
      end
    end
    for _, name in MANIFESTS do
      if repo:at(at == "" and name or at .. "/" .. name) == "file" then
        count += 0.5
        break
      end
    end
    if count > most then
      best, most = at, count
    end
    if at == "" then
      return best
    end
    at = directory(at)
  end
end

-- The files of the repository that a source of COPY names: a list of {path, is_directory}.
local function sources_of(image, source)
  local path = join("", (source:gsub("^/+", "")))
  local full = image.context == "" and path or (path == "" and image.context or image.context .. "/" .. path)
  if source:find("[*?%[]") then
    local found = {}
    local _, depth = full:gsub("/", "")
    local readable, hits = pcall(function()
      return image.repo:paths(full)
    end)
    for _, hit in readable and hits or {} do
      local _, own = hit:gsub("/", "")
      if own == depth then
        table.insert(found, { path = hit, is_directory = false })
      end
    end
    return found
  end
  local kind = full == "" and "directory" or image.repo:at(full)
  if not kind then
    return {}
  end
  return { { path = full, is_directory = kind == "directory" } }
end

-- Where in the repository the file at `path` of the image came from, as far as `count` copies go.
local function origin_of(image, mappings, count, path)
  for at = count, 1, -1 do
    local one = mappings[at]
    if not one.is_directory and one.to == path then
      return one.from
    end
    if one.is_directory and is_within(path, one.to) then
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
    to = join(state.cwd, destination),
    sources = {},
    files = {},
  }
  for _, source in instruction.sources do
    local text = instruction:expand(source)
    table.insert(step.sources, text)
    if not from and not text:find("://") and not text:find("%$") then
      for _, found in sources_of(image, text) do
        table.insert(step.files, found)
        local name = basename(found.path)
        if found.is_directory then
          table.insert(state.mappings, { from = found.path, to = step.to, is_directory = true })
        else
          local many = #instruction.sources > 1 or destination:match("/$") or destination:match("^%.?%.$") or source:find("[*?%[]")
          if not many then
            table.insert(state.mappings, { from = found.path, to = step.to, is_directory = false })
          end
          table.insert(state.mappings, { from = found.path, to = join(step.to, name), is_directory = false })
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
      for _, found in sources_of(image, mount.source or mount.src or "") do
        if target then
          table.insert(state.mappings, { from = found.path, to = join(state.cwd, target), is_directory = found.is_directory })
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
        for _, part in words(text) do
          table.insert(args, part)
        end
      else
        table.insert(args, text)
      end
    end
    if command.name == "cd" and args[1] then
      cwd = join(cwd, args[1])
    elseif command.name == "export" then
      for _, word in args do
        local name, value = word:match("^([%w_]+)=(.*)$")
        if name then
          exported[name] = value
        end
      end
    else
      local name, sub, rest, fact, base, at = recognise(image.repo, command.name, args, 0)
      local where = cwd
      local other = base and base.directory and option_value(rest, base.directory)
      if other then
        where = join(cwd, other)
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
          return origin_of(image, mappings, count, join(where, path))
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
  local image = { repo = repo, stages = {}, context = docker.context(file, stages, repo) }
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
        state.cwd = join(state.cwd, (instruction:expand(instruction.args[1] or ".")))
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

-- === which image it is ================================================================================================

local FOR_DEVELOPMENT = " dev develop development devcontainer debug test tests testing ci lint e2e local "
local FOR_PRODUCTION = " prod production release runtime final runner app deploy live "

local function is_any(text, list)
  for word in (text or ""):lower():gmatch("%a+[%d]*") do
    if list:find(" " .. word .. " ", 1, true) then
      return true
    end
  end
  return false
end

-- The stage that goes into production: the last one, unless its name says that it is for development and another's says otherwise.
function docker.shipped(file)
  local stages = file.docker.stages
  local last = stages[#stages]
  if not last or not is_any(last.name, FOR_DEVELOPMENT) then
    return last
  end
  for at = #stages - 1, 1, -1 do
    if is_any(stages[at].name, FOR_PRODUCTION) then
      return stages[at]
    end
  end
  for at = #stages - 1, 1, -1 do
    local name = stages[at].name
    if not is_any(name, FOR_DEVELOPMENT) and not is_any(name, " base builder build deps dependencies ") then
      return stages[at]
    end
  end
  return last
end

-- Whether the stage's name says that it is for development or tests.
function docker.is_for_development(stage)
  return is_any(stage.name, FOR_DEVELOPMENT)
end

-- Whether the path says that other images are built on this one.
function docker.is_base(file)
  return is_any(basename(file.path):gsub("[Dd]ockerfile", ""):gsub("[Cc]ontainerfile", ""), " base builder build ")
end

-- The stages whose layers are in the image that `stage` makes, the first one first.
function docker.layers(stage)
  local chain = {}
  local at = stage
  while at do
    table.insert(chain, 1, at)
    at = at.parent
  end
  return chain
end

-- Words in the path of an image that no service is deployed from.
local FOR_TOOLS = FOR_DEVELOPMENT
  .. " gitpod codespace codespaces vagrant integration jenkins circleci github benchmark benchmarks bench playground docs playwright cypress selenium genproto protoc codegen "
-- Images that are made to work in.
local WORKSPACES = { "^gitpod/", "devcontainers?/", "^codercom/", "^jetpackio/devbox" }

-- Whether the path, or what the image builds on, says that it is for development, tests or continuous integration.
function docker.is_tooling(file)
  if is_any(file.path_below_named:gsub("[Dd]ockerfile", ""):gsub("[Cc]ontainerfile", ""), FOR_TOOLS) then
    return true
  end
  local shipped = docker.shipped(file)
  local name = shipped and shipped.base.name or ""
  for _, form in WORKSPACES do
    if name:find(form) then
      return true
    end
  end
  return false
end

-- The steps of the layers of `stage`, in order.
function docker.steps(image, stage)
  local all = {}
  for _, layer in docker.layers(stage) do
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

-- === manifests ========================================================================================================

-- The manifest of a Node.js package, as a document, with its path.
function docker.package(step, repo)
  local path = step.origin("package.json")
  local file = path and repo:open(path)
  local documents = file and file.documents
  return documents and documents[1], path, file
end

-- What a script of the package runs, followed through the scripts it calls: a list of {program, args}.
function docker.script(step, repo, name)
  local manifest = docker.package(step, repo)
  if not manifest then
    return nil
  end
  local seen, found = {}, {}
  local function expand(script)
    if seen[script] then
      return
    end
    seen[script] = true
    local node = manifest:get("scripts." .. script)
    if not node then
      return
    end
    for part in node.text:gsub("&&", ";"):gsub("||", ";"):gsub("|", ";"):gmatch("[^;]+") do
      local list = words(part)
      while list[1] and (list[1]:find("^[%w_]+=") or list[1] == "cross-env" or list[1] == "dotenv" or list[1] == "--") do
        table.remove(list, 1)
      end
      if list[1] then
        local program, sub, args, fact = recognise(repo, basename(list[1]), { table.unpack(list, 2) }, 0)
        if fact and fact.does == "script" then
          local inner = (sub == "run" or sub == "run-script") and args[(table.find(args, sub) or 0) + 1] or sub
          if inner then
            expand(inner)
          end
        else
          table.insert(found, { program = program, sub = sub, args = args, fact = fact or {} })
        end
      end
    end
  end
  expand(name)
  return found
end

-- The name of the package's script that a step runs.
function docker.script_name(step)
  if step.fact.does ~= "script" then
    return nil
  end
  if step.sub == "run" or step.sub == "run-script" then
    return first_plain(step.args, "--filter -F --prefix -C -w --workspace", (step.sub_at or 0) + 1)
      and step.args[first_plain(step.args, "--filter -F --prefix -C -w --workspace", (step.sub_at or 0) + 1)]
  end
  return step.sub
end

docker.recognise = recognise

return docker
