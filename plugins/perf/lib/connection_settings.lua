-- What a call that makes the client of a SQL database is told of the connection: which database it is, and whether the settings can be seen.
-- Followed from the arguments through names, attributes and functions of the project.

local parameter = require("parameter")
local words = require("words")

local M = {}

local DEEPEST = 10
local MOST_CALLERS = 8

-- Keys under which the parts of a connection are given.
local PARTS = words.set("host", "hostname", "server", "dbname", "database", "db", "user", "username", "password", "passwd", "pass", "port", "filename", "storage", "NAME", "HOST", "USER", "PORT")

-- The beginnings of addresses, and the names that libraries have for a database.
local SCHEMES = {
  { "^postgres", "postgres" }, { "^pgsql", "postgres" }, { "^cockroachdb", "postgres" }, { "^mysql", "mysql" }, { "^mariadb", "mysql" }, { "^sqlite", "sqlite" }, { "^file:", "sqlite" },
  { "^mssql", "other" }, { "^sqlserver", "other" }, { "^oracle", "other" }, { "^snowflake", "other" }, { "^clickhouse", "other" }, { "^redshift", "other" }, { "^duckdb", "other" }, { "^trino", "other" }, { "^hive", "other" }, { "^bigquery", "other" },
}
local NAMES = {
  pg = "postgres", postgres = "postgres", postgresql = "postgres", pgx = "postgres", cloudsqlpostgres = "postgres", ["pg-native"] = "postgres", mysql = "mysql", mysql2 = "mysql", mariadb = "mysql", sqlite = "sqlite", sqlite3 = "sqlite",
  ["better-sqlite3"] = "sqlite", mssql = "other", sqlserver = "other", oracledb = "other", ["aurora-postgres"] = "postgres", libsql = "sqlite",
}
-- What Go's drivers are opened with.
local DRIVERS = { { "driver/postgres", "postgres" }, { "dialects/postgres", "postgres" }, { "driver/mysql", "mysql" }, { "driver/sqlite", "sqlite" }, { "glebarez/sqlite", "sqlite" }, { "driver/sqlserver", "other" } }

-- Which database a text names, as an address or by the name that a library has for it.
function M.dialect_of_text(text)
  text = text:gsub("^%s+", "")
  if NAMES[text:lower()] then
    return NAMES[text:lower()]
  end
  -- A database with its driver, as SQLAlchemy names them: `postgresql+asyncpg`.
  local named = text:lower():match("^(%a+)%+%a[%w]*$")
  if named then
    return NAMES[named]
  end
  if text:find("://", 1, true) or text:find("^sqlite:") or text:find("^file:") then
    for _, scheme in SCHEMES do
      if text:lower():find(scheme[1]) then
        return scheme[2]
      end
    end
  elseif text:find("host=", 1, true) and (text:find("sslmode", 1, true) or text:find("dbname", 1, true)) then
    return "postgres"
  end
  return nil
end

-- The call that gives a name of Go its value beside an error: `config, err := pgxpool.ParseConfig(dsn)`.
local function made_beside_error(name)
  local func = name.kind == "name" and name.file.language == "go" and name:func()
  for _, assign in func and func.node:descendants("assign") or {} do
    local value = assign.line <= name.line and assign:child("value")
    if value and value.kind == "call" and assign.source:find("^" .. name.text .. "%s*,[%w_%s,]*:?=") then
      return value
    end
  end
  return nil
end

-- What a name is taken from together with others: `url, options = parameters`.
local function taken_apart(name)
  local func = name.kind == "name" and not name:param_position() and name:func()
  for _, assign in func and func.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign.line <= name.line and assign:child("value")
    for _, one in value and target and target.kind == "list" and target:children() or {} do
      if one.kind == "name" and one.text == name.text and not name:is_within(assign) then
        return value
      end
    end
  end
  return nil
end

local read

-- Reads one expression: texts and parts that stand in it, then what its names and calls stand for.
read = function(node, seen, depth)
  if not node or depth > DEEPEST or seen.ids[node.file.path .. node.id] then
    return
  end
  seen.ids[node.file.path .. node.id] = true
  local inside = node:descendants({ "str", "template", "kw-arg", "pair", "name", "attr", "call" })
  table.insert(inside, 1, node)
  for _, part in inside do
    if part.kind == "str" or part.kind == "template" then
      local text = part:joined() or part.text
      local dialect = M.dialect_of_text(text)
      if dialect then
        seen.dialects[dialect] = true
        seen.is_named = seen.is_named or depth == 0
      end
      if text:find("://", 1, true) and dialect or text:find("host=", 1, true) or text:find("sslmode", 1, true) then
        seen.parts += 2
        seen.depth = math.min(seen.depth, depth)
      end
    elseif part.kind == "kw-arg" or part.kind == "pair" then
      if PARTS[part.text] then
        seen.parts += 1
        seen.depth = math.min(seen.depth, depth)
      end
    elseif part.kind == "call" then
      for _, driver in DRIVERS do
        if (part:target()[1] or ""):find(driver[1], 1, true) then
          seen.dialects[driver[2]] = true
          seen.is_named = seen.is_named or depth == 0
        end
      end
      for _, fn in part:callees() do
        read(fn.node:child("body"), seen, depth + 2)
      end
    elseif part.kind == "name" or part.kind == "attr" then
      local value = part:value() or part:definition() or made_beside_error(part) or taken_apart(part)
      if value and value.kind ~= "class" then
        local is_function = value.kind == "function"
        read(is_function and value:child("body") or value, seen, depth + (is_function and 2 or 1))
      end
      -- What a parameter is, its callers say.
      local named = value and value.kind == "name" and value or part
      local at = named.kind == "name" and named:param_position()
      for count, caller in at and named:func() and named:func():callers() or {} do
        if count <= MOST_CALLERS and caller.file.class ~= "test" then
          local given = caller:arg(named.text)
          read(given or caller:arg(at - parameter.leading(named:func())), seen, depth + 1)
        end
      end
    end
  end
end

-- What `nodes` say: {dialects, is_named, parts, depth}: the databases that are named, whether the call itself names one, how many parts of
-- a connection are given, and how far from the call the nearest one stands.
function M.read(nodes)
  local seen = { ids = {}, dialects = {}, parts = 0, depth = DEEPEST + 1 }
  for _, node in nodes do
    read(node, seen, 0)
  end
  return seen
end

-- Which databases a file speaks of by their short names: `client === "pg"`.
function M.named_in(file)
  local all = {}
  for _, text in file.root:descendants("str") do
    local name = NAMES[text.text]
    if name then
      all[name] = true
    end
  end
  return all
end

return M
