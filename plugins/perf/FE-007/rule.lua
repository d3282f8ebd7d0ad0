-- What a page's cache of answers does by default when a component is mounted or the window is looked at again: by the settings of the client that all queries share, where the
-- queries do not say it themselves.

local client_package = require("client_package")
local service = require("service")

-- Calls that read through a client of TanStack Query.
local QUERIES = table.freeze({ "@tanstack/react-query.*", "react-query.*", "@tanstack/vue-query.*", "@tanstack/svelte-query.*", "@tanstack/solid-query.*", "@tanstack/angular-query-experimental.*" })
local READS = { useQuery = true, useSuspenseQuery = true, useInfiniteQuery = true, createQuery = true, injectQuery = true }
-- Fewer queries make no difference.
local LEAST_QUERIES = 3

-- How many queries of a package leave open for how long their data is fresh, and how many say it.
local function queries_of(repo, root)
  local open, decided = 0, 0
  for _, call in repo:calls(QUERIES) do
    if READS[call.name] and service.is_within(call.file.path, root) and call.file.class == "source" then
      -- Options may come from a helper; what it says counts by its words.
      local text = call.source
      if text:find("staleTime", 1, true) or text:find("refetchInterval", 1, true) then
        decided += 1
      else
        open += 1
      end
    end
  end
  return open, decided
end

-- A number or a truth value, nil where it is not known.
local function known_value(node)
  local value, known = node:literal()
  return if known then value else nil
end

-- Whether a client is made to read on a server, or for one test.
local function is_for_server(file)
  local text = file.text
  local reads = text:find("dehydrate(", 1, true) or text:find("prefetchQuery", 1, true) or text:find("getServerSideProps", 1, true) or text:find("getStaticProps", 1, true)
  return file.side == "server" or reads and not text:find("QueryClientProvider", 1, true)
end

-- Where the queries of a client lie: in its package, or below it where the package has a client for each of its parts.
local function scope_of(repo, file, call)
  local root = service.root(repo, file.path)
  local clients = 0
  for _, other in repo:calls(call:target()) do
    if other.name == call.name and service.is_within(other.file.path, root) and other.file.class == "source" then
      clients += 1
    end
  end
  return clients > 2 and service.directory(file.path) or root
end

