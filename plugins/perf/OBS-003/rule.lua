-- Whether somebody can see how often a cache has what is looked for.

local presence = require("presence")

-- What is counted, and what counts on the same line.
local LOOKUPS = { "cache[_.:-]?hit", "cache[_.:-]?miss", "keyspace_hits", "keyspace_misses", "hit[_.-]?rat", "cache_info%(", "getstats%(" }
local COUNTERS = { "Counter", "[cC]ounter%(", "%.incr%(", "%.increment%(", "%.inc%(", "%.Inc%(", "[mM]etrics?[%.:_]", "statsd", "[gG]auge", "%f[%a][mM]eter", "[hH]its?%s*%+[=+]", "[mM]iss%a*%s*%+[=+]" }

return {
  check_repository = function(repo)
    if presence.near(repo, "hits", LOOKUPS, COUNTERS) then
      return nil
    end
    return presence.verdict(repo, {
      shown = { "server" },
      about = presence.caches,
      nothing = "no cache is used in this repository",
      missing = "nothing in the repository counts hits and misses; link the panel with the hit rate of each cache",
    })
  end,
}
