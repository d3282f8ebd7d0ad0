-- Services that several ways lead to, each with limits and logs of its own.

local compose_services = require("compose_services")
local presence = require("presence")
local service = require("service")

-- Ports that are no HTTP.
local OTHER = { [22] = true, [25] = true, [53] = true, [587] = true, [1883] = true, [3306] = true, [5432] = true, [5672] = true, [6379] = true, [9092] = true, [27017] = true }

local function is_deployed(file)
  return file.class ~= "test" and file.class ~= "example" and file.class ~= "vendored" and not service.is_for_development(file.path_below_named)
end

-- Services with an address for the world, of charts by no value: {at, name}.
local function exposed_in(repo)
  local all, names, deployments = {}, {}, {}
  for _, path in repo:matched("manifest") do
    local file = repo:open(path)
    for _, top in file and is_deployed(file) and not file.is_partial and file.documents or {} do
      local items = top:get("items")
      for _, doc in items and items.kind == "list" and items:entries() or { top } do
        local kind, name, form = doc:get("kind"), doc:get("metadata.name"), doc:get("spec.type")
        local version = doc:get("apiVersion")
        if kind and kind.text == "Deployment" and name then
          deployments[name.text] = true
        elseif kind and kind.text == "Service" and name and form and version and version.text == "v1" and (form.text == "LoadBalancer" or form.text == "NodePort") then
          local is_other = false
          for _, port in doc:select("spec.ports[*].port") do
            is_other = is_other or type(port.value) == "number" and OTHER[port.value] == true
          end
          if not is_other and not names[name.text] then
            names[name.text] = true
            table.insert(all, { at = form, name = name.text, kind = form.text })
          end
        end
      end
    end
  end
  local deployed = {}
  for name in deployments do
    table.insert(deployed, name)
  end
  table.sort(deployed)
  return all, deployed
end

-- Where a service is built from: the directory, seen from the root, and the file with its steps; nil where a setting decides.
local function source_of(one)
  local build = one.doc:get("build")
  local context = build and (build.kind == "map" and build:get("context") or build.kind ~= "map" and build)
  local written = context and context.text or "."
  if written:find("[$:]") then
    return nil
  end
  local parts = {}
  for part in (service.directory(one.file.path) .. "/" .. written):gmatch("[^/]+") do
    if part == ".." then
      table.remove(parts)
    elseif part ~= "." then
      table.insert(parts, part)
    end
  end
  local steps, target = build:get("dockerfile"), build:get("target")
  return `{table.concat(parts, "/")}:{steps and steps.text or ""}:{target and target.text or ""}`
end

-- Names of the services that compositions build here and open a port of to the world. Files for one database or another say the same service again: under its
-- name beside the other file, or from the same source.
local function built_in(repo)
  local names, named, sources = {}, {}, {}
  for _, one in compose_services.collect(repo, repo:matched("compose")) do
    if is_deployed(one.file) and one.doc:get("build") and one.doc:get("ports") then
      local name, source = `{service.directory(one.file.path)}:{one.name}`, source_of(one)
      -- Two of one file are two, though one image holds both.
      local is_again = named[name] or source and sources[source] and sources[source] ~= one.file.path
      if not is_again then
        table.insert(names, one.name)
      end
      named[name] = true
      if source then
        sources[source] = sources[source] or one.file.path
      end
    end
  end
  return names
end

-- Names as a list in words; of many only the first ones.
local function listed(names)
  local all = {}
  for at = 1, math.min(#names, 6) do
    table.insert(all, `\`{names[at]}\``)
  end
  return table.concat(all, ", ") .. (#names > #all and ", ..." or "")
end

local function check_repository(repo, report)
  local exposed, deployments = exposed_in(repo)
  local built = built_in(repo)
  if presence.first(repo, { "gateway", "gateway in code" }) then
    return nil
  elseif #exposed > 1 then
    local related = {}
    for at = 2, math.min(#exposed, 9) do
      table.insert(related, { at = exposed[at].at, message = `\`{exposed[at].name}\`` })
    end
    report({
      at = exposed[1].at,
      message = `\`{exposed[1].name}\` and {#exposed - 1} more Service{if #exposed > 2 then "s" else ""} of this repository have ways in of their own ({exposed[1].kind}), and no gateway stands in front of them; count the places that need limits, certificates and logs`,
      -- Some are kept apart on purpose, and a gateway may stand in another repository.
      confidence = "low",
      related = related,
    })
    return nil
  elseif #built > 1 or #deployments > 1 then
    local run = #built > #deployments and built or deployments
    return { needs_evidence = `this repository runs {#run} services ({listed(run)}) and shows no gateway in front of them; link its routes, or say why they need none` }
  end
  return { not_applicable = "this repository does not run several services" }
end

return { check_repository = check_repository }
