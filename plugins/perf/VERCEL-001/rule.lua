-- Routes whose bundle is large because of one package that comes whole with its import, in applications whose routes are functions on demand.

local client_package = require("client_package")
local heavy_import = require("heavy_import")

-- Where routes of Next lie, and what Vercel makes a function of by itself.
local ROUTES = { "^pages/api/", "/pages/api/", "^app/.*route%.%l+$", "/app/.*route%.%l+$" }

local function is_route(path)
  for _, form in ROUTES do
    if path:find(form) then
      return true
    end
  end
  return path:find("^api/[^_].*%.[jt]sx?$") ~= nil
end

-- Whether the route becomes a function on demand: because Vercel or Netlify deploys it, or because it is Next's and nothing else is said.
-- Second, whether that is only supposed.
local function becomes_function(repo, path)
  local others = false
  for _, target in repo:deploy_targets(path) do
    if target.name == "vercel" or target.name == "netlify" then
      return true, false
    end
    others = true
  end
  local dependencies, manifest = client_package.dependencies(repo, path)
  local directory = (manifest or ""):match("^(.*)/[^/]*$")
  local docker = directory and directory .. "/Dockerfile" or "Dockerfile"
  return dependencies.next ~= nil and not others and repo:at("Dockerfile") == nil and repo:at(docker) == nil, true
end

-- What facts say of an import: of the module, or of a name taken from it.
local function fact_of(repo, node)
  local module = heavy_import.parts_of(node)
  local fact = repo:fact("require " .. module)
  return fact and fact.route_mb and fact or nil, module
end

-- The shortest way from a route to a file, over imports that are no types.
local function way_from_route(repo, path)
  local best = nil
  for _, way in repo:loaded_by(path) do
    local fits = is_route(way[1].path)
    for _, hop in way do
      fits = fits and not (hop.import and hop.import:has("type-only"))
    end
    if fits and (not best or #way < #best) then
      best = way
    end
  end
  return best
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" or file.class ~= "source" then
      return
    end
    local way, asked = nil, false
    local seen = {}
    for _, match in matches do
      local node = match.node
      local fact, module = fact_of(repo, node)
      if fact and not node:has("type-only") and not seen[module] and not node:func() then
        if not asked then
          way, asked = way_from_route(repo, file.path), true
        end
        local is_function, is_supposed = false, true
        if way then
          is_function, is_supposed = becomes_function(repo, way[1].path)
        end
        if is_function then
          seen[module] = true
          local related = {}
          for at, hop in way do
            local next = way[at + 1]
            if hop.import and next and at <= 8 then
              table.insert(related, { at = hop.import, message = `{hop.path} loads {next.path}` })
            end
          end
          report({
            at = node,
            message = `{module} brings about {fact.route_mb} MB into the function of {way[1].path}; {fact.instead} brings less`,
            confidence = if is_supposed or fact.fetched then "medium" else "high",
            reach = "startup",
            related = related,
            notes = { package = module },
          })
        end
      end
    end
  end,

  check_repository = function(repo)
    for _, glob in { "**/pages/api/*", "**/app/*route.{ts,js,tsx}", "api/*.{ts,js}" } do
      for _, path in repo:paths(glob) do
        if is_route(path) and becomes_function(repo, path) then
          return { needs_evidence = "the size of the built routes decides: `next build` or `vercel build` writes them to `.vercel/output/functions`; sign for what `du -b` says of each, with `perfctl attest`" }
        end
      end
    end
    return { not_applicable = "no routes of this repository become functions on demand" }
  end,
}
