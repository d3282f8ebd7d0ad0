-- Keys of 32 bits in tables that get a row with every use, and references of 32 bits to keys of 64.

local integer_keys = require("integer_keys")
local row_volume = require("row_volume")
local set = require("words").set
local words = require("words")

-- What a machine writes down with every request, message or run.
local COUNTED = set("ping", "visit", "pageview", "click", "hit", "impression", "heartbeat", "telemetry", "measurement", "observation")
-- What is written down with everything that somebody does; of how much happens, the name says nothing.
local RAPID = set(
  "event", "log", "message", "notification", "history", "audit", "activity", "transaction", "view", "request", "execution", "metric", "reading", "sample", "delivery", "attempt", "statistic"
)
-- What grows with the number of users.
local GROWS = set("order", "payment", "comment", "post", "session", "job", "task", "run", "vote", "reaction", "like", "record", "entry", "email", "token", "revision", "version", "line", "item", "result")

local function noun_of(name)
  local all = words.of(name)
  local last = all[#all] or ""
  return (RAPID[last] or COUNTED[last]) and last or (last:gsub("ies$", "y"):gsub("([sx])es$", "%1"):gsub("s$", ""))
end

local TIMES = { "date", "timestamp", "time_", "time(" }
local PEOPLE = { "user", "recipient", "account", "member", "profile", "customer", "receiver" }

-- What a name says of its table: "counted", "rapid", "grows"; nil where it says nothing. What happens has a time; what has none is a list of
-- what may happen. A notification that is for nobody is a setting.
local function kind_of(name, text)
  local noun = noun_of(name)
  if RAPID[noun] or COUNTED[noun] then
    local is_row = words.any_in(text, TIMES) and (noun ~= "notification" or words.any_in(text, PEOPLE))
    return if not is_row then "grows" elseif COUNTED[noun] then "counted" else "rapid"
  end
  return GROWS[noun] and "grows" or nil
end

local function tell(report, key)
  local is_sure = key.kind == "counted" or key.volume ~= nil
  report({
    at = key.at,
    message = `{key.table}.{key.field} counts in 32 bits and ends at 2 147 483 647: then every insert fails`
      .. (if key.volume then `; {key.volume}` elseif is_sure then "" else "; whether it gets that far, `db.key.headroom` tells: how many numbers are left"),
    confidence = is_sure and "medium" or "low",
    related = key.volume_at and { { at = key.volume_at, message = key.volume } } or nil,
    notes = { table = key.table, column = key.field },
  })
end

-- Whether a model of Django leaves its key to the default: it declares none, and its app does not choose another.
local function leaves_default(class, repo)
  local body = class:child("body")
  for _, statement in body and body:children() or {} do
    local value = statement.kind == "assign" and statement:child("value")
    if value and value.source:find("primary_key%s*=%s*True") then
      return false
    elseif statement.kind == "class" and statement.name == "Meta" and (statement.source:find("abstract%s*=%s*True") or statement.source:find("managed%s*=%s*False") or statement.source:find("proxy%s*=%s*True")) then
      return false
    end
  end
  local directory = class.file.path:match("^(.*)/models") or class.file.path:match("^(.*)/[^/]*$") or ""
  local apps = repo:text(directory .. "/apps.py")
  return not (apps and apps:find("default_auto_field", 1, true))
end

-- The models of Django whose key the settings decide, in files that hold some.
local function each_of_django(repo, add)
  for _, path in #repo:matched("setting") > 0 and repo:matched("django") or {} do
    local file = repo:open(path)
    for _, class in file and file.class == "source" and file.root and file.root:descendants("class") or {} do
      local is_model = false
      -- What the name says is known without the bases and the text of the class.
      for _, base in kind_of(class.text, "") and class:children("base") or {} do
        is_model = is_model or base:comes_from("django.db.models.Model")
      end
      if is_model and leaves_default(class, repo) then
        add({ table = class.text, field = "id", at = class, text = class.source, is_django = true })
      end
    end
  end
end

return {
  check_repository = function(repo, report)
    local keys, asked = {}, {}
    local function add(key)
      key.kind = kind_of(key.table, key.text)
      if key.kind then
        table.insert(keys, key)
      end
      if key.kind == "rapid" then
        table.insert(asked, key)
      end
    end
    integer_keys.each(repo, add, function(key)
      report({
        at = key.at,
        message = `{key.table}.{key.field} has 32 bits and refers to {key.target}, which has 64: it ends at 2 147 483 647, long before what it refers to`,
        confidence = "high",
        related = { { at = key.far, message = "the key has 64 bits" } },
        notes = { table = key.table, column = key.field },
      })
    end, repo:matched("prisma"))
    each_of_django(repo, add)
    -- Django's models write themselves; others are added to a session, or written by statements.
    local is_all_django = true
    for _, key in asked do
      is_all_django = is_all_django and key.is_django == true
    end
    local paths = #asked > 0 and table.clone(repo:matched("writes")) or {}
    for _, path in #asked > 0 and not is_all_django and repo:matched("additions") or {} do
      table.insert(paths, path)
    end
    row_volume.find(repo, asked, paths)
    for _, key in keys do
      tell(report, key)
    end
  end,
}
