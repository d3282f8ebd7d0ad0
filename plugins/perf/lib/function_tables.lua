-- Functions of the repository that hand over a table of functions, one of which is run: `runQuery({ [SQL]: () => fromSql(id), [COLUMNS]: () => fromColumns(id) })`.
-- Which one, the settings decide; each does the work that is asked for.

local gather_parts = require("gather_parts")

local M = {}

local HOLDERS = { dict = true, list = true }

-- Whether a value of an object or list is a function that is written there.
local function holds_functions(holder)
  for _, entry in holder:children() do
    local value = entry.kind == "pair" and entry:child("value") or entry
    if value and value.kind == "function" then
      return true
    end
  end
  return false
end

-- Whether a function does no more than to give such a table to another function of the repository: the call stands among its own statements.
function M.hands_over(func)
  for _, call in func.node:descendants("call") do
    local around = call:enclosing("function")
    if around and around:same(func.node) then
      for _, arg in call:args() do
        if HOLDERS[arg.kind] and holds_functions(arg) and #call:callees() > 0 then
          return true
        end
      end
    end
  end
  return false
end

local function leads_to_one(call)
  if #call:effects() > 0 or call:fact("kind") then
    return false
  end
  for _, func in call:callees() do
    if M.hands_over(func) then
      return true
    end
  end
  return false
end

-- The function that hands over the table in which a call stands: `{ [SQL]: () => fromSql(id) }`.
local function giver_of(call)
  local func = call:enclosing("function")
  local entry = func and func:parent()
  local holder = entry and (entry.kind == "pair" and entry:parent() or entry)
  local taker = holder and HOLDERS[holder.kind] and holder:parent()
  return taker and taker.kind == "call" and #taker:callees() > 0 and taker:func() or nil
end

-- How the code at a place comes to run, also where nothing but such a table leads to it.
function M.reach(node)
  local func = node:func()
  while func do
    if func.reach ~= "unknown" then
      return func.reach
    end
    for _, call in func:callers() do
      local giver = giver_of(call)
      if giver and giver.reach ~= "unknown" then
        return giver.reach
      end
    end
    local outer = func.node:parent()
    func = outer and outer:func()
  end
  return "unknown"
end

-- The calls that a coroutine waits for of which nothing is known but that they lead to such a table.
function M.awaited_in(node)
  local all = {}
  for _, await in node:descendants("await") do
    local value = await:child("value")
    local around = await:enclosing("function")
    if around and around:same(node) and value and value.kind == "call" then
      local _, before = value:chained()
      local call = before[#before] or value
      for _, one in call:fact("gathers") and gather_parts.of(call) or { call } do
        if leads_to_one(one) then
          table.insert(all, one)
        end
      end
    end
  end
  return all
end

return M
