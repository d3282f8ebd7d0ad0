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

-- Whether a line of HAProxy asks a server; nil where it says nothing of it. What stands last counts.
local function asked_by(line)
  local answer = nil
  for word in line:gsub("#.*$", ""):gmatch("%S+") do
    if word == "check" then
      answer = true
    elseif word == "no-check" then
      answer = false
    end
  end
  return answer
end

-- How many servers a line of HAProxy declares, and the name of the first: `server a ...`, `server-template a 1-5 ...`.
local function declared_on(line)
  local name = line:match("^%s*server%s+([%w_.-]+)")
  if name then
    return 1, name
  end
  local prefix, range = line:match("^%s*server%-template%s+([%w_.-]+)%s+([%d-]+)")
  if not prefix then
    return 0, nil
  end
  local first, last = range:match("^(%d+)%-(%d+)$")
  return if first then tonumber(last) - tonumber(first) + 1 else tonumber(range) or 1, prefix
end

-- Backends of HAProxy send to a server that is down until it is asked by `check`.
local function check_backends(repo, report)
  local count = 0
  for _, path in repo:matched("haproxy") do
    local file = repo:open(path)
    local section, number, servers, total = nil, 0, {}, 0
    -- What `default-server` says counts in its own section; that of `defaults` in all which follow.
    local by_defaults, asks_all, is_defaults = false, false, false
    local function close()
      if total > 1 then
        for _, one in servers do
          if not one.is_asked then
            report({ at = file:line_span(one.number), message = `server \`{one.name}\` of \`{section}\` is never asked: without \`check\` HAProxy sends requests to it while it is down`, confidence = "medium" })
            break
          end
        end
      end
      count += total > 0 and 1 or 0
      servers, total = {}, 0
    end
    for _, line in file and is_deployed(file) and string.split(file.text, "\n") or {} do
      number += 1
      local head, name = line:match("^(%a+)%s*([%w_.-]*)")
      local declared, server = declared_on(line)
      if head == "backend" or head == "listen" or head == "frontend" or head == "defaults" or head == "global" then
        close()
        section = if name ~= "" then name else head
        is_defaults = head == "defaults"
        by_defaults = if is_defaults then false else by_defaults
        asks_all = by_defaults
      elseif server then
        local asked = asked_by(line)
        total += declared
        if asked == nil then
          asked = asks_all
        end
        table.insert(servers, { name = server, number = number, is_asked = asked or line:find("%sdisabled") ~= nil or line:find("%sbackup") ~= nil })
      elseif line:find("^%s*default%-server%s") then
        local asked = asked_by(line)
        asks_all = if asked == nil then asks_all else asked
        by_defaults = if is_defaults then asks_all else by_defaults
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
