-- The columns of a table, where the SQL files of the repository say all of them, and each can be written as it stands there.

local M = {}

-- Words that no column has for a name without quotes in any dialect.
local RESERVED = { PRIMARY = true, FOREIGN = true, UNIQUE = true, CONSTRAINT = true, CHECK = true }
-- Words that begin a part of a table in one dialect and are plain names in another: `KEY idx (a)`, `key text`.
local DOUBTFUL = { KEY = true, INDEX = true, EXCLUDE = true, PERIOD = true, FULLTEXT = true, SPATIAL = true }
-- What stands between such a word and its brackets, beside a name.
local LEADS = { KEY = true, INDEX = true, USING = true, FOR = true }
-- Types that take brackets: `key varchar(40)` is no index called varchar.
local SIZED = {
  BINARY = true, BIT = true, CHAR = true, CHARACTER = true, DATETIME = true, DECIMAL = true, DOUBLE = true, ENUM = true, FLOAT = true, INT = true, INTEGER = true, INTERVAL = true, NCHAR = true, NUMERIC = true, NVARCHAR = true,
  BIGINT = true, MEDIUMINT = true, SMALLINT = true, TINYINT = true, SET = true, TIME = true, TIMESTAMP = true, TIMESTAMPTZ = true, VARBINARY = true, VARBIT = true, VARCHAR = true, VARCHAR2 = true, VECTOR = true,
}
-- What an ALTER may do and leave the columns' names as they are.
local HARMLESS = { "^OWNER%s", "^ENABLE%s", "^DISABLE%s", "^VALIDATE%s", "^CLUSTER%s", "^REPLICA%s", "^ALTER%s", "^ADD%s+CONSTRAINT%s", "^ADD%s+PRIMARY%s", "^ADD%s+FOREIGN%s", "^ADD%s+UNIQUE", "^ADD%s+CHECK%s" }

-- A pattern for a word in whatever case.
local function word(text)
  return (text:gsub("%a", function(letter)
    return `[{letter:upper()}{letter:lower()}]`
  end))
end

local CREATE = word("create") .. "%s+" .. word("table") .. "%s+([^%(;]+)(%b())([^;]*)"
local ALTER = word("alter") .. "%s+" .. word("table") .. "%s+([^;]+)"

local function key_of(name)
  local last = (name:match("([^%.]+)$") or name):gsub('["`%[%]]', "")
  return last:lower()
end

-- The SQL without its comments, and with nothing in its strings.
local function bare(text)
  return (text:gsub("/%*.-%*/", " "):gsub("%-%-[^\r\n]*", ""):gsub("'[^']*'", "''"))
end

-- Whether a part of a table, brackets within it emptied, declares no column.
local function is_constraint(first, rest)
  if RESERVED[first] then
    return true
  elseif not DOUBTFUL[first] then
    return false
  end
  local second, behind = rest:match("^%s*([%a_][%w_]*)(.*)$")
  if not second then
    return rest:find("^%s*%(") ~= nil
  elseif LEADS[second:upper()] then
    return true
  end
  return behind:upper():find("^%s*USING%s") ~= nil or behind:find("^%s*%(") ~= nil and not SIZED[second:upper()]
end

-- The columns between the brackets; nil where one is quoted, or comes from another table.
local function listed(body)
  local list = {}
  for item in (body:sub(2, -2):gsub("%b()", "()") .. ","):gmatch("([^,]*),") do
    local first, rest = item:match("^%s*([%a_][%w_]*)(.*)$")
    if first then
      if first:upper() == "LIKE" or rest:find("^[^%s%(]") then
        return nil
      elseif not is_constraint(first:upper(), rest) then
        table.insert(list, first)
      end
    elseif item:find("%S") then
      return nil
    end
  end
  return #list > 0 and list or nil
end

-- Whether what an ALTER says of a table changes which columns it has.
local function changes(actions)
  for action in (actions:gsub("%b()", "") .. ","):gmatch("%s*([^,]*),") do
    local is_harmless = false
    for _, pattern in HARMLESS do
      is_harmless = is_harmless or (action:upper() .. " "):find(pattern) ~= nil
    end
    if not is_harmless then
      return true
    end
  end
  return false
end

local function read(known, text)
  for head, body, tail in text:gmatch(CREATE) do
    local name = head:gsub("^" .. word("if") .. "%s+" .. word("not") .. "%s+" .. word("exists") .. "%s+", ""):gsub("%s+$", "")
    local key = key_of(name)
    local is_plain = not name:find("%s") and not tail:upper():find("INHERITS", 1, true)
    known[key] = known[key] == nil and is_plain and listed(body) or false
  end
  for said in text:gmatch(ALTER) do
    local rest = said:gsub("^" .. word("if") .. "%s+" .. word("exists") .. "%s+", ""):gsub("^" .. word("only") .. "%s+", "")
    local name, actions = rest:match("^(%S+)%s+(.*)$")
    if name and changes(actions) then
      known[key_of(name)] = false
    end
  end
end

-- Code that changes tables: statements in strings, Alembic's operations, the builders of Knex, Sequelize and TypeORM.
local CHANGING = { "ALTER TABLE", "alter table", "Alter Table", "add_column", "addColumn", "alterTable", "batch_alter_table" }
local CODE = "**/*.{py,js,ts,mjs,cjs,go}"

-- Scripts larger than this are data, and so many bytes of scripts are read in all: a table that more is said of is not known.
local LARGEST, BUDGET = 200000, 400000

-- What the scripts say that were read, by path, and what of the budget is left.
local scripts, left = {}, BUDGET

local function script(repo, path)
  if scripts[path] == nil then
    local text = (repo:size(path) or LARGEST) < LARGEST and repo:text(path)
    scripts[path] = false
    if text and #text < left then
      left -= #text
      scripts[path] = {}
      read(scripts[path], bare(text))
    end
  end
  return scripts[path]
end

-- Whether code changes a table of that name.
local function is_changed_by_code(repo, key)
  for _, path in repo:holding(CODE, CHANGING) do
    if (repo:text(path) or ""):lower():find("%f[%w_]" .. key:gsub("%p", "%%%0") .. "%f[^%w_]") then
      return true
    end
  end
  return false
end

local function seek(repo, name, key)
  local columns
  for _, path in repo:holding("**/*.sql", { name:match("([^%.]+)$"), key, key:upper() }) do
    local known = script(repo, path)
    if not known or known[key] == false or known[key] and columns then
      return false
    end
    columns = known[key] or columns
  end
  return columns and not is_changed_by_code(repo, key) and columns or false
end

local tables = {}

-- The columns of a table of that name; nil where they are not all seen.
function M.of(repo, name)
  local key = key_of(name)
  if tables[key] == nil then
    tables[key] = seek(repo, name, key)
  end
  return tables[key] or nil
end

return M
