-- Columns of tables that scripts or statements in code create, which are no foreign keys, by which statements find rows and that no index begins with.

local database_kind = require("database_kind")
local few_rows = require("few_rows")
local key_columns = require("key_columns")
local schema_table = require("schema_table")
local sql_indexes = require("sql_indexes")

local M = {}

-- Types that an index on the whole value serves.
local PLAIN_TYPES = { "char", "text", "int", "uuid", "serial", "binary", "string", "citext", "type" }

local function is_plain(column, name)
  local kind = (column.type or ""):lower()
  local is_whole = false
  for _, word in PLAIN_TYPES do
    is_whole = is_whole or kind:find(word, 1, true) ~= nil
  end
  local full = schema_table.column({ type = "", name = name }, name)
  return is_whole and not kind:find("%[%]") and not kind:find("json", 1, true) and not full.is_few and not full.is_time
end

-- The column that a statement finds rows by, nil where an index serves it, or not all of it is seen.
local function gap_of(own, one, tables, by_key)
  local found = nil
  for _, list in { one.columns, one.beside } do
    for _, name in list do
      if not own.columns[name] or by_key[name] or sql_indexes.begins_with(tables, own.name, name) then
        return nil
      end
    end
  end
  for _, name in one.columns do
    local column = own.columns[name]
    if column.first and not column.file:imports({ "alembic", "alembic.op" }) and is_plain(column, name) and (not found or key_columns.is_key(name) and not key_columns.is_key(found)) then
      found = name
    end
  end
  return found
end

-- Keeps what statements ask of tables; `asked(name)` tells whether a table is one of those.
function M.of(repo, tables, declared)
  local uses, order = {}, {}
  local out = {}

  function out.asked(name)
    local own = tables[name]
    return own ~= nil and next(own.columns) ~= nil and not own.is_columnar and not declared[name] and not few_rows.named(name)
  end

  -- `one` is what `statement_keys` says of a table, `at` the statement, `text` its words.
  function out.note(one, at, reach, text)
    if not out.asked(one.name) or #one.columns == 0 then
      return
    end
    local where = text:upper():find("%f[%a]WHERE%f[%A]")
    if where and text:find("{}", where, true) then
      -- What is added later may be served.
      return
    end
    local own, by_key = tables[one.name], {}
    for _, key in own.keys do
      by_key[key.column] = true
    end
    local name = gap_of(own, one, tables, by_key)
    if name then
      local key = `{one.name}.{name}`
      if not uses[key] then
        uses[key] = { own = own, name = name, at = at, reach = reach, count = 0, is_alone = false }
        table.insert(order, uses[key])
      end
      local use = uses[key]
      use.count += 1
      use.is_alone = use.is_alone or #one.columns == 1
      if reach == "request" and use.reach ~= "request" then
        use.at, use.reach = at, reach
      end
    end
  end

  -- Names of tables may be one word: `remoteusers`.
  local function grows(name)
    for at = 2, #name - 3 do
      if schema_table.grows(name:sub(at)) and not name:find("[_%-]") then
        return true
      end
    end
    return schema_table.grows(name)
  end

  local function confidence_of(use)
    local is_service = use.reach == "request" or use.reach == "worker" or use.reach == "unknown"
    local is_key = key_columns.is_key(use.name)
    local is_sought = is_key or use.count > 1 or use.is_alone and use.reach == "request"
    -- A file of SQLite may hold little; what tells one row from all others is looked for all the same, row by row.
    local is_small = not (is_key and grows(use.own.name)) and database_kind.only_a_file(repo, use.own.columns[use.name].file.language or use.at.file and use.at.file.language or "")
    return is_service and is_sought and not is_small and (grows(use.own.name) or use.count > 1) and "medium" or "low"
  end

  function out.report(report)
    for _, use in order do
      local column = use.own.columns[use.name]
      report({
        at = column.file:span(column.first, column.first + column.length - 1),
        message = `{use.own.name}.{use.name} has no index, and statements find rows by it: each of them reads the whole table`,
        confidence = confidence_of(use),
        reach = use.reach,
        related = { { at = use.at, message = `finds rows by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
        notes = { table = use.own.name, column = use.name, places = use.count },
      })
    end
  end

  return out
end

return M
