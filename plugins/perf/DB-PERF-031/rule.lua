-- DynamoDB tables whose partition key has few values at a time: by what the key is called, and by constants that code writes into it.

local about = require("about")
local called = require("called")
local dynamo_tables = require("dynamo_tables")
local few_rows = require("few_rows")
local literal_entries = require("literal_entries")
local set = require("words").set
local words = require("words")

-- Words for which a new item has one of a few values, and those for what all items of a time share.
local STATES = set("status", "state", "active", "enabled", "disabled", "deleted", "archived", "completed", "processed", "published", "flag", "gender", "priority", "severity", "boolean")
-- All items of one sort share it, where it holds nothing else beside: some write the owner into it.
local SORTS = set("type", "kind", "entitytype", "__typename", "entity_type")
local TIMES = set("date", "day", "month", "year", "week", "hour", "yyyymmdd", "today", "weekday")
-- What tells items apart after all: `statusId`, `date_user`.
local TELLING = set("id", "key", "uuid", "guid", "hash", "user", "customer", "account", "tenant", "pk", "sk", "name", "number", "token", "device", "shard", "machine", "execution", "org")
-- A person's own date says nothing of when the item was written.
local OF_PEOPLE = set("birth", "birthday")

-- Why a key has few values, or nil; second, whether that is a guess.
local function reason_of(name)
  local all = words.of(name)
  local last = all[#all] or ""
  for _, word in all do
    if TELLING[word] or OF_PEOPLE[word] then
      return nil
    end
  end
  if last == "code" and #all > 1 then
    last = all[#all - 1]
  end
  if SORTS[name:lower()] then
    return "has few values, which new items share", true
  elseif STATES[last] or (all[1] == "is" or all[1] == "has") and #all > 1 then
    return "has few values, which new items share"
  elseif TIMES[last] and #all <= 3 then
    return "is the same for all items of one time"
  end
  return nil
end

local WRITES = table.freeze({
  "boto3.dynamodb.Table.put_item", "boto3.dynamodb.Client.put_item", "boto3.dynamodb.BatchWriter.put_item", "aioboto3.dynamodb.Table.put_item", "aws-sdk.DynamoDB.DocumentClient.put", "aws-sdk.DynamoDB.putItem",
  "@aws-sdk/lib-dynamodb.PutCommand", "@aws-sdk/lib-dynamodb.DynamoDBDocument.put", "@aws-sdk/client-dynamodb.PutItemCommand", "@aws-sdk/client-dynamodb.DynamoDB.putItem",
})

-- The value of an attribute, without its type where the client writes one: `{"S": "ORDER"}`.
local function value_of(node)
  local typed = literal_entries.of(node)
  if typed and #typed == 1 and #typed[1].key <= 2 then
    return typed[1].value
  end
  return node
end

local function constant(node)
  local text, known = value_of(node):literal()
  return known and type(text) == "string" and not text:find("{}", 1, true) and text or nil
end

local function check_write(call, keys, report, repo)
  local reach = call:reach()
  local item = call:arg("Item")
  if not item or reach == "test" or reach == "script" then
    return
  end
  for _, entry in literal_entries.of(item) or {} do
    local ranges = keys[entry.key]
    local text = ranges and constant(entry.value)
    for range, keyed in text and ranges or {} do
      local sort = literal_entries.get(item, range)
      -- One item, or a few known ones, under a constant are no crowd.
      if sort and not constant(sort) and not few_rows.named(text:lower()) then
        report({
          at = entry.at,
          message = `every item that is written here has the partition key \`{text}\`: {keyed.name} is keyed by {entry.key}, and one value of it gets 1 000 writes per second at most`,
          confidence = called.confidence(call, "medium", repo),
          related = { { at = keyed.at, message = "the key" } },
          notes = { key = entry.key },
        })
        return
      end
    end
  end
end

local function check_repository(repo, report)
  local keys = {}
  local found = dynamo_tables.of(repo, repo:matched("declared"))
  for _, one in found do
    local reason, is_guess = reason_of(one.key)
    if reason then
      local is_example = one.file.class == "example" or one.file.class == "script"
      report({
        at = one.at,
        message = `the {one.what} {one.name} is partitioned by \`{one.key}\`, which {reason}: they all land in one partition`,
        confidence = (is_example or is_guess or few_rows.named(one.name)) and "low" or "medium",
        notes = { key = one.key },
      })
    elseif one.what == "table" and one.range then
      keys[one.key] = keys[one.key] or {}
      keys[one.key][one.range] = one
    end
  end
  if next(keys) == nil then
    return about.verdict(#found > 0 or about.dynamodb(repo), about.NO_DYNAMODB)
  end
  for _, call in repo:calls(WRITES) do
    check_write(call, keys, report, repo)
  end
  return nil
end

return { check_repository = check_repository }
