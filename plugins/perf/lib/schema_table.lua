-- A table as the libraries of models declare it, in one form for the rules about indexes:
--   {name, sql_name, columns = {field = {at, name, type, is_key, is_few, is_time}}, indexes = {{columns, is_unique, is_partial}}, is_whole}
-- `is_key` is a foreign key, `is_few` a column of few values, `is_time` one of a date or a time.

local set = require("words").set
local sql_indexes = require("sql_indexes")
local words = require("words")

local M = {}

-- What columns of few values are declared as, and what such columns are called.
local FEW_TYPES = { "Bool", "bool", "Enum", "enum", "Choice", "SmallInteger" }
local FEW_NAMES = set("status", "state", "type", "kind", "role", "category", "level", "priority", "active", "enabled", "disabled", "deleted", "archived", "published", "visible", "hidden", "public", "private", "read", "done", "locale", "language", "mode", "gender", "currency", "country", "visibility", "stage", "severity", "platform", "provider", "version",
  "tier", "plan", "queue", "action", "phase", "scope", "environment", "env", "outcome", "flag", "importance", "urgency", "method")
local TIME_TYPES = { "DateTime", "dateTime", "datetime", "Date", "DATE", "TIMESTAMP", "timestamp", "Timestamp", "TimeStamp", "Time", "date", "Utc", "UTC" }

local function holds(text, list)
  for _, word in list do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- What was found of declarations: a schema has many columns of few types.
local kinds = {}

local function kind_of(text)
  local kind = kinds[text]
  if not kind then
    kind = { is_time = holds(text, TIME_TYPES), is_few = holds(text, FEW_TYPES) }
    kinds[text] = kind
  end
  return kind
end

