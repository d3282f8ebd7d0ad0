-- What an image is for, and which of its stages ships: by the names of stages, paths and base images.

local paths = require("paths")

local M = {}

local FOR_DEVELOPMENT = " dev develop development devcontainer debug test tests testing ci lint e2e local "
local FOR_PRODUCTION = " prod production release runtime final runner app deploy live "

local function is_any(text, list)
  for word in (text or ""):lower():gmatch("%w+") do
    if list:find(" " .. word .. " ", 1, true) then
      return true
    end
  end
  return false
end

-- The stage that goes into production: the last one, unless its name says that it is for development and another's says otherwise.
function M.shipped(file)
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
function M.is_for_development(stage)
  return is_any(stage.name, FOR_DEVELOPMENT)
end

local BASES = { base = true, builder = true, builders = true, ["base-image"] = true, ["builder-image"] = true, ["build-image"] = true }

-- Whether the path says that other images are built on this one, or that things are built in it: `base.Dockerfile`, `docker/builder/Dockerfile`.
function M.is_base(file)
  local name = paths.basename(file.path):gsub("[Dd]ockerfile", ""):gsub("[Cc]ontainerfile", "")
  return is_any(name, " base builder build ") or BASES[paths.basename(paths.directory(file.path)):lower()] == true
end

-- The stages whose layers are in the image that `stage` makes, the first one first.
function M.layers(stage)
  local chain = {}
  local at = stage
  while at do
    table.insert(chain, 1, at)
    at = at.parent
  end
  return chain
end

-- The instruction that starts what an image is for.
function M.start_of(stage)
  local start = nil
  for _, layer in M.layers(stage) do
    for _, instruction in layer.instructions do
      if instruction.keyword == "CMD" or instruction.keyword == "ENTRYPOINT" then
        start = instruction
      end
    end
  end
  return start
end

-- Whether a compose file builds an image, and may say what runs in it.
local function is_composed(file, repo)
  local directory = paths.directory(file.path)
  return #repo:holding("{*compose*.yml,*compose*.yaml,**/*compose*.yml,**/*compose*.yaml}", directory == "" and "build:" or paths.basename(directory)) > 0
end

-- Whether nothing says what an image is to run, where what it builds on is a distribution, which starts a shell: somebody types it, or a script that builds something.
function M.starts_nothing(file, stage, repo)
  local fact = repo:fact("image:" .. (stage.base.short_name or ""))
  return fact ~= nil and fact.distribution ~= nil and M.start_of(stage) == nil and not is_composed(file, repo)
end

-- Images whose containers build packages that are taken out of them: zips for Lambda, wheels.
local PACKAGERS = { "^sam/build%-", "^amazon/aws%-sam%-cli%-build%-image%-", "^aws%-sam%-cli/", "^lambci/lambda", "^pypa/manylinux", "^pypa/musllinux", "^dockcross/" }

-- Calls of infrastructure code that build an image, and take files out of it.
local TAKING = { "from_docker_build(", "fromDockerBuild(", "DockerImage.from_build(", "DockerImage.fromBuild(" }

-- Whether an image only builds something that is taken out of its container, so that nothing runs of it: it is made for that, starts nothing but a greeting,
-- or is named by code that takes files out of it.
function M.is_packager(file, stage, repo)
  local name = stage.base.name or ""
  for _, form in PACKAGERS do
    if name:find(form) then
      return true
    end
  end
  local start = M.start_of(stage)
  local command = start and start.commands[1]
  if command and #start.commands == 1 and (command.name == "echo" or command.name == "true") then
    return true
  end
  local short = file.path:match("[^/]+/[^/]+$") or file.path
  for _, path in repo:holding("**/*.{py,ts,js,go}", TAKING) do
    if (repo:text(path) or ""):find(short, 1, true) then
      return true
    end
  end
  return false
end

-- Words in the path of an image that no service is deployed from.
local FOR_TOOLS = FOR_DEVELOPMENT
  .. " gitpod codespace codespaces vagrant integration jenkins circleci github benchmark benchmarks bench playground docs playwright cypress selenium genproto protoc codegen "
-- Those among them that say who builds an image, and not what for.
local OF_PIPELINES = { ci = true, jenkins = true, circleci = true, github = true }
-- Servers that nobody starts to work on a service.
local SERVERS = { gunicorn = true, uwsgi = true, uvicorn = true, hypercorn = true, granian = true, daphne = true, puma = true, unicorn = true, ["waitress-serve"] = true, ["pm2-runtime"] = true }

