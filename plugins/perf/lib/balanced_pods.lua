-- Pods that a Service of Kubernetes spreads requests over: the Deployments that its selector names, in manifests, in Helm charts and in Terraform, each container that
-- opens a port with whether anything asks it if it is ready: its probe, a patch, or a load balancer outside of the cluster.

local balancer_checks = require("balancer_checks")
local paths = require("paths")
local probe_patches = require("probe_patches")
local terraform = require("terraform")

local M = {}

-- The chart that a template belongs to.
local function chart_of(path)
  return path:match("^(.*)/templates/") or (path:find("^templates/") and "")
end

-- The entries of a map as texts; nil where one of them is not known.
local function labels_of(node)
  if not node or node.kind ~= "map" then
    return nil
  end
  local all, count = {}, 0
  for _, entry in node:entries() do
    if entry.kind ~= "scalar" or not entry.key then
      return nil
    end
    all[entry.key] = entry.text
    count += 1
  end
  return count > 0 and all or nil
end

-- Every object of the files, those in lists too.
local function objects(repo, files)
  local all = {}
  for _, path in files do
    local file = repo:open(path)
    for _, top in file and not file.is_partial and file.documents or {} do
      local items = top:get("items")
      for _, doc in items and items.kind == "list" and items:entries() or { top } do
        local kind = doc:get("kind")
        if kind then
          table.insert(all, { kind = kind.text, doc = doc, file = file, at = kind })
        end
      end
    end
  end
  return all
end

local function is_selected(selector, labels)
  for key, value in selector do
    if labels[key] ~= value then
      return false
    end
  end
  return true
end

-- Whether labels that a template writes hold a selector that one writes, line by line as they stand.
local function is_selected_as_written(selector, labels)
  local text = labels.span.source
  local count = 0
  for line in selector.span.source:gmatch("[^\n]+") do
    local bare = line:match("^%s*(.-)%s*$"):gsub("|%s*n?indent%s+%d+", ""):match("^(.-)%s*-?}*%s*$")
    count += 1
    if not text:find(bare, 1, true) then
      return false
    end
  end
  return count > 0
end

-- The Service that a Deployment stands behind: one whose selector fits, or one of the same chart whose selector is written as the labels are.
local function service_of(deployment, services)
  local written = deployment.doc:get("spec.template.metadata.labels")
  local labels = labels_of(written)
  local chart = chart_of(deployment.file.path)
  for _, service in services do
    if labels and service.selector and is_selected(service.selector, labels) then
      local own, other = service.doc:get("metadata.namespace"), deployment.doc:get("metadata.namespace")
      if not own or not other or own.text == other.text then
        return service
      end
    elseif written and chart and chart_of(service.file.path) == chart and not (labels and service.selector) and is_selected_as_written(service.doc:get("spec.selector"), written) then
      return service
    end
  end
  return nil
end

-- Names of Deployments to which another file adds a probe.
local function patched(all)
  local names = {}
  for _, object in all do
    local name = object.doc:get("metadata.name")
    if name and #object.doc:find_all("readinessProbe") > 0 then
      names[name.text] = true
    end
  end
  return names
end

local function add(found, deployment, service, container, is_hidden)
  local name, image = container:get("name"), container:get("image")
  table.insert(found, {
    at = name or container, name = name and name.text or "?", image = image and image.text or "", file = deployment.file, service = service, is_asked = service.asks == "given" or container:get("readinessProbe") ~= nil, is_hidden = is_hidden,
    is_template = chart_of(deployment.file.path) ~= nil,
  })
end

-- What a container is told by, in a template and in what is rendered of it: its name and its image without the version.
local function identity(one)
  local image = one.image:gsub("@.*$", ""):gsub(":[^/:]*$", "")
  local told = `{one.name} {image}`
  return image ~= "" and not told:find("{{", 1, true) and told or nil
end

-- Without what is rendered of a template that is there as well: it is mended where it is written.
local function without_rendered(found)
  local written, kept = {}, {}
  for _, one in found do
    written[one.is_template and identity(one) or ""] = true
  end
  for _, one in found do
    if one.is_template or not written[identity(one) or "?"] then
      table.insert(kept, one)
    end
  end
  return kept
end

local function read_manifests(repo, files, found)
  local all = objects(repo, files)
  local services, ingresses, probed, patches = {}, {}, patched(all), probe_patches.collect(repo, repo:matched("probe"))
  for _, object in all do
    if object.kind == "Ingress" then
      table.insert(ingresses, object.doc)
    end
  end
  for _, object in all do
    local selector = object.doc:get("spec.selector")
    local version = object.doc:get("apiVersion")
    local address = object.doc:get("spec.clusterIP")
    -- Without an address of its own it spreads nothing.
    if object.kind == "Service" and selector and (not version or version.text == "v1") and not (address and address.text == "None") then
      table.insert(services, { doc = object.doc, file = object.file, at = object.at, selector = labels_of(selector), asks = balancer_checks.of(object.doc, ingresses, chart_of(object.file.path) ~= nil) })
    end
  end
  for _, object in all do
    local service = object.kind == "Deployment" and service_of(object, services)
    local name = object.doc:get("metadata.name")
    local containers = service and object.doc:select("spec.template.spec.containers[*]") or {}
    -- What a template includes, or a condition adds, is not seen in the container.
    local text = object.file.text
    local is_hidden = text:find("{{", 1, true) ~= nil and text:find("[pP]robe") ~= nil or name ~= nil and probed[name.text] == true
    is_hidden = is_hidden or service and service.asks == "hidden" or probe_patches.decide(patches, object.file.path, name and name.text)
    for _, container in containers do
      if container:get("ports") or #containers == 1 then
        add(found, object, service, container, is_hidden and not container:get("readinessProbe"))
      end
    end
  end
end

local function read_terraform(repo, files, found)
  local seen = {}
  for _, path in files do
    local directory = paths.directory(path)
    if not seen[directory] then
      seen[directory] = true
      local module = terraform.module(repo, directory)
      local service = nil
      for _, resource in module.resources do
        service = service or (resource.type or ""):find("^kubernetes_service") and { at = resource.doc }
      end
      for _, resource in module.resources do
        local pod = service and (resource.type or ""):find("^kubernetes_deployment") and resource.doc:get("spec.template.spec")
        for _, container in pod and pod:blocks("container") or {} do
          table.insert(found, {
            at = container:get("name") or container, name = module:text(container, "name") or resource.name, image = module:text(container, "image") or "", file = resource.file, service = service,
            is_asked = #container:blocks("readiness_probe") > 0, is_hidden = #container:blocks("dynamic") > 0,
          })
        end
      end
    end
  end
end

-- The containers, by the evidence matchers `manifest`, `probe` and `workload in Terraform`.
function M.collect(repo)
  local found = {}
  read_manifests(repo, repo:matched("manifest"), found)
  read_terraform(repo, repo:matched("workload in Terraform"), found)
  return without_rendered(found)
end

return M
