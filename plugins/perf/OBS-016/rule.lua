-- Whether somebody can see how full pools and queues are.

local presence = require("presence")

-- What is read, and what exports a reading at most two lines away.
local READINGS = {
  "checkedout%(", "checkedin%(", "pool%.%a+%(", "waitingcount", "idlecount", "totalcount", "getjobcounts", "getwaitingcount", "llen%(", "stat%(%)%.", "db%.stats%(", "inspect%(", "requests?_?in_?progress", "in_?progress_?requests", "inprogress=", "in_?flight", "queue_?depth", "queue_?length", "queue_?size",
  "approximate_?number_?of_?messages",
}
-- A map is set too, with a key.
local EXPORTED = { "%.set%([^,\n]*%)", "%.set%({", "set_function", "Observation", "Gauge", "[gG]auge%(", "%.gauge", "statsd", "[mM]etrics?[%.:_]", "%f[%a][mM]eter", "put_metric_data", "putMetricData" }

local function fills(repo)
  return presence.stores(repo) or presence.queues(repo)
end

return {
  check_repository = function(repo)
    if presence.near(repo, "gauge", READINGS, EXPORTED, 2) then
      return nil
    end
    return presence.verdict(repo, {
      shown = { "calls", "imports", "server" },
      about = fills,
      nothing = "neither a database nor a queue is used in this repository",
      missing = "nothing in the repository measures how full pools and queues are; link the panel with connections in use, depth of queues and requests that wait",
    })
  end,
}
