-- Files of Next that answer an address, by where they lie: `/api/orders` is `pages/api/orders.ts`, `pages/api/orders/index.ts` or `app/api/orders/route.ts`, with folders in
-- brackets in between.

local M = {}

-- By address the files that answer it; nil until they were looked for.
local files = nil

-- The address that a file answers; nil where a part of it is any, or the file answers none.
local function address_of(path)
  local rest = path:match("^pages/(api/.+)%.[jt]sx?$") or path:match("/pages/(api/.+)%.[jt]sx?$")
  if not rest then
    rest = path:match("^app/(.+)/route%.[jt]sx?$") or path:match("/app/(.+)/route%.[jt]sx?$")
    -- Folders in round brackets only sort.
    rest = rest and ("/" .. rest):gsub("/%b()", ""):sub(2)
  end
  rest = rest and rest:gsub("/index$", "")
  return rest and not rest:find("[", 1, true) and "/" .. rest or nil
end

-- The paths of the files that answer an address, without its query.
function M.of(address, repo)
  if not files then
    files = {}
    for _, path in repo:paths("**/*.{ts,js,tsx,jsx}") do
      local answers = address_of(path)
      if answers then
        files[answers] = files[answers] or {}
        table.insert(files[answers], path)
      end
    end
  end
  return files[(address:gsub("[?#].*$", ""))] or {}
end

return M
