-- Foreign keys of tables that SQL scripts create, which statements in code go by and no index begins with.

local chosen_database = require("chosen_database")
local database_functions = require("database_functions")
local few_rows = require("few_rows")
local index_gaps_columns = require("index_gaps_columns")
local parted_statements = require("parted_statements")
local schema_table = require("schema_table")
local script_dialects = require("script_dialects")
local sql_indexes = require("sql_indexes")
local stated_reach = require("stated_reach")
local statement_keys = require("statement_keys")

local M = {}

-- The tables whose keys are worth asking for, by name: those with a foreign key that no index begins with. Of tables that classes declare the class is shown.
local function gaps_of(tables, declared)
  local all = {}
  for name, own in tables do
    for _, key in own.keys do
      -- MySQL makes the index itself.
      local is_made = script_dialects.named(key.file.path) == "mysql"
      if key.count == 1 and not is_made and not declared[name] and not sql_indexes.begins_with(tables, name, key.column, key.file.path) then
        all[name] = all[name] or {}
        -- A script shows a key better than the code that once added it.
        all[name][key.column] = key.file.root and all[name][key.column] or key
      end
    end
  end
  return all
end

local KINDS = { select = true, delete = true, update = true, insert = true }

-- What becomes of rows whose key's row is deleted, where the database has to find them.
M.HEEDED = { ["CASCADE"] = true, ["SET NULL"] = true, ["SET DEFAULT"] = true }

-- Whether the database looks for the rows of a key when what it refers to is deleted: to change them, or to see that there are none. The second is worth an
-- index where there are ever more rows.
local function is_searched(name, key)
  return key.refers ~= nil and key.refers ~= name and (M.HEEDED[key.on_delete or ""] or schema_table.grows(name)) or false
end

local function has_keys_of_deleted(gaps)
  for name, keys in gaps do
    for _, key in keys do
      if is_searched(name, key) then
        return true
      end
    end
  end
  return false
end

-- Tables from which a text deletes rows, also within `WITH`.
local function deleted_in(text, see)
  for name in text:gmatch("[Dd][Ee][Ll][Ee][Tt][Ee]%s+[Ff][Rr][Oo][Mm]%s+([%w_%.\"`]+)") do
    see(statement_keys.bare(name))
  end
end

-- Whether a file of SQL holds the statements that the service runs, by its name or because each has one of its own: `-- name: get-user`.
local function holds_queries(path, file)
  return path:find("quer", 1, true) ~= nil or file.text:find("%-%-%s*name:%s*[%a_]") ~= nil
end

-- Whether a text names one of the tables that scripts create, or that classes declare.
local function names_one(text, tables, declared)
  local small = text:lower()
  for _, names in { tables, declared } do
    for name in names do
      if small:find(name, 1, true) then
        return true
      end
    end
  end
  return false
end

-- The key of a class that a statement goes by, the same each time; `known` keeps them by the place of their column.
local function key_of_class(class, column, known)
  local at = class.key_of(column)
  if not at then
    return nil
  end
  local place = `{at.file.path}:{at.id}`
  if not known[place] then
    local first, last = at:bytes()
    known[place] = { column = column, file = at.file, first = first, length = last - first + 1 }
  end
  return known[place]
end

-- Dialects that make the index of a foreign key themselves.
local function is_mysql(repo)
  return repo:imports({ "github.com/go-sql-driver/mysql", "mysql", "mysql2", "mysql2/**", "pymysql", "MySQLdb", "mysql.connector", "aiomysql" })
end

-- Who runs a function of the database, its migration does not say.
local function reach_of(file, at)
  return file.root and file.class ~= "migration" and stated_reach.of(at) or nil
end

