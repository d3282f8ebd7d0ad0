-- The deadline that Go code puts on the context of a request: in the function that sends, or above it, where the context is a parameter.

local set = require("words").set

local M = {}

local DEADLINES = { "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause" }
local ENDLESS = { "context.Background()", "context.TODO()" }
-- Calls that give a request its context.
local CARRIERS = set("NewRequestWithContext", "WithContext", "Clone")
-- How many callers up a context is followed.
local DEEPEST = 3

-- The function around a place and those around that: what a closure uses was made there.
local function functions_around(node)
  local all, func = {}, node:func()
  while func do
    table.insert(all, func)
    local parent = func.node:parent()
    func = parent and parent:func() or nil
  end
  return all
end

local function makes_deadline(node)
  for _, func in functions_around(node) do
    if func:calls(DEADLINES) then
      return true
    end
  end
  return false
end

-- The contexts that requests are given in the function around a call.
local function contexts_near(call)
  local all, func = {}, call:func()
  for _, inner in func and func.node:descendants("call") or {} do
    if CARRIERS[inner.name] then
      local context = inner:arg(1)
      if context then
        table.insert(all, context)
      end
    end
  end
  return all
end

-- The parameter that a context is, or was made from: `ctx, span := tracer.Start(ctx, "get")`.
local function parameter_of(context)
  for _ = 1, 3 do
    if not context or context.kind ~= "name" then
      return nil
    end
    local at = context:param_position()
    if at then
      return at
    end
    local made = context:value()
    context = made and made.kind == "call" and made:arg(1) or nil
  end
  return nil
end

-- What the callers of a function hand it as a context: "set" when each bounds it, "open" when one is seen to hand an endless one, else "unknown".
local function of_callers(func, at, depth)
  local is_method = func.node.source:find("^func%s*%(") ~= nil and func.name ~= ""
  local seen, state = 0, "set"
  for _, caller in depth < DEEPEST and func:callers() or {} do
    if caller:reach() ~= "test" then
      seen += 1
      local context = caller:arg(is_method and at - 1 or at)
      if context and context:comes_from(ENDLESS) and context.kind == "call" then
        return "open"
      elseif not makes_deadline(caller) then
        local above = context and caller:func() and parameter_of(context)
        local found = if above then of_callers(caller:func(), above, depth + 1) elseif context and context:comes_from(ENDLESS) then "open" else "unknown"
        if found == "open" then
          return "open"
        end
        state = found == "set" and state or "unknown"
      end
    end
  end
  return seen > 0 and state or "unknown"
end

-- The deadline of the requests that a function sends: "set", "absent", or "unknown" where the callers choose the context and not all are seen.
function M.of(call)
  local contexts = contexts_near(call)
  if #contexts == 0 then
    return "absent"
  elseif makes_deadline(call) then
    return "set"
  end
  for _, context in contexts do
    local at, func = parameter_of(context), call:func()
    if at and func then
      local state = of_callers(func, at, 0)
      return state == "open" and "absent" or state
    end
  end
  return "absent"
end

return M
