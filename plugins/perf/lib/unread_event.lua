-- Handlers that are handed an event and never look at it, nor answer: a clock starts those, seldom enough to find no process that was kept.

local M = {}

-- Whether a function reads a parameter.
local function reads(fn, param)
  for _, name in fn.node:descendants("name", param.text) do
    if name:role() ~= "param" and name:role() ~= "target" then
      return true
    end
  end
  return false
end

-- Whether it gives something back that was worked out.
local function answers(fn)
  for _, back in fn.node:descendants({ "return", "yield" }) do
    local around = back:enclosing({ "function" })
    local value = back:child("value")
    if around and around:same(fn.node) and value then
      local _, known = value:literal()
      if not known and not (value.kind == "dict" and #value:descendants({ "name", "call" }) == 0) then
        return true
      end
    end
  end
  return false
end

-- Whether such a handler, in Python, runs a place itself.
function M.is_around(node)
  local fn = node:func()
  local first, second = fn and fn.params[1], fn and fn.params[2]
  if not fn or node.file.language ~= "python" or not first or not second or not first.text:lower():find("event$") or not second.text:lower():find("conte?xt$") then
    return false
  end
  return #fn:decorators() == 0 and not reads(fn, first) and not reads(fn, second) and not answers(fn)
end

return M
