-- What migrations of knex make: foreign keys, and the columns that one may look rows up by.

local set = require("words").set

local M = {}

local FILES = "**/*.{js,ts,mjs,cjs}"
local BUILT = set("createTable", "alterTable", "table", "createTableIfNotExists")

local function text_of(node)
  local value = node and node:literal()
  return type(value) == "string" and value or nil
end

-- The table that a function of the schema builder makes or alters; nil in what takes a migration back.
local function built_table(call)
  local target = nil
  for _, outer in call:argument_of() do
    target = target or BUILT[outer.name] and text_of(outer:arg(1)) or nil
  end
  local func = target and call:enclosing("function")
  while func do
    local around = func:parent()
    local assigned = around and around.kind == "assign" and around:child("target")
    if func.name == "down" or assigned and assigned.text == "down" then
      return nil
    end
    func = func:enclosing("function")
  end
  return target and target:match("([%w_]+)$")
end

-- The column of a chain that makes a foreign key: `table.integer("user_id").references("users.id")`, `table.foreign("user_id").references("id")`.
local function column_of(call)
  local _, before = call:chained()
  local start = before[#before]
  local column = start and start:receiver() and start:receiver().kind == "name" and text_of(start:arg(1))
  return column and column:find("^[%w_]+$") and column or nil, start
end

-- Adds the keys of statements that migrations run as text: `ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users (id)`.
local function add_stated(file, add)
  local at = 1
  while true do
    local first, last, target, body = file.text:find("ALTER TABLE%s+([%w_.\"]+[^;]-)(FOREIGN KEY%s*%b()%s*REFERENCES)", at)
    if not first then
      return
    end
    target = target:gsub("^ONLY%s+", ""):match("^[%w_.\"]+"):gsub('"', ""):match("([%w_]+)$")
    local column = body:match("%(%s*\"?([%w_]+)\"?%s*%)")
    if target and column then
      add(target, column, file:span(last - #body + 1, last))
    end
    at = last + 1
  end
end

-- What columns are made with that one may look rows up by.
local PLAIN = { "string", "text", "uuid", "integer", "bigInteger", "varchar", "char" }

-- The columns that migrations make, by table and name: {place, path}; second, the tables.
function M.columns(repo)
  local all, made = {}, {}
  for _, path in repo:holding(FILES, { "createTable", "alterTable", "schema.table(" }) do
    local file = repo:open(path)
    local counts = file and file.root and file.class ~= "test" and file.class ~= "vendored" and file.class ~= "example"
    for _, call in counts and file.root:descendants("call", PLAIN) or {} do
      local on, column = call:receiver(), text_of(call:arg(1))
      local target = on and on.kind == "name" and column and column:find("^[%w_]+$") and built_table(call)
      if target then
        local key = target .. "." .. column
        made[target] = true
        all[key] = all[key] or {}
        table.insert(all[key], { place = call, path = path })
      end
    end
  end
  return all, made
end

-- The table that a key refers to, and what becomes of its rows when that is deleted: `.references("users.id").onDelete("CASCADE")`.
local function reference_of(call)
  local refers = (text_of(call:arg(1)) or ""):match("^([%w_]+)%.")
  local rule = nil
  for _, link in call:chained() do
    if link.name == "inTable" then
      refers = text_of(link:arg(1))
    elseif link.name == "onDelete" then
      rule = (text_of(link:arg(1)) or ""):upper()
    end
  end
  return refers, rule
end

-- All foreign keys of migrations, in order: {table, column, at = {places}}.
function M.keys(repo)
  local all, seen, owners = {}, {}, {}
  local function add(file, target, column, place, refers, rule)
    local own = seen[target .. "." .. column]
    if not own then
      own = { table = target, column = column, at = {}, refers = refers, rule = rule }
      seen[target .. "." .. column] = own
      owners[column] = owners[column] and "several" or target
      table.insert(all, own)
    end
    table.insert(own.at, { place = place, path = file.path })
  end
  for _, path in repo:holding(FILES, { ".references(", "FOREIGN KEY" }) do
    local file = repo:open(path)
    local counts = file and file.root and file.class ~= "test" and file.class ~= "vendored" and file.class ~= "example"
    for _, call in counts and file.root:descendants("call", "references") or {} do
      local target = built_table(call)
      local column, start = column_of(call)
      if target and column then
        add(file, target, column, start, reference_of(call))
      end
    end
    if counts and file.class == "migration" then
      add_stated(file, function(target, column, place)
        add(file, target, column, place)
      end)
    end
  end
  return all, owners, seen
end

-- What was before, and what is for another database.
local function rank(path)
  local text = path:lower()
  if text:find("%f[%a]beta%f[%A]") or text:find("legacy", 1, true) or text:find("%f[%a]old%f[%A]") or text:find("archive", 1, true) or text:find("deprecated", 1, true) then
    return 0
  end
  return (text:find("sqlite", 1, true) or text:find("mysql", 1, true)) and 1 or 2
end

-- Where a key was made: where it got its constraint, unless that was before, and the table was made anew since.
function M.places(key, columns)
  for _, place in key.at do
    if rank(place.path) > 0 then
      return key.at
    end
  end
  return columns[key.table .. "." .. key.column] or key.at
end

-- The first of several places that stands nearest to the file of a use: a repository may hold the migrations of several services, and of one for several databases.
function M.nearest(places, use)
  local best, most = nil, -1
  for _, place in places do
    local left, right, same = place.path, use.file.path, 0
    for at = 1, #left do
      if left:sub(at, at) ~= right:sub(at, at) then
        break
      end
      same += left:sub(at, at) == "/" and 1 or 0
    end
    same = same * 3 + rank(place.path)
    if same > most then
      best, most = place.place, same
    end
  end
  return best
end

return M
