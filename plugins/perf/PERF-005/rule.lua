-- A secret is read at the start where nothing is served before it is there: in Python while a module is loaded, or in a hook of the start, in JavaScript
-- where it is awaited before the server listens, in Go between `main` and the server.

local branch = require("branch")
local cold_start = require("cold_start")
local naming = require("naming")
local start_go = require("start_go")
local start_javascript = require("start_javascript")
local start_python = require("start_python")

-- The call that reads the secret behind a call of the project's own, and the hops to it.
local function reading(call)
  if call:fact("reads_secret") then
    return call, {}
  end
  local hops = call:chain("secret")
  local last = hops[#hops]
  return last and last.node and last.node:fact("reads_secret") and last.node or nil, hops
end

local function is_conditional(node)
  return node:enclosing({ "if", "switch", "conditional" }) ~= nil
end

-- Whether a branch around the place, or on the way to it, is taken in development only.
local function is_for_development(call, hops)
  if branch.is_for_development(call) then
    return true
  end
  for _, hop in hops do
    if hop.node and branch.is_for_development(hop.node) then
      return true
    end
  end
  return false
end

-- Whether a hook of the start runs a call: the function is what the framework calls itself.
local function is_in_hook(call)
  local fn = call:func()
  if not fn or fn.reach ~= "startup" or #fn:callers() > 0 then
    return false
  end
  return #fn:registrations() > 0 or #fn:decorators() > 0
end

local function related_to(call, hops, way)
  local related = {}
  for at, hop in hops do
    if hop.node and not hop.node:same(call) then
      table.insert(related, { at = hop.node, message = at == #hops and "reads it here" or `{hop.symbol} calls this` })
    end
  end
  for at, hop in way do
    if hop.import and way[at + 1] and at <= 8 then
      table.insert(related, { at = hop.import, message = `{hop.path} loads {way[at + 1].path}` })
    end
  end
  return related
end

-- Secrets that a start reads one after the other in a file of Python.
local function found_in_python(repo, file, matches)
  local way, start, is_known = nil, nil, false
  local found, seen = {}, {}
  for _, match in matches do
    local call = match.node
    local is_at_load = not call:func() and not branch.runs_as_program(call)
    if seen[call.id] or not is_at_load and not is_in_hook(call) then
      continue
    end
    local reads, hops = reading(call)
    if reads and not is_for_development(call, hops) then
      if not is_known then
        way, start = start_python.way_to(repo, file)
        is_known = true
      end
      if way then
        seen[call.id] = true
        table.insert(found, { call = call, reads = reads, hops = hops, way = way, start = start, is_at_load = is_at_load })
      end
    end
  end
  return found
end

local function check_python(repo, file, matches, report)
  if file.root:reach() == "script" or file.root:reach() == "test" or file:imports("alembic**") then
    return
  end
  local found = found_in_python(repo, file, matches)
  local is_on_demand = #found > 0 and #cold_start.ways(repo, file) > 0
  for _, one in found do
    local confidence = is_on_demand and one.is_at_load and not is_conditional(one.call) and "high" or "medium"
    -- A Lambda that reads one secret before its first event does what its platform advises; several, one after the other, are read in one call.
    if one.start and start_python.is_lambda(one.start) and #found < 2 then
      confidence = "low"
    end
    local what = naming.path(one.reads:target()[1] or one.reads.name)
    local does = one.reads:same(one.call) and `{what} reads a secret over the network` or `{one.call.name} reads a secret over the network ({what})`
    local when = one.is_at_load and `while {file.path} is imported` or "before the service serves"
    report({
      at = one.call,
      message = `{does} {when}`,
      confidence = confidence,
      reach = "startup",
      related = related_to(one.call, one.hops, one.way),
      notes = { library = what:match("^[^.]+") },
    })
  end
end

local function check_other(repo, file, matches, report)
  local seen = {}
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    if seen[call.id] or not call:fact("reads_secret") or call:has("new") or reach == "test" or reach == "script" or is_for_development(call, {}) then
      continue
    end
    seen[call.id] = true
    local is_held, where
    if file.language == "go" then
      is_held, where = start_go.begins(repo, call), call
    else
      -- The old SDK waits by a promise that is chained on.
      local chained = call:chained()[1]
      local waits = chained and chained.name == "promise" and chained or call
      is_held, where = start_javascript.holds_up(waits)
    end
    if is_held then
      report({
        at = call,
        message = `{naming.path(call:target()[1] or call.name)} reads a secret over the network before the server listens`,
        confidence = "medium",
        reach = "startup",
        related = where and not where:same(call) and { { at = where, message = "this waits for it" } } or nil,
        notes = { library = (call:target()[1] or call.name):match("^(.-)%.%u") or call.name },
      })
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or not file.root or file.side == "browser" then
      return
    end
    if file.language == "python" then
      check_python(repo, file, matches, report)
    else
      check_other(repo, file, matches, report)
    end
  end,
}
