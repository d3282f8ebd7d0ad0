-- A read that gives a list: which calls are one, what filters and bounds it, and what its rows are called.

local awaited = require("awaited")
local go_builders = require("go_builders")
local go_destinations = require("go_destinations")
local lower = require("words").lower
local narrowing = require("narrowing")
local piling = require("piling")
local query_bounds = require("query_bounds")
local query_chain = require("query_chain")
local rows_into = require("rows_into")
local selects = require("selects")
local set = require("words").set
local sort_columns = require("sort_columns")

local M = {}

-- Names that say how something is kept, not what it is.
local VAGUE = set(
  "col", "coll", "collection", "q", "qs", "query", "queryset", "db", "database", "session", "self", "this", "model", "repo", "repository", "table", "client", "conn", "connection", "tx", "cursor", "cur",
  "objects", "stmt", "statement", "result", "results", "ref", "store", "dao", "cls", "manager", "pool", "prisma", "knex", "builder", "rows", "base", "data", "found", "list", "items", "out",
  "params", "dynamodb", "dynamo", "ddb", "docclient", "documentclient", "all", "records", "entries", "res", "response", "output", "values", "base_queryset", "base_query", "query_set"
)

-- The table that an argument of a builder names: `"orders as o"`, `TABLES.orders`, `${TABLES.orders}`, `{ o: "orders" }`.
local function named_by(argument)
  if argument.kind == "dict" then
    local first = argument:children("item")[1]
    argument = first and first:child("value") or argument
  end
  local value = argument:literal()
  if type(value) == "string" then
    local name = value:match("^%s*([%w_.]+)")
    if name and name:find("%a") then
      return name
    end
    local hole = argument.kind == "template" and value:match("^{}$") and argument:descendants("attr")[1]
    return hole and hole.text or nil
  elseif argument.kind == "attr" or argument.kind == "name" then
    return not VAGUE[lower(argument.text)] and argument.text or nil
  end
  return nil
end

-- Links of builders in JavaScript that name the table; there `select` picks columns.
local FROM = set("from", "selectFrom", "table")

-- The same of a query of knex, kysely or drizzle.
local function table_of_builder(read, query)
  for _, part in query do
    local call = part.call
    local begins = call:same(read) and read:fact("orm") == "knex" and not FROM[call.name] and call.name ~= "select" and call.name ~= "selectDistinct" and call.name ~= "query"
    local argument = not part.is_aside and (begins or FROM[call.name]) and call:arg(1)
    local name = argument and named_by(argument)
    if name then
      return name
    end
  end
  return nil
end

-- The table of DynamoDB that a call names, in itself or in the command that it sends: `TableName: "orders"`, `TableName: ORDERS_TABLE`.
local function table_of_dynamo(read)
  local given = read:arg("TableName")
  local name = given and named_by(given)
  return name and (name:gsub("_?[Tt][Aa][Bb][Ll][Ee]$", "")) or nil
end

