-- Pages and contexts of a headless browser (Puppeteer, Playwright) that a function closes where all goes well: what fails between, a page that does not
-- load above all, leaves the page open in a browser that goes on running.

local M = {}

local LIBRARIES = table.freeze({ "puppeteer**", "puppeteer-core**", "puppeteer-extra**", "playwright**", "playwright-core**", "playwright-chromium**", "pyppeteer**" })

-- Whether a place runs however the statements before it end.
local function is_certain(node)
  local inner, at = node, node:parent()
  while at and at.kind ~= "function" do
    if at.kind == "try" and inner:role() == "finally" then
      return true
    end
    inner, at = at, at:parent()
  end
  return false
end

-- The name that holds what a call gives, declared in its own function.
local function bound_to(call)
  local node = call
  local parent = node:parent()
  while parent and (parent.kind == "await" or parent.kind == "group") do
    node, parent = parent, parent:parent()
  end
  local target = parent and parent.kind == "assign" and node:role() == "value" and parent:child("target")
  return target and target.kind == "name" and target or nil, parent
end

local ENDS = { close = true, disconnect = true }

-- What a page's function leaves open when something fails: the name that holds the page, where it is closed, and what may fail; nil where nothing
-- is left, or something else may close it.
function M.find(call)
  local func = call:func()
  local from = call:receiver()
  if not func or not from or not call.file:imports(LIBRARIES) then
    return nil
  end
  local target, binding = bound_to(call)
  if not target or #call:loops() > 0 then
    return nil
  end
  local closed = nil
  for _, ending in func.node:descendants("call", { "close", "disconnect" }) do
    local on = ending:receiver()
    if on and on.kind == "name" and (on.text == target.text or on.text == from.text) and ENDS[ending.name] then
      local handler = ending:enclosing({ "handler" })
      local around = ending:enclosing({ "function" })
      if is_certain(ending) or handler or not around or not around:same(func.node) then
        return nil
      end
      if on.text == target.text then
        closed = closed or ending
      end
    end
  end
  if not closed or closed.id < call.id then
    return nil
  end
  for _, name in func.node:descendants("name", target.text) do
    local parent = name:parent()
    if parent and (parent.kind == "return" or parent.kind == "pair" or parent.kind == "assign" and name:role() == "value") then
      return nil
    end
  end
  for _, waiting in func.node:descendants(call.file.language == "python" and "call" or "await") do
    local inner = waiting.kind == "await" and waiting:child("value") or waiting
    local on = inner and inner.kind == "call" and inner:receiver()
    if on and on.text == target.text and waiting.id > call.id and waiting.id < closed.id and not inner:is_within(closed) and not waiting:is_within(binding) then
      return target, closed, inner
    end
  end
  return nil
end

return M
