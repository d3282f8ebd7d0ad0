-- Things that add up with use, by what they are called: their table is larger every day, and its pages are many.

local knows = require("words").knows
local set = require("words").set

local M = {}

local GROWING = set(
  -- What happened, and what is kept of it.
  "event", "log", "audit", "history", "activity", "action", "record", "entry", "visit", "view", "click", "hit", "session", "request", "response", "trace", "span", "error", "incident", "alert", "crash",
  "measurement", "reading", "metric", "sample", "observation", "point", "position", "scan", "job", "task", "run", "execution", "build", "attempt", "result", "snapshot", "version", "revision", "change",
  -- What people write to each other.
  "message", "mail", "email", "sms", "notification", "comment", "reply", "post", "article", "tweet", "story", "topic", "thread", "chat", "conversation", "question", "answer", "note", "review", "rating",
  "feedback", "complaint", "report", "ticket", "issue", "submission", "vote", "like", "follow", "follower", "reaction", "memo", "feed",
  -- What they buy and pay.
  "order", "transaction", "payment", "invoice", "purchase", "sale", "booking", "reservation", "appointment", "delivery", "shipment", "trade", "bid", "auction", "transfer", "charge", "refund", "receipt", "expense",
  -- What they bring along.
  "user", "customer", "account", "member", "subscriber", "contact", "lead", "patient", "candidate", "applicant", "guest", "visitor", "student", "person", "owner",
  "file", "upload", "document", "attachment", "image", "photo", "picture", "video", "asset", "media", "bookmark", "link", "url", "product", "item", "listing", "book", "movie", "song", "track", "recipe", "trip", "ad"
)

-- The last word of a name that says what it is of: `AuditLogs` is of `logs`, `order_entries` of `entries`.
local function noun_of(name)
  local words = name:gsub("(%l)(%u)", "%1_%2"):lower()
  local last = words:match("(%a+)[^%a]*$") or words
  if last == "model" or last == "entity" or last == "table" or last == "schema" or last == "db" then
    last = words:match("(%a+)_%a+[^%a]*$") or last
  end
  return last == "people" and "person" or last
end

-- Whether a name says that there are ever more of what it stands for.
function M.named(name)
  return knows(GROWING, noun_of(name))
end

return M
