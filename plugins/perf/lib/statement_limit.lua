-- The change that has PostgreSQL end a statement after thirty seconds, in the words of the library that connects.

local layout = require("layout")

local M = {}

local MILLISECONDS = "30000"

-- Something added behind the last argument or entry of `around`, on a line of its own where the others have one.
local function appended(around, last, text)
  local file = around.file
  local indent = layout.indent(file, last.line)
  local starts_line = file:line_span(last.line).source:sub(#indent + 1, #indent + 1) == last.source:sub(1, 1)
  if last.line == around.line or not starts_line or last.last_line == around.last_line then
    return { after = last, text = ", " .. text }
  end
  -- A comment behind the last one is about that one.
  local _, stop = last:bytes()
  local line = file:line_span(last.last_line)
  if line.source:sub(stop - line.first + 2):find("^%s*,%s*[/#]") then
    return { after = line, text = `\n{indent}{text},` }
  end
  return { after = last, text = `,\n{indent}{text}` }
end

local function fixed(edit)
  return { title = "end statements after 30 s", safety = "unsafe", edits = { edit } }
end

-- One more argument of a call of Python; nil where it is given one already, or options that cannot be seen.
local function argument(call, name, value)
  local _, state = call:arg(name)
  local args = call:args()
  local last = args[#args]
  if state ~= "absent" or not last then
    return nil
  end
  local around = last:parent()
  last = around and around.kind == "kw-arg" and around or last
  return fixed(appended(call, last, `{name}={value}`))
end

-- One more entry of an object; nil where it has one, is none, or is spread.
local function entry(dict, key, value, separator)
  if not dict or dict.kind ~= "dict" then
    return nil
  end
  local _, state = dict:entry(key)
  local items = dict:children()
  local last = items[#items]
  if state == "given" or not last then
    return nil
  end
  return fixed(appended(dict, last, `{key}{separator} {value}`))
end

local PSYCOPG = table.freeze({ "psycopg2.connect", "psycopg.connect", "psycopg.Connection.connect", "psycopg.AsyncConnection.connect", "psycopg2.pool.*" })
local ASYNCPG = table.freeze({ "asyncpg.connect", "asyncpg.create_pool" })
local SQLALCHEMY = table.freeze({ "sqlalchemy.create_engine", "sqlalchemy.create_async_engine", "sqlalchemy.ext.asyncio.create_async_engine", "sqlmodel.create_engine" })

-- The driver that an address of SQLAlchemy names; nil where it cannot be seen.
local function driver_of(call)
  local url = call:arg("url")
  url = url or call:arg(1)
  local text = url and url:joined()
  if not text or not text:find("^postgres") then
    return nil
  end
  return text:match("^postgres%w*%+(%w+)://") or text:find("^postgres%w*://") and "psycopg2"
end

-- Whether the address or another argument holds options for the server: one more argument of that name would take their place.
local function holds_options(call)
  for _, argument in call:args() do
    local value = argument:value() or argument
    local literal = argument:literal()
    if (argument:joined() or tostring(literal)):find("options", 1, true) or value.source:find("options", 1, true) then
      return true
    end
  end
  return false
end

-- The fix for a client, or nil where it cannot be written there.
function M.of_client(call)
  local quote = layout.quote(call.file)
  local option = `{quote}-c statement_timeout={MILLISECONDS}{quote}`
  local settings = `\{{quote}statement_timeout{quote}: {quote}{MILLISECONDS}{quote}}`
  if call:is(PSYCOPG) then
    return not holds_options(call) and argument(call, "options", option) or nil
  elseif call:is(ASYNCPG) then
    return argument(call, "server_settings", settings)
  elseif call:is(SQLALCHEMY) then
    if holds_options(call) then
      return nil
    end
    local driver = driver_of(call)
    if driver == "asyncpg" then
      return argument(call, "connect_args", `\{{quote}server_settings{quote}: {settings}}`)
    elseif driver == "psycopg2" or driver == "psycopg" then
      return argument(call, "connect_args", `\{{quote}options{quote}: {option}}`)
    end
    return nil
  elseif call:is({ "pg.Pool", "pg.Client" }) then
    return entry(call:arg(1), "statement_timeout", "30_000", ":")
  elseif call:is({ "knex", "knex.knex", "knex.default" }) then
    local options = call:arg(1)
    local client, connection = call:arg("client"), call:arg("connection")
    local name = client and client:literal()
    return options and name == "pg" and entry(connection, "statement_timeout", "30_000", ":") or nil
  end
  return nil
end

-- The fix for a dictionary of Django's settings.
function M.of_django(dict)
  local quote = layout.quote(dict.file)
  local option = `{quote}options{quote}: {quote}-c statement_timeout={MILLISECONDS}{quote}`
  local options, state = dict:entry("OPTIONS")
  if state == "given" then
    local items = options.kind == "dict" and options:children() or {}
    local last = items[#items]
    local _, own = options:entry("options")
    return own == "absent" and last and fixed(appended(options, last, option)) or nil
  end
  local items = dict:children()
  return fixed(appended(dict, items[#items], `{quote}OPTIONS{quote}: \{{option}}`))
end

return M
