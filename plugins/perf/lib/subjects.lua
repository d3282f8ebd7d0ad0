-- What the documents of a service are about. `named`: forms of which all of one list stand in a name or heading, in small letters; `also`: words that a document's
-- name may have besides; `unless`: forms that make it something else; `context`: lists of words, of each of which the text must hold one; `runbook`: whether only
-- documents to act by count; `decisions`: whether decision records count. `parts`: what makes it useful: what it should say, and forms that show that it does. `this` and `write` are words for messages.

local words = require("words")

-- Numbered steps, or commands to copy.
local STEPS = { "\n%s*%d+[.)]%s", "\n%s*```", "\n%s*%.%s%w", "::%s*\n", "\n%-%-%-%-", "%$ %a+ " }

local DATABASE = words.set("database", "databases", "db", "sql", "postgres", "postgresql", "mysql", "mongodb", "mongo", "table", "tables")

local subjects = {}

subjects.objectives = {
  this = "this document of objectives",
  write = "a page (`docs/slo.md`)",
  named = { { "%f[%a]slos?%f[%A]" }, { "%f[%a]slas?%f[%A]" }, { "service.level.objective" }, { "service.level.agreement" }, { "performance.objective" }, { "performance.target" } },
  also = words.set("level", "objective", "objectives", "agreement", "agreements", "target", "targets", "performance", "sli", "slis"),
  parts = {
    { says = "which figure has to be met (95 % below 300 ms, 99.9 % available)", any = { "%d%s*%%", "%d%s*ms%f[%A]", "%d%s*seconds?%f[%A]", "%d%s*s%f[%A]", "%d%s*milliseconds", "0%.9%d" } },
    {
      says = "over which time or by which metric it is measured",
      any = { "%d+%s*%-?days?", "%d+%s*d%f[%A]", "month", "rolling", "window", "quarter", "week", "prometheus", "histogram", "percentile", "%f[%a]p9%d", "metric", "measured", "per year", "yearly" },
    },
  },
}

subjects.optimisations = {
  decisions = true,
  this = "this record of optimisations",
  write = "a record per optimisation (`docs/decisions/`)",
  named = { { "optimi[sz]ation" }, { "performance", "decision" }, { "performance", "improvement" }, { "performance", "tuning" }, { "performance", "trade.?off" } },
  also = words.set("performance", "decision", "decisions", "improvement", "improvements", "tuning", "log", "records", "record", "report", "tradeoffs", "trade", "offs", "results"),
  unless = { "search.engine", "seo", "bundle", "build", "%f[%a]ci%f[%A]", "image" },
  parts = {
    {
      says = "which figure showed that it was worth it",
      any = { "%d%s*ms%f[%A]", "%d%s*%%", "%d%s*x%f[%A]", "%d%s*times", "%d%s*mi?b%f[%A]", "%d%s*seconds?", "benchmark", "%d%s*s%f[%A]", "queries" },
    },
    {
      says = "what it costs",
      any = { "trade.?off", "consequence", "downside", "drawback", "%f[%a]cons%f[%A]", "at the cost", "costs?%f[%A]", "price", "risk", "limitation", "disadvantage", "in exchange", "alternative", "negative" },
    },
  },
}

local LIFETIME = { "%f[%a]ttls?%f[%A]", "expir", "lifetime", "max%-age", "%d+%s*seconds?", "%d+%s*minutes?", "%d+%s*hours?", "%d+%s*days?", "%d+%s*s%f[%A]", "%d+%s*min%f[%A]", "%d+%s*h%f[%A]", "stale", "time.to.live", "time.based" }
local REMOVAL = { "invalidat", "purg", "evict", "flush", "clear", "delete", "refresh", "bust", "expire when", "remove", "revalidat", "write.through" }
-- Caches that no request of the service meets.
local OTHER_CACHES = { "%f[%a]ci%f[%A]", "build", "docker", "npm", "pip", "github", "turbo", "browser" }

subjects.caches = {
  this = "this document about caches",
  write = "a page (`docs/caching.md`)",
  named = { { "%f[%a]caches?%f[%A]" }, { "%f[%a]caching%f[%A]" } },
  also = words.set("redis", "memcached", "ttl", "ttls", "lifetime", "lifetimes", "invalidation", "keys", "http", "response", "query", "data"),
  unless = OTHER_CACHES,
  parts = { { says = "how long entries live", any = LIFETIME }, { says = "what removes an entry before that", any = REMOVAL } },
}

