-- The services that a repository deploys, in whatever notation, each with what is said of its instances, memory, processors, concurrency, and of who
-- calls it. `trigger` is "public" (somebody waits, and the repository shows it), "requests" (it answers requests), "background" (schedules,
-- queues, events), "private", "none" or "unknown"; `consumed` is what hands a function of Lambda work as it comes (a stream, queue, bus or sign-up). Rules that ask need the evidence matchers `terraform`, `manifest`, `template`, `serverless`, `command`, `cdk`.

local cdk_services = require("cdk_services")
local gcloud_services = require("gcloud_services")
local knative_services = require("knative_services")
local sam_services = require("sam_services")
local serverless_services = require("serverless_services")
local terraform_services = require("terraform_services")

local M = {}

local function add(all, more)
  for _, service in more do
    table.insert(all, service)
  end
end

-- Whether a command only rolls out what another file declares.
local function is_declared(command, declared)
  for _, service in declared do
    if service.platform == command.platform then
      local is_open = not command.name or service.name:find("[${]") ~= nil
      if is_open or service.name == command.name then
        return true
      end
    end
  end
  return false
end

-- The services of Cloud Run and of functions that Terraform, manifests and commands make, those that are declared in files first; for these the matchers `terraform`, `manifest`
-- and `command` are enough.
function M.by_declaration(repo)
  local declared = {}
  add(declared, terraform_services.collect(repo, repo:matched("terraform")))
  add(declared, knative_services.collect(repo, repo:matched("manifest")))
  local all = table.clone(declared)
  for _, service in gcloud_services.collect(repo, repo:matched("command")) do
    if not is_declared(service, declared) then
      table.insert(all, service)
    end
  end
  return all
end

-- All services.
function M.services(repo)
  local all = M.by_declaration(repo)
  add(all, sam_services.collect(repo, repo:matched("template")))
  add(all, serverless_services.collect(repo, repo:matched("serverless")))
  if #repo:matched("cdk") > 0 then
    add(all, cdk_services.collect(repo))
  end
  return all
end

return M
