-- The SELECT that a read runs, from the text or the statement that it is given, and what that says of the number of rows.

local least_statement = require("least_statement")
local lower = require("words").lower
local named_statements = require("named_statements")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- The SQL that an expression stands for: a text, or what makes a statement of one: `text("SELECT ...").bindparams(owner=owner)`.
-- Second, whether it is SQL at all: a query that code builds is none.
local function sql_of(node, depth)
  if (node.kind == "name" or node.kind == "attr") and depth < 4 then
    local value = node:value() or node:definition()
    if value and (value.kind == "call" or value.kind == "name") then
      return sql_of(value, depth + 1)
    end
  elseif node.kind == "call" then
    local at = node:fact("sql")
    local inner = at and node:arg(tonumber(at))
    if inner then
      local text = inner:literal()
      return type(text) == "string" and text or inner.kind ~= "name" and inner:joined() or nil, true
    end
    local receiver = node:receiver()
    if receiver and receiver.kind == "call" then
      return sql_of(receiver, depth)
    end
    return nil, false
  end
  local text = node:literal()
  return type(text) == "string" and text or nil, type(text) == "string"
end

-- The expression behind the text of a statement: what `text(...)` is given.
local function text_within(node, scope, depth)
  if node.kind == "call" then
    local at = node:fact("sql")
    local inner = at and node:arg(tonumber(at))
    local receiver = not inner and node:receiver()
    return inner or receiver and receiver.kind == "call" and text_within(receiver, scope, depth) or nil
  elseif node.kind == "name" and depth < 4 then
    local assigns = query_chain.assigned(scope)[node.text] or {}
    local value = #assigns == 1 and assigns[1]:child("value")
    return value and value.kind == "call" and text_within(value, scope, depth + 1) or node
  end
  return node
end

-- What a text that is put together says at the least, where that can be seen, and what was left out of it.
local function least_of(node, text, scope, file)
  if text and not text:find("{}", 1, true) then
    return text, nil
  end
  local inner = text_within(node, scope, 0)
  local least, left_out = nil, nil
  if inner then
    least, left_out = least_statement.of(inner, scope)
  end
  if not least or not file:sql(least)[1] then
    return text, nil
  end
  return least, left_out
end

-- The SQL that a query runs, and the call that runs it; third, whether the query is SQL at all; fourth, what was left out of a text put together of parts.
function M.run_of(query, scope)
  for _, part in query do
    local at = part.call:fact("runs")
    local argument = at and part.call:arg(tonumber(at))
    if argument then
      local text, is_sql = sql_of(argument, 0)
      if is_sql then
        local least, left_out = least_of(argument, text, scope, part.call.file)
        return least, part.call, true, left_out
      end
      -- A name that gets its statement in several branches: one without a limit is enough.
      local assigns = argument.kind == "name" and query_chain.assigned(scope)[argument.text]
      local found = nil
      for _, assign in assigns or {} do
        local value = assign:child("value")
        local one, is_text = nil, false
        if value then
          one, is_text = sql_of(value, 0)
        end
        if is_text then
          local statement = one and part.call.file:sql(one)[1]
          if not found or statement and statement.kind == "select" and statement.limit == "no" then
            found = one or found
          end
          is_sql = true
        end
      end
      if is_sql then
        return found, part.call, true
      end
    end
  end
  return nil, nil, false
end

-- Methods that give the rows of the statement they take, under the names of asyncpg and databases.
local GIVES_ROWS = set("fetch", "fetch_all")

-- The same of Go.
local GO_GIVES_ROWS = set("Query", "QueryContext", "Queryx", "QueryxContext")

-- Whether a call in Go is one of a method that an interface of the project declares, as sqlc writes one for connections and transactions, and is handed a SELECT.
local function asks_declared(call)
  local callee = call:callees()[1]
  if not callee or callee.node:child("body") or call:fact("statement") then
    return false
  end
  for at = 1, 2 do
    local argument = call:arg(at)
    local text = argument and argument:literal()
    local statement = type(text) == "string" and call.file:sql(text)[1]
    if statement then
      return statement.kind == "select"
    end
  end
  return false
end

-- Whether a call whose receiver is not known is handed a SELECT: the statement tells what the receiver does not.
function M.asks_in_sql(call)
  if call.file.language == "go" and GO_GIVES_ROWS[call.name] then
    return asks_declared(call)
  end
  if not GIVES_ROWS[call.name] or call.file.language ~= "python" or #call:target() > 0 or #call:callees() > 0 or not call:receiver() then
    return false
  end
  local argument = call:arg(1)
  local text = argument and argument:literal()
  local statement = type(text) == "string" and call.file:sql(text)[1]
  return statement ~= nil and statement ~= false and statement.kind == "select"
