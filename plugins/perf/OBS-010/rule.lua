-- Whether a job compares how fast a change is with how fast the code was before.

local pipelines = require("pipelines")
local presence = require("presence")
local served = require("served")

-- Words by which a script that a job runs compares.
local WORDS = { "benchstat", "critcmp", "github-action-benchmark", "asv", "codspeed", "benchmark-compare-fail", "benchmark-compare" }

local function check_repository(repo)
  if not served.is_service(repo) then
    return { not_applicable = served.NO_SERVICE }
  elseif presence.first(repo, { "compared" }) then
    return nil
  end
  local is_run = pipelines.run(repo, WORDS)
  if is_run then
    return nil
  end
  return {
    needs_evidence = if is_run == false
      then "no job of this repository compares a change with the state before; link the one that does, such as the recipe `pr-gate` of perfctl"
      else "the jobs that might compare a change with the state before are not in this repository; link the one that does, such as the recipe `pr-gate` of perfctl",
  }
end

return { check_repository = check_repository }
