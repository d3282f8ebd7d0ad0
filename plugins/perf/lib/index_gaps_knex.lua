-- Foreign keys that migrations of knex make, that queries of its builder or of Objection's models go by and no index begins with: PostgreSQL and SQLite make none
-- for them. Also columns by which such queries look single rows up, and keys whose rows the database has to find when code deletes what they refer to.

local chosen_database = require("chosen_database")
local database_kind = require("database_kind")
local few_rows = require("few_rows")
local key_columns = require("key_columns")
local knex_questions = require("knex_questions")
local knex_schema = require("knex_schema")
local objection_models = require("objection_models")
local objection_relations = require("objection_relations")
local schema_table = require("schema_table")
local set = require("words").set
local sql_indexes = require("sql_indexes")
local words = require("words")

local M = {}

local FILES = "**/*.{js,ts,mjs,cjs}"
local SELDOM = set("user", "account", "tenant", "organization", "organisation", "agency", "agencie", "team", "company")
local FEW = set("provider", "role", "statu", "type", "kind", "country", "currency", "language", "locale", "level")
local HEEDED = set("CASCADE", "SET NULL", "SET DEFAULT")

-- Whether the database makes no index for a key; second, whether that is sure, see `chosen_database`.
local function is_asked(repo)
  local kinds = database_kind.of_packages(repo)
  if kinds.mysql then
    -- MySQL makes the index of a foreign key. Of a service that can use either, what its own files start counts.
    return kinds.postgres and chosen_database.of(repo) == "postgres", true
  end
  return kinds.postgres or kinds.sqlite, kinds.postgres
end

-- Whether a key leads to one of a few kinds: `provider_key`, `type_id`, or a key to `providers`.
local function is_of_few(column, refers)
  local all = words.of(column)
  return #all > 1 and FEW[all[#all - 1]] ~= nil or FEW[((refers or ""):match("(%a+)$") or ""):gsub("s$", "")] ~= nil
end

-- Whether a question goes by a foreign key as well, whose index would lead to few rows.
local function has_key(question, known)
  for _, one in question.columns do
    local key = known[one.table .. "." .. one.column]
    if key and not is_of_few(one.column, key.refers) then
      return true
    end
  end
  return false
end

-- Whether an index leads to the rows of a question: it begins with a column of it. One that begins with a column of few values and goes on with what nobody asks for
-- leads to all that share the value.
local function is_served(tables, question)
  local asked = {}
  for _, list in { question.columns, question.beside and question.beside.columns or {} } do
    for _, one in list do
      -- One side of an `or` finds only a part of the rows.
      asked[one.table .. "." .. one.column:lower()] = not one.is_or and one or nil
    end
  end
  for _, one in asked do
    if one.column == "id" then
      return true
    end
    local own = tables[one.table:lower()]
    local is_wide = question.is_one and is_of_few(one.column)
    for _, index in own and own.indexes or {} do
      local second = index.columns[2]
      if index.columns[1] == one.column:lower() and (not is_wide or not second or asked[one.table .. "." .. second]) then
        return true
      end
    end
  end
  return false
end

-- Whether a column is a key without a constraint: it is called after another table, `page_id` or `pageId` with a table `pages`.
local function names_table(column, made)
  local owner = column:match("^(.+)_id$") or column:match("^(.+)Id$")
  return owner ~= nil and (made[owner] or made[owner .. "s"] or made[owner:gsub("y$", "ies")]) ~= nil
end

-- Calls `report` for each such key of a repository.
function M.check(repo, report)
  if not repo:imports({ "knex", "objection" }) then
    return
  end
  local asked, is_postgres = is_asked(repo)
  if not asked then
    return
  end
  local keys, owners, known = knex_schema.keys(repo)
  local tables = sql_indexes.of(repo)
  local uses, lookups, order, models = {}, {}, {}, objection_models.of(repo)
  local columns, made = knex_schema.columns(repo)
  local function use_of(one, call, how)
    local key = one.table .. "." .. one.column
    uses[key] = uses[key] or { call = call, count = 0, how = how }
    uses[key].count += 1
    if not known[key] and columns[key] and (how ~= "filters by it" or names_table(one.column, made)) then
      -- A key all the same, without a constraint.
      known[key] = { table = one.table, column = one.column, at = columns[key], is_plain = true }
      table.insert(keys, known[key])
    end
  end
  for _, path in tables and repo:holding(FILES, { "here(", "hereIn(", "findOne(" }) or {} do
    local file = repo:open(path)
    for _, question in file and file.class == "source" and file.root and knex_questions.of(file, owners, known, models) or {} do
      local reach = question.call:reach()
      for _, one in reach ~= "test" and reach ~= "script" and not is_served(tables, question) and question.columns or {} do
        if one.is_or and (one.column == "id" or sql_indexes.begins_with(tables, one.table, one.column)) then
          continue
        end
        local key = one.table .. "." .. one.column
        use_of(one, question.call, "filters by it")
        if question.is_one and not known[key] and columns[key] and key_columns.is_key(one.column) and not lookups[key] and not has_key(question, known) then
          lookups[key] = { table = one.table, column = one.column, call = question.call, at = columns[key] }
          table.insert(order, lookups[key])
        end
      end
    end
  end
  objection_relations.each_read(repo, function(call)
    return knex_questions.tables(call, models)[1]
  end, function(one, call)
    local reach = call:reach()
    if reach ~= "test" and reach ~= "script" and not sql_indexes.begins_with(tables, one.table, one.column) then
      use_of(one, call, "reads the rows of a relation by it")
    end
  end)
  for _, look in order do
    report({
      at = knex_schema.nearest(look.at, look.call),
      message = `{look.table}.{look.column} finds one row and has no index: each such query reads the table until the row turns up`,
      confidence = (not is_postgres or few_rows.named(look.table)) and "low" or "medium",
      reach = look.call:reach(),
      related = { { at = look.call, message = "looks one up by it" } },
      notes = { table = look.table, column = look.column },
    })
  end
  local deleted = knex_questions.deleted(repo, models)
  for _, key in keys do
    local use = uses[key.table .. "." .. key.column]
    local gone = not use and HEEDED[key.rule or ""] and key.refers ~= key.table and not sql_indexes.begins_with(tables, key.table, key.column) and deleted[key.refers or ""]
    if gone then
      report({
        at = knex_schema.nearest(knex_schema.places(key, columns), gone),
        message = `{key.table}.{key.column} is a foreign key without an index: for each row that is deleted from {key.refers} the whole table is read, ON DELETE {key.rule}`,
        -- Users, and what owns them, go seldom.
        confidence = (not is_postgres or few_rows.named(key.table) or SELDOM[key.refers:lower():gsub("s$", "")]) and "low" or "medium",
        reach = gone:reach(),
        related = { { at = gone, message = `deletes from {key.refers}` } },
        notes = { table = key.table, column = key.column },
      })
    end
    if use then
      report({
        at = knex_schema.nearest(knex_schema.places(key, columns), use.call),
        message = `{key.table}.{key.column} is a {key.is_plain and "" or "foreign "}key without an index, and the database makes none: each query that goes by it reads the whole table`,
        -- Many rows share each of a few providers.
        confidence = (not is_postgres or key.is_plain and not schema_table.grows(key.table) or few_rows.named(key.table) or is_of_few(key.column, key.refers)) and "low" or "medium",
        reach = use.call:reach(),
        related = { { at = use.call, message = `{use.how}{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
        notes = { table = key.table, column = key.column, places = use.count },
      })
    end
  end
end

return M
