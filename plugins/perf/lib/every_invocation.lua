-- What each invocation of a function needs: work that its handler does itself, or hands on to functions on every way through it. Guards count
-- as such ways: who checks a signature in the test of an `if` checks every event.

local M = {}

local DEEPEST = 3

-- What stands in one branch only, or runs once something has failed.
local BRANCHES = { ["if"] = true, conditional = true, ["for"] = true, ["while"] = true, switch = true, logic = true, handler = true, comprehension = true }

-- Whether a place runs whenever the function around it does.
local function is_on_every_way(node, func_node)
  local inner, at = node, node:parent()
  while at and not inner:same(func_node) do
    local role = inner:role()
    if at.kind == "if" and role == "test" then
      -- The test itself is always asked, and what its parts ask first decides little.
      inner, at = at, at:parent()
      continue
    end
    if at.kind == "function" then
      return at:same(func_node)
    end
    if at.kind == "logic" then
      local top = at
      while top:parent() and (top:parent().kind == "logic" or top:parent().kind == "unary" or top:parent().kind == "group") do
        top = top:parent()
      end
      if top:role() == "test" and top:parent().kind == "if" then
        inner, at = top, top:parent()
        continue
      end
    end
    if BRANCHES[at.kind] and role ~= "test" and role ~= "iter" then
      return false
    end
    inner, at = at, at:parent()
  end
  return true
end

-- Whether a function has answered otherwise by then, for some events: `if path == "/pages": return page(event)`. What a guard says is written down.
local function is_behind_answer(node, func_node)
  for _, back in func_node:descendants("return") do
    local value, around = back:child("value"), back:enclosing({ "function" })
    if back.id < node.id and not node:is_within(back) and value and around and around:same(func_node) then
      if value.kind == "name" or value.kind == "call" or #value:descendants({ "call", "await" }) > 0 then
        return true
      end
    end
  end
  return false
end

-- Whether a function is what the platform calls: nothing of the project does, and it is handed an event.
local function is_handler(fn, start)
  local first = fn.params[1]
  local is_handed = first ~= nil and (first.text == "event" or first.text == "_event" or first.text == "request")
  if not is_handed or fn.node.file.path ~= start or #fn:decorators() > 0 or #fn:registrations() > 0 then
    return false
  end
  for _, caller in fn:callers() do
    if caller.file.class ~= "test" then
      return false
    end
  end
  return true
end

-- Whether each invocation that begins in the file `start` runs a place.
local function is_run(node, fn, start, depth)
  if not is_on_every_way(node, fn.node) or is_behind_answer(node, fn.node) then
    return false
  end
  if is_handler(fn, start) then
    return true
  end
  if depth >= DEEPEST then
    return false
  end
  for _, caller in fn:callers() do
    local around = caller:func()
    if around and caller.file.class ~= "test" and is_run(caller, around, start, depth + 1) then
      return true
    end
  end
  return false
end

function M.runs(node, start)
  local fn = node:func()
  return fn ~= nil and is_run(node, fn, start, 0)
end

return M
