-- Load balancers outside of a cluster that ask each pod behind a Service themselves: GKE's container-native balancing, which asks for `/` unless told otherwise and holds a
-- pod back until it has answered, and target groups of AWS whose targets are the pods.

local M = {}

-- Whether network endpoint groups are made for a Service: `{"ingress": true}`, `{"exposed_ports": {"80": {}}}`.
local function makes_endpoint_groups(text)
  return text:find("ingress\\?[\"']?%s*:%s*true") ~= nil or text:find("exposed_ports", 1, true) ~= nil
end

local function annotation(doc, name)
  local found = doc:get(`metadata.annotations."{name}"`)
  return found and found.text or nil
end

-- Whether an Ingress sends to the pods by their addresses.
local function targets_pods(doc)
  return annotation(doc, "alb.ingress.kubernetes.io/target-type") == "ip"
end

-- Names of the Services that an Ingress sends to.
local function services_of(ingress)
  local names = {}
  for _, path in { "spec.rules[*].http.paths[*].backend.service.name", "spec.rules[*].http.paths[*].backend.serviceName", "spec.defaultBackend.service.name", "spec.backend.serviceName" } do
    for _, name in ingress:select(path) do
      names[name.text] = true
    end
  end
  return names
end

-- The state of what asks the pods of a Service: "given", "absent", or "hidden" where it may stand under a condition of a template. `ingresses`: the documents of kind
-- Ingress.
function M.of(service, ingresses, is_template)
  local text = annotation(service, "cloud.google.com/neg") or annotation(service, "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type")
  if text and (makes_endpoint_groups(text) or text == "ip") then
    return is_template and "hidden" or "given"
  end
  local name = service:get("metadata.name")
  for _, ingress in ingresses do
    if name and targets_pods(ingress) and services_of(ingress)[name.text] then
      return "given"
    end
  end
  return "absent"
end

return M
