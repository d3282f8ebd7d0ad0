-- Things that pile up with time, by what they are called: there is one more for everything that happens.

local set = require("words").set

local M = {}

local PILING = set(
  "log", "event", "notification", "feed", "message", "audit", "activity", "history", "visit", "view", "click", "hit", "transaction", "order", "payment", "invoice", "comment", "post", "email", "mail",
  "session", "request", "job", "run", "execution", "trace", "metric", "reading", "measurement", "record", "entry", "ping", "submission", "response", "delivery", "webhook", "revision", "version", "upload", "download"
)

-- Things that a service has for its users, and more of with each of them.
local GROWING = set(
  "user", "account", "customer", "member", "profile", "product", "item", "donation", "document", "article", "file", "link", "image", "photo", "bookmark", "issue", "task", "ticket", "asset", "device", "contact",
  "subscriber", "subscription", "organisation", "organization", "project", "recipe", "book", "review", "rating", "game", "track", "song", "video", "page", "note", "booking", "reservation", "appointment", "ride", "trade",
  "patient", "student", "employee", "lead", "candidate", "feature", "workspace", "tenant", "team", "conversation", "chat", "thread", "question", "answer", "vote", "like", "follow", "friend", "listing", "house", "place"
)

local function has_word(name, words)
  for word in name:gsub("(%l)(%u)", "%1_%2"):lower():gmatch("%a+") do
    local single = word:gsub("ies$", "y"):gsub("s$", "")
    if words[word] or words[single] then
      return true
    end
  end
  return false
end

-- Whether one of the words of a name says that there are ever more of what it stands for.
function M.named(name)
  return has_word(name, PILING)
end

-- The same, or more with every user.
function M.grows(name)
  return has_word(name, PILING) or has_word(name, GROWING)
end

return M
