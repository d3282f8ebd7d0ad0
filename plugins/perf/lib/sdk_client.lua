-- Clients of AWS that no table names: every service has one, some four hundred do, and all are named alike. In JavaScript's version 3 each has a
-- package of its own, and the client is `S3Client` or, with methods in place of commands, called as the package is: `LexRuntimeV2` of
-- `@aws-sdk/client-lex-runtime-v2`. In version 2 it is a class of `aws-sdk`, in Go what a service's package makes from the settings.

local words = require("words")

local M = {}

-- Classes of `aws-sdk` that are no services.
local OTHERS = words.set("Config", "Credentials", "Endpoint", "Request", "Response", "Service", "Signers", "Error", "Client", "Handler", "Options", "Emitter", "Provider")

local function is_service(class)
  local parts = words.of(class)
  return not OTHERS[(parts[#parts] or ""):gsub("^%l", string.upper)]
end

local function is_made_in_javascript(path)
  local service, class = path:match("^@aws%-sdk/client%-([%w%-]+)%.(%w+)$")
  if service then
    return class:find("Client$") ~= nil or class:lower() == service:gsub("%-", "")
  end
  class = path:match("^aws%-sdk%.(%u%w*)$") or path:match("^aws%-sdk%.default%.(%u%w*)$")
  return class ~= nil and is_service(class) or path:find("^aws%-sdk/clients/%w+$") ~= nil
end

-- Whether a call makes such a client.
function M.is_made(call)
  local language = call.file.language
  for _, path in call:target() do
    if language == "go" then
      local made = path:match("^github%.com/aws/aws%-sdk%-go%-v2/service/%w+%.(%w+)$")
      if made == "New" or made == "NewFromConfig" or path:find("^github%.com/aws/aws%-sdk%-go/service/%w+%.New$") then
        return true
      end
    elseif call:has("new") and is_made_in_javascript(path) then
      return true
    end
  end
  return false
end

return M
