-- What is done when another program has ended: `child.on("exit", () => ...)`. It runs once for each run of that program, which took longer and which nobody
-- starts often, and not for each request.

local M = {}

local ENDS = { exit = true, close = true }
local STARTS = table.freeze({ "child_process.spawn", "child_process.exec", "child_process.execFile", "child_process.fork", "node:child_process.*", "cross-spawn", "execa", "execa.*" })

-- Whether a value is a program that was started.
local function is_program(value)
  local call = value and (value.kind == "call" and value or value:value())
  return call ~= nil and call ~= false and call.kind == "call" and (call:is(STARTS) or call:fact("kind") == "process")
end

-- Whether a place lies in what is run when a program has ended.
function M.is(node)
  local func = node:enclosing("function")
  while func do
    local call = func:parent()
    local event = call and call.kind == "call" and (call.name == "on" or call.name == "once") and call:arg(1)
    if event and ENDS[event:literal() or ""] and is_program(call:receiver()) then
      return true
    end
    func = func:enclosing("function")
  end
  return false
end

return M
