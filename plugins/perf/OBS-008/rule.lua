-- Dashboards in the repository, and what those of Grafana show.

local presence = require("presence")

-- What a service's panels show, by forms of their queries and titles in small letters.
local FIGURES = {
  { says = "the rate of requests", any = { "rate%(", "request", "throughput", "rps", "count_over_time" } },
  { says = "errors", any = { "error", "5%.%.", "5xx", "status_code", "fail" } },
  { says = "duration", any = { "histogram_quantile", "duration", "latency", "response time", "_seconds", "p9%d" } },
}

-- The figures that no dashboard of Grafana shows, and the first of the dashboards.
local function missing_in(repo)
  local seen, first = {}, nil
  for _, path in repo:matched("panel") do
    local file = repo:open(path)
    if file and file.class ~= "test" and file.class ~= "example" and file.class ~= "vendored" then
      first = first or path
      local text = file.text:lower()
      for _, figure in FIGURES do
        for _, form in figure.any do
          seen[figure.says] = seen[figure.says] or text:find(form) ~= nil
        end
      end
    end
  end
  local missing = {}
  for _, figure in FIGURES do
    if not seen[figure.says] then
      table.insert(missing, figure.says)
    end
  end
  return first, missing
end

return {
  check_repository = function(repo)
    local first, missing = missing_in(repo)
    if first and #missing == 0 then
      return nil
    end
    local verdict = presence.verdict(repo, {
      shown = { "dashboard", "dashboard in code" },
      about = presence.runs,
      nothing = "nothing in this repository answers requests or takes jobs",
      missing = "no dashboard is in this repository; link those of the service: rate, errors and duration, utilisation and saturation of the machines",
    })
    if first and verdict and verdict.needs_evidence then
      return { needs_evidence = `the dashboards of this repository ({first}) show nothing of: {table.concat(missing, ", ")}; link the panels that do` }
    end
    return verdict
  end,
}
