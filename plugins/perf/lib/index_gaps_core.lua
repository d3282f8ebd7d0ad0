-- Foreign keys of SQLAlchemy Core's tables that queries go by, or by which the database finds rows when what they lead to is deleted, and that no index begins with;
-- and columns that single rows are looked up by.

local core_tables = require("core_tables")
local core_uses = require("core_uses")
local deleted_tables = require("deleted_tables")
local few_rows = require("few_rows")
local index_gaps_sqlalchemy = require("index_gaps_sqlalchemy")
local schema_table = require("schema_table")
local set = require("words").set
local sql_indexes = require("sql_indexes")
local sqlalchemy_uses = require("sqlalchemy_uses")

local M = {}

local HEEDED = set("CASCADE", "SET NULL", "SET DEFAULT")

-- Keys of one column that no index begins with, of tables that are all seen.
local function gaps_of(tables, sql_tables)
  local count = 0
  for _, model in tables.all do
    model.gaps = {}
    for field, column in model.is_whole and model.columns or {} do
      if column.foreign_key and not column.with and not column.is_told and not sqlalchemy_uses.begins_with(model, field, sql_tables) then
        model.gaps[field] = column
        count += 1
      end
    end
  end
  return count
end

local function files_with_questions(repo, tables)
  local texts = { ".c.", ".columns.", ".c[" }
  for _, name in tables.classes do
    table.insert(texts, name)
  end
  return repo:holding("**/*.py", texts)
end

local function is_few(model, column)
  return few_rows.named(model.name) or few_rows.named(deleted_tables.target_of(column) or "")
end

local WHY = {
  key = "is a foreign key without an index, and PostgreSQL makes none: each query that goes by it reads the whole table",
  ["looked-up"] = "has no index, and single rows are looked up by it: each such query reads the whole table",
  filtered = "has no index, and requests say which value of it they want: each such query reads the whole table",
}

local function report_use(use, is_unclear, report)
  local column, reach = use.column, use.at:reach()
  local is_asked = use.kind == "key" or (reach == "request" or reach == "worker") and schema_table.grows(use.model.name)
  report({
    at = column.at,
    message = `{use.model.name}.{column.name} {WHY[use.kind]}`,
    confidence = (is_unclear or is_few(use.model, column) or not is_asked) and "low" or "medium",
    reach = reach,
    related = { { at = use.at, message = `finds rows by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
    notes = { table = use.model.table, column = column.name, places = use.count },
    fix = index_gaps_sqlalchemy.fix_of(column),
  })
end

-- Columns that Core's expressions go by: a list of {model, column, at, count, kind}.
local function uses_of(repo, tables, sql_tables)
  local uses, order = {}, {}
  for _, path in files_with_questions(repo, tables) do
    local file = repo:open(path)
    if not file or not file.root or file.class ~= "source" then
      continue
    end
    core_uses.each(file, tables, sql_tables, function(model, field, value, call)
      local column = model.columns[field]
      if not model.is_whole or column.is_told or sqlalchemy_uses.begins_with(model, field, sql_tables) then
        return
      end
      local kind = column.foreign_key and "key" or sqlalchemy_uses.plain_use({ model = model, field = field, value = value }, call, sql_tables)
      if kind and not uses[column] then
        uses[column] = { model = model, column = column, at = call, count = 0, kind = kind }
        table.insert(order, uses[column])
      end
      if kind then
        uses[column].count += 1
      end
    end)
  end
  return order
end

-- Whether rows of a table tell when they were added, as those do that come with the use of a service.
local function keeps_time(model)
  for _, column in model.columns do
    if column.name:lower():find("^creat") or column.name:lower():find("^added") or column.name:lower():find("^inserted") then
      return true
    end
  end
  return false
end

-- Reports the keys that are only searched when what they lead to is deleted.
local function report_gone(repo, tables, is_unclear, report)
  local gone = nil
  for _, model in tables.all do
    for _, column in model.gaps do
      local target, rule = (deleted_tables.target_of(column) or ""):lower(), deleted_tables.rule_of(column)
      local grows = schema_table.grows(model.name) or keeps_time(model)
      local is_searched = HEEDED[rule or ""] and (grows or target ~= model.table:lower()) or grows
      if column.is_told or not is_searched then
        continue
      end
      gone = gone or deleted_tables.of(repo, tables)
      if gone[target] then
        report({
          at = column.at,
          message = `{model.name}.{column.name} is a foreign key without an index: for each row that is deleted from {target} the whole table is read, ON DELETE {rule or "NO ACTION"}`,
          confidence = (is_unclear or is_few(model, column) or index_gaps_sqlalchemy.is_seldom_gone(target)) and "low" or "medium",
          reach = gone[target]:reach(),
          related = { { at = gone[target], message = `deletes from {target}` } },
          notes = { table = model.table, column = column.name },
          fix = index_gaps_sqlalchemy.fix_of(column),
        })
      end
    end
  end
end

-- Reports what Core's expressions go by. Gives the tables by their names, for statements of SQL that go by them as well, in the form that `index_gaps_sqlalchemy` has;
-- second, a function that reports the keys that are left and searched when rows are deleted.
function M.check(repo, report)
  local tables, declared = core_tables.of(repo), {}
  local is_asked = #tables.all > 0 and index_gaps_sqlalchemy.is_postgres(repo)
  if not is_asked then
    return declared, function() end
  end
  local sql_tables = sql_indexes.of(repo)
  local count = gaps_of(tables, sql_tables)
  local is_unclear = index_gaps_sqlalchemy.may_be_mysql(repo)
  for _, use in uses_of(repo, tables, sql_tables) do
    use.column.is_told = true
    report_use(use, is_unclear, report)
  end
  for _, model in tables.all do
    local fields = {}
    for field, column in model.columns do
      fields[column.name:lower()] = field
    end
    declared[model.table:lower()] = {
      key_of = function(name)
        local column = model.gaps[fields[name]]
        if not column or column.is_told and not column.is_said then
          return nil
        end
        -- Whoever asks reports it.
        column.is_told, column.is_said = true, true
        return column.at
      end,
      is_served = function(name)
        return fields[name] ~= nil and sqlalchemy_uses.begins_with(model, fields[name], sql_tables)
      end,
    }
  end
  return declared, function()
    if count > 0 then
      report_gone(repo, tables, is_unclear, report)
    end
  end
end

return M
