-- Folders that are named for examples among other words, which the scan takes for code of the service: `push-examples/`, `client_samples/`.

local M = {}

local function is_named(path)
  for folder in path:lower():gmatch("([^/]+)/") do
    local last = folder:match("[^%a](%a+)$")
    if last == "examples" or last == "example" or last == "samples" then
      return true
    end
  end
  return false
end

-- Files as far as they were asked about.
local known = {}

-- Whether a file only shows others how something is used.
function M.is_among(file)
  local path = file.path_below_named
  if known[path] == nil then
    known[path] = is_named(path)
  end
  return known[path]
end

return M
