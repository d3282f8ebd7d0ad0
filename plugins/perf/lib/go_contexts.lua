-- The deadlines of Go's contexts, as far as the code tells: a context is followed to where it is made, through what is derived from another one, and where it is a
-- parameter, to the callers.

local parameter = require("parameter")

local M = {}

local MAKING = table.freeze({ "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause" })
local BOUNDED = table.freeze({ "context.WithTimeout()", "context.WithDeadline()", "context.WithTimeoutCause()", "context.WithDeadlineCause()" })
local ENDLESS = table.freeze({ "context.Background()", "context.TODO()", "context.WithoutCancel()" })
-- How far up, and through how many derivations, a context is followed.
local DEEPEST = 4

-- The functions around a place, the innermost first: what a closure uses was made in one of them.
local function functions_around(node)
  local all, func = {}, node:func()
  while func do
    table.insert(all, func)
    local parent = func.node:parent()
    func = parent and parent:func() or nil
  end
  return all
end

-- Whether a deadline is made in a function around a place, for whatever.
function M.has_deadline_around(node)
  for _, func in functions_around(node) do
    if func:calls(MAKING) then
      return true
    end
  end
  return false
end

-- What a name is given in the function around, where that is a call: `ctx, stop := signal.NotifyContext(parent)`.
local function made_by(name)
  local func = name:func()
  for _, assign in func and func.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    local first = target and target.kind == "list" and target:children()[1] or target
    if first and first.text == name.text and value and value.kind == "call" then
      return value
    end
  end
  local value = name:value()
  return value and value.kind == "call" and value or nil
end

-- Whether a call makes a context with a deadline, itself or in a function of the repository.
local function makes_deadline(call)
  if call:is(MAKING) then
    return true
  end
  for _, callee in call:callees() do
    if callee:calls(MAKING) then
      return true
    end
  end
  return false
end

-- The parameter that a context is, by its position.
local function position_of(context)
  return context.kind == "name" and context:param_position() or nil
end

local state_of

-- What the callers of a function hand it: "open" when one is seen to hand an endless context, "set" when each hands one with a deadline.
local function of_callers(func, at, ways, depth)
  local seen, state = 0, "set"
  for _, caller in depth < DEEPEST and func:callers() or {} do
    if ways.counts(caller) then
      seen += 1
      local context = caller:arg(at - parameter.leading(func))
      -- One that is written where it is handed over is what it is, whatever else is made there.
      local is_written = context ~= nil and context.kind == "call"
      local found = "unknown"
      if not is_written and ways.is_bounded(caller) then
        found = "set"
      elseif context then
        found = state_of(context, ways, depth + 1)
      end
      if found == "open" then
        return "open"
      end
      state = found == "set" and state or "unknown"
    end
  end
  return seen > 0 and state or "unknown"
end

state_of = function(context, ways, depth)
  if context:comes_from(BOUNDED) then
    return "set"
  elseif context:comes_from(ENDLESS) then
    return "open"
  elseif depth >= DEEPEST then
    return "unknown"
  end
  local at, func = position_of(context), context:func()
  local made = context.kind == "call" and context or context.kind == "name" and made_by(context) or nil
  if made and makes_deadline(made) then
    return "set"
  end
  -- What is made of a context ends no later than that: `ctx, span := tracer.Start(ctx, "get")`.
  local from = made and made:arg(1)
  if from and not (from.kind == "name" and from.text == context.text) then
    return state_of(from, ways, depth + 1)
  elseif at and func then
    return of_callers(func, at, ways, depth)
  end
  return "given"
end

-- Whether a context has a deadline: "set", "open" where it is seen to have none, "given" where something else than a function of the repository makes it (`r.Context()`), or
-- "unknown" where not all callers are seen. `ways.counts` says of a caller whether it is one to ask, `ways.is_bounded` of one that hands a context on whether that has a
-- deadline in any case.
function M.of(context, ways)
  return state_of(context, ways, 0)
end

return M
