-- Whether what users wait for is measured in their browsers: by what sends web vitals, or by what measures them and throws the result away.

local client_package = require("client_package")
local presence = require("presence")
local service = require("service")

-- What an application is built with; a library of components has none of it.
local STARTS = { "createRoot(", "hydrateRoot(", "ReactDOM.render(", "createApp(", "new Vue(", "bootstrapApplication(", "bootstrapModule(" }

-- Whether a call of the function that a template brings hands nothing on: `reportWebVitals()`, `reportWebVitals(console.log)`.
local function is_thrown_away(call)
  local first, how = call:arg(1)
  if how == "absent" then
    return true
  end
  return first ~= nil and first.source:find("^console%.%a+$") ~= nil
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or client_package.is_installed((client_package.dependencies(repo, file.path))) then
      return
    end
    -- Another library of the same repository may collect what this one throws away.
    if presence.first(repo, { "collector", "tracing", "script" }) then
      return
    end
    for _, match in matches do
      local call = match.node
      if match.matcher == "report" and is_thrown_away(call) then
        report({
          at = call,
          message = #call:args() == 0 and `{call.name}() is given no function to report to, so that nothing of what users wait for is collected` or "web vitals are written to the visitor's console, where nobody reads them",
          confidence = "medium",
          reach = "startup",
        })
      end
    end
  end,

  check_repository = function(repo)
    local found = presence.first(repo, { "collector", "tracing", "script", "sender" })
    if found then
      return nil
    end
    local is_application = #repo:paths("**/next.config.*") > 0 or #repo:paths("**/nuxt.config.*") > 0 or #repo:paths("**/svelte.config.*") > 0 or #repo:paths("**/angular.json") > 0 or #repo:paths("**/gatsby-config.*") > 0
    for _, path in is_application and {} or repo:holding("**/*.{ts,tsx,js,jsx}", STARTS) do
      local file = repo:open(path)
      is_application = is_application or file ~= nil and file.class == "source" and not service.is_for_development(path) and not path:find("example", 1, true)
    end
    if not is_application then
      return { not_applicable = "no application for browsers starts in this repository" }
    end
    return { needs_evidence = "nothing in this repository sends web vitals of users (looked for web-vitals, reportWebVitals and the libraries that collect them); link where LCP, INP and CLS of users are seen, by route" }
  end,
}