-- The change that keeps data fresh for a minute, where the settings stand in the call.
local function keep_a_minute(call, stale, settings)
  local edits = nil
  if stale then
    edits = stale.kind == "num" and { { at = stale, text = "60_000" } } or nil
  elseif #call:args() == 0 and call.source:find("%(%s*%)$") then
    edits = { { at = call, text = call.source:gsub("%(%s*%)$", "({ defaultOptions: { queries: { staleTime: 60_000 } } })") } }
  elseif settings and settings.kind == "dict" and settings.file.path == call.file.path then
    local first = settings:children()[1]
    if first then
      local line = settings.file:line_span(first.line)
      local is_own_line = line.source:sub(1, #first.source) == first.source or line.source:match("^%s*(.*)"):sub(1, 10) == first.source:sub(1, 10)
      local indent = line.source:match("^%s*")
      edits = { { before = first, text = is_own_line and first.line > settings.line and `staleTime: 60_000,\n{indent}` or "staleTime: 60_000, " } }
    end
  end
  return edits and { title = "take data as fresh for a minute", safety = "unsafe", edits = edits } or nil
end

local function check_client(file, call, report, repo)
  if is_for_server(file) or not call:has("new") then
    return
  end
  local options, how = call:arg(1)
  if how == "hidden" or options and options.kind ~= "dict" and options.kind ~= "name" then
    return
  end
  local settings = nil
  if options then
    local defaults, found = options:entry("defaultOptions")
    if found == "hidden" then
      return
    end
    local queries, here = nil, "absent"
    if defaults then
      queries, here = defaults:entry("queries")
    end
    if here == "hidden" then
      return
    end
    settings = queries
  end
  local stale, how_stale = nil, "absent"
  local focus, how_focus = nil, "absent"
  local mount, how_mount = nil, "absent"
  if settings then
    stale, how_stale = settings:entry("staleTime")
    focus, how_focus = settings:entry("refetchOnWindowFocus")
    mount, how_mount = settings:entry("refetchOnMount")
  end
  local fresh = how_stale == "given" and known_value(stale) or nil
  if how_stale == "hidden" or how_stale == "given" and fresh ~= 0 or how_mount == "given" and known_value(mount) == false then
    return
  end
  -- Defaults may be set later.
  if #repo:holding("**/*.{ts,tsx,js,jsx}", "setDefaultOptions(") > 0 or #repo:holding("**/*.{ts,tsx,js,jsx}", "setQueryDefaults(") > 0 then
    return
  end
  local open, decided = queries_of(repo, scope_of(repo, file, call))
  local is_generated = repo:imports({ "@trpc/react-query", "@trpc/next", "@trpc/tanstack-react-query", "openapi-react-query", "@orpc/tanstack-query" })
  if open < LEAST_QUERIES and not is_generated or decided >= open and open > 0 then
    return
  end
  local is_focus_off = how_focus ~= "absent" and not (how_focus == "given" and known_value(focus) == true) or client_package.is_installed((client_package.dependencies(repo, file.path)))
  local when = is_focus_off and "whenever a component that asks for it is mounted" or "whenever a component that asks for it is mounted, and whenever the window is looked at again"
  local proof = is_focus_off and "; the requests of one walk through the pages would show how often" or ""
  report({
    at = stale and how_stale == "given" and stale or call,
    message = `data of this QueryClient is stale as soon as it is there ({fresh == 0 and "staleTime: 0" or "no staleTime"}), so it is fetched again {when}{proof}`,
    confidence = is_focus_off and "low" or "medium",
    reach = "unknown",
    fix = keep_a_minute(call, how_stale == "given" and stale or nil, settings),
    notes = { ["queries without staleTime"] = open, ["queries with it"] = decided },
  })
end

-- Policies of Apollo that ask the server whatever the cache holds.
local ALWAYS = { ["network-only"] = true, ["no-cache"] = true }

local function check_apollo(file, call, report)
  if file.side == "server" or file.text:find("ssrMode: true", 1, true) then
    return
  end
  local options = call:arg(1)
  local defaults = options and options:entry("defaultOptions")
  for _, kind in { "watchQuery", "query" } do
    local settings = defaults and defaults:entry(kind)
    local policy = settings and settings:entry("fetchPolicy")
    local name = policy and policy:literal()
    if policy and ALWAYS[name] then
      report({
        at = policy,
        message = `{name} for every {kind} sends a request although the cache holds the answer`,
        confidence = kind == "watchQuery" and "medium" or "low",
        reach = "unknown",
      })
      return
    end
  end
end

local function check_toolkit(call, report)
  local options = call:arg(1)
  local always = options and options:entry("refetchOnMountOrArgChange")
  local kept = options and options:entry("keepUnusedDataFor")
  if always and known_value(always) == true then
    report({ at = always, message = "refetchOnMountOrArgChange for a whole API fetches everything again whenever a component is mounted", confidence = "medium", reach = "unknown" })
  elseif kept and known_value(kept) == 0 then
    report({ at = kept, message = "keepUnusedDataFor: 0 for a whole API throws every answer away with the component that asked for it", confidence = "medium", reach = "unknown" })
  end
end

-- Settings of SWR by which somebody has decided when to ask again.
local DECIDED = { "revalidateOnFocus", "dedupingInterval", "revalidateIfStale", "focusThrottleInterval", "useSWRImmutable", "swr/immutable" }

local function check_swr(file, report, repo)
  for _, jsx in file.root:descendants("jsx") do
    if jsx.text == "SWRConfig" and jsx.source:find("value={{", 1, true) and not jsx.source:match("^[^>]*"):find("...", 1, true) then
      local count = 0
      for _, call in repo:calls({ "swr", "swr.default", "swr.useSWR" }) do
        count += 1
      end
      local root = service.root(repo, file.path)
      for _, path in repo:holding("**/*.{ts,tsx,js,jsx}", DECIDED) do
        if service.is_within(path, root) then
          return
        end
      end
      if count >= LEAST_QUERIES then
        report({
          at = jsx,
          message = "this SWRConfig leaves revalidateOnFocus on: everything on the page is fetched again whenever the window is looked at again",
          confidence = "medium",
          reach = "unknown",
          notes = { queries = count },
        })
      end
      return
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if file.path:find("%.stories%.") or file.path:find("storybook", 1, true) or service.is_for_development(file.path) or file.path:lower():find("test", 1, true) then
      return
    end
    for _, match in matches do
      if match.matcher == "client" then
        check_client(file, match.node, report, repo)
      elseif match.matcher == "apollo" then
        check_apollo(file, match.node, report)
      elseif match.matcher == "toolkit" then
        check_toolkit(match.node, report)
      elseif match.matcher == "swr" then
        check_swr(file, report, repo)
      end
    end
  end,
}
