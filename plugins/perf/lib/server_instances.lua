-- Servers with several processes and the processors that they run on: containers of Kubernetes, of compositions and of Cloud Run with what each starts, and images
-- that start a server by themselves. Rules that ask need the evidence matchers of `deployed.by_declaration`, and `workload`, `workload in Terraform`, `compose`, `image`, `variable`.

local compose_services = require("compose_services")
local deployed = require("deployed")
local image_start = require("image_start")
local paths = require("paths")
local process_workers = require("process_workers")
local server_command = require("server_command")
local server_settings = require("server_settings")
local service = require("service")
local setting = require("setting")
local words = require("words")
local workloads = require("workloads")

local M = {}

-- Words of files that nobody deploys.
local NOT_DEPLOYED = words.set("test", "tests", "testing", "e2e", "ci", "integration", "devcontainer")

local function is_deployed(file)
  for word in file.path_below_named:lower():gmatch("%a+") do
    if NOT_DEPLOYED[word] then
      return false
    end
  end
  return file.class ~= "test" and file.class ~= "example" and file.class ~= "vendored" and not service.is_for_development(file.path_below_named)
end

-- What the container of a manifest or a composition makes of a variable.
local function environment(doc)
  local values, is_open = {}, doc:get("envFrom") ~= nil or doc:get("env_file") ~= nil
  for _, list in { doc:get("env") or false, doc:get("environment") or false } do
    for _, one in list and list:entries() or {} do
      local name, value = one:get("name"), one:get("value")
      if name then
        values[name.text] = if value and value.kind == "scalar" then tostring(value.value) else false
      elseif one.key then
        values[one.key] = if one.kind == "scalar" then tostring(one.value) else false
      else
        local key, text = one.text:match("^([%w_]+)=?(.*)$")
        values[key or ""] = text
      end
    end
    is_open = is_open or list and list.kind == "unknown"
  end
  return function(name)
    local value = values[name]
    if value == false or value and value:find("$", 1, true) then
      return nil, false
    end
    return value, value ~= nil or not is_open
  end
end

-- The images of the repository that start a server, by the path of their Dockerfile.
local function images_of(repo)
  local all = {}
  for _, path in repo:matched("image") do
    local file = repo:open(path)
    if file and file.docker and is_deployed(file) then
      local server = image_start.server(repo, file)
      if server then
        local directory = paths.directory(path)
        table.insert(all, { path = path, directory = directory, name = paths.basename(directory):lower(), server = server, file = file })
      end
    end
  end
  return all
end

-- The image that a composition builds for a service.
local function built(record, images)
  local build = record.doc:get("build")
  if not build then
    return nil
  end
  local context, name = build.text, "Dockerfile"
  if build.kind == "map" then
    local own, other = build:get("context"), build:get("dockerfile")
    context, name = own and own.text or ".", other and other.text or name
  end
  local path = paths.join(paths.join(paths.directory(record.file.path), context), name)
  for _, image in images do
    if image.path == path then
      return image
    end
  end
  return nil
end

-- Where what others publish lies; whoever builds an image of their own does not push it there.
local OF_OTHERS = { "^registry%.k8s%.io/", "^k8s%.gcr%.io/", "^gcr%.io/google[_-]containers/", "^docker%.io/library/", "^mcr%.microsoft%.com/", "^docker%.elastic%.co/" }

local function is_of_others(reference)
  for _, pattern in OF_OTHERS do
    if reference:find(pattern) then
      return true
    end
  end
  return false
end

-- The name of an image in its registry, which differs by stage: `registry.example:5000/shop/api:1` is `api`.
local function name_of(reference)
  return paths.basename((reference:gsub("@.*$", ""):gsub(":[^/]*$", ""))):lower()
end

-- The name of the one image that what is deployed asks for beside those of others; nil where there are several. References without an owner are those of the public library, where others have one.
local function only_own(references)
  local owned, bare = {}, {}
  for _, reference in references do
    if not is_of_others(reference) then
      local into = if reference:find("/", 1, true) then owned else bare
      into[name_of(reference)] = true
    end
  end
  local from = if next(owned) then owned else bare
  local first = next(from)
  return if first and next(from, first) == nil then first else nil
end

