-- What statements in code ask of tables that SQL scripts create.

local schema_table = require("schema_table")
local sql_indexes = require("sql_indexes")

local M = {}

local HOW = { equal = "equal", range = "range", ["in"] = "in", null = "null" }

local function bare(name)
  return (name:gsub('["`]', ""):match("([^%.]+)$") or name):lower()
end

local function table_of(tables, name)
  local own = tables[name]
  if own and not own.as_table then
    local out = { name = name, sql_name = name, columns = {}, indexes = {}, is_whole = next(own.columns) ~= nil and not own.is_columnar, store = "SQL" }
    local keys = {}
    for _, key in own.keys do
      keys[key.column] = true
    end
    for column, known in own.columns do
      local at = known.first and known.file:span(known.first, known.first + known.length - 1)
      out.columns[column] = schema_table.column({ at = at, name = column, type = known.type:gsub("^%s*%S+", ""):lower(), is_key = keys[column] ~= nil, is_declared = at ~= nil }, column)
    end
    own.as_table = out
  end
  return own and own.as_table
end

-- The one table that a statement reads or changes; nil where there are several.
local function name_of(statement)
  local own = statement.kind == "select" and statement.sources or statement.writes
  if statement.kind ~= "select" and statement.kind ~= "delete" and statement.kind ~= "update" or #own ~= 1 or own[1].kind ~= "base" then
    return nil
  end
  for _, read in statement.reads do
    if read.kind ~= "base" or bare(read.name) ~= bare(own[1].name) then
      return nil
    end
  end
  return bare(own[1].name)
end

local function ask(statement, tables, see, at)
  local name = name_of(statement)
  local table_ = name and table_of(tables, name)
  if not table_ or statement.filter == "unknown" then
    return
  end
  local question = { table = table_, conditions = {}, sorts = {}, call = at, is_limited = statement.limit == "yes", is_one = false }
  for _, compare in statement.compares do
    local column = bare(compare.column)
    if not table_.columns[column] then
      return
    end
    table.insert(question.conditions, { field = column, how = HOW[compare.operator] or "other" })
  end
  for _, sort in statement.kind == "select" and statement.order_by or {} do
    table.insert(question.sorts, bare(sort:match("^%s*([%w_%.\"`]+)%s*$") or sort:match("^%s*([%w_%.\"`]+)%s+%a+%s*$") or ""))
  end
  see(question)
end

-- Calls `see` for each question of a repository; `paths` are the files with statements.
function M.each(repo, see, paths)
  local tables = sql_indexes.of(repo)
  if next(tables) == nil then
    return
  end
  for _, path in paths do
    local file = repo:open(path)
    if not file or not file.root or file.class ~= "source" then
      continue
    end
    for _, node in file.root:descendants({ "str", "template" }) do
      local text = #node.text > 20 and node:joined() or nil
      local upper = text and text:upper()
      -- A hole may hold more conditions.
      if upper and upper:find("FROM", 1, true) and (upper:find("WHERE", 1, true) or upper:find("ORDER", 1, true)) and not text:find("}%s*{", 1) then
        for _, statement in file:sql(text) do
          ask(statement, tables, see, node)
        end
      end
    end
  end
end

return M
