-- Clients of AWS for JavaScript, version 3: every service has a package of its own, and some four hundred do, all named alike. The client is
-- `S3Client`, or, with methods in place of commands, called as the package is: `LexRuntimeV2` of `@aws-sdk/client-lex-runtime-v2`.

local M = {}

-- Whether a call makes the client of one of these packages.
function M.is_made(call)
  if not call:has("new") then
    return false
  end
  for _, path in call:target() do
    local service, class = path:match("^@aws%-sdk/client%-([%w%-]+)%.(%w+)$")
    if service and (class:find("Client$") or class:lower() == service:gsub("%-", "")) then
      return true
    end
  end
  return false
end

return M
