-- A read of whole rows whose every use is seen, and needs a field or two of them.

local dynamo_fields = require("dynamo_fields")
local eager_lists = require("eager_lists")
local few_fields = require("few_fields")
local few_rows = require("few_rows")
local list_reads = require("list_reads")
local model_tables = require("model_tables")
local model_width = require("model_width")
local per_item = require("per_item")
local selects_fields = require("selects_fields")
local unread_joins = require("unread_joins")

-- How many columns a message names.
local NAMED = 3

local function list_of(names)
  if #names > NAMED then
    return "`" .. table.concat(names, "`, `", 1, NAMED) .. `\` and {#names - NAMED} more`
  end
  return "`" .. table.concat(names, "` and `") .. "`"
end

-- Of how many fields of one row it is worth to leave out the rest.
local MOST = 3

local KEYS = { "id", "pk", "_id" }

-- Whether a row is its key and what is used: then there is nothing to leave out.
local function is_all(width, has_key, read)
  local others = has_key and 1 or 0
  for _, key in KEYS do
    others = table.find(read.fields, key) and 0 or others
  end
  return width ~= nil and #read.fields > 0 and width <= #read.fields + others
end

-- Whether what is left out is hardly more than what is used, or there are few rows.
local function is_little(width, read)
  return width ~= nil and width <= #read.fields + 2 or read.name ~= nil and few_rows.named(read.name)
end

-- Whether one of some columns holds what somebody has written or sent.
local function holds_content(columns)
  for _, column in columns do
    if model_tables.holds_content(column) then
      return true
    end
  end
  return false
end

-- One row is short, unless it holds a text or a document that nobody reads.
local function check_one(call, report, repo)
  local unread = eager_lists.unread(call, repo)
  if unread then
    report({
      at = call,
      message = `this read brings {list_of(unread.lists)} of {unread.name} along, whose relation is eager, and only {list_of(unread.fields)} of the row {#unread.fields == 1 and "is" or "are"} used`,
      -- One such row per request is short; a job reads one for each thing that it goes through.
      confidence = call:reach() == "request" and #call:loops() == 0 and "low" or "medium",
      notes = { fields = table.concat(unread.fields, ", ") },
    })
    return
  end
  local read = few_fields.of_one(call, repo)
  if not read or not holds_content(read.left) then
    return
  end
  local what = read.name and ` of {read.name}` or ""
  report({
    at = call,
    message = `this read brings a whole row{what} with {list_of(read.left)}, of which only {list_of(read.fields)} {#read.fields == 1 and "is" or "are"} used`,
    confidence = #read.fields <= MOST and "medium" or "low",
    notes = { fields = table.concat(read.fields, ", ") },
  })
end

-- Pages of items of which a field is used.
local function check_items(call, report)
  local fields = dynamo_fields.of(call)
  if fields then
    report({
      at = call,
      message = `this read brings whole items, of which only {list_of(fields)} {#fields == 1 and "is" or "are"} used`,
      confidence = #fields == 1 and call:reach() ~= "unknown" and "medium" or "low",
      notes = { fields = table.concat(fields, ", ") },
    })
  end
end

-- Related rows that are brought along for nobody. What stands on one line is one finding.
local function check_joins(call, report, repo)
  local unread, names, is_slim = unread_joins.of(call, repo), {}, true
  for _, one in unread do
    table.insert(names, one.names[1])
    is_slim = is_slim and one.is_slim
  end
  if #unread > 0 then
    -- Options that stand elsewhere may serve other reads.
    report({
      at = unread[1].at:is_within(call) and unread[1].at or call,
      message = `this read brings {list_of(names)} along, which nothing reads of its rows`,
      confidence = is_slim and "low" or "medium",
      related = { { at = call, message = "the read" } },
    })
  end
end

local function check_read(call, kind, report, repo)
  local read = few_fields.of(call, kind, repo)
  if not read then
    return nil
  end
  local width, has_key = model_width.of(call, read.name, repo, read.kind)
  if is_all(width, has_key, read) then
    return nil
  end
  local what = read.name and ` of {read.name}` or ""
  local few = read.name ~= nil and few_rows.named(read.name)
  if #read.left > 0 and #read.fields > 2 then
    report({
      at = call,
      message = `this read brings whole rows{what} with {list_of(read.left)}, which nothing reads of them`,
      confidence = (few or not holds_content(read.left)) and "low" or "medium",
      notes = { fields = table.concat(read.fields, ", ") },
      fix = read.fix,
    })
    return true
  end
  report({
    at = call,
    message = #read.fields == 0 and `this read brings whole rows{what}, and only how many they are, or which, is used`
      or `this read brings whole rows{what}, of which only {list_of(read.fields)} {#read.fields == 1 and "is" or "are"} used`,
    confidence = is_little(width, read) and "low" or "medium",
    notes = { fields = table.concat(read.fields, ", ") },
    fix = read.fix,
  })
  return true
end

return {
  check = function(_, matches, report, repo)
    list_reads.begin(repo)
    local told = {}
    for _, match in matches do
      local call, how = match.node, match.matcher
      -- Of most reads nothing is known that could be left out.
      local kind = how == "read" and selects_fields.kind_of(call)
      if how == "read" and not kind or not per_item.counts(call) then
        continue
      elseif how == "one" then
        check_one(call, report, repo)
      elseif how == "items" then
        check_items(call, report)
      elseif how == "joined" then
        check_joins(call, report, repo)
      else
        -- One chain may hold several calls that give its rows.
        local line = call.line
        told[line] = told[line] or check_read(call, kind, report, repo)
      end
    end
  end,
}
