-- Indexes that migrations make: `CREATE INDEX` in scripts and in strings of code, Alembic's `op.create_index`, knex' `table.index`. Also the foreign keys
-- and keys of tables that scripts create.

local alembic_tables = require("alembic_tables")
local schema_texts = require("schema_texts")
local script_dialects = require("script_dialects")
local set = require("words").set

local M = {}

-- Files that may hold statements: scripts as well as code, or code alone.
local SCRIPTS = set("sql", "py", "go", "ts", "js")
local CODE = set("py", "go", "ts", "js")

-- Dumps are data: what is larger is not read for tables.
local LARGEST = 512 * 1024

local function bare(name)
  name = name:gsub("[\"`%[%]']", "")
  return (name:match("([^%.]+)$") or name):lower()
end

-- The columns of a list as SQL writes it: `"user_id", lower(email), created_at DESC`; an expression stands for the words in it.
local function columns_of(text)
  local all = {}
  for part in (text .. ","):gmatch("([^,]*),") do
    local name = part:match('^%s*"([^"]+)"') or part:match("^%s*`([^`]+)`") or part:match("^%s*%[([^%]]+)%]") or part:match("^%s*([%w_]+)%s*$") or part:match("^%s*([%w_]+)%s+[%a_]+")
    table.insert(all, name and name:lower() or part:lower():match("([%w_]+)%)") or "")
  end
  return all
end

