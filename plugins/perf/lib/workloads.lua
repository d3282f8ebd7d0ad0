-- Workloads of Kubernetes: the containers of Deployments, StatefulSets, DaemonSets and CronJobs in manifests, Helm templates and Terraform, with the memory
-- limit of each; its limit of processors is asked for. What a patch of kustomize adds counts, and so does a LimitRange in the same namespace.

local helm_values = require("helm_values")
local setting = require("setting")
local terraform = require("terraform")
local words = require("words")

local M = {}

local PODS = {
  Deployment = "spec.template.spec", StatefulSet = "spec.template.spec", DaemonSet = "spec.template.spec", CronJob = "spec.jobTemplate.spec.template.spec",
}
local TERRAFORM = words.set("kubernetes_deployment", "kubernetes_deployment_v1", "kubernetes_stateful_set", "kubernetes_stateful_set_v1", "kubernetes_daemonset", "kubernetes_daemon_set_v1")

-- The limit of a container of a manifest for "memory" or "cpu".
local function limit_of(repo, file, container, what)
  local resources, how = container:get("resources")
  if how == "given" and resources.kind == "unknown" and file.path:find("templates/", 1, true) then
    local values, found = helm_values.resolve(repo, file.path, resources.text)
    if found == "absent" or found == "given" and values.kind == "map" then
      local limit = if found == "given" then setting.at(values, `limits.{what}`) else setting.ABSENT
      -- Whoever installs the chart may set another value.
      return if limit.state == "absent" then { state = "absent", by_values = true } else limit
    end
    return setting.HIDDEN
  end
  local limit = setting.at(container, `resources.limits.{what}`)
  -- Which container the resources of a template belong to, its conditions may decide.
  local is_template = file.path:find("templates/", 1, true) and file.text:find("{{", 1, true)
  if limit.state == "absent" and is_template and file.text:find("resources:", 1, true) then
    return { state = "absent", by_values = true }
  end
  return limit
end

local function read(repo, file, top, all, patches)
  local kind = top:get("kind")
  local pod = kind and PODS[kind.text]
  if kind and kind.text == "LimitRange" then
    for _, limit in top:select("spec.limits[*].default.memory") do
      local namespace = top:get("metadata.namespace")
      table.insert(patches.bounds, namespace and namespace.text or "")
    end
  end
  if not pod then
    return
  end
  local name, namespace = top:get("metadata.name"), top:get("metadata.namespace")
  for _, container in top:select(`{pod}.containers[*]`) do
    local own = container:get("name")
    local record = {
      kind = kind.text, name = name and name.text or "", namespace = namespace and namespace.text or "", container = own and own.text or "", at = own or container, file = file, doc = container,
      limit = limit_of(repo, file, container, "memory"), request = setting.at(container, "resources.requests.memory"),
    }
    if container:get("image") then
      table.insert(all, record)
    elseif record.limit.state ~= "absent" then
      table.insert(patches.parts, record)
    end
    if record.limit.state ~= "absent" then
      table.insert(patches.parts, record)
    end
  end
end

local function read_terraform(repo, path, all, seen)
  local directory = require("paths").directory(path)
  if seen[directory] then
    return
  end
  seen[directory] = true
  local module = terraform.module(repo, directory)
  for _, resource in module.resources do
    local pod = resource.kind == "resource" and TERRAFORM[resource.type] and resource.doc:get("spec.template.spec")
    for _, container in pod and pod:blocks("container") or {} do
      table.insert(all, {
        kind = resource.type, name = resource.name, namespace = "", container = module:text(container, "name") or resource.name, at = container:get("name") or container, file = resource.file, doc = container, module = module,
        limit = module:at(container, { "resources", "limits", "memory" }), request = module:at(container, { "resources", "requests", "memory" }),
      })
    end
  end
end

-- The processors that a container, as `collect` gives it, may use.
function M.cores(repo, record)
  if record.is_compose then
    return setting.first(setting.at(record.doc, "deploy.resources.limits.cpus"), setting.at(record.doc, "cpus"))
  elseif record.module then
    return record.module:at(record.doc, { "resources", "limits", "cpu" })
  end
  return limit_of(repo, record.file, record.doc, "cpu")
end

-- Whether something else in the repository gives the container a limit.
local function is_bound(record, patches)
  for _, namespace in patches.bounds do
    if namespace == record.namespace or namespace == "" or record.namespace == "" then
      return true
    end
  end
  for _, part in patches.parts do
    if part.kind == record.kind and part.name == record.name and (part.container == record.container or part.container == "") and part.file.path ~= record.file.path then
      return true
    end
  end
  return false
end

-- The containers that run in the clusters for which the repository has files; `limit` is hidden where something else bounds one.
function M.collect(repo, manifests, terraforms)
  local all, patches, seen = {}, { parts = {}, bounds = {} }, {}
  for _, path in manifests do
    local file = repo:open(path)
    for _, top in file and file.documents or {} do
      if file.is_partial then
        continue
      end
      read(repo, file, top, all, patches)
      local items = top:get("items")
      for _, item in items and items.kind == "list" and items:entries() or {} do
        read(repo, file, item, all, patches)
      end
    end
  end
  for _, path in terraforms do
    read_terraform(repo, path, all, seen)
  end
  local is_patched = #repo:holding("**/kustomization.y{,a}ml", { "/resources", "resources:\n        limits" }) > 0
  for _, record in all do
    if record.limit.state == "absent" and (is_bound(record, patches) or is_patched and #repo:holding("**/kustomization.y{,a}ml", record.name) > 0) then
      record.limit = setting.HIDDEN
    end
  end
  return all
end

return M
