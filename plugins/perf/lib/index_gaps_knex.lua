-- Foreign keys that migrations of knex make, that queries of its builder or of Objection's models go by and no index begins with: PostgreSQL and SQLite make none
-- for them. Also columns by which such queries look single rows up, and keys whose rows the database has to find when code deletes what they refer to.

local database_kind = require("database_kind")
local few_rows = require("few_rows")
local key_columns = require("key_columns")
local objection_models = require("objection_models")
local query_chain = require("query_chain")
local set = require("words").set
local sql_indexes = require("sql_indexes")

local M = {}

local FILES = "**/*.{js,ts,mjs,cjs}"
local BUILT = set("createTable", "alterTable", "table", "createTableIfNotExists")
local FILTERS = { "where", "andWhere", "orWhere", "whereIn", "andWhereIn", "orWhereIn", "findOne" }
local FILTER = set("where", "andWhere", "orWhere", "whereIn", "andWhereIn", "orWhereIn", "findOne")
local TABLE = set("from", "table", "into")
local SELDOM = set("user", "account", "tenant", "organization", "organisation", "agency", "agencie", "team", "company")
local FEW = set("provider", "role", "statu", "type", "kind", "country", "currency", "language", "level")
local HEEDED = set("CASCADE", "SET NULL", "SET DEFAULT")

local function text_of(node)
  local value = node and node:literal()
  return type(value) == "string" and value or nil
end

-- The same of a name of a table or a column; constants stand for their own names where they are not seen: `TABLES.orders`, `${TABLES.orders}.user_id`.
local function name_of(node)
  local text = text_of(node)
  local hole = text and text:find("^{}") and node:descendants("attr")[1]
  if hole then
    text = hole.text .. text:sub(3)
  elseif not text and node and node.kind == "attr" then
    text = node.text
  end
  return text and not text:find("{", 1, true) and text or nil
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

-- The columns that migrations make, by table and name: {place, path}.
local function columns_of(repo)
  local all = {}
  for _, path in repo:holding(FILES, { "createTable", "alterTable", "schema.table(" }) do
    local file = repo:open(path)
    local counts = file and file.root and file.class ~= "test" and file.class ~= "vendored" and file.class ~= "example"
    for _, call in counts and file.root:descendants("call", PLAIN) or {} do
      local on, column = call:receiver(), text_of(call:arg(1))
      local target = on and on.kind == "name" and column and column:find("^[%w_]+$") and built_table(call)
      if target then
        local key = target .. "." .. column
        all[key] = all[key] or {}
        table.insert(all[key], { place = call, path = path })
      end
    end
  end
  return all
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
local function keys_of(repo)
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

-- The columns that a link compares: `where("users.agency_id", id)`, `where({ agency_id: id })`.
local function compared(call)
  local first = call:arg(1)
  local named = first and #call:args() >= 2 and name_of(first)
  if named then
    return { named }
  end
  local all = {}
  local value = first and first.kind == "name" and first:value() or first
  for _, item in value and value.kind == "dict" and value:children("item") or {} do
    if item.kind == "pair" then
      table.insert(all, item.text)
    end
  end
  return all
end

