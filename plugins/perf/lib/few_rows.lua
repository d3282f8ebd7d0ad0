-- Things of which there are few, by what they are called: their whole list is one page.

local knows = require("words").knows
local set = require("words").set
local words = require("words")

local M = {}

local FEW = set(
  "country", "currency", "language", "locale", "timezone", "region", "role", "permission", "status", "state", "setting", "config", "configuration", "plan", "category", "type", "kind",
  "feature", "flag", "option", "provider", "method", "unit", "template", "tier", "level", "color", "size", "department", "environment", "gender", "price", "migration", "policy", "pin", "pinned",
  "license", "licence", "badge", "field", "platform", "scope", "theme", "icon", "tax", "weekday", "continent", "admin", "superuser", "code", "period", "classification", "help", "tooltip", "plugin", "addon", "registry"
)

-- Codes that are handed out one by one, and periods that each customer has: of those there are many.
local MANY = set(
  "access", "auth", "authorization", "backup", "barcode", "coupon", "discount", "gift", "invitation", "invite", "login", "otp", "promo", "promotion", "qr", "recovery", "redeem", "redemption", "referral", "reset",
  "reward", "short", "totp", "verification", "verify", "voucher", "billing", "subscription", "usage", "trial", "post", "postal", "zip"
)

-- The last word of a name: `OrderStatuses` is of `statuses`.
local function noun_of(name)
  local words = name:gsub("(%l)(%u)", "%1_%2"):lower()
  return words:match("([%a]+)[^%a]*$") or words
end

-- What sorts few things into fewer: `SettingsGroup`, `PermissionSection`.
local SORTS = set("group", "section", "category", "set")

-- Whether a name says that there are few of what it stands for.
function M.named(name)
  local noun = noun_of(name)
  local all = words.of(name)
  if #all > 1 and knows(SORTS, noun) and knows(FEW, all[#all - 1]) then
    return true
  end
  if noun:find("^code") or noun:find("^period") then
    -- Of bare codes nobody knows what they are.
    if #words.of(name) < 2 then
      return false
    end
    for _, word in words.of(name) do
      if MANY[word] then
        return false
      end
    end
  end
  return knows(FEW, noun)
end

-- Words of what keeps rows, behind what they are of.
local KEEPERS = set("db", "model", "repo", "repository", "table", "store", "collection")
-- Tokens of a login, a session or a letter come with every use.
local MADE_BY_USE = { "reset", "verif", "login", "session", "refresh", "password", "magic", "otp", "confirm", "device", "push", "email", "invit" }

-- Whether a name is of tokens that somebody makes by hand, of which there are few.
function M.are_made_by_hand(name)
  local all = words.of(name)
  local at = #all
  while at > 1 and KEEPERS[all[at]] do
    at -= 1
  end
  local last = all[at] or ""
  return (last == "token" or last == "tokens") and not words.any_in(name, MADE_BY_USE)
end

return M
