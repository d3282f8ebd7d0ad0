-- Maps of Go's packages that several goroutines write to, which no request has to wait for: consumers of channels, loops that refresh something. Two writes at once end
-- the process as those of two requests do.

local races = require("races")

local M = {}

local DEEPEST = 4

-- The statement that begins a goroutine with a call: `go consume()`, `go func() { ... }()`.
local function begun_by(call)
  local parent = call:parent()
  return parent and parent.kind == "go" and parent or nil
end

-- Notes in `out` what runs a function: each goroutine by where it begins, twice where several begin there; `requests`.
local function collect(func, out, depth, seen)
  local key = `{func.node.file.path}:{func.node.id}`
  if seen[key] or depth > DEEPEST then
    return
  end
  seen[key] = true
  local calls = func:callers()
  local around = func.is_lambda and func.node:parent()
  if around and around.kind == "call" then
    calls = { around }
  end
  for _, call in calls do
    local outer = call:func()
    if call.file.class ~= "source" then
      continue
    elseif begun_by(call) then
      local place = `{call.file.path}:{call.id}`
      out[place] = true
      out[place .. ":again"] = #call:loops() > 0 or call:reach() == "request" or nil
    elseif outer and outer.name ~= "init" and outer.name ~= "main" then
      collect(outer, out, depth + 1, seen)
    end
  end
  if func.reach == "request" and #calls == 0 then
    out.requests, out.again = true, true
  end
end

local function count(set)
  local all = 0
  for _ in set do
    all += 1
  end
  return all
end

-- Writes without a lock to maps of a file that several goroutines run: {at, path, other}; `other` is another write. What requests run is `races.written_maps` itself.
function M.written(file)
  local by_path, paths = {}, {}
  if not file.root or not file.text:find("%f[%w]map%[") then
    return {}
  end
  for _, node in file.root:descendants("function") do
    local func = node:func()
    for _, found in func and func.node:same(node) and not func.is_lambda and races.written_maps(func) or {} do
      local writes = by_path[found.path]
      if not writes then
        writes = { runs = {}, all = {} }
        by_path[found.path] = writes
        table.insert(paths, found.path)
      end
      local runs = {}
      collect(func, runs, 0, {})
      for run in runs do
        writes.runs[run] = true
      end
      -- One write of a function is told.
      local is_told = false
      for _, other in writes.all do
        is_told = is_told or other.func.node:same(node)
      end
      if not is_told and next(runs) ~= nil then
        table.insert(writes.all, { at = found.at, path = found.path, func = func })
      end
    end
  end
  local all = {}
  for _, path in paths do
    local writes = by_path[path]
    for at, one in count(writes.runs) > 1 and writes.all or {} do
      if one.func.reach ~= "request" then
        one.other = writes.all[at == 1 and 2 or 1]
        table.insert(all, one)
      end
    end
  end
  return all
end

return M
