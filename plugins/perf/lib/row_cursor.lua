-- Loops of Go that step from row to row of a cursor, and which names hold something of the row.

local awaited = require("awaited")
local flow = require("flow")

local M = {}

-- The call by which a loop of Go steps from row to row: `for rows.Next()`, `for iter.Scan(&id)`. A scanner of text takes nothing.
function M.step_of(loop)
  local test = not loop.iter and loop.node:child("test")
  if not test or test.kind ~= "call" or not test:receiver() then
    return nil
  end
  return (test.name == "Next" or test.name == "Scan" and #test:args() > 0) and test or nil
end

-- Methods of a cursor that put a row where their arguments point.
local FILLING = { Scan = true, StructScan = true, MapScan = true, Decode = true, ScanStruct = true, ToStruct = true }

-- The variable that an expression of Go is a part of: `user` of `user.ID` and `users[0].Name`.
local function variable_of(node)
  while node.kind == "attr" or node.kind == "index" do
    node = node:child("value") or node
    if node.kind ~= "attr" and node.kind ~= "index" and node.kind ~= "name" then
      return nil
    end
  end
  return node.kind == "name" and node.text or nil
end

-- The names that hold a row of Go's cursor, or something made from it, in the body of the loop that `step` turns: what is read
-- from the cursor (`rows.Scan(&id)`, `user := load(rows)`, `db.ScanRows(rows, &user)`), and what is made from that.
local function row_names(loop, step)
  local cursor = (step:receiver() :: any).source
  local names = {}
  local function fill(call, is_cursors)
    local source = call.source
    for _, argument in call:args() do
      local name = variable_of(argument)
      -- A `&` is written where a call fills; what is handed on as it is may be a context.
      if name and (is_cursors and FILLING[call.name] or source:find("&" .. name .. "%f[^%w_]")) then
        names[name] = true
      end
    end
  end
  fill(step, true)
  local body = loop.node:child("body")
  local nodes = body and body:descendants({ "assign", "call", "for" }) or {}
  -- Twice is enough for what is written in order and one step backward.
  for _ = 1, 2 do
    for _, node in nodes do
      if node.kind == "call" then
        local receiver = node:receiver()
        local is_cursors = receiver ~= nil and receiver.source == cursor
        local takes = is_cursors
        for _, argument in node:args() do
          takes = takes or argument.source == cursor or flow.mentions(argument, names)
        end
        if takes then
          fill(node, is_cursors)
        end
      else
        local value = node:child("value") or node:child("iter")
        local made = value and flow.mentions(value, names)
        for _, call in value and node.kind == "assign" and { value, unpack(value:descendants("call")) } or {} do
          local receiver = call.kind == "call" and call:receiver()
          made = made or receiver and receiver.source == cursor
          for _, argument in call.kind == "call" and call:args() or {} do
            made = made or argument.source == cursor
          end
        end
        for _, target in made and node:children("target") or {} do
          local name = variable_of(target)
          for _, part in name and {} or target:descendants("name") do
            names[part.text] = true
          end
          if name then
            names[name] = true
          end
        end
      end
    end
  end
  -- That something went wrong says nothing about the row.
  names._, names.err, names.ok = nil, nil, nil
  return names
end

-- Whether the row decides what an expression asks for.
function M.carries_row(loop, node)
  local step = M.step_of(loop)
  if not step then
    return loop:carries(node)
  end
  return flow.mentions(node, row_names(loop, step))
end

-- Whether a loop over a stream runs over rows: a cursor, a query, Go's `rows.Next()`.
function M.is_over_rows(loop)
  local over = loop.iter
  if not over then
    return M.step_of(loop) ~= nil
  end
  over = awaited.value(over)
  if not over then
    return false
  end
  local store = over:fact("store")
  if store then
    return true
  end
  local value = over:value()
  return value ~= nil and value:fact("store") ~= nil
end

return M