subjects.indexes = {
  this = "this document about indexes",
  write = "a page (`docs/indexes.md`)",
  named = { { "indexes" }, { "indices" }, { "indexing" }, { "query pattern" }, { "access pattern" } },
  also = words.set("query", "queries", "pattern", "patterns", "access", "composite", "firestore", "and"),
  unless = { "search", "document", "vector", "elastic", "crawl", "seo" },
  parts = {
    { says = "which indexes there are", any = { "create%s+%a*%s*index", "idx_", "_idx", "%f[%a]index%f[%A]", "indexes", "indices", "%f[%a]gin%f[%A]", "btree", "composite", "gsi%d?", "primary key" } },
    {
      says = "which queries they serve",
      any = { "select%s", "where%f[%A]", "quer[yi]", "order%s*by", "look.?up", "filter", "%f[%a]list%f[%A]", "%f[%a]find%f[%A]", "endpoint", "access pattern", "used by", "sort" },
    },
  },
}

subjects.dashboards = {
  this = "this page about dashboards",
  write = "a section of the README",
  named = { { "dashboards" }, { "dashboard", "monitor" }, { "dashboard", "metric" }, { "monitoring" }, { "observability" }, { "grafana" } },
  also = words.set("dashboards", "dashboard", "metrics", "metric", "grafana", "alerts", "alerting", "links", "logging", "logs", "tracing", "and"),
  context = { { "dashboard" }, { "grafana", "prometheus", "datadog", "new relic", "newrelic", "cloudwatch", "cloud monitoring", "kibana", "honeycomb", "latency", "error rate" } },
  parts = {
    { says = "where the dashboards are", any = { "https?://[^%s)>]*dashboard", "https?://[^%s)>]*/d/", "https?://[^%s)>]*grafana%.", "%]%([^)%s]*dashboard", "[%w/_.-]*dashboards?/[%w/_.-]*%.json", "<[^>%s]*dashboard[^>%s]*>", "https?://localhost:%d+" } },
  },
}

local SIGNS = { "symptom", "alert", "detect", "%f[%a]signs?%f[%A]", "dashboard", "metric", "%f[%a]p9%d", "threshold", "how to recogni", "trigger", "fires", "latency", "graph", "monitor" }
local LOOKS = { "diagnos", "investigat", "triage", "check", "identify", "look at", "inspect", "%f[%a]logs?%f[%A]", "trac[ei]", "profil", "verify", "find out", "root cause" }
local DEEDS = { "mitigat", "resol", "roll.?back", "restart", "scal", "action", "remed", "recover", "disable", "revert", "increase", "fix", "escalat" }

subjects.slowness = {
  this = "this runbook for a slow service",
  write = "a runbook (`docs/runbooks/slow-service.md`)",
  runbook = true,
  named = { { "performance" }, { "degrad" }, { "%f[%a]slow" }, { "latency" }, { "response time" }, { "timeouts?%f[%A]" } },
  also = words.set("issue", "issues", "problem", "problems", "degraded", "degradation", "latency", "slow", "slowness", "responses", "times", "request", "requests"),
  unless = { "database", "postgres", "mysql", "%f[%a]query", "queries", "review" },
  parts = { { says = "how the trouble shows", any = SIGNS }, { says = "where to look first", any = LOOKS }, { says = "what to do about it", any = DEEDS } },
}

subjects.emptying = {
  this = "this runbook for caches",
  write = "a runbook (`docs/runbooks/cache-invalidation.md`)",
  runbook = true,
  named = { { "cach[ei]", "invalidat" }, { "cach[ei]", "purg" }, { "cach[ei]", "flush" }, { "cach[ei]", "clear" }, { "cach[ei]", "evict" }, { "cach[ei]", "empty" }, { "stale", "cach[ei]" } },
  also = words.set("redis", "memcached", "cdn", "stale", "data", "keys"),
  unless = OTHER_CACHES,
  parts = {
    { says = "which commands or calls empty a cache", any = STEPS },
    {
      says = "what happens to the load afterwards, or how to see that it worked",
      any = { "warm", "stampede", "%f[%a]load%f[%A]", "verif", "confirm", "hit rate", "hit ratio", "check", "miss", "monitor", "watch", "latency", "impact", "cold", "slow" },
    },
  },
}

