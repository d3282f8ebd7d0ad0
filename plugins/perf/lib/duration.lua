-- How long a time limit is, in seconds, as it is written in code.

local M = {}

local UNITS = { Nanosecond = 1e-9, Microsecond = 1e-6, Millisecond = 1e-3, Second = 1, Minute = 60, Hour = 3600 }
-- Calls that make a limit of a number, and the argument that decides.
local MAKERS = { Timeout = { "timeout", "read", "total", 1 }, ClientTimeout = { "total", "sock_read", 1 }, timeout = { 1 }, timedelta = { "seconds" }, Duration = { 1 }, float = { 1 }, int = { 1 }, Number = { 1 } }

local of

local function largest(nodes, language, depth)
  local most = nil
  for _, node in nodes do
    local seconds = of(node, language, depth)
    most = seconds and math.max(most or 0, seconds) or most
  end
  return most
end

-- `10 * time.Second`: a number and a unit.
local function of_go(node, depth)
  if node.kind == "attr" and UNITS[node.text] then
    return UNITS[node.text]
  elseif node.kind == "binary" and node.text == "*" then
    local product = 1
    for _, part in node:children() do
      local value: any = of_go(part, depth)
      value = value or (part:literal())
      if type(value) ~= "number" then
        return nil
      end
      product *= value
    end
    return product
  elseif node.kind == "name" and depth < 3 then
    local value = node:value() or node:definition()
    return value and of_go(value, depth + 1)
  end
  return nil
end

of = function(node, language, depth)
  if not node or depth > 3 then
    return nil
  elseif language == "go" then
    return of_go(node, depth)
  end
  local number = node:literal()
  if type(number) == "number" then
    return language == "python" and number or number / 1000
  elseif node.kind == "list" then
    -- `(connect, read)`.
    return largest(node:children("item"), language, depth + 1)
  elseif node.kind == "call" and MAKERS[node.name] then
    for _, key in MAKERS[node.name] do
      local value = node:arg(key)
      if value then
        return of(value, language, depth + 1)
      end
    end
    return nil
  elseif node.kind == "binary" and node.text == "*" then
    local product = 1
    for _, part in node:children() do
      local value = part:literal()
      if type(value) ~= "number" then
        return nil
      end
      product *= value
    end
    return language == "python" and product or product / 1000
  elseif node.kind == "name" or node.kind == "attr" then
    local value = node:value() or node:definition()
    return value and of(value, language, depth + 1)
  end
  return nil
end

-- The seconds of a limit; nil where they are not known.
function M.seconds(node)
  return of(node, node.file.language, 0)
end

return M
