-- A pool that the code bounds to a few connections, in the arguments or in the address, and one whose bound stands where the library does not look.
-- What a driver's own default is, is no finding, but for the old ones whose default was five: a suspicion that a measurement has to confirm.

local branch = require("branch")
local function_platform = require("function_platform")
local layout = require("layout")
local naming = require("naming")
local service = require("service")
local words = require("words")

-- As many connections as a handful of requests at once keep busy.
local FEW = 5
-- The bound that the fix writes: room for a worker of a web server, far below what a server of MongoDB holds.
local ENOUGH = "50"

-- The argument or option that bounds the pool: its value and its place; second whether it may be hidden.
local function bound_of(call)
  local is_hidden = false
  for name in words.alternatives(call:fact("pool_max")) do
    local value, state = call:arg(tonumber(name) or name)
    if state == "given" then
      return value, false
    end
    is_hidden = is_hidden or state == "hidden"
  end
  -- Mongoose 4 took the driver's options under the kind of server.
  for _, kind in { "server", "replset", "replSet" } do
    local inner = call:arg(kind)
    local value, state = nil, "absent"
    if inner and inner.kind == "dict" then
      value, state = inner:entry("poolSize")
    end
    if state == "given" then
      return value, false
    end
  end
  return nil, is_hidden
end

local function is_function(repo, file, call)
  return (file.language == "go" and function_platform.of_go(repo, call) or function_platform.of(repo, file)) ~= nil
end

local function check_bound(repo, file, call, report)
  local value = bound_of(call)
  if not value then
    return
  end
  local size = value:literal()
  if type(size) ~= "number" or size < 1 or size > FEW or is_function(repo, file, call) then
    return
  end
  local is_here = value.kind == "num" and value.file.path == file.path
  report({
    at = value.file.path == file.path and value or call,
    message = `{naming.path(call:target()[1] or call.name)} keeps {size} connection{size == 1 and "" or "s"} at most: while {size == 1 and "it is" or "they are"} busy every other request waits for one`,
    confidence = size <= 2 and "high" or "medium",
    notes = { size = size },
    fix = is_here and { title = `bound the pool at {ENOUGH}`, safety = "unsafe", edits = { { at = value, text = ENOUGH } } } or nil,
  })
end

-- Whether only the file as a program runs the place: `if __name__ == "__main__": main()`.
local function is_run_by_hand(call)
  local fn = call:func()
  local callers = fn and fn:callers() or {}
  for _, caller in callers do
    if not branch.runs_as_program(caller) then
      return false
    end
  end
  return #callers > 0 or branch.runs_as_program(call)
end

-- The entry of a dictionary, as a pair.
local function pair_of(dict, key)
  for _, pair in dict:children() do
    if pair.kind == "pair" and pair.text == key then
      return pair
    end
  end
  return nil
end

-- The change that moves an entry out of the object in which nobody reads it; only where it is the last entry there.
local function moved_out(file, outer, inner, pair, holder)
  local items = inner:children()
  local last = items[#items]
  if not last or not last:same(pair) or #items < 2 then
    return nil
  end
  local _, before = items[#items - 1]:bytes()
  local first, stop = pair:bytes()
  local gap = file:span(before + 1, first - 1).source
  if not gap:find("^%s*,%s*$") then
    return nil
  end
  local text = layout.moved(pair.source, layout.indent(file, pair.line), layout.indent(file, holder.line))
  local is_line = holder.line ~= outer.line
  local between = is_line and `,\n{layout.indent(file, holder.line)}` or ", "
  return {
    title = "put the pool where it is read",
    safety = "unsafe",
    edits = { { at = file:span(before + 1, stop), text = "" }, { after = holder, text = between .. text } },
  }
end

local function check_key(file, call, report)
  local key = call:fact("pool_key")
  for _, options in call:args() do
    if options.kind ~= "dict" then
      continue
    end
    local _, state = options:entry(key)
    for name in words.alternatives(call:fact("pool_not_in")) do
      local holder = pair_of(options, name)
      local inner = holder and holder:child("value")
      local pair = inner and inner.kind == "dict" and pair_of(inner, key)
      if pair and state == "absent" then
        report({
          at = pair,
          message = `{naming.path(call:target()[1] or call.name)} reads no "{key}" in "{name}": the pool keeps its default size, whatever is set here`,
          confidence = "high",
          fix = moved_out(file, options, inner, pair, holder),
        })
      end
    end
  end
end

-- Drivers of MongoDB for Node.js before 4, and Mongoose before 6, which brings one, keep five connections unless told otherwise.
local function has_old_default(repo, file)
  local root = service.root(repo, file.path)
  local manifest = repo:open(root == "" and "package.json" or root .. "/package.json")
  local document = manifest and manifest.documents and manifest.documents[1]
  for name, first in { mongoose = 6, mongodb = 4 } do
    local version = document and document:get(`dependencies.{name}`)
    local major = version and tonumber(version.text:match("^[%^~]?(%d+)"))
    if major then
      return major < first
    end
  end
  return false
end

local function check_default(repo, file, call, report)
  local value, is_hidden = bound_of(call)
  if value or is_hidden or file.language == "python" or file.language == "go" or call.name == "forRoot" or is_function(repo, file, call) or not has_old_default(repo, file) then
    return
  end
  report({
    at = call,
    message = `{naming.path(call:target()[1] or call.name)} keeps the 5 connections of its driver's default; "mongodb.pool.wait" under load would show whether requests wait for one`,
    confidence = "low",
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" or file.class ~= "source" and file.root then
      return
    end
    for _, match in matches do
      if match.matcher == "address" then
        if not service.is_for_development(file.path) then
          local size = match.span.source:match("=(%d)$")
          report({
            at = match.span,
            message = `this address bounds the pool to {size} connection{size == "1" and "" or "s"}: while {size == "1" and "it is" or "they are"} busy every other request waits for one`,
            confidence = "medium",
            notes = { size = tonumber(size) },
          })
        end
        continue
      end
      local call = match.node
      local reach = call:reach()
      if reach ~= "script" and reach ~= "test" and not is_run_by_hand(call) then
        if match.matcher == "client" then
          check_bound(repo, file, call, report)
          check_default(repo, file, call, report)
        else
          check_key(file, call, report)
        end
      end
    end
  end,
}