-- The text with blanks in place of its comments.
local function without_comments(text, is_code)
  local function blank(comment)
    return (" "):rep(#comment)
  end
  text = text:gsub("%-%-[^\n]*", blank)
  -- In code, such signs stand in patterns of paths as well.
  return is_code and text or (text:gsub("/%*.-%*/", blank))
end

local function table_of(out, name)
  name = bare(name)
  out.tables[name] = out.tables[name] or { name = name, indexes = {}, keys = {}, columns = {} }
  return out.tables[name]
end

-- Reads `CREATE INDEX` and `DROP INDEX` out of a text, in order.
local function read_indexes(out, text, path)
  for head, name, target, list, behind in text:gmatch("([Cc][Rr][Ee][Aa][Tt][Ee]%s+[%a%s]-[Ii][Nn][Dd][Ee][Xx]%s)%s*([^%(]-)%s+[Oo][Nn]%s+([^%(]-)%s*(%b())()") do
    if head then
      local own = target:gsub("[Uu][Ss][Ii][Nn][Gg]%s+%w+%s*$", ""):gsub("^[Oo][Nn][Ll][Yy]%s+", ""):gsub("%s+$", "")
      local index = { dialect = script_dialects.named(path), columns = columns_of(list:sub(2, -2)), name = bare(name:match("(%S+)%s*$") or name), is_unique = head:upper():find("UNIQUE", 1, true) ~= nil, is_partial = text:sub(behind, behind + 60):upper():match("^[^;]-%f[%a]WHERE%f[%A]") ~= nil }
      table.insert(table_of(out, own).indexes, index)
    end
  end
end

-- What a key refers to, and what becomes of its rows when that is deleted: the table, and "SET NULL", "CASCADE" or another word.
local function reference_of(text)
  local upper = text:upper()
  local from, to = upper:find("%f[%a]REFERENCES%s+")
  local target = from and text:match("^[%w_%.\"`%[%]]+", to + 1)
  local rule = upper:match("ON%s+DELETE%s+(SET%s+%a+)") or upper:match("ON%s+DELETE%s+(%a+)")
  return target and bare(target), rule
end

-- What ALTER TABLE adds that is no column.
local NO_COLUMN = set("CONSTRAINT", "FOREIGN", "PRIMARY", "UNIQUE", "INDEX", "KEY", "CHECK", "FULLTEXT", "SPATIAL", "PARTITION", "VALUE", "IF", "ATTRIBUTE", "EXCLUDE")

-- Reads the columns that `ALTER TABLE orders ADD COLUMN note text` adds, `ADD note text` as other dialects write it; `begun` is where the actions stand in the file.
local function read_added(own, file, rest, begun)
  for first, from in rest:gmatch("()%f[%w_][Aa][Dd][Dd]%s+()") do
    local said = rest:match("^[Cc][Oo][Ll][Uu][Mm][Nn]%s+()", from)
    -- Without the word, only what begins an action: code behind the statement may add anything.
    if not said and not rest:sub(1, first - 1):find("^%s*$") and not rest:sub(1, first - 1):find(",%s*$") then
      continue
    end
    from = said or from
    from = rest:match("^[Ii][Ff]%s+[Nn][Oo][Tt]%s+[Ee][Xx][Ii][Ss][Tt][Ss]%s+()", from) or from
    local name, last, kind = rest:match("^([%[\"`]?[%w_]+[%]\"`]?)()%s+([%a`\"][%w_%(%)%s]*)", from)
    if not name or not said and NO_COLUMN[name:upper()] then
      continue
    end
    local column = bare(name)
    -- A type that the code fills in stands behind the quote: `handle ` + varChar(255).
    kind = kind:find("^%a") and kind or rest:match("^[^,;\n]*", last)
    own.columns[column] = own.columns[column] or { file = file, type = kind, first = begun + first - 1, length = last - first }
    -- What another statement of the same text says behind it is not read here.
    local behind = rest:match("^[^,;\n]*", last)
    local upper = behind:upper()
    if upper:find("UNIQUE", 1, true) or upper:find("PRIMARY", 1, true) then
      table.insert(own.indexes, { columns = { column }, is_unique = true })
    end
    if upper:find("%f[%a]REFERENCES%f[%A]") then
      local refers, on_delete = reference_of(behind)
      table.insert(own.keys, { column = column, count = 1, file = file, first = begun + first - 1, length = last - first, refers = refers, on_delete = on_delete })
    end
  end
end

-- Reads the keys and foreign keys that `CREATE TABLE` and `ALTER TABLE` make.
local function read_tables(out, file, is_code)
  local text = without_comments(file.text, is_code)
  local from = 1
  while true do
    local first, last, name, body = text:find("[Cc][Rr][Ee][Aa][Tt][Ee]%s+[Tt][Aa][Bb][Ll][Ee]%s+([^%(;]-)%s*(%b())", from)
    if not first then
      break
    end
    from = last + 1
    name = name:gsub("[Ii][Ff]%s+[Nn][Oo][Tt]%s+[Ee][Xx][Ii][Ss][Tt][Ss]%s+", "")
    if is_code and not name:find("^[%w_%.\"`%[%]]+$") then
      -- Words of another language, or a name that the code fills in.
      continue
    end
    local own = table_of(out, name:gsub("%s.*$", ""))
    local behind = (text:match("^[^;]*", last + 1) or ""):upper()
    -- Warehouses that keep columns apart, as ClickHouse and Redshift do, have no indexes of this kind.
    own.is_columnar = own.is_columnar or behind:find("MERGETREE", 1, true) ~= nil or behind:find("SORTKEY", 1, true) ~= nil or behind:find("DISTKEY", 1, true) ~= nil
    local start = first + (text:sub(first, last):find("%(", 1) or 1)
    -- Parts between commas that stand in no brackets.
    local depth, begun = 0, start
    local at = start
    while at <= last do
      local sign = text:sub(at, at)
      if sign == "(" then
        depth += 1
      elseif sign == ")" and at < last then
        depth -= 1
      end
      if (sign == "," and depth == 0) or at == last then
        M.read_part(own, file, begun, text:sub(begun, at - 1))
        begun = at + 1
      end
      at += 1
    end
  end
  -- In code, a statement ends with its string.
  local altered = is_code and text:gsub("([`\"'])%)", "%1;"):gsub('"""', ';""') or text
  for name, begun, rest in altered:gmatch("[Aa][Ll][Tt][Ee][Rr]%s+[Tt][Aa][Bb][Ll][Ee]%s+([%w_%.\"`%[%]]+)%s+()([^;]+)") do
    if name:lower() == "only" then
      local skipped = 0
      name, skipped, rest = rest:match("^([%w_%.\"`]+)%s+()(.*)$")
      name, rest, begun = name or "", rest or "", begun + (skipped or 1) - 1
    end
    local upper = rest:upper()
    if upper:find("%f[%w_]ADD%f[^%w_]") then
      read_added(table_of(out, name), file, rest, begun)
    end
    -- As dumps write it: the constraint alone, behind the tables.
    local constraint = upper:match("^%s*ADD%s+CONSTRAINT%s+%S+%s+()FOREIGN%s+KEY") or upper:match("^%s*ADD%s+()FOREIGN%s+KEY")
    if constraint and not rest:find(",%s*[Aa][Dd][Dd]%s") then
      M.read_part(table_of(out, name), file, begun + constraint - 1, rest:sub(constraint))
    end
    local list = rest:match("[Uu][Nn][Ii][Qq][Uu][Ee]%s*(%b())") or rest:match("[Pp][Rr][Ii][Mm][Aa][Rr][Yy]%s+[Kk][Ee][Yy]%s*(%b())")
    if list and upper:find("ADD", 1, true) then
      table.insert(table_of(out, name).indexes, { columns = columns_of(list:sub(2, -2)), is_unique = true })
    end
  end
end

-- Types that take brackets: `key varchar(40)` is a column.
local TYPES = { VARCHAR = true, CHAR = true, CHARACTER = true, NUMERIC = true, DECIMAL = true, BIT = true, INT = true, BIGINT = true, VARBINARY = true, BINARY = true, NVARCHAR = true, ENUM = true }

-- Reads one column or constraint of a table.
function M.read_part(own, file, first, part)
  local upper = part:upper()
  local dialect = script_dialects.named(file.path)
  local list = upper:match("^%s*PRIMARY%s+KEY%s*(%b())") or upper:match("^%s*UNIQUE%s*(%b())") or upper:match("^%s*CONSTRAINT%s+%S+%s+PRIMARY%s+KEY%s*(%b())") or upper:match("^%s*CONSTRAINT%s+%S+%s+UNIQUE%s*(%b())")
  if list then
    table.insert(own.indexes, { dialect = dialect, columns = columns_of(list:sub(2, -2)), is_unique = true })
    return
  end
  -- As MySQL writes it: `KEY owner (owner_id)`, `UNIQUE KEY name (a, b)`.
  local lead, named, keyed = upper:match("^%s*(%a*)%s*KEY%s+[`\"]?([%w_]+)[`\"]?%s*(%b())")
  if not keyed then
    lead, named, keyed = upper:match("^%s*(%a*)%s*INDEX%s+[`\"]?([%w_]+)[`\"]?%s*(%b())")
  end
  if keyed and not TYPES[named] and (lead == "" or lead == "UNIQUE") then
    table.insert(own.indexes, { dialect = dialect, columns = columns_of(keyed:sub(2, -2)), is_unique = lead == "UNIQUE" })
    return
  end
  local key = upper:match("FOREIGN%s+KEY%s*(%b())")
  if key then
    local columns = columns_of(key:sub(2, -2))
    local refers, on_delete = reference_of(part)
    table.insert(own.keys, { column = columns[1], count = #columns, file = file, first = first + (part:find("%S") or 1) - 1, length = #part:match("^%s*(.-)%s*$"), refers = refers, on_delete = on_delete })
    return
  end
  local column = part:match('^%s*"([^"]+)"') or part:match("^%s*`([^`]+)`") or part:match("^%s*%[([^%]]+)%]") or part:match("^%s*([%w_]+)%s")
  if not column then
    return
  end
  column = column:lower()
  own.columns[column] = own.columns[column] or { file = file, first = first + (part:find("%S") or 1) - 1, length = #part:match("^%s*(.-)%s*$"), type = part }
  if upper:find("PRIMARY[%s_]*KEY") or upper:find("%f[%a]UNIQUE%f[%A]") then
    table.insert(own.indexes, { dialect = dialect, columns = { column }, is_unique = true })
  end
  if upper:find("%f[%a]REFERENCES%f[%A]") then
    local refers, on_delete = reference_of(part)
    table.insert(own.keys, { column = column, count = 1, file = file, first = first + (part:find("%S") or 1) - 1, length = #part:match("^%s*(.-)%s*$"), refers = refers, on_delete = on_delete })
  end
end

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function read_alembic(out, call)
  local target, list = literal(call:arg("table_name")) or literal(call:arg(2)), call:arg("columns") or call:arg(3)
  local columns = {}
  for _, item in list and list.kind == "list" and list:children("item") or {} do
    local text = literal(item) or item.kind == "call" and literal(item:arg(1))
    table.insert(columns, text and bare(text) or "")
  end
  if target and #columns > 0 then
    local is_unique = call.name ~= "create_index" or (call:arg("unique") and call:arg("unique"):literal() == true)
    local where = call:arg("postgresql_where") or call:arg("sqlite_where")
    table.insert(table_of(out, target).indexes, { columns = columns, is_unique = is_unique, is_partial = where ~= nil, where = where and where.source })
  end
end

local function texts_of(list)
  local all = {}
  for _, item in list and list.kind == "list" and list:children("item") or {} do
    local text = literal(item) or item.kind == "dict" and literal((item:entry("name"))) or ""
    table.insert(all, bare(text))
  end
  return all
end

-- Whether options say that an index is unique: `{ unique: true }`.
local function says_unique(call)
  return call.source:find("unique%s*[:=]%s*[tT]rue") ~= nil or call.source:find("type:%s*['\"]unique") ~= nil
end

-- The table that a function of knex' schema builder is for: `knex.schema.createTable("orders", (table) => {...})`.
local function built_table(call)
  for _, outer in call:argument_of() do
    if outer.name == "createTable" or outer.name == "alterTable" or outer.name == "table" or outer.name == "createTableIfNotExists" then
      return literal(outer:arg(1))
    end
  end
  return nil
end

-- Reads `batch_op.create_index("ix", ["user_id"])` within `with op.batch_alter_table("orders") as batch_op`.
local function read_batch(out, batch)
  local target = literal(batch:arg(1)) or literal(batch:arg("table_name"))
  local with = batch:enclosing({ "with" })
  for _, call in target and with and with:descendants("call") or {} do
    if call.name == "create_index" or call.name == "create_unique_constraint" then
      table.insert(table_of(out, target).indexes, { columns = texts_of(call:arg("columns") or call:arg(2)), is_unique = call.name ~= "create_index" or says_unique(call) })
    end
  end
end

-- Reads what migrations of JavaScript make: Sequelize's `queryInterface.addIndex("orders", ["user_id"])`, knex' `table.index(["user_id"])` and
-- `table.integer("user_id").index()`, TypeORM's `new TableIndex({ columnNames: [...] })`.
local function read_javascript(out, file)
  for _, call in file.root:descendants("call") do
    local name = call.name
    if name == "addIndex" or name == "addConstraint" then
      local target, second = literal(call:arg(1)), call:arg(2)
      local fields = second and (second.kind == "list" and second or second.kind == "dict" and (second:entry("fields")))
      if target and fields then
        table.insert(table_of(out, target).indexes, { columns = texts_of(fields), is_unique = name == "addConstraint" or says_unique(call), is_partial = call.source:find("where:", 1, true) ~= nil })
      end
    elseif name == "createIndex" then
      local target, second = literal(call:arg(1)), call:arg(2)
      local options = second and second.kind == "call" and second:arg(1)
      local fields = options and options.kind == "dict" and (options:entry("columnNames"))
      if target and fields then
        table.insert(table_of(out, target).indexes, { columns = texts_of(fields), is_unique = says_unique(second) })
      end
    elseif name == "index" or name == "unique" or name == "primary" or name == "increments" or name == "bigIncrements" then
      local target, first = built_table(call), call:arg(1)
      if not target then
        continue
      end
      local columns = first and (first.kind == "list" and texts_of(first) or literal(first) and name ~= "index" and { bare(literal(first)) } or literal(first) and { bare(literal(first)) }) or nil
      local _, before = call:chained()
      local start = before[#before]
      local on = start and literal(start:arg(1))
      if on and start.name ~= name then
        columns = { bare(on) }
      end
      if columns then
        table.insert(table_of(out, target).indexes, { columns = columns, is_unique = name ~= "index" })
      end
    end
  end
end

local function read_all(repo)
  local out = { tables = {} }
  for _, path in schema_texts.holding(repo, schema_texts.INDEXES, SCRIPTS) do
    local file = repo:open(path)
    if file and file.class ~= "vendored" and not path:find("/plugins/", 1, true) then
      read_indexes(out, path:find("%.sql$") and without_comments(file.text) or file.text, path)
    end
  end
  local archived = {}
  for _, path in repo:holding("**/*.sql", { "CREATE TABLE", "create table", "ALTER TABLE", "alter table" }) do
    local file = repo:open(path)
    if file and file.class ~= "vendored" and file.class ~= "test" and #file.text < LARGEST then
      if path:lower():find("%f[%w]archived?%f[%W]") then
        table.insert(archived, file)
      else
        read_tables(out, file)
      end
    end
  end
  if next(out.tables) == nil then
    -- Scripts that were put aside say what the tables are only where no others do.
    for _, file in archived do
      read_tables(out, file)
    end
  end
  -- Tables that a service makes itself, by statements in its strings.
  for _, path in schema_texts.holding(repo, schema_texts.TABLES, CODE) do
    local file = repo:open(path)
    if file and file.root and file.class ~= "vendored" and file.class ~= "test" and file.class ~= "example" and #file.text < LARGEST then
      read_tables(out, file, true)
    end
  end
  for _, path in repo:holding("**/*.{js,ts,mjs,cjs}", { ".addIndex(", ".addConstraint(", "createTable(", "alterTable(", ".createIndex(", ".table('", '.table("' }) do
    local file = repo:open(path)
    if file and file.root and file.class ~= "test" and file.class ~= "vendored" then
      read_javascript(out, file)
    end
  end
  for _, call in repo:calls({ "alembic.op.create_index", "alembic.op.create_unique_constraint", "alembic.op.create_primary_key" }) do
    read_alembic(out, call)
  end
  alembic_tables.read(repo, function(name)
    return table_of(out, name)
  end)
  for _, call in repo:calls("alembic.op.batch_alter_table") do
    read_batch(out, call)
  end
  return out.tables
end

-- Several rules ask, and it is the same repository.
local known = nil

-- Indexes of all tables by name in small letters: {name, indexes = {{columns}}, keys = {foreign keys of scripts}}.
function M.of(repo)
  known = known or read_all(repo)
  return known
end

-- The indexes of one table, by its name.
function M.indexes(tables, name)
  local own = tables[bare(name)]
  return own and own.indexes or {}
end

-- Whether an index of the table begins with the column. With the path of a script, indexes that scripts for another database make do not count.
function M.begins_with(tables, name, column, path)
  local own, dialect = tables[bare(name)], path and script_dialects.named(path)
  for _, index in own and own.indexes or {} do
    if index.columns[1] == column:lower() and (not dialect or not index.dialect or index.dialect == dialect) then
      return true
    end
  end
  return false
end

return M
