-- Keys of 32 bits in tables that get a row with every use, and references of 32 bits to keys of 64.

local integer_keys = require("integer_keys")
local set = require("words").set
local words = require("words")

-- What is written down with every request, message or run.
local RAPID = set("event", "log", "message", "notification", "history", "audit", "activity", "transaction", "ping", "visit", "view", "pageview", "click", "hit", "request", "execution", "metric", "measurement", "reading", "sample", "delivery", "attempt", "impression", "heartbeat", "statistic", "observation", "telemetry")
-- What grows with the number of users.
local GROWS = set("order", "payment", "comment", "post", "session", "job", "task", "run", "vote", "reaction", "like", "record", "entry", "email", "token", "revision", "version", "line", "item", "result")

local function noun_of(name)
  local all = words.of(name)
  local last = all[#all] or ""
  return RAPID[last] and last or (last:gsub("ies$", "y"):gsub("([sx])es$", "%1"):gsub("s$", ""))
end

local TIMES = { "date", "timestamp", "time_", "time(" }
local PEOPLE = { "user", "recipient", "account", "member", "profile", "customer", "receiver" }

-- How sure it is that a table gets many rows: "medium", "low", or nil where nothing says so. What happens has a time; what has none is a list of
-- what may happen. A notification that is for nobody is a setting.
local function confidence_of(name, text)
  local noun = noun_of(name)
  if RAPID[noun] then
    local is_row = words.any_in(text, TIMES) and (noun ~= "notification" or words.any_in(text, PEOPLE))
    return is_row and "medium" or "low"
  end
  return GROWS[noun] and "low" or nil
end

local function tell(report, key)
  local confidence = confidence_of(key.table, key.text)
  if confidence then
    report({
      at = key.at,
      message = `{key.table}.{key.field} counts in 32 bits and ends at 2 147 483 647: then every insert fails` .. (confidence == "low" and "; `db.key.headroom` tells how many numbers are left" or ""),
      confidence = confidence,
      notes = { table = key.table, column = key.field },
    })
  end
end

-- Whether a model of Django leaves its key to the default: it declares none, and its app does not choose another.
local function leaves_default(class, repo)
  local body = class:child("body")
  for _, statement in body and body:children() or {} do
    local value = statement.kind == "assign" and statement:child("value")
    if value and value.source:find("primary_key%s*=%s*True") then
      return false, nil
    elseif statement.kind == "class" and statement.name == "Meta" and (statement.source:find("abstract%s*=%s*True") or statement.source:find("managed%s*=%s*False") or statement.source:find("proxy%s*=%s*True")) then
      return false, nil
    end
  end
  local directory = class.file.path:match("^(.*)/models") or class.file.path:match("^(.*)/[^/]*$") or ""
  local apps = repo:open(directory .. "/apps.py")
  return not (apps and apps.text:find("default_auto_field", 1, true)), apps
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or #repo:matched("setting") == 0 then
      return
    end
    for _, match in matches do
      local class = match.node
      if leaves_default(class, repo) then
        tell(report, { table = class.name, field = "id", at = class, text = class.source })
      end
    end
  end,

  check_repository = function(repo, report)
    integer_keys.each(repo, function(key)
      tell(report, key)
    end, function(key)
      report({
        at = key.at,
        message = `{key.table}.{key.field} has 32 bits and refers to {key.target}, which has 64: it ends at 2 147 483 647, long before what it refers to`,
        confidence = "high",
        related = { { at = key.far, message = "the key has 64 bits" } },
        notes = { table = key.table, column = key.field },
      })
    end, repo:matched("prisma"))
  end,
}
