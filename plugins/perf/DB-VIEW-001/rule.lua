-- Queries of requests that join and add up whole tables anew for every reader.

local heavy_queries = require("heavy_queries")
local list_reads = require("list_reads")
local page_totals = require("page_totals")

-- Whether the repository keeps the sums of one of the tables: a materialised view, or a table that Timescale aggregates.
local function is_kept(tables, repo)
  for _, glob in { "**/*.sql", "**/*.py", "**/*.ts", "**/*.js", "**/*.go", "**/*.rb" } do
    for at, path in repo:holding(glob, { "MATERIALIZED VIEW", "materialized view", "materialized_view", "createMaterializedView" }) do
      local file = at <= 8 and repo:open(path)
      local text = file and file.text:lower() or ""
      for _, name in tables do
        if text:find(name:lower(), 1, true) then
          return true
        end
      end
    end
  end
  return false
end

local function check_place(at, found, func, report, repo)
  if page_totals.keeps(func) or is_kept(found.tables, repo) then
    return
  end
  report({
    at = at,
    message = `{found.what} is computed anew for every reader: its mean time and its calls tell whether a materialised view is worth it`,
    confidence = "low",
    notes = { tables = #found.tables },
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    local seen = {}
    for _, match in matches do
      local node = match.node
      local func = node and node:func()
      if func and func.reach == "request" and #node:loops() == 0 then
        local found = heavy_queries.of(match.matcher, node, func)
        local statement = node:statement()
        local key = statement and statement.id or node.id
        if found and not seen[key] then
          seen[key] = true
          check_place(node, found, func, report, repo)
        end
      end
    end
  end,
}
