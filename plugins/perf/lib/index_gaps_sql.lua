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
  local uses = {}
  local function see(file, text, at)
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
    elseif file and path:find("quer", 1, true) and file.class == "source" then
      -- Statements that a generator makes code of.
      see(file, file.text, file:line_span(1))
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
