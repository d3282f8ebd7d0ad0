-- Everything at once: a gather, `Promise.all` or a loop of goroutines over items whose number the data decides.

local bounded_fix = require("bounded_fix")
local fan_out = require("fan_out")
local list_reads = require("list_reads")
local loop_data = require("loop_data")
local per_item = require("per_item")

-- The loop around an element, among those of a call within it.
local function loop_at(call, node)
  for _, loop in call:loops() do
    if loop.node:same(node) then
      return loop
    end
  end
  return nil
end

-- Lists that are filled in a loop: `tasks.append(load(row))`, `waits.push(load(row))`.
local function filled(name, func)
  for _, call in func.node:descendants("call") do
    local on = call:receiver()
    if on and on.kind == "name" and on.text == name.text and (call.name == "append" or call.name == "push") then
      local element = call:arg(1)
      local loop = call:loops()[1]
      if element and loop then
        return element, loop
      end
    end
  end
  return nil, nil
end

-- The element that a gathering call runs for each item, and the loop.
local function element_of(given, func, depth)
  if given.kind == "spread" then
    given = given:child("value") or given
  end
  if given.kind == "comprehension" then
    local element = given:child("value")
    local clause = given:descendants("clause")[1]
    for _, inner in element and (element.kind == "call" and { element } or element:descendants("call")) or {} do
      for _, loop in inner:loops() do
        if clause and loop.node:same(clause) then
          return element, loop
        end
      end
    end
  elseif given.kind == "call" and given.name == "map" then
    local mapped = given:arg(1)
    if mapped and mapped.kind == "function" then
      for _, inner in mapped:descendants("call") do
        local loop = loop_at(inner, given)
        if loop then
          return mapped, loop
        end
      end
    end
  elseif given.kind == "name" and depth == 0 and func then
    local value = given:value()
    if value and (value.kind == "comprehension" or value.kind == "call") then
      return element_of(value, func, 1)
    end
    return filled(given, func)
  end
  return nil, nil
end

local WHERE = { rows = "a query that nothing bounds", owned = "all that belongs to one", caller = "what the request sends" }

local function report_at(at, element, loop, report)
  local work, call, leaf = fan_out.work_in(element)
  if not work then
    return
  end
  local items, read = fan_out.items_of(loop)
  local reach = at:reach()
  if not items or reach == "startup" then
    return
  end
  local is_waited = reach == "request" or reach == "worker"
  local related = { { at = call, message = "begun for every item" } }
  if leaf and not leaf:same(call) then
    table.insert(related, { at = leaf, message = "what each of them does" })
  end
  if read then
    table.insert(related, { at = read, message = "where the items come from" })
  end
  local over = loop_data.over(loop)
  report({
    at = at,
    message = `{work} is begun for every item{over and " of \`" .. over .. "\`" or ""} at once: the items are {WHERE[items]}, and nothing says how many run side by side`,
    confidence = items ~= "owned" and is_waited and "medium" or "low",
    related = related,
    notes = { items = items },
    fix = bounded_fix.of(at, element),
  })
end

local function check_gather(call, report)
  local func = call:func()
  local given = call:arg(1)
  given = given or call:children("arg")[1]
  if not given or not func or fan_out.is_in_parts(call) then
    return
  end
  local element, loop = element_of(given, func, 0)
  if element and loop then
    report_at(call, element, loop, report)
  end
end

-- Whether something is taken before a goroutine of the loop begins: a place in a channel, a semaphore, a token.
local function takes_place(body, at)
  local first = select(1, at:bytes())
  local start = select(1, body:bytes())
  local before = body.source:sub(1, first - start):gsub("//[^\n]*", "")
  return before:find("<-", 1, true) ~= nil or before:find("Acquire", 1, true) ~= nil or before:find(".Wait(", 1, true) ~= nil
end

-- Whether a group is told how many it may run.
local function has_limit(func)
  for _, call in func.node:descendants("call") do
    if call.name == "SetLimit" then
      return true
    end
  end
  return false
end

local function check_go(node, report)
  local func = node:func()
  if not func or has_limit(func) then
    return
  end
  local begun = {}
  for _, go in node:descendants({ "go", "call" }) do
    local is_group = go.kind == "call" and go:is("golang.org/x/sync/errgroup.Group.Go")
    if go.kind == "go" or is_group then
      table.insert(begun, go)
    end
  end
  for _, go in begun do
    local body = node:child("body")
    local inner = go:descendants("call")[1]
    local loop = nil
    for _, one in go:loops() do
      loop = loop or one.node:same(node) and one
    end
    if inner and loop and body and not takes_place(body, go) and not fan_out.is_in_parts(node) then
      report_at(go, go, loop, report)
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    for _, match in matches do
      local node = match.node
      if not per_item.counts(node) then
        continue
      elseif match.matcher == "gather" then
        check_gather(node, report)
      else
        check_go(node, report)
      end
    end
  end,
}
