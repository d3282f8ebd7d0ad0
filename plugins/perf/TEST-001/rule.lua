-- Whether anything tests how fast the service is: load tests, or benchmarks of its code.

local load_tests = require("load_tests")
local served = require("served")

return {
  check_repository = function(repo)
    if not served.is_service(repo) then
      return { not_applicable = served.NO_SERVICE }
    end
    if #load_tests.scripts(repo) > 0 or load_tests.has_benchmarks(repo) then
      return nil
    end
    return { needs_evidence = "no load test and no benchmark in this repository: write one for the busiest request, or link the repository in which they lie" }
  end,
}
