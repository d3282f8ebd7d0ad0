-- What a call does to a database through the functions of the repository that it runs.

local M = {}

-- Whether it reads.
function M.reads(call)
  for _, effect in call:effects() do
    if effect == "db-read" then
      return true
    end
  end
  return false
end

return M
