-- Functions of the repository that hand over a table of functions, one of which is run: `runQuery({ [SQL]: () => fromSql(id), [COLUMNS]: () => fromColumns(id) })`.
-- Which one, the settings decide; each does the work that is asked for.

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

return M
