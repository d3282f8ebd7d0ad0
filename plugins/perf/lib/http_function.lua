-- Functions of Python that Cloud Functions call over HTTP where nothing registers them: they are named at the deployment, and handed a request of
-- Flask alone.

local M = {}

local DEEPEST = 4

local function is_one(fn)
  local param = fn.params[1]
  local kind = param and #fn.params == 1 and #fn:decorators() == 0 and param:child("type")
  return kind ~= nil and kind ~= false and (kind:comes_from({ "flask.Request", "flask.wrappers.Request" }) or kind.source == "flask.Request")
end

local function climbs(fn, depth)
  local callers = fn:callers()
  if #callers == 0 then
    return is_one(fn)
  end
  for _, caller in depth < DEEPEST and callers or {} do
    local around = caller.file.class ~= "test" and caller:func()
    if around and climbs(around, depth + 1) then
      return true
    end
  end
  return false
end

-- Whether such a function gets to a place of the same program.
function M.leads_to(node)
  local fn = node.file.language == "python" and node:func()
  return fn and climbs(fn, 0) or false
end

return M
