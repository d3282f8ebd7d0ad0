-- The table behind a read, as the repository declares its model: Prisma's schema, models of Sequelize, entities of TypeORM.

local asked_sequelize = require("asked_sequelize")
local asked_typeorm = require("asked_typeorm")
local decorated_tables = require("decorated_tables")
local prisma_schema = require("prisma_schema")
local sequelize_tables = require("sequelize_tables")
local words = require("words")

local M = {}

-- What the repository declares, once it was read.
local sequelize, typeorm, prisma = nil, nil, nil

-- The models of all schemas by names in small letters, as a client has them: `prisma.orderLine`.
local function prisma_models(repo)
  if not prisma then
    prisma = {}
    for _, schema in prisma_schema.of(repo, repo:holding("**/*.prisma", "model ")) do
      for name, model in schema.models do
        prisma[name:lower()] = prisma[name:lower()] == nil and model or false
      end
    end
  end
  return prisma
end

-- The model of Prisma that a call asks; nil where it is not known.
function M.prisma(call, repo)
  local on = call:receiver()
  return on and prisma_models(repo)[on.text:lower()] or nil
end

-- The table of Sequelize or TypeORM that a call asks; nil where it is not known.
function M.declared(call, kind, repo)
  if kind == "sequelize" then
    sequelize = sequelize or sequelize_tables.of(repo)
    return asked_sequelize.table_of(call, sequelize)
  elseif kind == "typeorm" then
    typeorm = typeorm or decorated_tables.of(repo)
    return asked_typeorm.table_of(call, typeorm)
  end
  return nil
end

-- Types of documents and bytes, as the libraries spell them.
local LARGE = { "%f[%w]JSONB?%f[%W]", "%f[%w]BLOB%f[%W]", "['\"]jsonb?['\"]", "['\"]simple%-json['\"]", "['\"]bytea['\"]", "['\"]%a*blob['\"]", "['\"]mediumtext['\"]", "['\"]longtext['\"]" }
-- Types of texts, which PostgreSQL has for long ones and for names.
local TEXT = { "%f[%w]TEXT%f[%W]", "['\"]text['\"]" }

local function has_one(type_, forms)
  for _, form in forms do
    if type_:find(form) then
      return true
    end
  end
  return false
end

-- Columns that hold what somebody has written or sent, and not a name or a few settings.
local CONTENT = { "body", "content", "html", "markdown", "text", "param", "payload", "document", "message", "template", "snapshot", "attachment", "embedding", "vector", "blob", "raw", "transcript", "response", "answer", "report", "schema" }
-- What a text of any length is called where it is one: an image in a text is an address.
local LONG = { "body", "content", "html", "markdown", "text", "payload", "transcript", "message" }
-- Words behind which only where such a thing is, or what it is like, is kept.
local ABOUT = { "url", "uri", "link", "path", "name", "type", "key", "id", "size", "count", "hash", "version", "status", "model", "quality" }

-- Whether a column is called as one that holds content.
function M.holds_content(column)
  -- Of `data` it is the whole; what stands before it says that it is something small: `surveyData`.
  return column == "data" or words.has_form_of(column, CONTENT) and not words.has_form_of(column, ABOUT)
end

local function is_large(column, type_)
  return has_one(type_, LARGE) or has_one(type_, TEXT) and words.has_form_of(column, LONG) and M.holds_content(column)
end

-- The names of the columns that hold texts, documents or bytes of any length, in order; none where no model is seen.
function M.large(call, kind, repo)
  local all = {}
  local model = kind == "prisma" and M.prisma(call, repo)
  for name, field in model and model.fields or {} do
    if field.type == "Json" or field.type == "Bytes" or field.is_long and M.holds_content(name) then
      table.insert(all, name)
    end
  end
  local table_ = M.declared(call, kind, repo)
  for name, column in table_ and table_.columns or {} do
    if is_large(name, column.type or "") then
      table.insert(all, name)
    end
  end
  table.sort(all)
  return all
end

-- What the model of a read is called; nil where none is seen.
function M.name(call, kind, repo)
  local table_ = M.declared(call, kind, repo)
  return table_ and table_.name or nil
end

-- How many columns the table of a read has; nil where no model is seen.
function M.width(call, kind, repo)
  local table_ = M.declared(call, kind, repo)
  if not table_ then
    return nil
  end
  local count = 0
  for _ in table_.columns do
    count += 1
  end
  return count
end

return M
