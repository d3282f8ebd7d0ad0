-- Things of which there are few, by what they are called: their whole list is one page.

local knows = require("words").knows
local set = require("words").set

local M = {}

local FEW = set(
  "country", "currency", "language", "locale", "timezone", "region", "role", "permission", "status", "state", "setting", "config", "configuration", "plan", "category", "type", "kind",
  "feature", "flag", "option", "provider", "method", "unit", "template", "tier", "level", "color", "size", "department", "environment", "gender", "price", "migration", "policy", "pin", "pinned",
  "license", "licence", "badge", "field", "platform", "scope", "theme", "icon", "tax", "weekday", "continent", "admin", "superuser"
)

-- The last word of a name: `OrderStatuses` is of `statuses`.
local function noun_of(name)
  local words = name:gsub("(%l)(%u)", "%1_%2"):lower()
  return words:match("([%a]+)[^%a]*$") or words
end

-- Whether a name says that there are few of what it stands for.
function M.named(name)
  return knows(FEW, noun_of(name))
end

return M
