-- Functions that are handed to a call together with a list, whose items they are run for: `pMap(ids, load)`, `async.eachLimit(ids, 4, async (id) => { ... })`, and
-- functions of the project that do the same.

local few_items = require("few_items")
local flow = require("flow")
local loop_data = require("loop_data")
local parameter = require("parameter")

local M = {}

-- Calls of libraries that take a list and a function for each of its items.
local EACH = table.freeze({
  "p-map", "p-map.default", "p-map-series", "p-map-series.default", "p-each-series", "p-each-series.default", "p-filter", "p-filter.default", "bluebird.{map,each,mapSeries,filter}", "async-batch", "async-batch.default",
  "async.{each,eachLimit,eachSeries,forEach,forEachLimit,forEachSeries,map,mapLimit,mapSeries,filter,filterLimit,filterSeries}",
})

-- Which arguments of a call of a project's function are the list and what is run for each of its items, by what the function does with its parameters:
-- `for (const one of list) await work(one)`.
local function places_in(func)
  local params = {}
  for at, param in func.params do
    params[param.text] = at
  end
  for _, inner in func.node:descendants("call") do
    local callee = inner:child("callee")
    local work = callee and callee.kind == "name" and params[callee.text]
    for _, loop in work and inner:loops() or {} do
      local over = loop.iter
      local list = loop.kind == "per-item" and over and over.kind == "name" and params[over.text]
      if list then
        return list, work
      end
    end
  end
  return nil
end

-- Names that hold the item of a function that is run for each, or something made from it.
local function names_of(fn)
  local names = {}
  local param = fn:children("param")[1]
  for _, name in param and { param, unpack(param:descendants("name")) } or {} do
    if name.text ~= "" then
      names[name.text] = true
    end
  end
  -- Twice is enough for what is written in order and one step backward.
  for _ = 1, 2 do
    for _, assign in fn:descendants("assign") do
      local value = assign:child("value")
      if value and flow.mentions(value, names) then
        for _, target in assign:children("target") do
          for _, name in flow.names(target) do
            names[name.text] = true
          end
        end
      end
    end
  end
  return names
end

-- Streams of objects: what they are made with runs once for each that comes through.
local STREAMS = table.freeze({ "stream.{Transform,Writable,Duplex}", "stream.default.{Transform,Writable,Duplex}", "node:stream.{Transform,Writable,Duplex}", "readable-stream.{Transform,Writable}" })
local THROUGH = table.freeze({ "through2.obj", "through2.default.obj" })
local OBJECTS = { "objectMode", "writableObjectMode" }

-- What a stream of objects does with each of them.
local function streamed(call)
  local first = call:arg(1)
  if not first then
    return nil
  elseif call:is(THROUGH) then
    return first.kind == "function" and first or nil
  elseif not call:is(STREAMS) or first.kind ~= "dict" then
    return nil
  end
  for _, name in OBJECTS do
    local mode = first:entry(name)
    if mode and mode:literal() == true then
      local work = first:entry("transform") or (first:entry("write"))
      return work and work.kind == "function" and work or nil
    end
  end
  return nil
end

-- The list of a call and what it runs for each item: {loop, work}; nil where it does no such thing, or for few items.
function M.of(call)
  local list, work = nil, nil
  local args = call:args()
  local passing = streamed(call)
  if passing then
    list, work = call, passing
  elseif call:is(EACH) then
    list, work = args[1], nil
    for at = 2, #args do
      work = work or (args[at].kind == "function" or args[at].kind == "name" or args[at].kind == "attr") and #args[at]:effects() > 0 and args[at] or nil
    end
  else
    local func = call:callees()[1]
    local at, of = nil, nil
    if func then
      at, of = places_in(func)
    end
    if at and of then
      local before = parameter.leading(func)
      list, work = args[at - before], args[of - before]
    end
  end
  if not list or not work or list.kind == "list" then
    return nil
  end
  local loop = { node = call, iter = not passing and list or nil, kind = "per-item" }
  if few_items.is_written_out(loop) or loop_data.is_over_slices(loop) or loop_data.is_over_parts(loop) then
    return nil
  end
  if work.kind == "function" then
    local names = names_of(work)
    loop.carries = function(_, node)
      return flow.mentions(node, names)
    end
  end
  return { loop = loop, work = work }
end

-- Whether a call runs what the function around it is handed, and every caller writes that where it hands it over: there it is told.
function M.runs_handed(call)
  local callee = call:child("callee")
  local at = callee and callee.kind == "name" and callee:param_position()
  local func = at and callee:func()
  local callers = func and func:callers() or {}
  for _, caller in callers do
    local work = caller:args()[at - parameter.leading(func)]
    if not work or work.kind ~= "function" then
      return false
    end
  end
  return #callers > 0
end

return M
