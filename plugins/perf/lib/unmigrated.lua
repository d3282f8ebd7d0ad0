-- Columns of models that none of their migrations names, in tables that migrations create.

local migration_chain = require("migration_chain")
local prisma_schema = require("prisma_schema")
local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

-- The parts of a class of Django that say that it is no table of its own, or one of another app.
local function is_table(class)
  for _, statement in class:child("body"):children() do
    if statement.kind == "class" and statement.name == "Meta" then
      local text = statement.source
      return not (text:find("abstract%s*=%s*True") or text:find("managed%s*=%s*False") or text:find("proxy%s*=%s*True") or text:find("app_label", 1, true) or text:find("managed%s*=%s*[%a_]+%f[^%w_]") and not text:find("managed%s*=%s*True"))
    end
  end
  return true
end

-- Calls `add` for each field of Django's models; `groups` are the migrations of each directory, `paths` the files with models.
function M.django(repo, groups, paths, add)
  local by_directory = {}
  for _, group in groups do
    by_directory[group.directory] = group
  end
  for _, path in paths do
    local app = path:match("^(.*)/models/") or path:match("^(.*)/models%.py$") or path:match("^models[/%.]") and ""
    local group = app and by_directory[app == "" and "migrations" or app .. "/migrations"]
    local file = group and repo:open(path)
    if not file or not file.root or file.class ~= "source" then
      continue
    end
    group.text = group.text or migration_chain.text(group)
    for _, class in file.root:descendants("class") do
      local base = class:child("base")
      local is_model = base ~= nil and #class:children("base") == 1 and base.source:find("%f[%w]models%.Model$") ~= nil
      if not is_model or not is_table(class) then
        continue
      elseif not migration_chain.names(group.text, class.name) and not migration_chain.names(group.text, class.name:lower()) then
        continue
      end
      for _, statement in class:child("body"):children() do
        local value = statement.kind == "assign" and statement:child("value")
        local source = value and value.kind == "call" and value.source
        local target = source and (source:find("^models%.%u%w*Field%(") or source:find("^models%.ForeignKey%(")) and statement:child("target")
        local is_field = target and (target.kind == "name" or source:find("^models%.ForeignKey%("))
        if is_field and not migration_chain.names(group.text, target.text) then
          add({ at = statement, table = class.name, field = target.text, where = group.directory })
        end
      end
    end
  end
end

-- Whether Alembic's revisions make a table, with all that it had then: what `create_all` made is named by none.
local function creates(text, name)
  return text:find("create_table%(%s*[\"']" .. name .. "[\"']%s*,%s*[%w_%.]*Column%(") ~= nil
end

-- The same for SQLAlchemy with Alembic.
function M.sqlalchemy(repo, groups, add)
  local texts = {}
  for _, group in groups do
    table.insert(texts, migration_chain.text(group))
  end
  local text = table.concat(texts, "\n")
  -- Columns whose names code puts together.
  local is_built = text:find("Column%(%s*f[\"']") or text:find("Column%(%s*[%a_]+%s*[,%)]") or text:find("Column%(%s*[\"'][^\"']*[\"']%s*%.format") or text:find("Column%(%s*[\"'][^\"']*[\"']%s*%%")
  if text == "" or #text > 4000000 or is_built then
    return
  end
  local model_of = sqlalchemy_models.of(repo)
  for _, class in sqlalchemy_models.classes(repo) do
    local model = model_of(class)
    if not model or not model.is_whole or model.is_abstract or class.file:imports({ "alembic", "alembic.op" }) or not model.table or not creates(text, model.table) then
      continue
    end
    for field, column in model.columns do
      local is_own = column.at.file.path == class.file.path
      if is_own and not migration_chain.names(text, column.name) and not text:find(`%f[%w_]{column.name}%f[^%w_]`) then
        add({ at = column.at, table = model.name, field = field, where = "migrations of Alembic" })
      end
    end
  end
end

-- The same for Prisma.
function M.prisma(repo, paths, add)
  for _, schema in prisma_schema.of(repo, paths) do
    local files = schema.provider ~= "mongodb" and repo:paths((schema.directory == "" and "" or schema.directory .. "/") .. "migrations/*/migration.sql") or {}
    local texts = {}
    for _, path in files do
      table.insert(texts, repo:text(path) or "")
    end
    local text = table.concat(texts, "\n")
    for _, model in #files > 0 and schema.models or {} do
      if not migration_chain.names(text, model.table) then
        continue
      end
      for name, field in model.fields do
        local line = field.file:line_span(field.line).source
        if not schema.models[field.type] and not line:find("@relation", 1, true) and not line:find("@ignore", 1, true) and not migration_chain.names(text, field.column) then
          add({ at = field.file:line_span(field.line), table = model.name, field = name, where = "migrations of Prisma" })
        end
      end
    end
  end
end

return M
