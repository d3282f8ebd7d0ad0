-- Indexes that migrations make: `CREATE INDEX` in scripts and in strings of code, Alembic's `op.create_index`, knex' `table.index`. Also the foreign keys
-- and keys of tables that scripts create.

local M = {}

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
    local name = part:match('^%s*"([^"]+)"') or part:match("^%s*`([^`]+)`") or part:match("^%s*([%w_]+)%s*$") or part:match("^%s*([%w_]+)%s+[%a_]+")
    table.insert(all, name and name:lower() or part:lower():match("([%w_]+)%)") or "")
  end
  return all
end

-- The text with blanks in place of its comments.
local function without_comments(text)
  local function blank(comment)
    return (" "):rep(#comment)
  end
  return (text:gsub("%-%-[^\n]*", blank):gsub("/%*.-%*/", blank))
end

local function table_of(out, name)
  name = bare(name)
  out.tables[name] = out.tables[name] or { name = name, indexes = {}, keys = {} }
  return out.tables[name]
end

-- Reads `CREATE INDEX` and `DROP INDEX` out of a text, in order.
local function read_indexes(out, text)
  for head, name, target, list in text:gmatch("([Cc][Rr][Ee][Aa][Tt][Ee]%s+[%a%s]-[Ii][Nn][Dd][Ee][Xx]%s)%s*([^%(]-)%s+[Oo][Nn]%s+([^%(]-)%s*(%b())") do
    if head then
      local own = target:gsub("[Uu][Ss][Ii][Nn][Gg]%s+%w+%s*$", ""):gsub("^[Oo][Nn][Ll][Yy]%s+", ""):gsub("%s+$", "")
      local index = { columns = columns_of(list:sub(2, -2)), name = bare(name:match("(%S+)%s*$") or name) }
      table.insert(table_of(out, own).indexes, index)
    end
  end
end

-- Reads the keys and foreign keys that `CREATE TABLE` and `ALTER TABLE` make.
local function read_tables(out, file)
  local text = without_comments(file.text)
  local from = 1
  while true do
    local first, last, name, body = text:find("[Cc][Rr][Ee][Aa][Tt][Ee]%s+[Tt][Aa][Bb][Ll][Ee]%s+([^%(;]-)%s*(%b())", from)
    if not first then
      break
    end
    from = last + 1
    local own = table_of(out, name:gsub("[Ii][Ff]%s+[Nn][Oo][Tt]%s+[Ee][Xx][Ii][Ss][Tt][Ss]%s+", ""):gsub("%s.*$", ""))
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
  for name, rest in text:gmatch("[Aa][Ll][Tt][Ee][Rr]%s+[Tt][Aa][Bb][Ll][Ee]%s+([%w_%.\"`]+)%s+([^;]+)") do
    if name:lower() == "only" then
      name, rest = rest:match("^([%w_%.\"`]+)%s+(.*)$")
      name, rest = name or "", rest or ""
    end
    local upper = rest:upper()
    local list = rest:match("[Uu][Nn][Ii][Qq][Uu][Ee]%s*(%b())") or rest:match("[Pp][Rr][Ii][Mm][Aa][Rr][Yy]%s+[Kk][Ee][Yy]%s*(%b())")
    if list and upper:find("ADD", 1, true) then
      table.insert(table_of(out, name).indexes, { columns = columns_of(list:sub(2, -2)) })
    end
  end
end

-- Reads one column or constraint of a table.
function M.read_part(own, file, first, part)
  local upper = part:upper()
  local list = upper:match("^%s*PRIMARY%s+KEY%s*(%b())") or upper:match("^%s*UNIQUE%s*(%b())") or upper:match("^%s*CONSTRAINT%s+%S+%s+PRIMARY%s+KEY%s*(%b())") or upper:match("^%s*CONSTRAINT%s+%S+%s+UNIQUE%s*(%b())")
  if list then
    table.insert(own.indexes, { columns = columns_of(list:sub(2, -2)) })
    return
  end
  local key = upper:match("FOREIGN%s+KEY%s*(%b())")
  if key then
    local columns = columns_of(key:sub(2, -2))
    table.insert(own.keys, { column = columns[1], count = #columns, file = file, first = first + (part:find("%S") or 1) - 1, length = #part:match("^%s*(.-)%s*$") })
    return
  end
  local column = part:match('^%s*"([^"]+)"') or part:match("^%s*`([^`]+)`") or part:match("^%s*([%w_]+)%s")
  if not column then
    return
  end
  column = column:lower()
  if upper:find("PRIMARY%s+KEY") or upper:find("%f[%a]UNIQUE%f[%A]") then
    table.insert(own.indexes, { columns = { column } })
  end
  if upper:find("%f[%a]REFERENCES%f[%A]") then
    table.insert(own.keys, { column = column, count = 1, file = file, first = first + (part:find("%S") or 1) - 1, length = #part:match("^%s*(.-)%s*$") })
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
    table.insert(table_of(out, target).indexes, { columns = columns })
  end
end

-- Indexes of all tables by name in small letters: {name, indexes = {{columns}}, keys = {foreign keys of scripts}}.
function M.of(repo)
  local out = { tables = {} }
  for _, path in repo:holding("**/*.{sql,py,go,ts,js}", { "CREATE INDEX", "CREATE UNIQUE INDEX", "create index", "create unique index", "CREATE  INDEX", "Create Index" }) do
    local file = repo:open(path)
    if file and file.class ~= "vendored" and not path:find("/plugins/", 1, true) then
      read_indexes(out, path:find("%.sql$") and without_comments(file.text) or file.text)
    end
  end
  for _, path in repo:holding("**/*.sql", { "CREATE TABLE", "create table", "ALTER TABLE", "alter table" }) do
    local file = repo:open(path)
    if file and file.class ~= "vendored" and file.class ~= "test" and #file.text < LARGEST then
      read_tables(out, file)
    end
  end
  for _, call in repo:calls({ "alembic.op.create_index", "alembic.op.create_unique_constraint", "alembic.op.create_primary_key" }) do
    read_alembic(out, call)
  end
  return out.tables
end

-- Whether an index of the table begins with the column.
function M.begins_with(tables, name, column)
  local own = tables[bare(name)]
  for _, index in own and own.indexes or {} do
    if index.columns[1] == column:lower() then
      return true
    end
  end
  return false
end

return M
