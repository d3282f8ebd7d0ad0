-- The size of what browsers load, and whether a job fails when it grows.

local pipelines = require("pipelines")

-- What checks sizes by itself once a job names it.
local ACTIONS = { "size-limit", "bundlesize", "bundlewatch", "bundlemon", "lhci", "@lhci/cli", "treosh/lighthouse-ci-action", "lighthouse-ci-action", "compressed-size-action", "nextjs-bundle-analysis", "bundle-stats", "relative-ci", "gzip-size" }

local function is_angular(file)
  return file.path:find("angular%.json$") ~= nil
end

-- The place where a limit is declared.
local FORMS = { '"size%-limit"', '"bundlesize"', '"bundlewatch"', '"@lhci/cli"', '"bundlemon"', "maximumError", "resourceSizes", "resource%-summary", "total%-byte%-weight", "maxSize", '%f[%w_-]limit"?%s*:' }

local function place(file)
  for _, form in FORMS do
    for number, line in string.split(file.text, "\n") do
      if line:find(form) then
        return file:line_span(number)
      end
    end
  end
  return file:line_span(1)
end

return {
  check_repository = function(repo, report)
    local fronts = repo:matched("front end")
    if #fronts == 0 then
      return { not_applicable = "no package of this repository is built for browsers with a framework that is known" }
    end
    if pipelines.run(repo, ACTIONS) then
      return nil
    end
    local budget = nil
    for _, path in repo:matched("budget") do
      local file = repo:open(path)
      -- Every build fails over `maximumError` by itself.
      if file and is_angular(file) then
        return nil
      end
      budget = budget or file
    end
    local text, is_open = pipelines.text(repo)
    if not budget then
      return { needs_evidence = `nothing in this repository limits the size of what \`{fronts[1]}\` builds: link the job that fails when the packed bundle is over its budget` }
    end
    if is_open or #text <= 2 then
      return { needs_evidence = `\`{budget.path}\` sets a limit, and the jobs that might check it are not in this repository: link the one that does` }
    end
    report({ at = place(budget), message = "no job of continuous integration checks this limit", confidence = "medium" })
    return nil
  end,
}
