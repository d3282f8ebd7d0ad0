-- Things that pile up with time, by what they are called: there is one more for everything that happens.

local set = require("words").set

local M = {}

local PILING = set(
  "log", "event", "notification", "feed", "message", "audit", "activity", "history", "visit", "view", "click", "hit", "transaction", "order", "payment", "invoice", "comment", "post", "email", "mail",
  "session", "request", "job", "run", "execution", "trace", "metric", "reading", "measurement", "record", "entry", "ping", "submission", "response", "delivery", "webhook", "revision", "version", "upload", "download"
)

-- Whether one of the words of a name says that there are ever more of what it stands for.
function M.named(name)
  for word in name:gsub("(%l)(%u)", "%1_%2"):lower():gmatch("%a+") do
    local single = word:gsub("ies$", "y"):gsub("s$", "")
    if PILING[word] or PILING[single] then
      return true
    end
  end
  return false
end

return M
