-- What code asks of Prisma's models, with the fields that it filters and sorts by.

local literal_entries = require("literal_entries")
local object_questions = require("object_questions")
local prisma_questions = require("prisma_questions")
local prisma_schema = require("prisma_schema")
local schema_table = require("schema_table")
local set = require("words").set

local M = {}

local STORES = { postgresql = "PostgreSQL", postgres = "PostgreSQL", mysql = "MySQL", sqlite = "SQLite", sqlserver = "SQL Server", cockroachdb = "CockroachDB" }
local FIRST = set("findFirst", "findFirstOrThrow")

local function table_of(model, schema)
  if not model.as_table then
    local keys = {}
    for _, key in model.keys do
      for _, column in key.columns do
        keys[column] = true
      end
    end
    local out = { name = model.name, sql_name = model.table, columns = {}, indexes = {}, is_whole = true, store = STORES[schema.provider or ""] }
    for name, field in model.fields do
      if not schema.models[field.type] and not field.is_list then
        local at = field.file:line_span(field.line)
        out.columns[name] = schema_table.column({ at = at, name = field.column, type = field.type, is_key = keys[name] ~= nil, is_few = schema.enums[field.type] }, name)
      end
    end
    for _, index in model.indexes do
      table.insert(out.indexes, { columns = { unpack(index) }, is_unique = index.is_unique, at = index.line and model.file:line_span(index.line) or nil })
    end
    model.as_table = out
  end
  return model.as_table
end

-- Calls `see` for each question of a repository; `paths` are the files of its schemas.
function M.each(repo, see, paths)
  for _, schema in prisma_schema.of(repo, paths) do
    if not STORES[schema.provider or ""] then
      continue
    end
    for _, call in repo:calls(prisma_questions.CALLS) do
      local model = call.file.class == "source" and prisma_questions.model_of(call, schema)
      local options = model and call:arg(1)
      if not options then
        continue
      end
      local where, order = literal_entries.get(options, "where"), literal_entries.get(options, "orderBy")
      local entries, is_known = {}, select(2, literal_entries.of(options)) == true
      if where then
        prisma_questions.fields_of(where, entries)
        is_known = is_known and select(2, literal_entries.of(where)) == true
      end
      local out = table_of(model, schema)
      local question = { table = out, conditions = {}, sorts = {}, call = call, is_one = FIRST[call.name] ~= nil, is_limited = FIRST[call.name] ~= nil or literal_entries.get(options, "take") ~= nil }
      if is_known and object_questions.conditions(out, entries, question) then
        question.sorts = order and object_questions.sorts(order) or {}
        if not order or #question.sorts > 0 then
          see(question)
        end
      end
    end
  end
end

return M
