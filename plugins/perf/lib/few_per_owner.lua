-- Whether few rows of a table fit what a query filters by, whatever the table holds in all: by a unique key, by what the table is called, or because the code keeps the
-- rows of each owner to a number.

local few_rows = require("few_rows")
local schema_table = require("schema_table")
local words = require("words")

local M = {}

-- Of which one owner has a handful.
local HANDFUL = words.set(
  "state", "webhook", "rule", "schedule", "label", "tag", "folder", "board", "column", "cycle", "sprint", "module", "plan", "domain", "key", "integration", "connection", "collection", "category", "workflow", "membership", "preference", "favourite", "favorite", "wallet",
  "card", "device", "invite", "invitation", "quota", "budget", "goal", "seat"
)
-- Whose rows may be many: users, tenants, places at which things happen.
local OWNERS = words.set(
  "user", "account", "tenant", "organisation", "organization", "org", "team", "workspace", "project", "service", "channel", "customer", "client", "device", "site", "website", "room", "shop", "store", "author", "owner", "company", "sender", "recipient", "receiver",
  "merchant", "vendor", "tank", "sensor", "group", "community", "space", "forum", "board", "application", "app", "wallet", "member", "player", "actor", "number", "host", "monitor", "conversation", "thread", "household", "repository", "repo"
)

local function singular(word)
  return (word:gsub("ies$", "y"):gsub("([sx])es$", "%1"):gsub("s$", ""))
end

local function noun_of(name)
  local all = words.of(name)
  local last = all[#all] or ""
  if (last == "model" or last == "entity" or last == "table") and #all > 1 then
    last = all[#all - 1]
  end
  return singular(last)
end

-- Whether one of the fields names an owner of many rows.
function M.is_owned(fields)
  for _, field in fields do
    local all = words.of(field)
    local last = all[#all] or ""
    if last == "id" or last == "uid" or last == "uuid" or last == "pk" then
      last = all[#all - 1] or ""
    end
    if OWNERS[last] then
      return true
    end
  end
  return false
end

-- Whether all of the fields take few values, so that each of these stands in many rows.
local function are_all_few(table_, fields)
  for _, field in fields do
    local column = table_.columns[field]
    if not column or not column.is_few then
      return false
    end
  end
  return #fields > 0
end

-- Whether few rows fit a question that `gap` was found for.
function M.fit(question, gap, tables)
  local table_, equal = question.table, {}
  for _, field in gap.fields do
    equal[field] = true
  end
  if few_rows.named(table_.name) or HANDFUL[noun_of(table_.name)] or schema_table.is_few_rows(table_, equal, tables) then
    return true
  end
  -- The parts of one thing, other than what is noted of it with each use.
  return not M.is_owned(gap.fields) and not schema_table.are_many(table_.name) and not are_all_few(table_, gap.fields)
end

local REMOVING = words.set("delete", "remove", "destroy", "deleteMany", "delete_many", "deleteOne", "Delete", "softDelete")
local COUNTING = words.set("count", "len", "Count", "countDocuments", "count_documents")

-- Whether the function around a question counts rows, compares the count, and takes the surplus away: the table is kept short.
function M.is_capped(question)
  local func = question.call:func()
  local compares, removes = false, false
  for _, call in func and func.node:descendants("call") or {} do
    removes = removes or REMOVING[call.name] and call.id > question.call.id or false
    if COUNTING[call.name] and not compares then
      local name = call:statement() and call:statement():child("target")
      local text = name and name.kind == "name" and name.text
      for _, compare in func.node:descendants({ "compare", "binary" }) do
        compares = compares or call:is_within(compare) or text ~= nil and compare.source:find(`%f[%w_]{text}%f[^%w_]`) ~= nil
      end
    end
  end
  return compares and removes
end

return M
