-- Queries of request handlers that nothing ends: no context of the request goes with them, and no limit is set anywhere.

local database_kind = require("database_kind")
local naming = require("naming")

local ENDLESS = table.freeze({ "context.Background()", "context.TODO()" })

-- Whether a call of GORM begins at a connection that was given a context.
local function has_context(call)
  local _, before = call:chained()
  for _, link in before do
    if link.name == "WithContext" or link.name == "Session" then
      return true
    end
  end
  return false
end

-- Whether a query goes on when its request is over.
local function is_endless(match, repo)
  local call = match.node
  if match.matcher == "plain" then
    return true
  elseif match.matcher == "context" then
    local first = call:arg(1)
    return first ~= nil and first:comes_from(ENDLESS)
  end
  return #repo:matched("with context") == 0 and not has_context(call)
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or #repo:matched("limit") > 0 then
      return
    end
    local kinds = database_kind.of_go(repo)
    if kinds.sqlite and not kinds.postgres and not kinds.mysql then
      return
    end
    local first, count = nil, 0
    for _, match in matches do
      if match.node:reach() == "request" and is_endless(match, repo) then
        first = first or match
        count += 1
      end
    end
    if first then
      local call = first.node
      local how = first.matcher == "context" and "with a context that never ends" or "without the request's context"
      report({
        at = call,
        message = `{naming.path(call:target()[1] or call.name)} queries {how}, and no limit is set anywhere: the query goes on when nobody waits for it any more` .. (count > 1 and `, one of {count} in this file` or ""),
        -- A file beside the service answers at once, as a rule.
        confidence = kinds.sqlite and "low" or first.matcher == "gorm" and "medium" or "high",
        notes = { places = count },
      })
    end
  end,
}
