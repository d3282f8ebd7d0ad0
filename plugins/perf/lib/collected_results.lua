-- What becomes of the results of a function that runs once per item: `await Promise.all(rows.map((row) => store.insert(row)))` starts all of them, and where nobody
-- reads the list that comes of it, nothing hangs on what a single one gives.

local awaited = require("awaited")

local M = {}

-- Calls of lists that give nothing back.
local FORGETS = { forEach = true }

-- Whether what a call gives is thrown away: it is a statement of its own, or kept under a name that only `gathers` are given whose result is thrown away.
local function is_dropped(node, deep)
  local parent, at = awaited.parent(node)
  if not parent or parent.kind == "expr-stmt" or parent.kind == "block" then
    return true
  elseif parent.kind == "call" and at:role() == "arg" then
    return parent:fact("gathers") == "true" and is_dropped(parent, deep)
  elseif parent.kind == "assign" and deep < 2 then
    local target, func = parent:child("target"), node:func()
    if not target or target.kind ~= "name" or not func then
      return false
    end
    for _, name in func.node:descendants("name", target.text) do
      local user = name:parent()
      if not name:same(target) and not (user and user.kind == "call" and user:fact("gathers") == "true" and is_dropped(user, deep + 1)) then
        return false
      end
    end
    return true
  end
  return false
end

-- Whether a call is what a function that is handed to the loop's call gives back; then second, whether nobody reads what comes of it.
function M.of(whole, loop)
  local parent, at = awaited.parent(whole)
  local work = parent and (parent.kind == "return" and parent:enclosing("function") or parent.kind == "function" and parent)
  if not work or loop.node.kind ~= "call" or not work:parent() or not work:is_within(loop.node) then
    return false, false
  end
  local taker = work:parent()
  if taker.kind == "kw-arg" then
    taker = taker:parent()
  end
  if not taker or not taker:same(loop.node) then
    return false, false
  end
  return true, FORGETS[loop.node.name] == true or is_dropped(loop.node, 0)
end

return M
