-- Edits that lower how many requests an instance takes at once.

local deploy_edits = require("deploy_edits")

local M = {}

function M.of(service, requests)
  local span = service.concurrency.span
  if not span or not span.source:find("%d") then
    return nil
  end
  return { title = `take {requests} requests at once`, safety = "unsafe", edits = deploy_edits.value(service.concurrency, tostring(requests)) }
end

return M
