-- Columns of SQLAlchemy's classes that no index begins with: foreign keys that queries go by, where the database is one that makes none for
-- them (PostgreSQL, SQLite), and columns that single rows are looked up by.

local chosen_database = require("chosen_database")
local database_kind = require("database_kind")
local few_rows = require("few_rows")
local layout = require("layout")
local schema_table = require("schema_table")
local set = require("words").set
local sql_indexes = require("sql_indexes")
local sqlalchemy_deleted = require("sqlalchemy_deleted")
local sqlalchemy_models = require("sqlalchemy_models")
local sqlalchemy_uses = require("sqlalchemy_uses")
local words = require("words")

local M = {}

local DRIVERS = table.freeze({ "psycopg2", "psycopg2.**", "psycopg", "psycopg.**", "asyncpg", "asyncpg.**", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.**", "pg8000" })

-- Whether the database is PostgreSQL, by what the code imports or what files say that set it up.
local function is_postgres(repo)
  if repo:imports(DRIVERS) then
    return true
  end
  return #repo:holding("{*,**/*}.{toml,txt,yml,yaml,env,ini,cfg}", { "postgresql", "psycopg", "asyncpg", "postgres:" }) > 0 or #repo:holding("**/*.py", { "postgresql://", "postgresql+", "postgres://" }) > 0
end

-- Whether it may be MySQL or MariaDB as well, which make the indexes themselves. What the repository itself starts PostgreSQL for runs with that somewhere.
local function may_be_mysql(repo)
  return chosen_database.of(repo) ~= "postgres" and #repo:holding("{*,**/*}.{toml,txt,in,yml,yaml,env,ini,cfg}", { "mysql", "MySQL", "mariadb" }) > 0
end

-- The argument that makes the index, behind the others of the column.
local function fix_of(column)
  local call = column.at
  local args = call:children("arg")
  local last = args[#args]
  if not last or select(2, call:arg("index")) ~= "absent" then
    return nil
  end
  local text = call.line ~= call.last_line and last.line ~= call.line and `,\n{layout.indent(call.file, last.line)}index=True` or ", index=True"
  return { title = "declare an index on the column", safety = "shown-only", edits = { { after = last, text = text } } }
end

M.is_postgres, M.may_be_mysql, M.fix_of = is_postgres, may_be_mysql, fix_of

local WHY = {
  key = "is a foreign key without an index, and {} makes none: each query that goes by it reads the whole table",
  ["looked-up"] = "has no index, and single rows are looked up by it: each such query reads the whole table",
  gone = "is a foreign key without an index: for each row that is deleted from what it leads to the whole table is read",
  filtered = "has no index, and requests say which value of it they want: each such query reads the whole table",
}

-- What owns all the rest, or what somebody sets up once: deleted seldom, and nobody waits long for it.
local SELDOM = set("tenant", "organization", "organisation", "org", "company", "team", "workspace", "agency", "client", "provider", "plan", "group", "department", "store", "shop", "role", "permission", "category", "tag", "type", "statu", "status", "setting", "config")

-- Whether rows of a table are deleted seldom, by its name.
function M.is_seldom_gone(name)
  local all = words.of(name)
  return SELDOM[(all[#all] or ""):gsub("ies$", "y"):gsub("s$", "") .. ""] ~= nil
end

-- Whether a place is got to only where two conditions hold, one within the other: what few requests do.
local function is_seldom(at)
  local count = 0
  local branch = at:enclosing({ "if", "handler", "function" })
  while branch and branch.kind ~= "function" do
    count += 1
    branch = branch:enclosing({ "if", "handler", "function" })
  end
  return count > 1
end

local function target_of(column)
  return column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$") or ""
end

-- Whether rows tie those of tables together, one of which grows: a constraint over two keys makes each pair unique. However few roles there are, of `user_roles`
-- there are as many as users.
local function is_tie(model)
  for _, index in model.indexes do
    local keys, grows = 0, false
    for _, name in index.columns do
      local column = model.columns[name]
      keys += column and column.foreign_key and 1 or 0
      grows = grows or column ~= nil and schema_table.grows(target_of(column))
    end
    if keys > 1 and grows then
      return true
    end
  end
  return false
end

-- Many rows share each of a few types, so that an index leads to few of them no faster; a column without a constraint may as well be one of a small table.
local function confidence_of(use, column, reach, is_unclear)
  local is_few = (few_rows.named(use.model.name) or few_rows.named(target_of(column))) and not is_tie(use.model)
  if use.kind == "gone" then
    return (is_unclear or is_few or M.is_seldom_gone(target_of(column)) or not schema_table.grows(use.model.name)) and "low" or "medium"
  end
  local is_asked = use.kind == "key" or not use.is_constant and (reach == "request" or reach == "worker") and schema_table.grows(use.model.name) and not (use.kind == "looked-up" and use.count == 1 and is_seldom(use.at))
  -- That MySQL makes the indexes of keys helps no other column.
  return (is_unclear and use.kind == "key" or is_few or not is_asked) and "low" or "medium"
end

-- What a table of a class looks like from outside: `key_of(column)` is the place of a foreign key without an index that was not reported (of PostgreSQL only),
-- `is_served(column)` whether an index begins with a column.
local function outside(model, tables, told, is_asked)
  local by_column = {}
  for field, column in model.columns do
    by_column[column.name:lower()] = field
  end
  return {
    key_of = function(name)
      local field = by_column[name]
      local column = field and model.columns[field]
      local is_gap = is_asked and column and column.foreign_key and model.is_whole and not told[column] and not sqlalchemy_uses.begins_with(model, field, tables)
      return is_gap and column.at or nil
    end,
    is_served = function(name)
      local field = by_column[name]
      return field ~= nil and sqlalchemy_uses.begins_with(model, field, tables)
    end,
  }
end

-- Adds the keys that nothing asks by, and that the database goes by when what they lead to is deleted.
local function add_gone(repo, uses, classes, model_of, tables)
  local models = {}
  for _, class in classes do
    table.insert(models, model_of(class))
  end
  sqlalchemy_deleted.each(repo, models, model_of, function(model, field, at, target)
    local column = model.columns[field]
    local key = `{column.at.file.path}:{column.at.id}`
    if not uses[key] and model.is_whole and not sqlalchemy_uses.begins_with(model, field, tables) then
      uses[key] = { model = model, field = field, at = at, how = `deletes from {target}`, count = 1, kind = "gone", is_constant = false }
    end
  end)
end

-- Calls `report` for each such key of a repository; gives the tables that classes declare by their names, see `outside`, since migrations and statements name them as well.
function M.check(repo, report)
  local classes, declared, told = sqlalchemy_models.classes(repo), {}, {}
  local model_of, tables = sqlalchemy_models.of(repo), sql_indexes.of(repo)
  local is_server = #classes > 0 and is_postgres(repo)
  local is_asked = is_server or #classes > 0 and database_kind.only_a_file(repo, "python")
  local uses = is_asked and sqlalchemy_uses.of(repo, classes, model_of, tables) or {}
  local is_unclear = is_asked and may_be_mysql(repo)
  if is_asked then
    add_gone(repo, uses, classes, model_of, tables)
  end
  for _, use in uses do
    local model = use.model
    local column = model.columns[use.field]
    if column.at.file:imports({ "alembic.op", "alembic" }) then
      continue
    end
    told[column], column.is_told = true, true
    local reach = use.at:reach()
    local name = column.with and table.concat(column.with, ", ") or use.field
    report({
      at = column.at,
      message = `{model.name}.{name} {(WHY[use.kind]:gsub("{}", is_server and "PostgreSQL" or "SQLite"))}`,
      confidence = confidence_of(use, column, reach, is_unclear),
      reach = reach,
      related = { { at = use.at, message = `{use.how}{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
      notes = { table = model.table, column = column.name, places = use.count },
      fix = not column.with and fix_of(column) or nil,
    })
  end
  for _, class in classes do
    local model = model_of(class)
    if model and model.table and not class.file:imports({ "alembic.op", "alembic" }) then
      declared[model.table:lower()] = declared[model.table:lower()] or outside(model, tables, told, is_asked)
    end
  end
  return declared
end

return M
