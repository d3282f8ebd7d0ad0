-- Which index a question to a table lacks: on a column that it filters or sorts by, or on several together.

local database_kind = require("database_kind")
local few_per_owner = require("few_per_owner")
local few_rows = require("few_rows")
local key_columns = require("key_columns")
local scheduled_work = require("scheduled_work")
local schema_table = require("schema_table")
local set = require("words").set
local words = require("words")

local M = {}

local SECRETS = set("token", "hash", "guid", "uuid", "slug", "digest", "secret", "code", "email", "key")
local SELECTS = { equal = true, ["in"] = true }

-- The fields that are compared with one value, and whether an index already leads to what is asked.
local function read(question, tables)
  local table_, equal, is_served = question.table, {}, false
  for _, condition in question.conditions do
    local field = condition.field
    if field == "pk" or field == "id" then
      return nil
    end
    if condition.how == "equal" then
      equal[field] = true
    end
    is_served = is_served or condition.how ~= "other" and schema_table.begins_with(table_, field, tables)
  end
  return equal, is_served
end

-- Whether the rows come in the order of an index that stands alone: a page of it is read, and no more.
local function sort_is_served(question, tables)
  local first = question.sorts[1]
  return first ~= nil and question.is_limited and (first == "pk" or first == "id" or schema_table.begins_with(question.table, first, tables))
end

-- The column that a question goes by without an index: {field, column, how = "filter" | "range" | "sort"}; nil where it is served, or where an
-- index would be of little use.
function M.column(question, tables)
  local table_ = question.table
  local equal, is_served = read(question, tables)
  if not equal or is_served or sort_is_served(question, tables) then
    return nil
  end
  local ranged, looked_up = nil, nil
  for _, condition in question.conditions do
    local column = table_.columns[condition.field]
    if not column or column.is_key then
      -- Foreign keys are another rule's.
      return nil
    elseif SELECTS[condition.how] and not column.is_few and not column.is_time then
      looked_up = looked_up or condition.field
    elseif condition.how == "range" and column.is_time then
      ranged = ranged or condition.field
    end
  end
  if looked_up then
    return { field = looked_up, column = table_.columns[looked_up], how = "filter" }
  elseif ranged then
    return { field = ranged, column = table_.columns[ranged], how = "range" }
  end
  local first = question.sorts[1]
  local column = first and question.is_limited and table_.columns[first]
  if column and not column.is_few and not column.is_key then
    return { field = first, column = column, how = "sort" }
  end
  return nil
end

-- Whether a table has a column that tells when a row was added.
function M.keeps_time(table_)
  for field, column in table_.columns do
    if column.is_time and (field:lower():find("creat", 1, true) or field:lower():find("added", 1, true) or field:lower():find("timestamp", 1, true) or field:lower():find("date_", 1, true)) then
      return true
    end
  end
  return false
end

-- Whether nobody waits for the question: it clears rows away, or a clock starts it.
local function is_unhurried(question, repo)
  return scheduled_work.deletes(question.call) or scheduled_work.runs(question.call, repo)
end

-- How sure it is that the table is one that grows, and the place one that runs often: "medium" or "low".
function M.confidence(question, gap, repo)
  local table_ = question.table
  local runs = question.reach == "request" or question.reach == "worker"
  if not runs or few_rows.named(table_.name) or database_kind.is_file(repo, table_) or question.call.file.side == "browser" then
    return "low"
  end
  if not schema_table.grows(table_.name) or few_rows.are_made_by_hand(table_.name) then
    return "low"
  end
  -- What tells one row from all others leads to one row; of other words nobody knows how many rows share them.
  local is_worth_it = if gap.how == "filter" then key_columns.is_key(gap.field) else M.keeps_time(table_)
  return is_worth_it and not is_unhurried(question, repo) and "medium" or "low"
end

-- The column of time of which a question takes a range.
local function ranged(question)
  for _, condition in question.conditions do
    local column = question.table.columns[condition.field]
    if condition.how == "range" and column and column.is_time then
      return condition.field
    end
  end
  return nil
end

-- The columns that together would serve a question which an index on one of them only begins to: {fields, sort, column, is_range}; nil where there is
-- nothing to gain.
function M.composite(question, tables)
  local table_ = question.table
  local equal, is_served = read(question, tables)
  local sort = question.is_limited and question.sorts[1] or nil
  local is_range = sort == nil
  sort = sort or ranged(question)
  local column = sort and table_.columns[sort]
  if not equal or not is_served or not sort then
    return nil
  end
  if not column or sort == "id" or sort == "pk" or column.is_few or equal[sort] or schema_table.is_one_row(table_, equal, tables) then
    return nil
  end
  local fields, count = {}, 0
  for field in equal do
    local own, all = table_.columns[field], words.of(field)
    -- A secret leads to one row, whatever the schema says of it.
    if not own or not own.is_key and SECRETS[all[#all] or ""] then
      return nil
    end
    count += 1
    table.insert(fields, field)
  end
  table.sort(fields)
  if count == 0 or schema_table.covers(table_, equal, sort, tables) or schema_table.begins_with(table_, sort, tables) then
    return nil
  end
  local gap = { fields = fields, sort = sort, column = column, is_range = is_range }
  return if few_per_owner.fit(question, gap, tables) then nil else gap
end

-- How sure it is that many rows fit what is filtered by, so that sorting them costs: "medium" or "low".
function M.composite_confidence(question, gap, repo)
  local table_ = question.table
  local runs = question.reach == "request" or question.reach == "worker"
  local is_many = schema_table.are_many(table_.name) and gap.column.is_time and few_per_owner.is_owned(gap.fields)
  return runs and is_many and not few_rows.named(table_.name) and not database_kind.is_file(repo, table_) and "medium" or "low"
end

return M