end

-- The statement of a read that runs SQL: nil when it is none that gives rows, or cannot be seen. Then its text, the call that runs it, and what was left
-- out of a text that is put together of parts. `given` says where the text stands, where no fact does.
function M.statement_of(read, scope, given)
  local how = given or read:fact("statement") or "argument"
  local text, left_out
  local run = read
  if how == "named" then
    text = named_statements.rows_of(read)
  elseif how == "argument" then
    for _, argument in read:args() do
      local value, known = argument:literal()
      if known and type(value) == "string" and #read.file:sql(value) > 0 then
        text = value
        break
      elseif argument.kind == "template" then
        text = argument.text
      end
    end
    local query = text == nil and read:arg("text")
    if query then
      text = query:literal()
    end
    for _, argument in (text == nil or text:find("{}", 1, true)) and read:args() or {} do
      local least, gone = least_of(argument, nil, scope, read.file)
      if least then
        text, left_out = least, gone
        break
      end
    end
  else
    -- `cursor.execute(...)` before `cursor.fetchall()`.
    local receiver = read:receiver()
    for _, call in scope:descendants("call") do
      local on = call:receiver()
      if call.name == "execute" and on and receiver and on.source == receiver.source and call.line <= read.line then
        local argument = call:arg(1)
        local value, known = nil, false
        if argument then
          value, known = argument:literal()
        end
        text, left_out = known and type(value) == "string" and value or nil, nil
        if argument then
          text, left_out = least_of(argument, text, scope, read.file)
        end
        run = call
      end
    end
  end
  if type(text) ~= "string" then
    return nil
  end
  return read.file:sql(text)[1], text, run, left_out
end

-- Whether a statement has a place for a value.
function M.has_placeholder(text)
  -- Remarks hold none: `-- name: ListOrders :many`.
  text = text:gsub("%-%-[^\n]*", "")
  return text:find("%%s") or text:find("%(", 1, true) or text:find("%$%d") or text:find("?", 1, true) or text:find("{}", 1, true) or text:find("[^:]:%a") or text:find("@%a")
end

-- Columns that name one row of their table.
local KEYS = set("id", "uuid", "guid", "pk", "rowid")

-- Whether a statement asks for the one row with a key: `WHERE id = 5`.
function M.gives_one_row(statement, text)
  if #statement.sources ~= 1 or statement.sources[1].kind ~= "base" then
    return false
  end
  local words = text:upper()
  if words:find("%f[%w]OR%f[%W]") or words:find("%f[%w]NOT%f[%W]") or words:find("=%s*ANY%f[%W]") then
    return false
  end
  for _, compare in statement.compares do
    if compare.operator == "equal" and KEYS[lower(compare.column)] then
      return true
    end
  end
  return false
end

-- Whether a statement makes groups itself, not in a query within it: there are as many rows as values to group by, or as one column has.
function M.groups_rows(text)
  if text:upper():find("^%s*SELECT%s+DISTINCT%s+[%w_.\"`]+%s+FROM%f[%W]") then
    return true
  end
  return text:gsub("%b()", " "):upper():find("%f[%w]GROUP%s+BY%f[%W]") ~= nil
end

-- Whether a statement asks the database about itself: there are as many rows as the schema has tables and columns.
function M.is_of_catalog(statement)
  for _, source in statement.sources do
    if source.kind ~= "catalog" then
      return false
    end
  end
  return true
end

-- The text without tables that are named at run time: they say which rows are asked for, not how many.
function M.without_named_tables(text, statement)
  for _, source in statement.sources do
    local from = source.kind == "hole" and text:find(source.name, 1, true)
    if from then
      text = text:sub(1, from - 1) .. text:sub(from + #source.name)
    end
  end
  return text
end

-- Whether values go with the text of a statement: `fetch_all(query, {"owner": owner})`, `Query(text, owner)`.
function M.takes_values(read)
  local before = false
  for _, argument in read:args() do
    if before and argument.kind ~= "null" and argument.kind ~= "function" then
      return true
    end
    local value, known = argument:literal()
    before = before or known and type(value) == "string" or argument.kind == "template" or select(2, sql_of(argument, 0))
  end
  return false
end

return M
