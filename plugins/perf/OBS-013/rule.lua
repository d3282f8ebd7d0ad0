-- Whether the time of single functions is kept.

local presence = require("presence")

-- Files that are opened to see what a clock is read for.
local MOST = 20

-- Whether a clock times what a function or a block is given: it is read in a function that stands in another one, or that yields.
local function times_others(repo)
  for at, path in repo:matched("clock") do
    local file = at <= MOST and repo:open(path)
    for _, call in file and file.root and file.root:descendants("call") or {} do
      local func = call:is({ "time.perf_counter", "time.perf_counter_ns", "time.monotonic", "timeit.default_timer" }) and call:func()
      if func and (func.is_generator or func.node:enclosing("function") or func.name == "__enter__" or func.name == "dispatch") then
        return true
      end
    end
  end
  return false
end

return {
  check_repository = function(repo)
    local verdict = presence.verdict(repo, {
      shown = { "calls", "imports", "decorator", "profiler" },
      about = presence.runs,
      nothing = "nothing in this repository answers requests or takes jobs",
      missing = "nothing in the repository keeps the time of single functions; link a profile or the spans of one request",
    })
    if verdict and verdict.needs_evidence and times_others(repo) then
      return nil
    end
    return verdict
  end,
}
