-- Queries that are handed to a function of the project that pages them, and that it runs whole in one of its branches: `const rows = await query; return rows.filter(...)`
-- beside `query.page(page, size)`. There what is wanted is picked in the program.

local parameter = require("parameter")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

local PAGES = set("page", "limit", "offset", "range", "take")
local PICKS = set("filter", "slice", "splice")

-- Whether a function picks among what it takes as a parameter.
local function picks_of(func, param)
  for _, call in func.node:descendants("call", { "filter", "slice", "splice" }) do
    local root = query_chain.root_of(call:child("callee"))
    if root and root.text == param.text then
      return true
    end
  end
  return false
end

-- Whether rows are picked in the program, in the function that holds them or in one that it hands them to.
local function is_picked(rows, func)
  for _, one in rows:uses(func.node) do
    local link = one.node:parent()
    local asked = link and link.kind == "attr" and link:parent()
    if asked and asked.kind == "call" and PICKS[asked.name] then
      return true
    end
    for _, call in one.calls do
      for _, callee in one.node.kind == "name" and call:callees() or {} do
        local param = parameter.taking(callee, call, one.node)
        if param and picks_of(callee, param) then
          return true
        end
      end
    end
  end
  return false
end

-- The places where a function runs a query whole that it takes as a parameter and pages elsewhere.
local function runs_of(func, param)
  local pages = false
  for _, call in query_chain.called_on(func.node)[param.text] or {} do
    pages = pages or PAGES[call.name] == true
  end
  local all = {}
  for _, waits in pages and func.node:descendants("await") or {} do
    local value = waits:child("value")
    if value and value.kind == "name" and value.text == param.text and is_picked(waits, func) then
      table.insert(all, waits)
    end
  end
  return all
end

-- Where the query that `read` begins is run whole by a function that it is handed to.
function M.run_whole(read)
  local func = read:func()
  local name = func and query_chain.taker(read)
  local all = {}
  for _, call in name and func.node:descendants("call") or {} do
    for _, argument in call:args() do
      for _, callee in argument.kind == "name" and argument.text == name and call:callees() or {} do
        local param = parameter.taking(callee, call, argument)
        for _, waits in param and runs_of(callee, param) or {} do
          table.insert(all, waits)
        end
      end
    end
  end
  return all
end

return M
