-- What code calls those whose data one service keeps apart: tenants, organisations, workspaces.

local words = require("words")

local M = {}

local TENANTS = words.set("tenant", "tenants", "tenantid", "org", "orgid", "organization", "organisation", "organizationid", "organisationid", "workspace", "workspaceid", "company", "companyid", "realm", "realmid")

-- Whether a name or a path speaks of one.
function M.speaks(text)
  for _, word in words.of(text) do
    if TENANTS[word] then
      return true
    end
  end
  return false
end

return M
