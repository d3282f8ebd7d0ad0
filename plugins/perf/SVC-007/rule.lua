-- Instances that get requests whatever state they are in: nobody asks them whether they are ready.

local balanced_pods = require("balanced_pods")
local compose_services = require("compose_services")
local paths = require("paths")
local service = require("service")
local terraform = require("terraform")
local words = require("words")

-- Servers whose clients connect again by themselves, mostly one instance of each.
local STORES = { "redis", "postgres", "mysql", "mariadb", "mongo", "rabbitmq", "memcached", "elasticsearch", "kafka", "zookeeper", "minio", "valkey", "adminer", "mailhog", "pgadmin", "typesense", "dynamodb", "meilisearch", "opensearch", "localstack", "clickhouse" }

local function is_deployed(file)
  return file.class ~= "test" and file.class ~= "example" and file.class ~= "vendored" and not service.is_for_development(file.path_below_named)
end

-- How a container is spoken of; what a template works out is no name.
local function called(one)
  return if one.name:find("{{", 1, true) then "this container" else `container \`{one.name}\``
end

local function check_pods(repo, report)
  local count, hidden = 0, nil
  for _, one in balanced_pods.collect(repo) do
    if not is_deployed(one.file) then
      continue
    end
    count += 1
    if one.is_hidden then
      hidden = hidden or one
    elseif not one.is_asked then
      local is_store = words.any_in(`{one.image} {one.name}`, STORES)
      report({
        at = one.at,
        message = `{called(one)} stands behind a Service and has no readiness probe: it gets requests as soon as its process runs, and goes on getting them when it can answer none`
          .. (if is_store then "; count failed connections while it starts" else ""),
        confidence = if is_store then "low" else "medium",
        related = { { at = one.service.at, message = "the Service" } },
      })
    end
  end
  return count, hidden
end

-- Target groups of AWS ask every instance unless they are told not to.
local function check_groups(repo, report)
  local count, seen = 0, {}
  for _, path in repo:matched("target group") do
    local directory = paths.directory(path)
    if not seen[directory] then
      seen[directory] = true
      local module = terraform.module(repo, directory)
      for _, resource in module.resources do
        if resource.type == "aws_lb_target_group" or resource.type == "aws_alb_target_group" then
          count += 1
          local enabled = module:at(resource.doc, { "health_check", "enabled" })
          local kind = module:text(resource.doc, "target_type")
          if enabled.state == "given" and tostring(enabled.value) == "false" and kind ~= "lambda" then
            report({ at = enabled.at or resource.doc, message = `target group \`{resource.name}\` asks none of its targets: one that can answer nothing keeps its share of the requests`, confidence = "high" })
          end
        end
      end
    end
  end
  return count
end

-- Backends of HAProxy send to a server that is down until it is asked by `check`.
local function check_backends(repo, report)
  local count = 0
  for _, path in repo:matched("haproxy") do
    local file = repo:open(path)
    local section, number, asks_all = nil, 0, false
    local servers = {}
    local function close()
      if #servers > 1 and not asks_all then
        for _, one in servers do
          if not one.is_asked then
            report({ at = file:line_span(one.number), message = `server \`{one.name}\` of \`{section}\` is never asked: without \`check\` HAProxy sends requests to it while it is down`, confidence = "medium" })
            break
          end
        end
      end
      count += #servers > 0 and 1 or 0
      servers = {}
    end
    for _, line in file and is_deployed(file) and string.split(file.text, "\n") or {} do
      number += 1
      local kind, name = line:match("^%s*(%a+)%s+([%w_.-]+)")
      local head = line:match("^(%a+)")
      if head == "backend" or head == "listen" or head == "frontend" or head == "defaults" or head == "global" then
        close()
        section = name or head
        asks_all = head ~= "defaults" and false or asks_all
      elseif kind == "server" and name then
        table.insert(servers, { name = name, number = number, is_asked = line:find("%scheck%f[%s\0]") ~= nil or line:find("%scheck$") ~= nil or line:find("%sdisabled") ~= nil or line:find("%sbackup") ~= nil })
      elseif line:find("^%s*default%-server%s.*check") then
        asks_all = true
      end
    end
    close()
  end
  return count
end

-- Several containers behind Traefik; it leaves out those that Docker finds unhealthy.
local function check_compositions(repo, report)
  local count = 0
  local has_image_checks = #repo:matched("image check") > 0
  for _, one in compose_services.collect(repo, repo:matched("compose")) do
    local labels = one.doc:get("labels") or one.doc:get("deploy.labels")
    local text = labels and labels.span.source or ""
    local replicas = one.doc:get("deploy.replicas") or one.doc:get("scale")
    if text:find("traefik.http.services", 1, true) and is_deployed(one.file) then
      count += 1
      local is_asked = one.doc:get("healthcheck") ~= nil or text:find("healthcheck", 1, true) ~= nil or has_image_checks
      if not is_asked and replicas and type(replicas.value) == "number" and replicas.value > 1 then
        report({ at = one.at, message = `Traefik spreads requests over {replicas.value} containers of \`{one.name}\`, and nothing asks them whether they are healthy`, confidence = "medium" })
      end
    end
  end
  return count
end

local function check_repository(repo, report)
  local pods, hidden = check_pods(repo, report)
  local count = pods + check_groups(repo, report) + check_backends(repo, report) + check_compositions(repo, report)
  if count == 0 then
    return { not_applicable = "no load balancer over instances is declared in this repository" }
  elseif hidden then
    return { needs_evidence = `whether {called(hidden)} ({hidden.file.path}) is asked if it is ready, a template or a patch decides; link the health check: its path, interval and threshold` }
  end
  return nil
end

return { check_repository = check_repository }
