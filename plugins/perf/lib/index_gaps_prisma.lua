-- Foreign keys of Prisma's models that queries go by and no index begins with: PostgreSQL and SQLite make none for them.

local few_rows = require("few_rows")
local layout = require("layout")
local literal_entries = require("literal_entries")
local prisma_questions = require("prisma_questions")
local prisma_schema = require("prisma_schema")
local sql_indexes = require("sql_indexes")

local M = {}

local JOINS = { AND = true, OR = true }

-- The first place at which each foreign key is asked for, by model and field.
local function uses_of(repo, schema)
  local uses = {}
  local function add(model, field, call, how, is_filter)
    local key = model.name .. "." .. field
    uses[key] = uses[key] or { call = call, how = how, count = 0 }
    uses[key].count += 1
    uses[key].is_filter = uses[key].is_filter or is_filter
  end
  prisma_questions.each(repo, schema, {
    filter = function(model, fields, call, is_whole)
      if not is_whole then
        return
      end
      local is_served = false
      for _, entry in fields do
        is_served = is_served or prisma_schema.begins_with(model, entry.key)
        local field = model.fields[entry.key]
        -- `userId_slug: {...}` is the name of a unique key, what is no field may be one.
        is_served = is_served or not field
      end
      for _, entry in not is_served and fields or {} do
        add(model, entry.key, call, "filters by it", true)
      end
    end,
    list = function(child, parent, call, condition)
      -- What is looked through may be read from its own side, where an index leads to what is asked of it.
      for _, entry in condition and literal_entries.of(condition) or {} do
        if prisma_schema.begins_with(child, entry.key) or JOINS[entry.key] then
          return
        end
      end
      for _, key in child.keys do
        if key.target == parent.name and #key.columns == 1 then
          add(child, key.columns[1], call, condition and `looks through the {child.name} of each {parent.name} by it` or `brings the list of {child.name} along by it`)
        end
      end
    end,
  })
  return uses
end

local INDEXLESS = { postgresql = "PostgreSQL", postgres = "PostgreSQL", cockroachdb = false, sqlite = "SQLite", sqlserver = "SQL Server" }

-- The declaration behind the last line of the model.
local function fix_of(file, model, column)
  local last = nil
  for _, field in model.order do
    last = field
  end
  if not last then
    return nil
  end
  local indent = layout.indent(file, last.line)
  local at = model.order[#model.order]
  return { title = `declare an index on {column}`, safety = "shown-only", edits = { { after = file:line_span(at.line), text = `\n\n{indent}@@index([{column}])` } } }
end

-- The columns of a key that rows may be asked for by: of one that has several columns each, since an index on all of them leads by the first only.
local function columns_of(key, uses, model)
  if #key.columns == 1 then
    return key.columns
  end
  local all = {}
  for _, column in key.columns do
    local use = uses[`{model.name}.{column}`]
    if use and use.is_filter then
      table.insert(all, column)
    end
  end
  return all
end

-- Calls `report` for each such key of a repository; `paths` are the files of its schemas.
function M.check(repo, report, paths)
  local tables = nil
  for _, schema in prisma_schema.of(repo, paths) do
    local store = schema.provider and INDEXLESS[schema.provider]
    if not store then
      continue
    end
    tables = tables or sql_indexes.of(repo)
    local uses = uses_of(repo, schema)
    for _, model in schema.models do
      local seen = {}
      for _, key in model.keys do
        for _, column in columns_of(key, uses, model) do
          local field = model.fields[column]
          local use = uses[`{model.name}.{column}`]
          if seen[column] or not field or not use or prisma_schema.begins_with(model, column) or sql_indexes.begins_with(tables, model.table, field.column) then
            continue
          end
          seen[column] = true
          report({
            at = key.file:line_span(field.line),
            message = `{model.name}.{column} is a foreign key without an index, and {store} makes none: each query that goes by it reads the whole table`,
            -- What lives in one file beside the service is small, as a rule.
            confidence = (store == "SQLite" or few_rows.named(model.name) or few_rows.named(key.target)) and "low" or "medium",
            reach = use.call:reach(),
            related = { { at = use.call, message = `{use.how}{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
            notes = { table = model.table, column = field.column, places = use.count },
            fix = fix_of(key.file, model, column),
          })
        end
      end
    end
  end
end

return M