-- Calls `report` for each such key; `paths` are the files with statements that filter, `declared` the tables of classes, whose migrations only repeat them.
function M.check(repo, report, paths, declared)
  local tables = sql_indexes.of(repo)
  local gaps = gaps_of(tables, declared)
  local plain = index_gaps_columns.of(repo, tables, declared)
  -- Of a service that can use either, what its own files start counts.
  if is_mysql(repo) and chosen_database.of(repo) ~= "postgres" then
    gaps, declared = chosen_database.of(repo) == "mysql" and {} or script_dialects.not_of_mysql(repo, gaps), {}
  end
  local uses, classes, deleted = {}, {}, {}
  local asks_deleted = has_keys_of_deleted(gaps)
  local function columns_of(name)
    local own = tables[name] and next(tables[name].columns) ~= nil and tables[name].columns or nil
    return own or declared[name] and declared[name].columns or nil
  end
  local function see(file, text, at)
    if asks_deleted then
      deleted_in(text, function(name)
        deleted[name] = deleted[name] or { at = at, reach = reach_of(file, at) }
      end)
    end
    for _, statement in names_one(text, tables, declared) and file:sql(text) or {} do
      for _, one in KINDS[statement.kind] and statement_keys.of(text:sub(statement.first, statement.last), columns_of) or {} do
        local keys, class = gaps[one.name], declared[one.name]
        plain.note(one, at, file.root and stated_reach.of(at) or nil, text)
        local served = keys == nil and class == nil
        local _, first = next(keys or {})
        for _, list in served and {} or { one.columns, one.beside } do
          for _, column in list do
            served = served or sql_indexes.begins_with(tables, one.name, column, first and first.file.path) or class ~= nil and class.is_served(column)
          end
        end
        for _, column in served and {} or one.columns do
          local key = if class then key_of_class(class, column, classes) else keys[column]
          if key then
            uses[key] = uses[key] or { at = at, table = one.name, count = 0, reach = reach_of(file, at) }
            uses[key].count += 1
          end
        end
      end
    end
  end
  for _, path in paths do
    local file = repo:open(path)
    if file and file.class == "migration" then
      database_functions.each(file, function(body, at)
        see(file, body, at)
      end)
    elseif file and file.root and file.class == "source" then
      for _, node in file.root:descendants({ "str", "template" }) do
        local text = #node.text > 20 and node:joined() or nil
        if text and text:find("[Ww][Hh][Ee][Rr][Ee]") and node:reach() ~= "test" and node:reach() ~= "script" then
          see(file, text, node)
        elseif not text or not text:find("[Ww][Hh][Ee][Rr][Ee]") then
          local apart = node.text:find("=", 1, true) and parted_statements.of(node, tables)
          if apart and node:reach() ~= "test" and node:reach() ~= "script" then
            see(file, apart, node)
          end
        end
      end
    elseif file and file.class == "source" and holds_queries(path, file) then
      -- Statements that a generator makes code of.
      see(file, file.text, file:line_span(1))
    end
  end
  for name, keys in asks_deleted and gaps or {} do
    for _, key in keys do
      local use = not uses[key] and is_searched(name, key) and deleted[key.refers]
      if use then
        report({
          at = key.file:span(key.first, key.first + key.length - 1),
          message = `{name}.{key.column} is a foreign key without an index: for each row that is deleted from {key.refers} the whole table is read, ON DELETE {key.on_delete or "NO ACTION"}`,
          confidence = few_rows.named(name) and "low" or "medium",
          reach = use.reach,
          related = { { at = use.at, message = `deletes from {key.refers}` } },
          notes = { table = name, column = key.column },
        })
      end
    end
  end
  for key, use in uses do
    report({
      at = key.file:span(key.first, key.first + key.length - 1),
      message = `{use.table}.{key.column} is a foreign key without an index: each statement that goes by it reads the whole table`,
      -- Many rows share each of a few roles.
      confidence = (few_rows.named(use.table) or few_rows.named((key.column:gsub("_?id$", "")))) and "low" or "medium",
      reach = use.reach,
      related = { { at = use.at, message = `filters by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
      notes = { table = use.table, column = key.column, places = use.count },
    })
  end
  plain.report(report)
end

return M