subjects.slow_database = {
  this = "this runbook for the database",
  write = "a runbook (`docs/runbooks/slow-database.md`)",
  runbook = true,
  named = {
    { "database", "slow" }, { "database", "performance" }, { "database", "optimi" }, { "database", "tuning" }, { "database", "lock" }, { "database", "load" }, { "database", "latency" }, { "slow", "quer[yi]" }, { "quer[yi]", "optimi" },
    { "postgres", "slow" }, { "postgres", "performance" }, { "postgres", "tuning" }, { "mysql", "slow" }, { "mysql", "performance" }, { "mysql", "tuning" }, { "mongo", "slow" }, { "mongo", "performance" }, { "vacuum" },
  },
  also = DATABASE,
  parts = {
    {
      says = "how to find the statement that is slow",
      any = { "pg_stat", "slow.query", "slow.log", "explain", "processlist", "profiler", "performance insights", "query insights", "query store", "locks?%f[%A]", "currentop", "long.running", "top queries" },
    },
    { says = "what to do about it", any = { "create index", "add an index", "vacuum", "analyze", "kill", "terminate", "rewrite", "pg_cancel", "pg_terminate", "failover", "scale", "reindex", "statement_timeout", "read replica", "indexes" } },
  },
}

subjects.balancing = {
  this = "this document about load balancing",
  write = "a page (`docs/load-balancing.md`)",
  named = { { "load.?balanc" } },
  also = words.set("load", "balancer", "balancers", "balancing", "nginx", "haproxy", "alb", "nlb", "ingress", "traefik"),
  parts = {
    { says = "how an instance is found healthy", any = { "health", "readiness", "probe", "heartbeat" } },
    {
      says = "how requests are spread and how long one may take",
      any = { "timeout", "time.?out", "round.robin", "least", "sticky", "affinity", "weight", "algorithm", "drain", "idle", "hash", "keep.?alive", "max_conn" },
    },
  },
}

subjects.scaling = {
  this = "this runbook for scaling",
  write = "a runbook (`docs/runbooks/scaling.md`)",
  runbook = true,
  named = { { "%f[%a]scaling" }, { "%f[%a]scale%f[%A]" }, { "autoscal" }, { "scale.out" }, { "scale.up" }, { "add", "instances" }, { "capacity" } },
  also = words.set("out", "up", "down", "workers", "instances", "replicas", "pods", "horizontal", "vertical", "manual", "capacity", "scale"),
  unless = { "image", "font" },
  parts = {
    { says = "which commands or settings change the number of instances", any = STEPS },
    {
      says = "at which signs to scale",
      any = { "cpu", "queue", "latency", "threshold", "when ", "trigger", "memory", "requests per second", "%f[%a]rps%f[%A]", "backlog", "utili[sz]ation", "saturat", "%d%s*%%", "alert" },
    },
  },
}

subjects.growth = {
  this = "this plan for scaling",
  write = "a page (`docs/scaling.md`)",
  named = { { "%f[%a]scaling" }, { "scalability" }, { "capacity", "plan" }, { "capacity", "model" }, { "growth", "plan" }, { "%f[%a]sizing" } },
  also = words.set("capacity", "planning", "plan", "growth", "sizing", "model", "limits", "horizontal", "vertical"),
  unless = { "image", "font", "%f[%a]ui%f[%A]", "feature" },
  parts = {
    {
      says = "how much load it carries, in figures",
      any = {
        "%d%s*rps", "%d%s*req", "%d[%d.,]*%s*k?%s*users", "%d%s*connections", "per second", "per minute", "/s%f[%A]", "/sec", "concurren", "%d%s*%%", "headroom", "%d%s*gi?b", "%d%s*v?cpu", "%d%s*replicas", "%d%s*instances", "%d%s*workers",
      },
    },
    { says = "what limits it next, and what is scaled then", any = { "bottleneck", "limit", "replica", "shard", "horizontal", "vertical", "autoscal", "instances", "partition", "workers", "scale out", "scale up", "bound" } },
  },
}

return subjects
