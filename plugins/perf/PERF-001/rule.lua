-- An import is a finding when a process that is started on demand pays for it at every start and nothing needs it by then: the
-- way from the entry point to the file runs over imports that are not conditional, and the names it binds are read in functions
-- and annotations only. One finding per package and file.

local about = require("about")
local cold_start = require("cold_start")
local every_invocation = require("every_invocation")
local heavy_import = require("heavy_import")
local import_fix = require("import_fix")
local import_reads = require("import_reads")
local words = require("words")

-- What a cold start has to take longer for, in milliseconds, before it is worth a finding.
local LEAST = 150

-- Whether something else on the same ways needs the package, or one that brings it, as soon as it is loaded: then nothing is won
-- by moving this import.
local function is_needed_anyway(repo, file, package, starts)
  local modules = { package .. "**" }
  for bringer in words.alternatives((repo:fact("brings " .. package) or {}).by) do
    table.insert(modules, bringer .. "**")
  end
  for _, path in repo:importers(modules) do
    local other = path ~= file.path and repo:open(path)
    if other and other.root and other.class == "source" then
      if import_reads.is_loaded_by(repo, path, starts) then
        for _, module in modules do
          if import_reads.of_package(repo, other, module:sub(1, -3), starts).at_load then
            return true
          end
        end
      end
    end
  end
  return false
end

-- Whether every read lies in the one function that the platform calls: then each invocation needs it.
local function is_all_in_handler(file, group, ways)
  if #group.functions ~= 1 or #group.annotations > 0 then
    return false
  end
  local fn = group.functions[1]:func()
  local first = fn and fn.params[1]
  return first ~= nil and #fn:callers() == 0 and #ways[1].hops == 1 and #fn:route() == 1 and (first.text == "event" or first.text == "request")
end

-- Whether each invocation gets to a place that reads it, through whatever functions.
local function is_for_each_invocation(group, ways)
  for _, name in group.names do
    if every_invocation.runs(name, ways[1].hops[1].path) then
      return true
    end
  end
  return false
end

-- Whether the file imports another package that brings this one: one finding is enough.
local function is_brought(repo, file, package)
  local bringers = words.alternatives((repo:fact("brings " .. package) or {}).by)
  for _, node in heavy_import.imports_of(file) do
    local fact = heavy_import.weight_of(repo, node)
    if fact and fact.package and bringers[fact.package] then
      return true
    end
  end
  -- What has no weight of its own here, but is known to load the package with it.
  for bringer in bringers do
    if not repo:fact("import " .. bringer) and file:imports({ bringer, bringer .. ".**" }) then
      return true
    end
  end
  return false
end

local function figure(fact)
  local ms = tonumber(fact.import_ms)
  local amount = ms >= 1000 and `{string.format("%.1f", ms / 1000)} s` or `{ms} ms`
  return (fact.estimate and "in the order of " or "about ") .. amount
end

local function where_read(group)
  if group.reads == 0 then
    return "nothing in this file reads it"
  elseif #group.functions == 0 then
    return "only annotations name it"
  elseif #group.functions == 1 and group.functions[1].text ~= "" then
    return `only {group.functions[1].text} uses it`
  end
  return "only functions use it"
end

local function report_group(file, package, group, ways, report)
  local way = ways[1]
  local start = way.hops[1].path
  local related = {}
  for at, hop in way.hops do
    local next = way.hops[at + 1]
    if hop.import and next and at <= 8 then
      table.insert(related, { at = hop.import, message = `{hop.path} loads {next.path}` })
    end
  end
  for at, fn in group.functions do
    if at <= import_fix.MOST_FUNCTIONS then
      table.insert(related, { at = fn, message = fn.text ~= "" and `{fn.text} uses it` or "this function uses it" })
    end
  end
  local by = start == file.path and "the file itself is started" or `{start} loads it`
  report({
    at = group.nodes[1],
    message = `every cold start on {way.target.name} imports {package} ({figure(group.fact)} of CPU; {by}), but {where_read(group)}`,
    confidence = (way.kept or group.reads == 0) and "medium" or "high",
    reach = "startup",
    related = related,
    notes = { package = package, ["deployment said by"] = way.target.path },
    fix = import_fix.of(file, group),
  })
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or not file.root or file.root:reach() == "script" then
      return
    end
    local seen = {}
    local ways, starts = nil, {}
    for _, match in matches do
      local node = match.node
      local fact = heavy_import.weight_of(repo, node)
      local package = fact and fact.package
      if package and not seen[package] and not heavy_import.is_conditional(node) then
        seen[package] = true
        if not ways then
          ways = cold_start.ways(repo, file)
          for _, way in ways do
            starts[way.hops[1].path] = true
          end
        end
        local group = #ways > 0 and import_reads.of_package(repo, file, package, starts)
        -- What TypeScript imports for its types alone, and what a package only hands on, is not read here.
        local counts = group and (group.reads > 0 or (file.language == "python" and not file.path:find("__init__%.py$")))
        if counts and group.ms >= LEAST and not group.at_load and not words.alternatives(group.fact.sdk_of)[ways[1].target.name] then
          if not is_all_in_handler(file, group, ways) and not is_for_each_invocation(group, ways) and not is_brought(repo, file, package) and not is_needed_anyway(repo, file, package, starts) then
            report_group(file, package, group, ways, report)
          end
        end
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.on_demand(repo), about.NOT_ON_DEMAND)
  end,
}
