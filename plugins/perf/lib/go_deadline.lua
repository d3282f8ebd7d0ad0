-- The deadline that Go code puts on the context of a request: in the function that sends, or above it, where the context is a parameter.

local go_contexts = require("go_contexts")
local go_request_deadlines = require("go_request_deadlines")
local set = require("words").set

local M = {}

-- Calls that give a request its context.
local CARRIERS = set("NewRequestWithContext", "WithContext", "Clone")

-- Where a deadline is made beside a request, it is taken for the request's.
local WAYS = {
  counts = function(caller)
    return caller:reach() ~= "test"
  end,
  is_bounded = go_contexts.has_deadline_around,
}

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

-- The deadline of the requests that a function sends: "set", "absent", or "unknown" where the callers choose the context and not all are seen.
function M.of(call, repo)
  local contexts = contexts_near(call)
  if #contexts == 0 then
    return "absent"
  elseif go_contexts.has_deadline_around(call) then
    return "set"
  end
  local found = "absent"
  for _, context in contexts do
    -- What a server gives with a request ends when the client goes, and not before, unless the service sets a limit itself.
    local state = go_contexts.of(context, WAYS)
    if state == "set" then
      return "set"
    elseif state ~= "open" and call:reach() == "request" and go_request_deadlines.are_set(repo) then
      return "set"
    elseif state == "unknown" then
      found = "unknown"
    end
  end
  return found
end

return M