-- Images that are made to work in, and those that make documentation.
local WORKSPACES = { "^gitpod/", "devcontainers?/", "^codercom/", "^jetpackio/devbox", "^sphinxdoc/", "^squidfunk/mkdocs", "^minidocks/", "^jekyll/", "^plantuml/" }

-- What the comment at the top of a file says of an image that nobody deploys, in lower case.
local SAID = { "development purposes", "local development", "for development only", "only for development", "development only", "not for production", "not use this in production", "not use in production" }

-- Whether the comment above the first FROM says that the image is for development.
local function is_said_in_header(file)
  local said = {}
  for line in file.text:gmatch("[^\r\n]+") do
    local comment = line:match("^%s*#%s*(.*)")
    if comment then
      table.insert(said, comment:lower())
    elseif line:find("^%s*[Ff][Rr][Oo][Mm]%s") then
      break
    end
  end
  local text = table.concat(said, " ")
  for _, words in SAID do
    if text:find(words, 1, true) then
      return true
    end
  end
  return false
end

-- Whether an image starts a script that is named for development: `CMD ./start-dev.sh`.
local function starts_development(stage)
  for _, layer in M.layers(stage) do
    for _, instruction in layer.instructions do
      for _, command in (instruction.keyword == "CMD" or instruction.keyword == "ENTRYPOINT") and instruction.commands or {} do
        for _, word in { command.program, unpack(command.args) } do
          if word:find("%.%a?sh$") and is_any(paths.basename(word), " dev develop development ") then
            return true
          end
        end
      end
    end
  end
  return false
end

local SHELLS = { bash = true, sh = true, ash = true, zsh = true }

-- Whether an image holds nothing of the repository and starts a shell: jobs of a pipeline run in it.
local function starts_shell(stage)
  local start = nil
  for _, layer in M.layers(stage) do
    for _, instruction in layer.instructions do
      if instruction.keyword == "COPY" or instruction.keyword == "ADD" or instruction.keyword == "ENTRYPOINT" then
        return false
      end
      start = instruction.keyword == "CMD" and instruction or start
    end
  end
  local command = start and #start.commands == 1 and start.commands[1]
  if not command or not SHELLS[command.name] then
    return false
  end
  for _, word in command.args do
    if word:sub(1, 1) ~= "-" or word == "-c" then
      return false
    end
  end
  return true
end

-- Whether an image starts such a server, and not to load each changed file anew.
local function starts_server(stage)
  local start = M.start_of(stage)
  local text = start and not start.text:find("--reload", 1, true) and start.text or ""
  for word in text:gmatch("[%w%-_%.]+") do
    if SERVERS[word] then
      return true
    end
  end
  return false
end

-- Whether a path speaks of tools and of nothing but the pipelines that build an image.
local function is_of_pipeline(path)
  for word in path:lower():gmatch("%w+") do
    if FOR_TOOLS:find(" " .. word .. " ", 1, true) and not OF_PIPELINES[word] then
      return false
    end
  end
  return true
end

-- Whether the path, what the image builds on or starts, or the comment at its top says that it is for development, tests or continuous integration.
function M.is_tooling(file)
  local shipped = M.shipped(file)
  local path = file.path_below_named:gsub("[Dd]ockerfile", ""):gsub("[Cc]ontainerfile", "")
  -- What lies with the pipelines may be what they deploy: a stage that is called so says it, and so does the server that it starts.
  local is_named = shipped ~= nil and #file.docker.stages > 1 and is_any(shipped.name, " prod production ")
  local is_service = is_named or shipped ~= nil and is_of_pipeline(path) and starts_server(shipped)
  if not is_service and is_any(path, FOR_TOOLS) then
    return true
  end
  local name = shipped and shipped.base.name or ""
  for _, form in WORKSPACES do
    if name:find(form) then
      return true
    end
  end
  return is_said_in_header(file) or shipped ~= nil and (starts_development(shipped) or starts_shell(shipped))
end

-- The stage that ships; nil for an image that no service is deployed from.
function M.deployed(file)
  return if M.is_tooling(file) then nil else M.shipped(file)
end

return M
