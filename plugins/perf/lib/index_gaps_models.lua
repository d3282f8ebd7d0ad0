-- Foreign keys of TypeORM's, Sequelize's and GORM's models that queries go by and no index begins with, where the database is one that makes none for them.

local database_kind = require("database_kind")
local decorated_tables = require("decorated_tables")
local few_rows = require("few_rows")
local index_questions = require("index_questions")
local key_columns = require("key_columns")
local schema_table = require("schema_table")
local sequelize_tables = require("sequelize_tables")
local sql_indexes = require("sql_indexes")

local M = {}

-- Where a column of a table is shown: at the class itself where it has the column from another.
local function place_of(table_, column)
  local class = table_.class
  if class and not (column.at.file.path == class.file.path and column.at:is_within(class)) then
    return class
  end
  return column.at
end

-- The foreign keys that a question goes by, nil where an index serves it.
local function keys_of(question, tables)
  local all = {}
  for _, condition in question.conditions do
    local column = question.table.columns[condition.field]
    if not column or condition.how ~= "other" and schema_table.begins_with(question.table, condition.field, tables) then
      return {}
    elseif column.is_key and (condition.how == "equal" or condition.how == "in") then
      table.insert(all, condition.field)
    end
  end
  return all
end

-- The column by which a question looks one row up that no index begins with, nil where an index serves it.
local function looked_up(question, tables)
  local found = nil
  if not question.is_one then
    return nil
  end
  for _, condition in question.conditions do
    local column = question.table.columns[condition.field]
    if not column or condition.how == "other" or condition.how == "in" or schema_table.begins_with(question.table, condition.field, tables) then
      return nil
    elseif condition.how == "equal" and not column.is_key and not column.is_few and not column.is_time and (key_columns.is_key(condition.field) or #question.conditions == 1 and question.reach == "request") then
      found = found or condition.field
    end
  end
  return found
end

-- Keys of tables whose rows go with one of another that code deletes.
local function check_owned(repo, deleted, uses, tables, report)
  for _, found in deleted do
    for _, own in found.table.owned or {} do
      local column = own.table.columns[own.column]
      local key = `{own.table.store}:{own.table.name}.{own.column}`
      if uses[key] or schema_table.begins_with(own.table, own.column, tables) then
        continue
      end
      uses[key] = true
      local kinds = database_kind.of_table(repo, own.table)
      if kinds.postgres or kinds.sqlite then
        report({
          at = column.at,
          message = `{own.table.name}.{own.column} is a foreign key without an index: for each {found.table.name} that is deleted the whole table is read, ON DELETE {own.rule}`,
          confidence = (not kinds.postgres or few_rows.named(own.table.name)) and "low" or "medium",
          reach = found.call:reach(),
          related = { { at = found.call, message = `deletes a {found.table.name}` } },
          notes = { table = own.table.sql_name, column = column.name },
        })
      end
    end
  end
end

-- What the tables of classes look like from outside, by their names in small letters, for statements that name them: see `index_gaps_sqlalchemy`.
local function declared_of(repo, told)
  local all = {}
  for _, found in { sequelize_tables.of(repo), decorated_tables.of(repo) } do
    for _, table_ in found do
      local name = table_ and table_.is_whole and table_.sql_name and table_.sql_name:lower()
      if not name or all[name] then
        continue
      end
      local by_column, columns = {}, {}
      for field, column in table_.columns do
        by_column[column.name:lower()] = field
        columns[column.name:lower()] = column
      end
      local tables = sql_indexes.of(repo)
      all[name] = {
        columns = columns,
        key_of = function(column)
          local field = by_column[column]
          local own = field and table_.columns[field]
          local is_gap = own and own.is_key and not told[`{table_.store}:{table_.name}.{field}`] and not schema_table.begins_with(table_, field, tables)
          return is_gap and database_kind.of_table(repo, table_).postgres and place_of(table_, own) or nil
        end,
        is_served = function(column)
          local field = by_column[column]
          return field ~= nil and schema_table.begins_with(table_, field, tables) or column == "id"
        end,
      }
    end
  end
  return all
end

-- How many places of one service make a key worth an index where the database is a file that nobody else reads.
local OFTEN = 3

-- How many places that go by a key tell that it matters, whatever the table is called.
local MANY_PLACES = 4

-- Whether rows tie those of tables together, one of which grows: an index makes each pair unique. However few roles there are, each user has some.
local function is_tie(table_)
  for _, index in table_.indexes do
    local keys, grows = 0, false
    for _, field in index.is_unique and index.columns or {} do
      local column = table_.columns[field]
      if column and column.is_key then
        keys += 1
        grows = grows or schema_table.grows((field:gsub("_?[iI][dD]$", "")))
      end
    end
    if keys > 1 and grows then
      return true
    end
  end
  return false
end

-- How sure it is that the table is one that grows, and that the reading of it is waited for.
local function confidence_of(table_, use, kinds)
  if not is_tie(table_) and (few_rows.named(table_.name) or not schema_table.grows(table_.name) and use.count < MANY_PLACES) then
    return "low"
  end
  return (kinds.postgres or use.count >= OFTEN and use.is_waited_for) and "medium" or "low"
end

-- Calls `report` for each such key of a repository; gives the tables that classes declare.
function M.check(repo, report)
  local told = {}
  local tables, uses, order = nil, {}, {}
  local deleted, lookups, found_lookups = {}, {}, {}
  local function see(question)
    tables = tables or sql_indexes.of(repo)
    if question.call.name == "Delete" and question.table.owned and not deleted[question.table.name] then
      deleted[question.table.name] = { table = question.table, call = question.call }
    end
    local field = looked_up(question, tables)
    local looked = field and `{question.table.store}:{question.table.name}.{field}`
    if looked and not lookups[looked] then
      lookups[looked] = { question = question, field = field }
      table.insert(found_lookups, lookups[looked])
    end
    for _, field in keys_of(question, tables) do
      local key = `{question.table.store}:{question.table.name}.{field}`
      if not uses[key] then
        uses[key] = { question = question, field = field, count = 0 }
        table.insert(order, uses[key])
      end
      uses[key].count += 1
      uses[key].is_waited_for = uses[key].is_waited_for or question.reach == "request"
    end
  end
  index_questions.each_of_models(repo, see, see)
  for _, use in order do
    local table_, call = use.question.table, use.question.call
    local column = table_.columns[use.field]
    local kinds = database_kind.of_table(repo, table_)
    -- MySQL makes the index of a key that is declared as one; nobody knows which of several is used.
    if not kinds.postgres and not kinds.sqlite then
      continue
    end
    told[`{table_.store}:{table_.name}.{use.field}`] = true
    report({
      at = place_of(table_, column),
      message = `{table_.name}.{use.field} is a foreign key without an index, and {table_.store} makes none: each query that goes by it reads the whole table`,
      confidence = confidence_of(table_, use, kinds),
      reach = call:reach(),
      related = { { at = call, message = `filters by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
      notes = { table = table_.sql_name, column = column.name, places = use.count },
    })
  end
  check_owned(repo, deleted, uses, tables, report)
  for _, use in found_lookups do
    local table_, call = use.question.table, use.question.call
    local column = table_.columns[use.field]
    report({
      at = column.at,
      message = `{table_.name}.{use.field} finds one row and has no index: each such query reads the table until the row turns up`,
      confidence = (database_kind.is_file(repo, table_) or few_rows.named(table_.name)) and "low" or "medium",
      reach = call:reach(),
      related = { { at = call, message = "looks one up by it" } },
      notes = { table = table_.sql_name, column = column.name },
    })
  end
  return declared_of(repo, told)
end

return M
