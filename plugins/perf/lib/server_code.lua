-- What a server's own code does; what a browser does is no matter of its resilience.

local M = {}

-- Whether a matcher of the rule met a server's code.
function M.is_met(repo, matcher)
  for _, path in repo:matched(matcher) do
    local file = repo:open(path)
    if file and file.class == "source" and file.side ~= "browser" then
      return true
    end
  end
  return false
end

return M
