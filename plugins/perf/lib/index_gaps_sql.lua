-- Foreign keys of tables that SQL scripts create, which statements in code go by and no index begins with.

local few_rows = require("few_rows")
local sql_indexes = require("sql_indexes")

local M = {}

local function bare(name)
  return (name:gsub('["`]', ""):match("([^%.]+)$") or name):lower()
end

-- The one table that a statement is about; nil where it joins several.
local function table_of(statement)
  local own = statement.kind == "select" and statement.sources or statement.writes
  if (statement.kind ~= "select" and statement.kind ~= "delete" and statement.kind ~= "update") or #own ~= 1 or own[1].kind ~= "base" then
    return nil
  end
  for _, read in statement.reads do
    if read.kind ~= "base" or bare(read.name) ~= bare(own[1].name) then
      return nil
    end
  end
  return bare(own[1].name)
end

-- What a statement asks one table for: the table, and columns that are compared for equality; nil where something else is asked.
local function asked(statement)
  local name = table_of(statement)
  if not name or statement.filter ~= "yes" then
    return nil
  end
  local columns = {}
  for _, compare in statement.compares do
    if compare.operator == "equal" or compare.operator == "in" then
      table.insert(columns, bare(compare.column))
    end
  end
  return name, columns
end

-- The tables whose keys are worth asking for, by name: those with a foreign key that no index begins with.
local function gaps_of(tables)
  local all, count = {}, 0
  for name, own in tables do
    for _, key in own.keys do
      if key.count == 1 and not sql_indexes.begins_with(tables, name, key.column) then
        all[name] = all[name] or {}
        all[name][key.column] = key
        count += 1
      end
    end
  end
  return all, count
end

local function has_keys_of_deleted(gaps)
  for _, keys in gaps do
    for _, key in keys do
      if key.refers and M.HEEDED[key.on_delete or ""] then
        return true
      end
    end
  end
  return false
end

-- What becomes of rows whose key's row is deleted, where the database has to find them.
M.HEEDED = { ["CASCADE"] = true, ["SET NULL"] = true, ["SET DEFAULT"] = true }

-- Tables from which a text deletes rows, also within `WITH`.
local function deleted_in(text, see)
  for name in text:gmatch("[Dd][Ee][Ll][Ee][Tt][Ee]%s+[Ff][Rr][Oo][Mm]%s+([%w_%.\"`]+)") do
    see(bare(name))
  end
end

-- Whether a file of SQL holds the statements that the service runs, by its name or because each has one of its own: `-- name: get-user`.
local function holds_queries(path, file)
  return path:find("quer", 1, true) ~= nil or file.text:find("%-%-%s*name:%s*[%a_]") ~= nil
end

-- Dialects that make the index of a foreign key themselves.
local function is_mysql(repo)
  return repo:imports({ "github.com/go-sql-driver/mysql", "mysql", "mysql2", "mysql2/**", "pymysql", "MySQLdb", "mysql.connector", "aiomysql" })
end

-- Calls `report` for each such key; `paths` are the files with statements that filter.
function M.check(repo, report, paths)
  local tables = sql_indexes.of(repo)
  local gaps, count = gaps_of(tables)
  if count == 0 or is_mysql(repo) then
    return
  end
  local uses, deleted = {}, {}
  local asks_deleted = has_keys_of_deleted(gaps)
  local function see(file, text, at)
    if asks_deleted then
      deleted_in(text, function(name)
        deleted[name] = deleted[name] or { at = at, reach = file.root and at:reach() or nil }
      end)
    end
    for _, statement in file:sql(text) do
      local name, columns = asked(statement)
      local keys = name and gaps[name]
      local served = false
      for _, column in keys and columns or {} do
        served = served or sql_indexes.begins_with(tables, name, column)
      end
      for _, column in keys and not served and columns or {} do
        local key = keys[column]
        if key then
          uses[key] = uses[key] or { at = at, table = name, count = 0, reach = file.root and at:reach() or nil }
          uses[key].count += 1
        end
      end
    end
  end
  for _, path in paths do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      for _, node in file.root:descendants({ "str", "template" }) do
        local text = #node.text > 20 and node:joined() or nil
        if text and text:find("[Ww][Hh][Ee][Rr][Ee]") and node:reach() ~= "test" and node:reach() ~= "script" then
          see(file, text, node)
        end
      end
    elseif file and file.class == "source" and holds_queries(path, file) then
      -- Statements that a generator makes code of.
      see(file, file.text, file:line_span(1))
    end
  end
  for name, keys in asks_deleted and gaps or {} do
    for _, key in keys do
      local use = not uses[key] and key.refers and key.refers ~= name and M.HEEDED[key.on_delete or ""] and deleted[key.refers]
      if use then
        report({
          at = key.file:span(key.first, key.first + key.length - 1),
          message = `{name}.{key.column} is a foreign key without an index: for each row that is deleted from {key.refers} the whole table is read, ON DELETE {key.on_delete}`,
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
      confidence = few_rows.named(use.table) and "low" or "medium",
      reach = use.reach,
      related = { { at = use.at, message = `filters by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
      notes = { table = use.table, column = key.column, places = use.count },
    })
  end
end

return M
