-- What runs at once, against the memory that it has.

local compose_services = require("compose_services")
local concurrency_fix = require("concurrency_fix")
local deployed = require("deployed")
local process_workers = require("process_workers")
local setting = require("setting")
local words = require("words")
local workloads = require("workloads")

-- MiB that a request, and a worker process, has to have.
local REQUEST, WORKER = 8, 48
-- MiB below which the platform's default is too much as well, once somebody has lowered the memory.
local LOWERED = 4
-- What Cloud Run takes where nothing is said: requests at once, processors, MiB.
local REQUESTS, CORES, MEMORY = 80, 1, 512
-- Servers that hold next to nothing per request.
local STATIC = { "nginx", "caddy", "httpd", "static", "envoy", "traefik", "espv2", "frontend", "front-end" }

local function number(value)
  return if value % 1 == 0 then string.format("%d", value) else string.format("%.1f", value)
end

-- Requests at once, MiB, and whether both are written down; nil where one of them is hidden.
local function share_of(service)
  if service.concurrency.state == "hidden" or service.memory.state == "hidden" or service.cpu.state == "hidden" then
    return nil
  end
  local cores = setting.cores(service.cpu.value) or CORES
  local requests = tonumber(service.concurrency.value) or (if cores < 1 then 1 else REQUESTS)
  local memory = if service.memory.state == "given" then setting.mebibytes(service.memory.value, service.unit) else MEMORY
  -- 0 is Knative's word for no bound.
  if not memory or requests < 0 then
    return nil
  end
  local is_written = service.concurrency.state == "given" and service.concurrency.at ~= nil
  return if requests == 0 then 1000 else requests, memory, is_written
end

local function check_service(service, report, shares)
  local requests, memory, is_written = share_of(service)
  if not requests or requests == 1 or service.trigger == "background" then
    return
  end
  local each = memory / requests
  local name = service.name or "a service"
  table.insert(shares, { each = each, text = `{name} serves up to {number(requests)} requests at once in {number(memory)} MiB, {number(math.floor(each * 10) / 10)} MiB each` })
  local is_lowered = service.memory.at ~= nil and each < LOWERED
  local is_static = words.any_in(`{service.name or ""} {service.image or ""}`, STATIC)
  if each < REQUEST and not is_static then
    local is_sure = is_written or is_lowered
    local measure = if is_sure then "" else ", by the platform's defaults; hold `process.rss.peak` of a load test against the memory"
    report({
      at = if is_written then service.concurrency.at elseif is_lowered then service.memory.at else service.at,
      message = `\`{name}\` takes {number(requests)} requests at once in {number(memory)} MiB: {number(math.floor(each * 10) / 10)} MiB for each, the process itself included{measure}`,
      confidence = if is_sure then "medium" else "low",
      related = is_written and service.memory.at and { { at = service.memory.at, message = "its memory" } } or nil,
      notes = { requests = requests, memory_mib = memory },
      fix = is_written and concurrency_fix.of(service, math.max(1, math.floor(memory / 32))) or nil,
    })
  end
end

local function check_container(repo, record, report, shares)
  local memory = record.limit.state == "given" and setting.mebibytes(record.limit.value, "bytes")
  local workers = memory and process_workers.of_container(repo, record.doc)
  if not workers then
    return
  end
  local each = memory / workers.count
  table.insert(shares, { each = each, text = `{record.name} runs {workers.count} processes of {workers.program} in {number(memory)} MiB, {number(math.floor(each))} MiB each` })
  if each < WORKER then
    report({
      at = workers.at,
      message = `container \`{record.container}\` runs {workers.count} processes of {workers.program} in {number(memory)} MiB: {number(math.floor(each))} MiB for each`,
      confidence = "medium",
      related = { { at = record.limit.at, message = "its limit" } },
      notes = { workers = workers.count, memory_mib = memory },
      fix = { title = "start as many processes as fit", safety = "unsafe", edits = workers.edits(math.max(1, math.floor(memory / 128))) },
    })
  end
end

local function check_repository(repo, report)
  local shares = {}
  for _, service in deployed.services(repo) do
    if service.platform == "cloud-run" or service.platform == "cloud-functions" then
      check_service(service, report, shares)
    end
  end
  for _, record in workloads.collect(repo, repo:matched("workload"), repo:matched("workload in Terraform")) do
    check_container(repo, record, report, shares)
  end
  for _, record in compose_services.collect(repo, repo:matched("compose")) do
    check_container(repo, record, report, shares)
  end
  if #shares == 0 then
    return { not_applicable = "no file of this repository says how much runs at once in how much memory" }
  end
  table.sort(shares, function(one, other)
    return one.each < other.each
  end)
  return { needs_evidence = `{shares[1].text}: whether that is enough, the peak of a load test tells (\`process.rss.peak\`)` }
end

return { check_repository = check_repository }
