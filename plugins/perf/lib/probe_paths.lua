-- Paths that a platform or a load balancer asks again and again, as its settings in the repository say: a target group's health check, a liveness probe, HEALTHCHECK of
-- an image.

local M = {}

local SETTINGS = { "HealthCheck", "health_check", "healthCheck", "livenessProbe", "HEALTHCHECK" }
local IDLE = { test = true, vendored = true, example = true }

-- How far behind its setting a path may stand.
local FAR = 400
-- And its bracket.
local NEAR = 60

-- Forms of a setting and of the path behind it.
local FORMS = {
  -- CDK: `HealthCheck(path="/")`, `healthCheck: { path: "/" }`, `configureHealthCheck({ path: "/" })`.
  { setting = "[Hh]ealth_?[Cc]heck%s*%f[:=%(]", path = "%f[%w]path%s*[=:]%s*[\"'](/[^\"']*)[\"']", bracket = true },
  -- Terraform: `health_check { path = "/" }`.
  { setting = "health_check%s*%f[{]", path = "%f[%w]path%s*=%s*\"(/[^\"]*)\"", bracket = true },
  -- CloudFormation.
  { setting = "HealthCheckPath[\"']?%s*[:=]", path = "^%s*[\"']?(/[^%s\"',}]*)" },
  -- Kubernetes.
  { setting = "livenessProbe:", path = "%f[%w]path:%s*[\"']?(/[^%s\"']*)", closed = "%l+Probe:" },
  { setting = "HEALTHCHECK%s", path = "https?://[%w%.%-%[%]:${}_]+(/?[^%s\"'|]*)", closed = "\n[%u]+%s" },
}

-- A path without its end and what it asks besides.
function M.bare(path)
  local clean = path:gsub("[?#].*$", ""):gsub("/+$", "")
  return clean == "" and "/" or clean
end

local known = nil

local function read(repo)
  known = {}
  for _, path in repo:holding("**/{*.tf,*.py,*.ts,*.js,*.yml,*.yaml,*.json,*.tpl,*Dockerfile*}", SETTINGS) do
    local file = repo:open(path)
    local text = file and not IDLE[file.class] and file.text or ""
    for _, form in FORMS do
      local at = 1
      while true do
        local first, last = text:find(form.setting, at)
        if not first then
          break
        end
        at = last + 1
        local rest = text:sub(last + 1, last + FAR)
        local stop = form.closed and rest:find(form.closed, 2)
        rest = rest:sub(1, stop and stop - 1 or FAR)
        if form.bracket then
          -- What stands in the brackets that follow: `health_check=elbv2.HealthCheck(...)`.
          local begun = rest:find("[%({]")
          rest = begun and begun < NEAR and (text:match("^%b()", last + begun) or text:match("^%b{}", last + begun)) or ""
        end
        local found = rest:match(form.path)
        if found and not known[M.bare(found)] then
          local line = select(2, text:sub(1, first):gsub("\n", "")) + 1
          known[M.bare(found)] = file:line_span(line)
        end
      end
    end
  end
end

-- Where a setting says that a path is probed; nil where none does.
function M.of(repo, path)
  if not known then
    read(repo)
  end
  return known[M.bare(path)]
end

-- Whether anything is probed.
function M.any(repo)
  if not known then
    read(repo)
  end
  return next(known) ~= nil
end

return M
