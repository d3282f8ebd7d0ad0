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
