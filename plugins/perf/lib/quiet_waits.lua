-- Waits of a coroutine that no effect of a call tells of: functions that hand over a table of functions, and queries that were put together before.

local begun_builders = require("begun_builders")
local function_tables = require("function_tables")
local gather_parts = require("gather_parts")

local M = {}

local function leads_to_table(call)
  if #call:effects() > 0 or call:fact("kind") then
    return false
  end
  for _, func in call:callees() do
    if function_tables.hands_over(func) then
      return true
    end
  end
  return false
end

-- What stands at the beginning of such waits in a function: calls, and the names of queries.
function M.of(func)
  local all = {}
  for _, await in func:descendants("await") do
    local value = await:child("value")
    local around = await:enclosing("function")
    if not value or not around or not around:same(func) then
      continue
    end
    if begun_builders.of(value) then
      table.insert(all, value)
    elseif value.kind == "call" then
      local _, before = value:chained()
      local call = before[#before] or value
      for _, one in call:fact("gathers") and gather_parts.of(call) or { call } do
        if leads_to_table(one) then
          table.insert(all, one)
        end
      end
    end
  end
  return all
end

return M