-- The tables that a chain is about, the first of them the one that it begins with; none where that is not seen.
local function tables_of(call, models)
  local after, before = call:chained()
  local start = before[#before] or call
  local callee = start:child("callee")
  local on = start.name == "query" and start:receiver()
  local model = on and (on.kind == "name" or on.kind == "attr") and models[on.text]
  if model then
    return { model }
  end
  local named = callee and callee.kind == "name" and #start:callees() == 0 and start:arg(1) or nil
  for _, list in { before, after } do
    for _, link in list do
      named = named or TABLE[link.name] and link:arg(1) or nil
    end
  end
  local all = {}
  local text = named and name_of(named)
  table.insert(all, text and text:match("^([%w_]+)") or nil)
  for _, list in { before, after } do
    for _, link in list do
      local joined = link.name:find("[jJ]oin$") and link:arg(1) and name_of(link:arg(1))
      table.insert(all, joined and joined:match("^([%w_]+)") or nil)
    end
  end
  return all
end

-- Tables whose rows code deletes, with the call.
local function deleted_of(repo, models)
  local all = {}
  for _, path in repo:holding(FILES, { ".del(", ".delete(", ".deleteById(" }) do
    local file = repo:open(path)
    for _, call in file and file.root and file.class == "source" and file.root:descendants("call", { "del", "delete", "deleteById" }) or {} do
      local _, before = call:chained()
      local reach = before[#before] and call:reach()
      local named = reach and reach ~= "test" and reach ~= "script" and tables_of(before[#before], models)[1]
      if named then
        all[named] = all[named] or call
      end
    end
  end
  return all
end

local ONE = set("first", "findOne", "firstOrFail")

-- Whether a chain asks for one row.
local function is_one(start)
  for _, link in start:chained() do
    if ONE[link.name] then
      return true
    end
  end
  return false
end

-- What the queries of a file go by, each chain as a whole: {call, columns = {{table, column}}}.
local function questions_of(file, owners, known, models)
  local all, by_chain = {}, {}
  for _, call in file.root:descendants("call", FILTERS) do
    if FILTER[call.name] and call:receiver() then
      local _, before = call:chained()
      local start = before[#before] or call
      local key = query_chain.key_of(start)
      local own = by_chain[key]
      if not own then
        own = { call = call, columns = {}, tables = tables_of(start, models), is_one = is_one(start) }
        by_chain[key] = own
        table.insert(all, own)
      end
      for _, name in compared(call) do
        local on, column = name:match("([%w_]+)%.([%w_]+)$")
        column = column or name:match("([%w_]+)$")
        for _, one in column and not on and own.tables or {} do
          on = on or known[one .. "." .. column] and one or nil
        end
        on = on or own.tables[1] or owners[column or ""] ~= "several" and owners[column or ""] or nil
        if on and column then
          table.insert(own.columns, { table = on, column = column })
        end
      end
    end
  end
  return all
end

-- The first of several places that stands nearest to the file of a use: a repository may hold the migrations of several services.
local function nearest(places, use)
  local best, most = nil, -1
  for _, place in places do
    local left, right, same = place.path, use.file.path, 0
    for at = 1, #left do
      if left:sub(at, at) ~= right:sub(at, at) then
        break
      end
      same += left:sub(at, at) == "/" and 1 or 0
    end
    if same > most then
      best, most = place.place, same
    end
  end
  return best
end

-- Calls `report` for each such key of a repository.
function M.check(repo, report)
  if not repo:imports({ "knex", "objection" }) then
    return
  end
  local kinds = database_kind.of_packages(repo)
  if kinds.mysql or not kinds.postgres and not kinds.sqlite then
    -- MySQL makes the index of a foreign key.
    return
  end
  local keys, owners, known = keys_of(repo)
  local tables = sql_indexes.of(repo)
  local uses, lookups, order, models = {}, {}, {}, objection_models.of(repo)
  local columns = columns_of(repo)
  for _, path in tables and repo:holding(FILES, { "here(", "hereIn(", "findOne(" }) or {} do
    local file = repo:open(path)
    for _, question in file and file.root and file.class == "source" and questions_of(file, owners, known, models) or {} do
      local is_served = false
      for _, one in question.columns do
        is_served = is_served or one.column == "id" or sql_indexes.begins_with(tables, one.table, one.column)
      end
      local reach = question.call:reach()
      for _, one in not is_served and reach ~= "test" and reach ~= "script" and question.columns or {} do
        local key = one.table .. "." .. one.column
        uses[key] = uses[key] or { call = question.call, count = 0 }
        uses[key].count += 1
        if question.is_one and not known[key] and columns[key] and key_columns.is_key(one.column) and not lookups[key] then
          lookups[key] = { table = one.table, column = one.column, call = question.call, at = columns[key] }
          table.insert(order, lookups[key])
        end
      end
    end
  end
  for _, look in order do
    report({
      at = nearest(look.at, look.call),
      message = `{look.table}.{look.column} finds one row and has no index: each such query reads the table until the row turns up`,
      confidence = (not kinds.postgres or few_rows.named(look.table)) and "low" or "medium",
      reach = look.call:reach(),
      related = { { at = look.call, message = "looks one up by it" } },
      notes = { table = look.table, column = look.column },
    })
  end
  local deleted = deleted_of(repo, models)
  for _, key in keys do
    local use = uses[key.table .. "." .. key.column]
    local gone = not use and HEEDED[key.rule or ""] and key.refers ~= key.table and not sql_indexes.begins_with(tables, key.table, key.column) and deleted[key.refers or ""]
    if gone then
      report({
        at = nearest(key.at, gone),
        message = `{key.table}.{key.column} is a foreign key without an index: for each row that is deleted from {key.refers} the whole table is read, ON DELETE {key.rule}`,
        -- Users, and what owns them, go seldom.
        confidence = (not kinds.postgres or few_rows.named(key.table) or SELDOM[key.refers:lower():gsub("s$", "")]) and "low" or "medium",
        reach = gone:reach(),
        related = { { at = gone, message = `deletes from {key.refers}` } },
        notes = { table = key.table, column = key.column },
      })
    end
    if use then
      report({
        at = nearest(key.at, use.call),
        message = `{key.table}.{key.column} is a foreign key without an index, and the database makes none: each query that goes by it reads the whole table`,
        -- Many rows share each of a few providers.
        confidence = (not kinds.postgres or few_rows.named(key.table) or FEW[((key.refers or ""):match("(%a+)$") or ""):gsub("s$", "")]) and "low" or "medium",
        reach = use.call:reach(),
        related = { { at = use.call, message = `filters by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
        notes = { table = key.table, column = key.column, places = use.count },
      })
    end
  end
end

return M
