-- Loops that go on while there is something left: walks along a chain of rows, and lists that are worked off in memory.

local flow = require("flow")
local loops_around = require("loops_around")

local M = {}

-- Names that a body gives values which some first names lead to, those included.
local function led_to(body, names)
  for _, assign in body:descendants("assign") do
    local value = assign:child("value")
    local reads = false
    for _, name in value and flow.names(value) or {} do
      reads = reads or names[name.text] == true
    end
    for _, target in reads and assign:children("target") or {} do
      for _, name in flow.names(target) do
        names[name.text] = true
      end
    end
  end
  return names
end

-- A `while` around a node whose test only says whether there is something left, with the first name of that test.
local function open_loops(node)
  local all = {}
  for _, row in loops_around.of(node) do
    local loop = row.loop
    local test = loop.node.kind == "while" and (loop.kind == "unknown" or loop.kind == "per-item") and loop.node:child("test")
    local name = test and (test.kind == "name" and test or test:descendants("name")[1])
    -- `len(queue) > 0`: what is called is not what is looked at.
    if name and name:role() == "callee" then
      local call = name:parent()
      local arg = call and call:arg(1)
      name = arg and arg.kind == "name" and arg or nil
    end
    if name and loop.node:child("body") then
      table.insert(all, { row = row, name = name, body = loop.node:child("body") })
    end
  end
  return all
end

-- The loop that walks a chain of rows: `while (id) { row = find(id); id = row.parent }`. What the node reads says where it goes on, so
-- that each turn needs the one before.
function M.walk_loop(node)
  local whole = loops_around.whole(node)
  for _, open in open_loops(node) do
    if flow.mentions(whole, { [open.name.text] = true }) then
      local kept = {}
      for _, assign in open.body:descendants("assign") do
        local target = assign:child("target")
        if whole:is_within(assign) and target and not whole:is_within(target) then
          for _, name in flow.names(target) do
            kept[name.text] = true
          end
        end
      end
      if next(kept) and led_to(open.body, kept)[open.name.text] then
        return { loop = open.row.loop, at = open.row.at, walks = true }
      end
    end
  end
  return nil
end

local TAKES_ONE = { pop = true, shift = true, popleft = true, dequeue = true, poll = true, Pop = true, Dequeue = true, popitem = true }

-- The loop that works off a list in memory, which may grow meanwhile: `while (queue.length) { id = queue.shift(); ... }`.
function M.queue_loop(node)
  local whole = loops_around.whole(node)
  for _, open in open_loops(node) do
    local taken = {}
    for _, assign in open.body:descendants("assign") do
      local value, target = assign:child("value"), assign:child("target")
      local from = nil
      if value and value.kind == "call" and TAKES_ONE[value.name] then
        from = value:receiver()
      elseif value and value.kind == "index" then
        from = value:child("value")
      end
      if from and from.kind == "name" and from.text == open.name.text and target then
        for _, name in flow.names(target) do
          taken[name.text] = true
        end
      end
    end
    taken[open.name.text] = nil
    if next(taken) then
      local names = led_to(open.body, taken)
      names[open.name.text] = nil
      if flow.mentions(whole, names) then
        return { loop = { node = open.row.loop.node, iter = open.name, kind = "per-item" }, at = open.row.at, grows = true }
      end
    end
  end
  return nil
end

return M
