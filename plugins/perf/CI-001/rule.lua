-- Load tests that nothing runs: the scripts are there, and no job of continuous integration calls them.

local load_tests = require("load_tests")
local pipelines = require("pipelines")
local served = require("served")

-- The words by which jobs run a script: its tool, its name, its folder's own script.
local function words_of(scripts)
  local all, seen = {}, {}
  for _, script in scripts do
    for _, word in { script.tool, script.path:match("[^/]*$") } do
      if not seen[word] then
        seen[word] = true
        table.insert(all, word)
      end
    end
  end
  return all
end

return {
  check_repository = function(repo, report)
    local scripts = load_tests.scripts(repo)
    if #scripts == 0 then
      if not served.answers(repo) then
        return { not_applicable = served.NO_SERVER }
      end
      return { needs_evidence = "no load script in this repository: link the job that runs a smoke test and fails over its thresholds" }
    end
    local runs = pipelines.run(repo, words_of(scripts))
    if runs then
      return nil
    end
    if runs == nil then
      return { needs_evidence = `\`{scripts[1].path}\` puts load on the service, and the jobs that might run it are not in this repository: link the one that does` }
    end
    local related = {}
    for at = 2, math.min(#scripts, 9) do
      table.insert(related, { at = scripts[at].at, message = "not run either" })
    end
    report({
      at = scripts[1].at,
      message = `no job of continuous integration runs this {scripts[1].tool} script`,
      confidence = "medium",
      related = related,
    })
    return nil
  end,
}
