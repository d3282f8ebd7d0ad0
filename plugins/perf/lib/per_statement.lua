-- Loops whose turns run another statement each, which no query does for several: scripts, and one table after the other.

local awaited = require("awaited")
local parameter = require("parameter")

local M = {}

-- Words for a statement of SQL as an element: what runs such a list is a script.
local STATEMENTS = { stmt = true, statement = true, sql = true, query = true, ddl = true, command = true, q = true }

-- The calls that make what a call gives: those of its chain, and behind a variable those that made its receiver: `found = execute(query); found.all()`.
local function steps_of(node)
  local _, before = node:chained()
  local steps = { node, unpack(before) }
  local first = steps[#steps]:receiver()
  local made = awaited.value(first and first.kind == "name" and first:value())
  if made and made.kind == "call" then
    table.insert(steps, made)
  end
  return steps
end

-- Whether the element itself is the statement that is run: `for statement in script.split(";"): cursor.execute(statement)`.
function M.is_script(node, loop)
  local argument = node:arg(1)
  for _, call in steps_of(node) do
    argument = call:fact("runs") and call:arg(tonumber(call:fact("runs"))) or argument
  end
  -- `execute(text(query))`.
  if argument and argument.kind == "call" and argument:fact("sql") then
    argument = argument:arg(tonumber(argument:fact("sql"))) or argument
  end
  if not argument or argument.kind ~= "name" or not STATEMENTS[argument.text:lower()] then
    return false
  end
  -- Go names the position first: `for _, query := range queries`.
  for _, target in loop.node:children("target") do
    if target.text == argument.text or target.source:find(`%f[%w_]{argument.text}%f[^%w_]`) then
      return true
    end
  end
  return false
end

-- Statements that define or drop something, and the parts of SQLAlchemy that say which table a statement is for.
local DEFINES = table.freeze({ "sqlalchemy.schema.**", "sqlalchemy.sql.ddl.**", "sqlalchemy.DDL", "sqlalchemy.sql.schema.**" })
local OF_TABLE = table.freeze({ "sqlalchemy.insert", "sqlalchemy.select", "sqlalchemy.update", "sqlalchemy.delete", "sqlalchemy.sql.expression.**", "sqlalchemy.dialects.**" })

-- Whether a statement is for the table that the loop is at.
local function is_for_table(statement, loop)
  if statement:is(DEFINES) then
    return true
  end
  local receiver = statement:receiver()
  local table = receiver and receiver.kind == "name" and (statement.name == "select" or statement.name == "insert" or statement.name == "delete" or statement.name == "update") and receiver
  if not table and statement:is(OF_TABLE) then
    table = statement:arg(1)
  end
  return table ~= nil and table ~= false and table.kind == "name" and loop:carries(table)
end

-- The text of a statement with holes where values are put in: `f"DELETE FROM {name}"`, `fmt.Sprintf("DELETE FROM %s", name)`.
local function text_of(statement)
  if statement.kind == "call" and statement.name == "Sprintf" then
    local form = statement:arg(1)
    local text = form and form:literal()
    return type(text) == "string" and text:gsub("%%[sqv]", "{}") or nil
  end
  if statement.kind == "call" and statement:fact("sql") then
    statement = statement:arg(tonumber(statement:fact("sql"))) or statement
  end
  local text = statement:literal()
  if type(text) == "string" then
    return text
  end
  return statement.kind == "binary" and statement:joined() or nil
end

-- Whether the one thing that differs from turn to turn is the table's name.
local function names_table(statement, loop)
  local text = loop:carries(statement) and text_of(statement)
  if not text or select(2, text:gsub("{}", "")) ~= 1 then
    return false
  end
  for _, one in statement.file:sql(text) do
    for _, tables in { one.reads, one.writes } do
      for _, table in tables do
        if table.kind == "hole" then
          return true
        end
      end
    end
  end
  return false
end

-- Statements that make, change or tidy parts of a store, one each: there is no form for several.
local DEFINING = { create = true, drop = true, alter = true, truncate = true, vacuum = true, reindex = true, grant = true, revoke = true, comment = true, analyze = true, attach = true, detach = true, optimize = true, refresh = true, cluster = true, rename = true,
  kill = true, purge = true, pragma = true, checkpoint = true, listen = true, unlisten = true, notify = true, deallocate = true }

local function defines(statement)
  local value = statement.kind == "name" and statement:value() or statement
  local text = if value.kind == "call" then text_of(value) else value:joined()
  local word = type(text) == "string" and text:lower():match("^%s*(%a+)%s")
  return word ~= nil and DEFINING[word] == true
end

-- Whether a call scans one of the parts into which a table is cut for several who scan it side by side: DynamoDB's `Segment`.
function M.is_of_segment(call)
  local options = call:arg(1)
  local total = select(2, call:arg("TotalSegments")) == "given" or options ~= nil and options.kind == "dict" and select(2, options:entry("TotalSegments")) == "given"
  return total
end

-- Attributes that classes of models have and their rows do not.
local OF_CLASS = { objects = true, _default_manager = true, _base_manager = true, __table__ = true, __tablename__ = true }

-- Whether a name is used as the class of a model: `model.objects.count()`.
local function is_class_in(scope, name)
  for _, attr in scope:descendants("attr") do
    local base = OF_CLASS[attr.text] and attr:child("value")
    if base and base.kind == "name" and base.text == name then
      return true
    end
  end
  return false
end

-- Whether the element of a loop is the class of a model, each of which has its table: what is asked of it directly, or by a function that is handed it.
local function is_over_models(node, loop)
  local target = loop.node:child("target")
  if not target or target.kind ~= "name" or node.file.language ~= "python" then
    return false
  elseif is_class_in(node, target.text) then
    return true
  end
  for at, argument in node:args() do
    if argument.kind == "name" and argument.text == target.text then
      for _, func in node:callees() do
        local param = func.params[parameter.leading(func) + at]
        if param and is_class_in(func.node, param.text) then
          return true
        end
      end
    end
  end
  return false
end

-- Whether each turn asks for another table: `for table in metadata.sorted_tables: connection.execute(table.select())`.
function M.is_of_its_table(node, loop)
  if is_over_models(node, loop) then
    return true
  end
  for _, call in steps_of(node) do
    local statement = call:arg(1)
    if statement and (statement.kind == "call" and is_for_table(statement, loop) or names_table(statement, loop) or defines(statement)) then
      return true
    end
  end
  return false
end

return M