-- The image of the repository that a reference such as `registry.example/shop/api:1` names: the one whose directory is called so, or the only one, where the reference can mean no other.
-- Without a reference the platform builds what is there.
local function named(reference, images)
  local name = name_of(reference or "")
  for _, image in images do
    if name ~= "" and image.name == name then
      return image
    end
  end
  local only = #images == 1 and images[1] or nil
  return if only and (reference == nil or name == only.reference) then only else nil
end

-- The server that the container of a record runs, the image where that is what its image starts, and the image all the same.
local function server_of(repo, record, images)
  local doc = record.doc
  -- Services that a command or Terraform declares start what their image starts.
  if not doc then
    local image = named(record.image, images)
    return image and table.clone(image.server), image, image
  end
  local env = environment(doc)
  local reference = doc:get("image")
  local image = if record.is_compose then built(record, images) else named(reference and reference.text, images)
  local has_command = doc:get("command") ~= nil or doc:get("args") ~= nil or doc:get("entrypoint") ~= nil
  for _, command in process_workers.commands(doc) do
    local server = server_command.read(repo, command, env)
    if server then
      server_settings.fill(repo, server, if image then image.directory else "")
      return server, nil, image
    end
  end
  if has_command or not image then
    return nil, nil, image
  end
  -- Variables of the container may say otherwise than the image.
  local server = table.clone(image.server)
  for _, name in { "WEB_CONCURRENCY", "GUNICORN_CMD_ARGS", "UWSGI_PROCESSES", "UWSGI_WORKERS" } do
    local value, known = env(name)
    if value or not known then
      server.is_open = true
    end
  end
  return server, image, image
end

-- Whether a composition mounts its sources: then it is for work on them.
local function mounts_sources(doc)
  local volumes = doc:get("volumes")
  for _, one in volumes and volumes.kind == "list" and volumes:entries() or {} do
    if one.text:find("^%.%.?/?[%w_/-]*:") and not one.text:find("%.%a+:") then
      return true
    end
  end
  return doc:get("develop") ~= nil
end

-- Takes a container up where it starts a server; its image is judged there and not by itself.
local function add(all, used, repo, where, record, images, cores)
  local server, image, own = server_of(repo, record, images)
  if own then
    used[own.path] = true
  end
  if server then
    table.insert(all, { where = where, name = record.name, server = server, cores = cores, at = record.at, file = record.file, image = image })
  end
end

-- What containers of Kubernetes and services of Cloud Run name as their images.
local function references_of(records, declared)
  local all = {}
  for _, record in records do
    local image = record.doc:get("image")
    table.insert(all, image and image.text)
  end
  for _, one in declared do
    table.insert(all, one.image or one.name)
  end
  return all
end

-- Every server that the repository starts somewhere, with `cores` as far as they are known.
function M.collect(repo)
  local all, used = {}, {}
  local images = images_of(repo)
  local records, declared = workloads.collect(repo, repo:matched("workload"), repo:matched("workload in Terraform")), deployed.by_declaration(repo)
  if #images == 1 then
    images[1].reference = only_own(references_of(records, declared))
  end
  for _, record in records do
    if is_deployed(record.file) then
      add(all, used, repo, "Kubernetes", record, images, workloads.cores(repo, record))
    end
  end
  for _, record in compose_services.collect(repo, repo:matched("compose")) do
    if is_deployed(record.file) and not mounts_sources(record.doc) then
      add(all, used, repo, "composition", record, images, workloads.cores(repo, record))
    end
  end
  for _, one in declared do
    if one.platform == "cloud-run" and is_deployed(one.file) then
      local container = one.top and one.top:get("spec.template.spec.containers[0]")
      local cores = if one.cpu.state == "absent" then setting.given(1) else one.cpu
      add(all, used, repo, "Cloud Run", { name = one.name or "?", at = one.at, file = one.file, doc = container, image = one.image or one.name }, images, cores)
    end
  end
  for _, image in images do
    -- What a manifest runs of it is judged there, with its processors.
    if not used[image.path] then
      table.insert(all, { where = "image", name = image.path, server = image.server, cores = setting.HIDDEN, at = image.server.at, file = image.file, image = image })
    end
  end
  return all
end

return M