local function table_name_of(read, query, statement)
  if read:fact("lists") == "page" and read:fact("store") ~= "sql" and read.file.language ~= "python" then
    local name = table_of_dynamo(read)
    if name then
      return name ~= "" and name or nil
    end
  end
  if read:fact("lists") == "argument" and not statement then
    -- Go names what the rows are put into.
    local into = rows_into.of(read)
    return into and into.kind == "name" and not VAGUE[lower(into.text)] and into.text or nil
  end
  if statement then
    for _, source in statement.sources do
      if source.kind == "base" then
        return source.name
      end
    end
    return nil
  end
  local is_model = false
  if read:fact("lists") == "builder" and read.file.language ~= "python" and read.file.language ~= "go" then
    local name = table_of_builder(read, query)
    if name or read:fact("orm") == "knex" and not read.source:find("%.query%s*%(") then
      return name
    end
    -- Objection's model begins the query, and what its links take are columns.
    is_model = read:fact("orm") == "knex"
  end
  -- In JavaScript `select` picks columns.
  local is_python = read.file.language == "python"
  for _, part in is_model and {} or query do
    local name = part.name
    if name == "collection" or name == "collectionGroup" or name == "from" or name == "table" or name == "query" or name == "Model" or name == "select" and is_python or name == "Collection" or name == "Table" or name == "getRepository" then
      local argument = part.call:arg(1)
      local value = argument and argument:literal()
      if type(value) == "string" then
        return value
      elseif argument and argument.kind == "name" and not VAGUE[lower(argument.text)] then
        return argument.text
      elseif argument and argument.kind == "attr" and argument.text:find("^%u%l") then
        -- `session.query(models.Order)`
        return argument.text
      end
    end
  end
  local receiver = read:receiver()
  -- The innermost link that has a name of its own: `models.Order` of `models.Order.objects.using(x).all()`.
  while receiver and (receiver.kind == "call" or receiver.kind == "attr" and VAGUE[lower(receiver.text)]) do
    receiver = receiver:child("callee") and receiver:child("callee"):child("value") or receiver:child("value")
  end
  local named = receiver and (receiver.kind == "name" or receiver.kind == "attr") and receiver.text or nil
  return named and not VAGUE[lower(named)] and named or nil
end

-- Whether a call's result is given a name that is iterated as it is: `result = session.execute(query)`, `for row in result`.
local function is_taken_to_iterate(call)
  local taker = call.file.language == "python" and #call:chained() == 0 and query_chain.taker(call)
  local func = taker and call:func()
  for _, name in func and func.node:descendants("name", taker) or {} do
    if name.id > call.id and name:role() == "iter" then
      return true
    end
  end
  return false
end

-- Whether a call runs a query whose rows are iterated where it stands, or by a name of their own: `for row in session.execute(query)`, `for order in session.query(Order)`.
function M.is_iterated(call)
  local _, at = awaited.parent(call)
  return (at:role() == "iter" or call:fact("runs") ~= nil and is_taken_to_iterate(call)) and (call:fact("runs") ~= nil or call.name == "query" and call:comes_from("sqlalchemy.orm.Query()"))
end

-- Whether a query of Django is one that the function is handed: `def rows_of(issues): return issues.values("id")`.
local function is_given_query(read, root)
  local link = root:parent()
  local call = link and link.kind == "attr" and link:parent()
  return read:fact("orm") == "django" and call ~= nil and call ~= false and call.kind == "call" and link:role() == "callee" and root:param_position() ~= nil
end

-- Whether a query of TypeORM is one that the function is handed: `(query: SelectQueryBuilder<Order>) => query.getRawMany()`.
local function is_given_builder(read, root)
  if not root:param_position() or not read:is("typeorm.SelectQueryBuilder.*") then
    return false
  end
  local _, before = read:chained()
  for _, link in before do
    if link.name == "createQueryBuilder" then
      return false
    end
  end
  return true
end

-- Whether a function of the project begins the query with what it is handed: `r.within(user, from, to).Find(&orders)`.
local function is_begun_with_values(read)
  local _, before = read:chained()
  for _, call in before do
    if #call:callees() > 0 and #call:args() > 0 then
      return true
    end
  end
  return false
end

-- Queries that are begun elsewhere.
local BEGUN = table.freeze({ "*QuerySet()", "*.Query()" })

-- The link of GORM that a statement of SQL is handed to: `db.Raw("SELECT ...", owner).Scan(&orders)`.
local function raw_of(query)
  for _, part in query do
    if part.name == "Raw" and not part.is_aside then
      return part.call
    end
  end
  return nil
end

