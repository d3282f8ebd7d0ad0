-- Answers of HTTP in Go whose client is not known by its type: an interface of the project, a field that a constructor fills. What `Do` is given
-- says it all the same, and so does what is read of the result.

local M = {}

local REQUESTS = table.freeze({ "net/http.NewRequest()", "net/http.NewRequestWithContext()", "net/http.Request()" })
local OF_ANSWER = { StatusCode = true, Body = true }

-- Whether a call hands a request to a client and binds what comes back: `resp, err := c.client.Do(req)`.
function M.is_asked(call)
  if call.file.language ~= "go" or call.name ~= "Do" or call:fact("resource") or #call:args() ~= 1 or not call:receiver() then
    return false
  end
  -- What a function of the project hands out is judged where that asks.
  local parent = call:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  local items = target and target.kind == "list" and target:children()
  local func = call:func()
  if not items or #items ~= 2 or items[1].kind ~= "name" or not func then
    return false
  end
  for _, attribute in func.node:descendants("attr") do
    local on = attribute:child("value")
    if OF_ANSWER[attribute.text] and on and on.kind == "name" and on.text == items[1].text then
      return call:args()[1]:comes_from(REQUESTS)
    end
  end
  return false
end

return M
