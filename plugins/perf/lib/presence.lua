-- Verdicts of rules that ask whether something is there: what the repository shows is enough, what it does not show may be elsewhere.

local M = {}

-- The first file in which one of these evidence matchers matched, and the matcher's name.
function M.first(repo, matchers)
  for _, name in matchers do
    local path = repo:matched(name)[1]
    if path then
      return path, name
    end
  end
  return nil
end

-- The verdict for `shown` (evidence matchers of which one is enough), `subject` (those that show what the rule is about), and what to say without either.
function M.verdict(repo, asked)
  if M.first(repo, asked.shown) then
    return nil
  elseif not M.first(repo, asked.subject) then
    return { not_applicable = asked.nothing }
  end
  return { needs_evidence = asked.missing }
end

return M