-- Judges one call: nil when it gives no unbounded list, else {read, filter, bound, name}.
function M.judge(read, scope)
  local lists = read:fact("lists")
  if lists == "page" then
    local pages = false
    for _, around in read:loops() do
      pages = pages or around.kind == "paging" or around.kind == "unknown"
    end
    if not pages then
      return nil
    end
  end
  local after = read:chained()
  if lists == "builder" and after[1] and after[1]:fact("lists") then
    return nil
  end
  local into = lists == "argument" and read:fact("statement") == nil and rows_into.of(read)
  if into and go_destinations.is_single(into) or into == nil and lists == "argument" and read:fact("lists_slices") then
    return nil
  end
  local query = query_chain.of(read, scope)
  local bound, limit = query_bounds.bound_of(read, query)
  local filter, statement, text, run, left_out = nil, nil, nil, read, nil
  local is_sql = read:fact("statement") ~= nil or selects.asks_in_sql(read)
  local raw = read:fact("orm") == "gorm" and raw_of(query)
  if raw then
    text, run, is_sql = (raw:arg(1) and raw:arg(1):literal()), raw, true
    statement = type(text) == "string" and read.file:sql(text)[1] or nil
  elseif read:fact("statement") == "run" or M.is_iterated(read) then
    text, run, is_sql, left_out = selects.run_of(query, scope)
    statement = text and read.file:sql(text)[1]
  elseif is_sql then
    statement, text, run, left_out = selects.statement_of(read, scope)
  end
  if is_sql then
    local built = not statement and go_builders.judge(read, scope)
    if built then
      return built
    elseif not statement or statement.kind ~= "select" or statement.limit ~= "no" or statement.aggregates_only or #statement.sources == 0 or selects.is_of_catalog(statement) then
      return nil
    elseif selects.gives_one_row(statement, text) then
      return nil
    end
    local is_asked = left_out and left_out.is_needed or selects.has_placeholder(selects.without_named_tables(text, statement)) or not left_out and selects.takes_values(run) or selects.groups_rows(text)
    bound = left_out and left_out.is_bounded and bound == "none" and "optional" or bound
    filter = is_asked and "key" or statement.filter == "no" and "none" or "constant"
  else
    filter = narrowing.filter_of(query)
    if lists == "builder" and read:fact("orm") == "knex" and filter ~= "key" then
      filter = narrowing.stronger(filter, narrowing.filter_of(query_chain.later(read, scope)))
    end
    local root = query_chain.root_of(read)
    local is_own = root and (root.text == "self" or root.text == "this") and read.source:find("^%a+%.queryset%f[%W]") ~= nil
    if filter ~= "key" and read.file.language == "go" and is_begun_with_values(read) then
      filter = "key"
    end
    if filter ~= "key" and root and (is_own or is_given_query(read, root) or is_given_builder(read, root)) then
      -- What was narrowed before is not seen; a query that is handed over is judged where it begins.
      filter = "key"
    end
  end
  if bound == "bound" or lists == "builder" and query_bounds.is_bounded_later(read, scope) then
    return nil
  end
  for _, part in query do
    -- A query that another function of the project begins is judged there.
    if #part.call:callees() > 0 and part.call:comes_from(BEGUN) then
      return nil
    end
  end
  local name = table_name_of(read, query, statement)
  local is_sort = false
  if filter == "key" and name and piling.grows(name) then
    is_sort = if statement then not left_out and not selects.groups_rows(text) and sort_columns.are_compared(statement, text, name) else sort_columns.is_only(query, name)
  end
  return { read = read, filter = is_sort and "constant" or filter, is_sort = is_sort, bound = bound, name = name, lists = lists, query = query, left_out = left_out, limit = limit }
end

-- The name of what a read that runs no statement reads, nil where it has none.
function M.name_of(read, scope)
  return table_name_of(read, query_chain.of(read, scope), nil)
end

-- What the rows are called where they are read: the variable that takes them, the function that gives them.
function M.called(read, func)
  local name = query_chain.taker(read)
  if name and not VAGUE[lower(name)] then
    return name
  end
  local own = func.name
  if own:find("[bB]y%f[%u_]") or own:find("_by_", 1, true) or own:find("For%f[%u]") or own:find("_for_", 1, true) or own:find("_with_", 1, true) or own:find("With%f[%u]") then
    return nil
  end
  return own ~= "" and own or nil
end

return M
