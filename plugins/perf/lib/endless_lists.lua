-- What people and machines add to one thing without end: the comments of an article, the messages of a room. Such a list is long although it belongs to one owner.

local piling = require("piling")
local words = require("words")

local M = {}

local ENDLESS = words.set(
  "comment", "commentary", "message", "notification", "event", "log", "audit", "activity", "transaction", "reading", "measurement", "sample", "visit", "click", "ping", "impression", "follower", "follow", "subscriber", "submission", "post", "feedback", "review", "reaction", "history"
)
-- Names of tables that are written as one word: `emailsubscribers`.
local SHORTEST = 6

-- Words of how a thing is shown, behind what it is: `MessageView`.
local SHOWN = words.set("metadata", "data", "view", "vw", "info", "details", "model", "entity", "row", "table")

local function is_endless(name)
  local all = words.of(name)
  local last = all[#all] or ""
  if #all > 1 and SHOWN[last] then
    last = all[#all - 1]
  end
  if words.knows(ENDLESS, last) then
    return true
  end
  for word in ENDLESS do
    if #word >= SHORTEST and (last:find(word .. "$") or last:find(word .. "s$")) then
      return true
    end
  end
  return false
end

-- What is told of one thing while it lasts: there is little of it where that is one of many, `OrderEvent`.
local TOLD = words.set("event", "log", "audit", "activity", "transaction", "history")
-- How a function says that it asks for a part of the time.
local IN_TIME = { "__gt", "__lt", ">=", "<=", " > ", " < ", "between", "BETWEEN", "__range", "since", "cursor", "interval", "INTERVAL" }

-- Whether a list is of such things, by what it is called.
function M.named(found)
  local all = words.of(found.name or "")
  if not is_endless(found.name or "") then
    return false
  end
  local of = #all > 1 and words.knows(TOLD, all[#all]) and table.concat(all, "_", 1, #all - 1)
  return not (of and piling.named(of))
end

-- The same where nothing asks for a part of the time.
function M.has(found)
  local func = M.named(found) and found.read:func()
  for _, sign in func and IN_TIME or {} do
    if func.node.source:find(sign, 1, true) then
      return false
    end
  end
  return func ~= false
end

return M
