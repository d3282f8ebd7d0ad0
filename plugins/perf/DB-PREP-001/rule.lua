-- Statements that are run with their values in the text, so that each run is a statement that the database has not seen.

local migration = require("migration")
local naming = require("naming")
local set = require("words").set
local statement_text = require("statement_text")
local words = require("words")

-- Calls that run a statement, where the library behind them is not known.
local RUNS = set("execute", "executemany", "executescript", "fetch", "fetchrow", "fetchval", "fetch_all", "fetch_one", "query", "queryRaw", "raw", "$queryRawUnsafe", "$executeRawUnsafe", "Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext", "Raw", "Get", "Select", "read_sql", "read_sql_query", "unsafe")
-- What wraps a text on its way there.
local WRAPS = set("text", "Sprintf", "format", "dedent", "strip", "literal")
-- Words of names for parts of a statement that no placeholder can stand for.
local PARTS = set(
  "table", "tables", "column", "columns", "col", "cols", "field", "fields", "schema", "placeholder", "placeholders", "clause", "clauses", "where", "condition", "conditions", "filter", "filters", "sql", "query", "subquery", "order", "sort", "expr", "expression", "alias", "interval", "params", "binds", "bind", "fragment",
  "cte", "direction", "marks", "keyword", "operator", "op", "index", "idx", "position", "counter", "database", "collection", "relation", "function", "func", "cast", "statement", "select", "join", "joins", "namespace", "view", "dataset", "sequence", "geom", "geometry", "now", "timestamp", "ph"
)
local BUILDS = set("join", "Identifier", "SQL", "quote_ident", "quoteIdent", "escapeId", "escapeIdentifier", "Join", "Repeat", "repeat", "Literal", "raw", "sql", "map", "len", "placeholders", "col", "column", "ref", "table", "Itoa")

-- What puts a text together from others: where that is a statement, it is judged there.
local FORMATS = set("format", "Sprintf", "sprintf", "dedent")

-- What gives a part of a request.
local ASKS = set("FormValue", "PathValue", "PostFormValue", "Param", "QueryParam", "get", "getlist", "Vars")

-- Whether an expression is a value that differs from run to run.
local function is_value(node)
  local text, known = node:literal()
  if known and not (type(text) == "string" and text:find("{}", 1, true)) then
    return false
  end
  if node.kind == "call" then
    if BUILDS[node.name] then
      return false
    end
    local first = node:arg(1)
    if ASKS[node.name] then
      return true
    end
    -- `str(user_id)`, `encodeURIComponent(name)`: what is put in is what they are given.
    return first ~= nil and (first.kind == "name" or first.kind == "attr" or first.kind == "index") and is_value(first)
  elseif node.kind == "index" or node.kind == "slice" then
    return node:child("value") ~= nil and is_value(node:child("value"))
  elseif node.kind == "logic" or node.kind == "conditional" then
    for _, part in node:children() do
      if part:role() ~= "test" and part.kind ~= "str" and is_value(part) then
        return true
      end
    end
    return false
  elseif node.kind ~= "name" and node.kind ~= "attr" then
    return false
  end
  -- `LIMIT`, `Status.OPEN.value`
  local at = node
  while at and (at.kind == "attr" or at.kind == "name") do
    if at.text:find("^%u[%u%d_]+$") then
      return false
    end
    at = at:child("value")
  end
  for _, word in words.of(node.text) do
    if PARTS[word] then
      return false
    end
  end
  -- A name for another text is a part of the statement, however it is called.
  local value = node.kind == "name" and node:value()
  if value and (value.kind == "str" or value.kind == "template" or value.kind == "call" and (BUILDS[value.name] or FORMATS[value.name]) or value.kind == "binary") then
    return false
  end
  return true
end

-- The call that runs the statement; nil where none is seen.
local function run_of(top)
  local function among(calls)
    for _, call in calls do
      if call:fact("kind") == "db" or RUNS[call.name] then
        return call
      elseif not WRAPS[call.name] then
        return nil
      end
    end
    return nil
  end
  local found = among(top:argument_of())
  if found then
    return found
  end
  local func = top:func()
  for at, use in func and top:uses(func.node) or {} do
    found = at > 1 and among(use.calls) or nil
    if found then
      return found
    end
  end
  return nil
end

local KINDS = set("select", "insert", "update", "delete")

-- The kind of the first statement of a text; nil where it is none.
local function kind_of(file, text)
  for _, statement in file:sql(text) do
    if KINDS[statement.kind] then
      return statement.kind
    end
  end
  return nil
end

-- Whether a statement removes what is in the way after a fault. What a fault has updated or inserted instead may be half of all rows: `except IntegrityError` around an insert.
local function is_removed_after_fault(run, kind)
  local handler = kind == "delete" and run:enclosing({ "handler", "function" })
  return handler and handler.kind == "handler" or false
end

return {
  check = function(file, matches, report)
    if file.side == "browser" or file.class ~= "source" or file:imports({ "alembic**", "alembic.op" }) then
      return
    end
    for _, match in matches do
      local node = match.node
      local statement = node and statement_text.of(node)
      local reach = node and node:reach()
      if not statement or migration.runs(node) or reach == "test" or reach == "script" or reach == "build" then
        continue
      end
      local value, page = nil, nil
      statement_text.values(statement, function(hole, place)
        if is_value(hole) then
          value = value or place == "value" and hole or nil
          page = page or place == "page" and hole or nil
        end
      end)
      local hole = value or page
      local kind = hole and kind_of(file, statement.text)
      local run = kind and run_of(statement.top)
      if run then
        local runs = reach == "request" or reach == "worker" or #run:loops() > 0
        local is_known = run:fact("kind") == "db"
        local target = run:target()[1] or ""
        report({
          at = statement.top,
          message = `{(target == "" or target:find("[:]") or target:find("^%.")) and run.name or naming.path(target)} runs a text that holds the value of {hole.source:sub(1, 40)}: each value is a statement of its own, parsed and planned anew`,
          confidence = (not value or not runs or is_removed_after_fault(run, kind)) and "low" or is_known and "high" or "medium",
          related = { { at = hole, message = "the value is put into the text here" } },
        })
      end
    end
  end,
}