-- Completes a column by what its declaration and its name say: `type` is the declaration's text.
function M.column(column, field)
  local kind = kind_of(column.type or "")
  local all = words.of(field)
  local first, last = all[1] or "", all[#all] or ""
  column.is_time = column.is_time or kind.is_time
  column.is_few = column.is_few or not column.is_time and (kind.is_few or FEW_NAMES[last] ~= nil or first == "is" or first == "has" or first == "can" or first == "should")
  return column
end

-- Names of what is added to with every use of a service.
local GROWS = set(
  "event", "log", "message", "notification", "history", "audit", "activity", "transaction", "payment", "invoice", "order", "line", "ping", "visit", "view", "click", "hit", "request", "job", "task", "run", "execution", "comment", "post", "article", "reply",
  "revision", "version", "entry", "record", "metric", "measurement", "reading", "sample", "delivery", "attempt", "session", "upload", "submission", "response", "answer", "vote", "reaction", "like", "follow", "flip", "alert", "email", "mail", "sms", "token", "user", "account", "customer",
  "member", "note", "file", "document", "attachment", "item", "ticket", "issue", "booking", "reservation", "deployment", "repo", "repository", "build", "commit", "invite", "invitation", "membership", "device", "address", "site", "project", "meta", "metadata", "import", "export", "scan", "webhook", "bookmark", "link", "tweet", "feed", "story", "review", "rating", "score", "trade", "shipment", "media", "image", "photo", "video", "recipe", "product", "contact", "lead", "chat", "conversation",
  "supplier", "company", "client", "person", "patient", "student", "subscriber", "subscription", "purchase", "refund", "listing", "application", "applicant", "candidate", "participant", "campaign", "verification", "season", "episode", "chapter", "track", "song"
)
-- Of which a user or a project brings in many.
local MANY = set("event", "log", "message", "notification", "history", "audit", "activity", "transaction", "ping", "visit", "view", "click", "hit", "request", "execution", "entry", "record", "metric", "measurement", "reading", "sample", "delivery", "attempt", "comment", "revision", "flip", "reaction", "vote", "order", "scan", "email", "sms", "file", "post", "job", "run", "submission")

-- What stands behind the thing that a table is of: `JobQueue`, `message_transactional`, `email_ops`.
local BEHIND = set("queue", "transactional", "op", "ops", "archive", "backup", "detail", "details")

local function noun_of(name)
  local all = words.of(name)
  local last = all[#all] or ""
  last = #all > 1 and BEHIND[last] and all[#all - 1] or last
  if GROWS[last] then
    return last
  end
  return (last:gsub("ies$", "y"):gsub("([sx])es$", "%1"):gsub("s$", ""))
end

-- Whether a name says that rows are added with every use of the service.
function M.grows(name)
  return GROWS[noun_of(name)] ~= nil
end

-- Whether one owner has many of them, by the name.
function M.are_many(name)
  return MANY[noun_of(name)] ~= nil
end

-- The names that a field goes by in indexes: its own and that of its column.
local function names_of(table_, field)
  local column = table_.columns[field]
  local name = column and column.name or field
  -- What scripts make is read in small letters.
  return { [field] = true, [name] = true, [field:lower()] = true, [name:lower()] = true }
end

-- Indexes that are declared, and those that scripts make: {columns, is_unique, is_partial}.
function M.indexes(table_, tables)
  if not table_.all_indexes then
    table_.all_indexes = table.clone(table_.indexes)
    for _, index in table_.sql_name and tables and sql_indexes.indexes(tables, table_.sql_name) or {} do
      table.insert(table_.all_indexes, index)
    end
  end
  return table_.all_indexes
end

-- Whether an expression that an index begins with is over one of these: `(lower(email))`.
function M.is_over(first, names)
  if first:sub(1, 1) == "(" then
    for name in names do
      if first:find(`%f[%w_]{name}%f[^%w_]`) then
        return true
      end
    end
  end
  return false
end

-- Whether one of the fields is what an index begins with.
function M.begins_with(table_, field, tables)
  local names = names_of(table_, field)
  for _, index in M.indexes(table_, tables) do
    local first = index.columns[1]
    if first and (names[first] or names[first:lower()] or M.is_over(first, names)) then
      return true
    end
  end
  return false
end

-- The place of a field among the first columns of an index; nil where it is not there.
local function place_in(index, table_, field)
  local names = names_of(table_, field)
  for at, column in index.columns do
    if names[column] or names[column:lower()] then
      return at
    end
  end
  return nil
end

-- Whether fields that are compared for equality are all of a unique key: they lead to one row.
function M.is_one_row(table_, fields, tables)
  for _, index in M.indexes(table_, tables) do
    local count = 0
    for field in fields do
      count += place_in(index, table_, field) and 1 or 0
    end
    if index.is_unique and #index.columns > 0 and count >= #index.columns then
      return true
    end
  end
  return false
end

-- Whether fields that are compared for equality leave out of some unique key only columns of few values, or the time of a deletion: they lead to a few rows.
function M.is_few_rows(table_, fields, tables)
  for _, index in M.indexes(table_, tables) do
    local rest = {}
    for _, column in index.is_unique and index.columns or {} do
      rest[column] = true
    end
    for field in fields do
      local at = index.is_unique and place_in(index, table_, field)
      if at then
        rest[index.columns[at]] = nil
      end
    end
    local count = 0
    for name in rest do
      local column = table_.columns[name]
      count += (column and column.is_few or name:lower():find("deleted", 1, true)) and 0 or 1
    end
    if index.is_unique and count == 0 and #index.columns > 0 then
      return true
    end
  end
  return false
end

-- Whether an index holds all of `fields` first, in any order, and then the one that is sorted by.
function M.covers(table_, fields, sort, tables)
  for _, index in M.indexes(table_, tables) do
    local places, count = {}, 0
    for field in fields do
      local at = place_in(index, table_, field)
      if at and not places[at] then
        places[at] = true
        count += 1
      end
    end
    local at, lead = place_in(index, table_, sort), 0
    while places[lead + 1] do
      lead += 1
    end
    -- Enough of what is filtered stands before what is sorted by; other conditions sift a few rows of the page.
    if at and lead >= 1 and at == lead + 1 then
      return true
    end
  end
  return false
end

return M
