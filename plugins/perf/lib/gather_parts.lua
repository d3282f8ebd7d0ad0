-- What a call that waits for several things at once begins: the elements of `Promise.all([a(), b()])`, the arguments of `asyncio.gather(a(), b())`, and
-- what is done for each item in `Promise.all(items.map((item) => save(item)))`.

local M = {}

local EACH = { map = true, flatMap = true }

-- The calls that a function given to `map` waits for, or gives back.
local function of_each(call, into)
  local func = call:arg(1)
  if not func or func.kind ~= "function" then
    return false
  end
  local found = false
  for _, await in func:descendants("await") do
    local value = await:child("value")
    if value and value.kind == "call" then
      table.insert(into, value)
      found = true
    end
  end
  local body = func:child("body")
  if not found and body and body.kind == "call" then
    table.insert(into, body)
    found = true
  end
  return found
end

local function add(element, into)
  if element.kind == "await" then
    element = element:child("value") or element
  end
  if element.kind == "spread" then
    element = element:child("value") or element
  end
  if element.kind ~= "call" then
    return false
  elseif EACH[element.name] then
    return of_each(element, into)
  end
  table.insert(into, element)
  return true
end

-- The elements that are handed over one by one; nil where they come in a variable.
function M.elements(call)
  local first = call:arg(1)
  if first and first.kind == "list" then
    return first:children()
  elseif first and call.file.language == "python" then
    return call:args()
  end
  return first and { first } or nil
end

-- Elements that are waited for while the list is still being built, and so hold up those behind them: `Promise.all([await a(), await b()])`.
function M.held_up(call)
  local elements = M.elements(call) or {}
  local all = {}
  for at, element in elements do
    if element.kind == "await" and at < #elements then
      table.insert(all, element)
    end
  end
  return all
end

-- Every call that is begun; nil where one of them cannot be told.
function M.of(call)
  local all = {}
  for _, element in M.elements(call) or {} do
    if not add(element, all) then
      return nil
    end
  end
  return #all > 0 and all or nil
end

return M
