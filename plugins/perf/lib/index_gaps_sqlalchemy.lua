-- Columns of SQLAlchemy's classes that no index begins with: foreign keys that queries go by, where the database is one that makes none for
-- them, and columns that single rows are looked up by.

local few_rows = require("few_rows")
local layout = require("layout")
local sql_indexes = require("sql_indexes")
local sqlalchemy_models = require("sqlalchemy_models")
local sqlalchemy_uses = require("sqlalchemy_uses")

local M = {}

local DRIVERS = { "psycopg2", "psycopg2.**", "psycopg", "psycopg.**", "asyncpg", "asyncpg.**", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.**", "pg8000" }

-- Whether the database is PostgreSQL, by what the code imports or what files say that set it up.
local function is_postgres(repo)
  if repo:imports(DRIVERS) then
    return true
  end
  return #repo:holding("{*,**/*}.{toml,txt,yml,yaml,env,ini,cfg}", { "postgresql", "psycopg", "asyncpg", "postgres:" }) > 0 or #repo:holding("**/*.py", { "postgresql://", "postgresql+", "postgres://" }) > 0
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

-- Calls `report` for each such key of a repository.
function M.check(repo, report)
  local classes = sqlalchemy_models.classes(repo)
  if #classes == 0 or not is_postgres(repo) then
    return
  end
  local model_of, tables = sqlalchemy_models.of(repo), sql_indexes.of(repo)
  local uses = sqlalchemy_uses.of(repo, classes, model_of, tables)
  local told = {}
  for _, class in classes do
    local model = model_of(class)
    for field, column in model and model.is_whole and model.columns or {} do
      local key = `{column.at.file.path}:{column.at.id}`
      local use = uses[key]
      if not use or told[key] or sqlalchemy_uses.begins_with(model, field, tables) or column.at.file:imports({ "alembic.op", "alembic" }) then
        continue
      end
      told[key] = true
      report({
        at = column.at,
        message = column.foreign_key and `{model.name}.{field} is a foreign key without an index, and PostgreSQL makes none: each query that goes by it reads the whole table`
          or `{model.name}.{field} has no index, and single rows are looked up by it: each such query reads the whole table`,
        -- Many rows share each of a few types, so that an index leads to few of them no faster.
        -- A column without a constraint may as well be one of a small table.
        confidence = (not column.foreign_key or few_rows.named(model.name) or few_rows.named(column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$") or "")) and "low" or "medium",
        reach = use.at:reach(),
        related = { { at = use.at, message = `{use.how}{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
        notes = { table = model.table, column = column.name, places = use.count },
        fix = fix_of(column),
      })
    end
  end
end

return M
