-- Foreign keys of TypeORM's, Sequelize's and GORM's models that queries go by and no index begins with, where the database is one that makes none for them.

local database_kind = require("database_kind")
local few_rows = require("few_rows")
local index_questions = require("index_questions")
local schema_table = require("schema_table")
local sql_indexes = require("sql_indexes")

local M = {}

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

-- Calls `report` for each such key of a repository.
function M.check(repo, report)
  local tables, uses, order = nil, {}, {}
  index_questions.each_of_models(repo, function(question)
    tables = tables or sql_indexes.of(repo)
    for _, field in keys_of(question, tables) do
      local key = `{question.table.store}:{question.table.name}.{field}`
      if not uses[key] then
        uses[key] = { question = question, field = field, count = 0 }
        table.insert(order, uses[key])
      end
      uses[key].count += 1
    end
  end)
  for _, use in order do
    local table_, call = use.question.table, use.question.call
    local column = table_.columns[use.field]
    local kinds = database_kind.of_table(repo, table_)
    -- MySQL makes the index of a key that is declared as one; nobody knows which of several is used.
    if not kinds.postgres and not kinds.sqlite then
      continue
    end
    report({
      at = column.at,
      message = `{table_.name}.{use.field} is a foreign key without an index, and {table_.store} makes none: each query that goes by it reads the whole table`,
      confidence = (not kinds.postgres or kinds.mysql or few_rows.named(table_.name) or not schema_table.grows(table_.name)) and "low" or "medium",
      reach = call:reach(),
      related = { { at = call, message = `filters by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
      notes = { table = table_.sql_name, column = column.name, places = use.count },
    })
  end
end

return M
