-- Resources that a function opens and hands out: whether those who call it close what they take.

local lifetime = require("lifetime")
local ownership = require("ownership")

local M = {}

-- How many callers are looked at; what more ask for has an owner that is not seen here.
local MOST = 12

-- Whether what a caller takes stays open: true, false, or nil where it goes somewhere that is not seen.
local function stays_open(caller, call, closers)
  local func = caller:func()
  local target = func and ownership.own_binding(caller, func.node)
  local names = target and caller:aliases(func.node)
  if not names or func.is_generator then
    return nil
  end
  for _, name in names do
    if ownership.use_of(name, closers, func.node) then
      return false
    end
  end
  return not ownership.is_released(call, names)
end

-- The calls that take what `call` opens in `func`, where none of them closes it; nil where one does, or it is not seen.
function M.left_open(call, func)
  if func.is_generator or func.is_lambda or func.name == "" or #func:decorators() > 0 or lifetime.is_kept(func) or #func:registrations() > 0 then
    return nil
  end
  local closers, all = ownership.closers_of(call), {}
  for _, caller in func:callers() do
    if caller:reach() ~= "test" then
      if caller:reach() == "script" or not stays_open(caller, call, closers) then
        return nil
      end
      table.insert(all, caller)
    end
  end
  return #all > 0 and #all <= MOST and all or nil
end

return M
