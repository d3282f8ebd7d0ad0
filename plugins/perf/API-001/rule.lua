-- From a handler down to the queries whose rows it answers with. The knowledge of which calls give many rows is in the facts (`lists`);
-- here stands what bounds them, what filters them, and how rows get out of a function.

local mounted = require("mounted")

local function set(...)
  local all = {}
  for _, word in { ... } do
    all[word] = true
  end
  return all
end

-- Links of a query's chain that bound it, and arguments that do.
local BOUNDS = set(
  "limit", "Limit", "take", "first", "First", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "top", "paginate", "Paginate", "page", "per_page",
  "fetchmany", "head", "slice", "range", "findOne", "FindOne", "count", "aggregate", "exists", "latest", "earliest", "last", "get_or_none", "fetchone", "limitToLast", "islice", "iterator", "executeTakeFirst", "executeTakeFirstOrThrow", "findById", "findByPk"
)
local BOUND_ARGUMENTS = { "limit", "take", "Limit", "first", "top", "page_size", "pageSize", "max_results", "per_page", "perPage", "size", "LIMIT" }
-- Links that make groups of it: as many as there are values to group by.
local GROUPS = set("group_by", "groupBy", "Group", "addGroupBy")
-- Links that make a write of a chain.
local WRITES = set("insert", "update", "delete", "del", "deleteMany", "updateMany", "remove", "bulk_create", "bulk_update", "increment", "decrement", "upsert")
local FILTERS = set(
  "where", "andWhere", "orWhere", "whereIn", "filter", "filter_by", "exclude", "find", "findBy", "findMany", "findAll", "find_many", "query", "Where", "Find", "get_list", "scan"
)
-- Things of which there are few: their whole list is one page.
local FEW = set(
  "country", "currency", "language", "locale", "timezone", "region", "role", "permission", "status", "state", "setting", "config", "configuration", "plan", "category", "type", "kind",
  "feature", "flag", "option", "provider", "method", "unit", "template", "tier", "level", "color", "size", "department", "environment", "gender", "price", "migration", "policy", "pin", "pinned",
  "license", "licence", "badge", "field", "platform", "scope", "theme", "icon", "tax", "weekday", "continent"
)

local function lower(text)
  return (text or ""):lower()
end

-- The last word of a name, in the singular: `OrderStatuses` is `status`.
local function noun_of(name)
  local words = name:gsub("(%l)(%u)", "%1_%2"):lower()
  local last = words:match("([%a]+)[^%a]*$") or words
  if FEW[last] then
    return last
  end
  return (last:gsub("ies$", "y"):gsub("sses$", "ss"):gsub("uses$", "us"):gsub("s$", ""))
end

-- ---------------------------------------------------------------------------------------------------------------------
-- The query that a read runs: every call that its chain, its variables and its arguments are made of.

local function root_of(node)
  while node and node.kind ~= "name" do
    node = node:child("callee") or node:child("value")
  end
  return node
end

local collect_query

-- What a file's rows are followed through is asked for again and again: by function, as long as one file is judged.
local known = { names = {}, lists = {}, hands = {} }

-- Whether queries of this repository may be built in one function and run in another: an effect tells only where they run.
local is_lazy = nil

local function key_of(node)
  return node.file.path .. ":" .. node.id
end

-- What a function says about each of its names: values that are assigned to it, calls on it.
local function names_of(scope)
  local key = key_of(scope)
  if known.names[key] then
    return known.names[key]
  end
  local names = {}
  local function entry(text)
    names[text] = names[text] or { assigns = {}, calls = {} }
    return names[text]
  end
  for _, node in scope:descendants({ "assign", "call" }) do
    if node.kind == "assign" then
      for _, target in node:children("target") do
        if target.kind == "name" then
          table.insert(entry(target.text).assigns, node)
        end
      end
    else
      local callee = node:child("callee")
      local root = callee and callee.kind == "attr" and root_of(callee)
      if root then
        table.insert(entry(root.text).calls, node)
      end
    end
  end
  known.names[key] = names
  return names
end

local function collect_name(name, scope, out, seen, depth)
  if seen[name.text] or not scope then
    return
  end
  seen[name.text] = true
  local said = names_of(scope)[name.text]
  if not said or #said.assigns == 0 then
    return
  end
  for _, assign in said.assigns do
    local value = assign:child("value")
    if value then
      local branch = assign:enclosing({ "if", "conditional", "function", "module" })
      local is_optional = branch and branch.kind == "if" and not name:is_within(branch)
      local before = #out
      collect_query(value, scope, out, seen, depth + 1, is_optional)
      local root = root_of(value)
      if is_optional and not (root and root.text == name.text) then
        -- One of several beginnings: each has its own conditions.
        for at = before + 1, #out do
          out[at].begins = true
        end
      end
    end
  end
  -- `query.limit(10)` as a statement refines the same query.
  for _, call in said.calls do
    local branch = call:enclosing({ "if", "function", "module" })
    table.insert(out, { call = call, is_optional = branch and branch.kind == "if" and not name:is_within(branch) })
  end
end

collect_query = function(node, scope, out, seen, depth, is_optional)
  if depth > 4 or not node then
    return
  end
  if node.kind == "await" then
    node = node:child("value")
  end
  if node.kind == "name" then
    return collect_name(node, scope, out, seen, depth)
  elseif node.kind == "conditional" then
    collect_query(node:child("body"), scope, out, seen, depth + 1, true)
    return collect_query(node:child("else"), scope, out, seen, depth + 1, true)
  elseif node.kind ~= "call" then
    return
  end
  local after, before = node:chained()
  local chain = { node }
  for _, list in { after, before } do
    for _, call in list do
      table.insert(chain, call)
    end
  end
  for _, call in chain do
    table.insert(out, { call = call, is_optional = is_optional })
    for _, argument in call:args() do
      local value = argument.kind == "kw-arg" and argument:child("value") or argument
      if value.kind == "call" or value.kind == "name" then
        collect_query(value, scope, out, seen, depth + 1, is_optional)
      end
    end
  end
  local root = root_of(node)
  if root then
    collect_name(root, scope, out, seen, depth)
  end
end

-- Whether the other branch of the same `if` was seen to bound as well.
local function is_in_both(call, sides)
  local branch = call:enclosing({ "if", "function" })
  local other = branch and branch.kind == "if" and branch:child("else")
  if not other then
    return false
  end
  local side = call:is_within(other) and "else" or "body"
  local seen = sides[branch.id] or {}
  seen[side] = true
  sides[branch.id] = seen
  return seen.body and seen["else"] or false
end

-- "none", "optional" (only when the caller asks) or "bound".
local function bound_of(read, query)
  local found = "none"
  local sides = {}
  local limited_by = read:fact("limited_by")
  local names = limited_by and { limited_by, unpack(BOUND_ARGUMENTS) } or BOUND_ARGUMENTS
  for _, name in names do
    local value, state = read:arg(name)
    if state == "hidden" then
      return "bound"
    elseif state == "given" then
      local literal, known = value:literal()
      if not (known and literal == nil) then
        return "bound"
      end
    end
  end
  for _, part in query do
    local call = part.call
    if WRITES[call.name] then
      return "bound"
    end
    if BOUNDS[call.name] or call.name == "get" and call:fact("orm") or lower(call.name):find("paginat", 1, true) then
      if not part.is_optional or is_in_both(call, sides) then
        return "bound"
      end
      found = "optional"
    end
  end
  return found
end

local NOW = set("now", "utcnow", "today", "date", "timenow", "localdate")

local STRENGTH = { none = 0, constant = 1, caller = 2, key = 3 }

local function stronger(left, right)
  return STRENGTH[right] > STRENGTH[left] and right or left
end

local filter_of_value

-- What a condition compares with: constants say nothing about how many rows there are; a value that comes with the request
-- narrows them to what belongs to something; a whole condition from elsewhere may hold anything, or nothing.
local function filter_of_operand(node)
  local text, is_known = node:literal()
  if type(text) == "string" and text:find("{}", 1, true) then
    -- A text with holes: `%${name}%`.
    return "key"
  elseif is_known or node.kind == "bool" or node.kind == "null" then
    return "constant"
  elseif node.kind == "dict" or node.kind == "list" then
    return filter_of_value(node)
  elseif node.kind == "call" and NOW[lower(node.name)] then
    return "constant"
  end
  return "key"
end

filter_of_value = function(node)
  local kind = node.kind
  if kind == "dict" then
    local found = "none"
    for _, item in node:children("item") do
      if item.kind == "pair" then
        found = stronger(found, filter_of_operand(item:child("value") or item))
      elseif item.kind == "spread" then
        local value = item:child("value")
        found = stronger(found, value and filter_of_value(value) or "caller")
      end
    end
    return found
  elseif kind == "list" then
    local found = "none"
    for _, item in node:children("item") do
      found = stronger(found, filter_of_operand(item))
    end
    return found
  elseif kind == "kw-arg" then
    return filter_of_operand(node:child("value"))
  elseif kind == "name" then
    local value = node:value()
    if value and (value.kind == "dict" or value.kind == "conditional" or value.kind == "call") then
      return filter_of_value(value)
    end
    return "caller"
  elseif kind == "conditional" then
    return "caller"
  elseif kind == "compare" or kind == "binary" or kind == "logic" or kind == "unary" then
    local found = "none"
    for at, side in node:children("value") do
      if at > 1 or kind ~= "compare" then
        found = stronger(found, kind == "compare" and filter_of_operand(side) or filter_of_value(side))
      end
    end
    return found
  elseif kind == "call" then
    if #node:callees() > 0 then
      return "caller"
    end
    local found = "none"
    for _, argument in node:args() do
      found = stronger(found, argument.kind == "str" and "none" or filter_of_operand(argument))
    end
    local receiver = node:receiver()
    if receiver and (receiver.kind == "call" or receiver.kind == "binary") then
      found = stronger(found, filter_of_value(receiver))
    end
    return found
  elseif kind == "spread" then
    local value = node:child("value")
    return value and filter_of_value(value) or "caller"
  elseif kind == "str" or kind == "num" or kind == "bool" or kind == "null" or kind == "function" then
    return "none"
  end
  return "caller"
end

local function filter_of_call(call)
  local found = "none"
  local arguments = call:args()
  local first = arguments[1]
  if first and (call.name == "findMany" or call.name == "findAll" or (call:fact("orm") == "typeorm" and call.name == "find")) then
    local where, state = call:arg("where")
    return state == "given" and filter_of_value(where) or state == "hidden" and "caller" or "none"
  end
  -- Firestore and knex: field, operator, value.
  if first and #arguments >= 2 and first.kind ~= "dict" and first.kind ~= "kw-arg" and first.kind ~= "compare" and call.name:lower():find("where", 1, true) then
    local _, known = first:literal()
    return known and filter_of_operand(arguments[#arguments]) or "caller"
  end
  for at, argument in arguments do
    -- Mongo's second argument picks fields.
    if not (at > 1 and (call.name == "find" or call.name == "Find")) then
      found = stronger(found, filter_of_value(argument))
    end
  end
  if call:fact("store") == "dynamo" and first and #arguments > 0 then
    local _, known = first:literal()
    local condition = call:arg("KeyConditionExpression")
    return (condition and filter_of_value(condition)) or (known and "constant") or found
  end
  return found
end

-- Calls that say which columns are read.
local COLUMNS = set("query", "select", "with_entities", "values", "values_list", "pluck")

-- Whether a call reads one column: `select(Order.state)`, `values_list("state", flat=True)`.
local function selects_one_column(call)
  if not COLUMNS[call.name] then
    return false
  end
  local columns, found = 0, false
  for _, argument in call:args() do
    if argument.kind ~= "kw-arg" and argument.kind ~= "bool" then
      columns += 1
      found = found or argument.kind == "str" or argument.kind == "attr" and argument.text:find("^%l") ~= nil
    end
  end
  return columns == 1 and found
end

local function filter_of(query)
  local found = "none"
  local by_values = false
  local one_column, is_distinct = false, false
  for _, part in query do
    local name = part.call.name
    one_column = one_column or selects_one_column(part.call)
    is_distinct = is_distinct or name == "distinct" or name == "selectDistinct"
    by_values = by_values or name == "values" or name == "values_list"
  end
  if one_column and is_distinct then
    -- As many as the column has values.
    found = "key"
  end
  for _, part in query do
    local name = part.call.name
    if GROUPS[name] or by_values and name == "annotate" and part.call.source:find("[( =](%u%l+)%(") then
      found = stronger(found, "key")
    end
    if FILTERS[part.call.name] and (not part.is_optional or part.begins) then
      found = stronger(found, filter_of_call(part.call))
    end
  end
  return found
end

-- The SQL that an expression stands for: a text, or what makes a statement of one: `text("SELECT ...").bindparams(owner=owner)`.
-- Second, whether it is SQL at all: a query that code builds is none.
local function sql_of(node, depth)
  if (node.kind == "name" or node.kind == "attr") and depth < 4 then
    local value = node:value() or node:definition()
    if value and (value.kind == "call" or value.kind == "name") then
      return sql_of(value, depth + 1)
    end
  elseif node.kind == "call" then
    local at = node:fact("sql")
    local inner = at and node:arg(tonumber(at))
    if inner then
      local text = inner:literal()
      return type(text) == "string" and text or inner:joined(), true
    end
    local receiver = node:receiver()
    if receiver and receiver.kind == "call" then
      return sql_of(receiver, depth)
    end
    return nil, false
  end
  local text = node:literal()
  return type(text) == "string" and text or nil, type(text) == "string"
end

-- The SQL that a query runs, and the call that runs it; third, whether the query is SQL at all.
local function run_of(query, scope)
  for _, part in query do
    local at = part.call:fact("runs")
    local argument = at and part.call:arg(tonumber(at))
    if argument then
      local text, is_sql = sql_of(argument, 0)
      if is_sql then
        return text, part.call, true
      end
      -- A name that gets its statement in several branches: one without a limit is enough.
      local said = argument.kind == "name" and names_of(scope)[argument.text]
      local found = nil
      for _, assign in said and said.assigns or {} do
        local value = assign:child("value")
        local one, is_text = nil, false
        if value then
          one, is_text = sql_of(value, 0)
        end
        if is_text then
          local statement = one and part.call.file:sql(one)[1]
          if not found or statement and statement.kind == "select" and statement.limit == "no" then
            found = one or found
          end
          is_sql = true
        end
      end
      if is_sql then
        return found, part.call, true
      end
    end
  end
  return nil, nil, false
end

-- Methods that give the rows of the statement they take, under the names of asyncpg and databases.
local GIVES_ROWS = set("fetch", "fetch_all")

-- Whether a call whose receiver is not known is handed a SELECT: the statement tells what the receiver does not.
local function asks_in_sql(call)
  if call.file.language ~= "python" or not GIVES_ROWS[call.name] or #call:target() > 0 or #call:callees() > 0 or not call:receiver() then
    return false
  end
  local argument = call:arg(1)
  local text = argument and argument:literal()
  local statement = type(text) == "string" and call.file:sql(text)[1]
  return statement ~= nil and statement ~= false and statement.kind == "select"
end

-- The statement of a read that runs SQL: nil when it is none that gives rows, or cannot be seen.
local function statement_of(read, scope)
  local how = read:fact("statement") or "argument"
  local text
  local run = read
  if how == "argument" then
    for _, argument in read:args() do
      local value, known = argument:literal()
      if known and type(value) == "string" and #read.file:sql(value) > 0 then
        text = value
        break
      elseif argument.kind == "template" then
        text = argument.text
      end
    end
    local query = text == nil and read:arg("text")
    if query then
      text = query:literal()
    end
  else
    -- `cursor.execute(...)` before `cursor.fetchall()`.
    local receiver = read:receiver()
    for _, call in scope:descendants("call") do
      local on = call:receiver()
      if call.name == "execute" and on and receiver and on.source == receiver.source and call.line <= read.line then
        local argument = call:arg(1)
        local value, known = nil, false
        if argument then
          value, known = argument:literal()
        end
        text = known and type(value) == "string" and value or nil
        run = call
      end
    end
  end
  if type(text) ~= "string" then
    return nil
  end
  return read.file:sql(text)[1], text, run
end

local function has_placeholder(text)
  return text:find("%%s") or text:find("%%(", 1, true) or text:find("%$%d") or text:find("?", 1, true) or text:find("{}", 1, true) or text:find("[^:]:%a") or text:find("@%a")
end

-- Columns that name one row of their table.
local KEYS = set("id", "uuid", "guid", "pk", "rowid")

-- Whether a statement asks for the one row with a key: `WHERE id = 5`.
local function gives_one_row(statement, text)
  if #statement.sources ~= 1 or statement.sources[1].kind ~= "base" then
    return false
  end
  local words = text:upper()
  if words:find("%f[%w]OR%f[%W]") or words:find("%f[%w]NOT%f[%W]") or words:find("=%s*ANY%f[%W]") then
    return false
  end
  for _, compare in statement.compares do
    if compare.operator == "equal" and KEYS[lower(compare.column)] then
      return true
    end
  end
  return false
end

-- Whether a statement makes groups itself, not in a query within it: there are as many rows as values to group by, or as one column has.
local function groups_rows(text)
  if text:upper():find("^%s*SELECT%s+DISTINCT%s+[%w_.\"`]+%s+FROM%f[%W]") then
    return true
  end
  return text:gsub("%b()", " "):upper():find("%f[%w]GROUP%s+BY%f[%W]") ~= nil
end

-- Whether a statement asks the database about itself: there are as many rows as the schema has tables and columns.
local function is_of_catalog(statement)
  for _, source in statement.sources do
    if source.kind ~= "catalog" then
      return false
    end
  end
  return true
end

-- The text without tables that are named at run time: they say which rows are asked for, not how many.
local function without_named_tables(text, statement)
  for _, source in statement.sources do
    local from = source.kind == "hole" and text:find(source.name, 1, true)
    if from then
      text = text:sub(1, from - 1) .. text:sub(from + #source.name)
    end
  end
  return text
end

-- Whether values go with the text of a statement: `fetch_all(query, {"owner": owner})`, `Query(text, owner)`.
local function takes_values(read)
  local before = false
  for _, argument in read:args() do
    if before and argument.kind ~= "null" and argument.kind ~= "function" then
      return true
    end
    local value, known = argument:literal()
    before = before or known and type(value) == "string" or argument.kind == "template" or select(2, sql_of(argument, 0))
  end
  return false
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Reads.

-- Names that say how something is kept, not what it is.
local VAGUE = set(
  "col", "coll", "collection", "q", "qs", "query", "queryset", "db", "database", "session", "self", "this", "model", "repo", "repository", "table", "client", "conn", "connection", "tx", "cursor", "cur",
  "objects", "stmt", "statement", "result", "results", "ref", "store", "dao", "cls", "manager", "pool", "prisma", "knex", "builder", "rows", "base", "data", "found", "list", "items", "out",
  "all", "records", "entries", "res", "response", "output", "values", "base_queryset", "base_query", "query_set"
)

local function table_name_of(read, query, statement)
  if read:fact("lists") == "argument" and not statement then
    -- Go names what the rows are put into.
    local into = read:arg(tonumber(read:fact("lists_into")))
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
  for _, part in query do
    local name = part.call.name
    if name == "collection" or name == "collectionGroup" or name == "from" or name == "table" or name == "query" or name == "Model" or name == "select" or name == "Collection" or name == "Table" then
      local argument = part.call:arg(1)
      local value = argument and argument:literal()
      if type(value) == "string" then
        return value
      elseif argument and argument.kind == "name" and not VAGUE[lower(argument.text)] then
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

-- Whether a call runs a query whose rows are iterated where it stands: `for row in session.execute(query)`, `for order in session.query(Order)`.
local function is_iterated(call)
  local at = call
  local parent = at:parent()
  if parent and parent.kind == "await" then
    at, parent = parent, parent:parent()
  end
  return at:role() == "iter" and (call:fact("runs") ~= nil or call.name == "query" and call:comes_from("sqlalchemy.orm.Query()"))
end

-- Whether a query of Django is one that the function is handed: `def rows_of(issues): return issues.values("id")`.
local function is_given_query(read, root)
  local link = root:parent()
  local call = link and link.kind == "attr" and link:parent()
  return read:fact("orm") == "django" and call ~= nil and call ~= false and call.kind == "call" and link:role() == "callee" and root:param_position() ~= nil
end

-- Judges one call: nil when it gives no unbounded list, else {read, filter, bound, name}.
local function judge(read, scope)
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
  local query = {}
  collect_query(read, scope, query, {}, 0, false)
  local bound = bound_of(read, query)
  local filter, statement, text, run = nil, nil, nil, read
  local is_sql = read:fact("statement") ~= nil or asks_in_sql(read)
  if read:fact("statement") == "run" or is_iterated(read) then
    text, run, is_sql = run_of(query, scope)
    statement = text and read.file:sql(text)[1]
  elseif is_sql then
    statement, text, run = statement_of(read, scope)
  end
  if is_sql then
    if not statement or statement.kind ~= "select" or statement.limit ~= "no" or statement.aggregates_only or #statement.sources == 0 or is_of_catalog(statement) then
      return nil
    elseif gives_one_row(statement, text) then
      return nil
    end
    local is_asked = has_placeholder(without_named_tables(text, statement)) or takes_values(run) or groups_rows(text)
    filter = is_asked and "key" or statement.filter == "no" and "none" or "constant"
  else
    filter = filter_of(query)
    local root = root_of(read)
    local is_own = root and (root.text == "self" or root.text == "this") and read.source:find("^%a+%.queryset%f[%W]") ~= nil
    if filter ~= "key" and root and (is_own or is_given_query(read, root)) then
      -- What was narrowed before is not seen; a query that is handed over is judged where it begins.
      filter = "key"
    end
  end
  if bound == "bound" then
    return nil
  end
  for _, part in query do
    -- A query that another function of the project begins is judged there.
    if #part.call:callees() > 0 and part.call:comes_from({ "*QuerySet()", "*.Query()" }) then
      return nil
    end
  end
  local name = table_name_of(read, query, statement)
  return { read = read, filter = filter, bound = bound, name = name, lists = lists }
end

-- ---------------------------------------------------------------------------------------------------------------------
-- How rows leave a function.

local ANSWERS = set("json", "jsonp", "send", "render", "end", "write", "encode", "indentedjson", "success", "ok", "reply", "renderjson", "writejson", "sendjson", "html")

local function is_answer(call)
  local name = lower(call.name)
  return ANSWERS[name] or name:find("^respond") ~= nil or name:find("response$") ~= nil
end

-- Whether a loop over the rows keeps only some of them: everything it collects is collected under a condition.
local function is_sifted(loop)
  local kept = 0
  for _, call in loop:descendants("call") do
    if call.name == "append" or call.name == "push" or call.name == "add" then
      local branch = call:enclosing({ "if", "for", "while" })
      if not (branch and branch.kind == "if") then
        return false
      end
      kept += 1
    end
  end
  return kept > 0
end

-- Whether an expression is on its way into an answer that only sends the caller elsewhere.
local function sends_elsewhere(calls)
  for _, call in calls do
    if lower(call.name):find("redirect", 1, true) then
      return true
    end
  end
  return false
end

-- Whether an expression only counts, picks rows of another query, or is what something is written with.
local function is_spent(calls, value)
  for _, call in calls do
    if not call:same(value) then
      if lower(call.name):find("count", 1, true) or call:fact("store") or call:fact("orm") then
        return true
      end
      for _, effect in call:effects() do
        if effect == "db-write" then
          return true
        end
      end
    end
  end
  return false
end

-- Whether rows are grouped on the way from a name to what carries it: `rows.values("state").annotate(n=Count("id"))`.
local function is_grouped(one)
  local node, by_values = one.node, false
  local function groups(call)
    by_values = by_values or call.name == "values" or call.name == "values_list"
    return GROUPS[call.name] or by_values and call.name == "annotate"
  end
  if node.kind == "call" then
    local _, before = node:chained()
    for at = #before, 1, -1 do
      if groups(before[at]) then
        return true
      end
    end
    if groups(node) then
      return true
    end
  end
  for _ = 1, 24 do
    if node:same(one.top) then
      return false
    end
    node = node:parent()
    if not node then
      return false
    elseif node.kind == "call" and groups(node) then
      return true
    end
  end
  return false
end

-- How the calls narrow the rows on the way from a name to what carries it: `rows.filter(owner=user)`.
local function narrowed_on_the_way(one)
  local node, found = one.node, "none"
  for _ = 1, 24 do
    if node:same(one.top) then
      return found
    end
    local below = node
    node = node:parent()
    if not node then
      return found
    elseif node.kind == "call" and below:role() == "callee" and FILTERS[node.name] then
      found = stronger(found, filter_of_call(node))
    end
  end
  return found
end

-- The same for the variables that hold what a narrowing call gave: name -> the weakest of its values.
local function narrowed_names(uses)
  local held = {}
  for _, one in uses do
    local assign = one.top:parent()
    if assign and assign.kind == "await" then
      assign = assign:parent()
    end
    for _, target in assign and assign.kind == "assign" and assign:children("target") or {} do
      if target.kind == "name" then
        local own = stronger(narrowed_on_the_way(one), one.node.kind == "name" and held[one.node.text] or "none")
        held[target.text] = held[target.text] and stronger(own, held[target.text]) == own and held[target.text] or own
      end
    end
  end
  return held
end

-- Whether a function picks among the rows on the way from a name to what carries it: `rows.filter((row) => ...)`.
local function is_sieved(one)
  local node = one.node
  for _ = 1, 24 do
    if node:same(one.top) then
      return false
    end
    local below = node
    node = node:parent()
    if not node then
      return false
    elseif node.kind == "call" and node.name == "filter" and below:role() == "callee" then
      local test = node:arg(1)
      if test and test.kind == "function" then
        return true
      end
    end
  end
  return false
end

local leaves

-- Whether a function of the project gives back, or answers with, what it takes here; yes where that is not seen.
local function hands_on(calls, value, is_handler, language, depth)
  for _, call in calls do
    local callee = call:callees()[1]
    local body = callee and callee.name ~= "__init__" and callee.name ~= "constructor" and callee.node:child("body")
    if body and depth > 1 then
      return false
    elseif body and not callee.is_generator then
      local param = nil
      for at, argument in call:args() do
        if value:is_within(argument) then
          local keyword = argument.kind == "kw-arg" and argument.text or nil
          for place, one in callee.params do
            local is_self = callee.params[1] and (callee.params[1].text == "self" or callee.params[1].text == "cls")
            if keyword == one.text or not keyword and place == at + (is_self and 1 or 0) then
              param = one
            end
          end
        end
      end
      local key = param and `{key_of(callee.node)}:{param.text}:{depth}` or ""
      local is_passed = param == nil or known.hands[key]
      if is_passed == nil then
        is_passed = false
        known.hands[key] = false
        local tried = 0
        for _, name in body:descendants("name") do
          if name.text == param.text and not is_passed and tried < 8 then
            tried += 1
            is_passed = leaves(name, callee.node, is_handler, language, depth + 1)
          end
        end
        known.hands[key] = is_passed
      end
      if not is_passed then
        return false
      end
    end
  end
  return true
end

-- In place of a depth: what functions of the project do with the rows is left open.
local SHALLOW = -1

-- Whether a condition only leaves out what is missing: `if row[0] is not None`, `if row`.
local function asks_for_presence(test)
  if test.kind == "compare" and #test:children("value") == 2 then
    return (test.text == "is not" or test.text == "!=") and test:children("value")[2].kind == "null"
  end
  local at = test.kind == "index" and test:child("index")
  return test.kind == "name" or at ~= nil and at ~= false and at.kind == "num"
end

-- Whether a clause of a comprehension keeps some of its items only.
local function is_sieve(clause)
  local test = clause:child("test")
  return test ~= nil and not asks_for_presence(test)
end

-- Whether a comprehension keeps some of its items only, or Python's `filter` does.
local function is_sifting(one)
  for _, call in one.calls do
    if call:is("builtins.filter") then
      return true
    end
  end
  local clause = one.top:parent()
  return clause ~= nil and (clause.kind == "clause" or one.top:role() == "iter") and is_sieve(clause)
end

local function targets(assign, name)
  for _, target in assign:children("target") do
    for _, one in target.kind == "name" and { target } or target:descendants("name") do
      if one.text == name then
        return true
      end
    end
  end
  return false
end

-- Keys under which a query says which rows it is for.
local CONDITION_KEYS = set("where", "in", "notIn", "$in", "$nin", "not", "NOT", "OR", "AND")

-- Whether rows only say which rows of another query are asked for: `{ where: { owner: { in: owners } } }`.
local function is_condition(one)
  local node = one.node
  for _ = 1, 24 do
    local parent = not node:same(one.top) and node:parent() or nil
    if not parent then
      return false
    elseif parent.kind == "pair" and node:role() ~= "key" and CONDITION_KEYS[parent.text] then
      return true
    end
    node = parent
  end
  return false
end

local holds_rows

-- The same of one name: what a function is handed per item, `rows.map((row) => row.id)`, is a row where its list holds them.
local function is_row(node, uses, is_handler, language, depth, seen)
  local func = node:param_position() and node:func()
  local call = func and func.is_lambda and func.node:parent()
  local on = call and call.kind == "call" and call:receiver()
  local root = on and (on.kind == "name" and on or root_of(on))
  local name = root and root.kind == "name" and root.text or node.text
  if seen[name] == nil then
    -- Where a name is made of itself, the rest decides.
    seen[name] = true
    seen[name] = holds_rows(name, uses, is_handler, language, depth, seen)
  end
  return seen[name]
end

-- Whether a variable holds the rows: where a function of the project made it of them, that one has to give them back.
-- `response = handle(request, query)` holds what `handle` answers.
holds_rows = function(name, uses, is_handler, language, depth, seen)
  local made = false
  for _, one in uses do
    local assign = one.top:parent()
    if assign and assign.kind == "await" then
      assign = assign:parent()
    end
    -- An item of a loop over groups is a group.
    local is_item = assign and (assign.kind == "clause" or assign.kind == "for") and one.top:role() == "iter"
    -- Of several names that take the parts of one value, each is also seen where it takes its part.
    local is_taking = one.top:role() == "target"
    if assign and (assign.kind == "assign" or is_item) and not is_taking and targets(assign, name) then
      made = true
      local is_own = one.node.kind ~= "name" or is_row(one.node, uses, is_handler, language, depth, seen)
      if is_own and not is_condition(one) and not is_grouped(one) and hands_on(one.calls, one.node, is_handler, language, depth) then
        return true
      end
    end
  end
  return not made
end

-- Calls that put something into a collection.
local ADDS = set("append", "add", "push", "extend", "insert", "unshift")

-- Whether an expression takes a part of a row by its position: `row[0]`.
local function reads_by_position(node, names)
  local all = node:descendants("index")
  if node.kind == "index" then
    table.insert(all, node)
  end
  for _, index in all do
    local base, at = index:child("value"), index:child("index")
    if base and base.kind == "name" and names[base.text] and at and at.kind == "num" then
      return true
    end
  end
  return false
end

-- The collections that are made of rows whose parts are read by position: to `uses` that is one part of many, here there is one for each row.
local function made_by_position(uses, within)
  local all = {}
  for _, one in uses do
    local around = one.top:parent()
    if not around or one.top:role() ~= "iter" or around.kind ~= "clause" and around.kind ~= "for" then
      continue
    end
    local names = {}
    for _, target in around:children("target") do
      for _, name in target.kind == "name" and { target } or {} do
        names[name.text] = true
      end
    end
    if around.kind == "clause" then
      local made = around:parent()
      for _, value in made and made.kind == "comprehension" and not is_sieve(around) and made:children("value") or {} do
        if reads_by_position(value, names) then
          table.insert(all, made)
          break
        end
      end
      continue
    end
    for _, node in around:descendants({ "call", "assign", "aug-assign" }) do
      local into, from = nil, nil
      if node.kind == "call" then
        into, from = ADDS[node.name] and node:receiver() or nil, node
      elseif node.kind == "assign" then
        local target = node:child("target")
        into, from = target and target.kind == "index" and target:child("value") or nil, node:child("value")
      else
        into, from = node:child("target"), node:child("value")
      end
      local branch = node:enclosing({ "if", "for", "while" })
      if into and from and into.kind == "name" and branch and branch:same(around) and reads_by_position(from, names) then
        local said = names_of(within)[into.text]
        for _, assign in said and said.assigns or {} do
          local value = assign:child("value")
          if value and value.kind ~= "name" and assign.line < around.line then
            table.insert(all, value)
          end
        end
      end
    end
  end
  return all
end

-- Whether a variable takes the first rows only: `const [order] = await orders.find()`. Drivers that run SQL give their rows as the first of two.
local function takes_first(node, parent)
  local target = node.file.language ~= "python" and node.file.language ~= "go" and parent and parent.kind == "assign" and parent:child("target")
  if not target or target.kind ~= "list" or node.kind ~= "call" then
    return false
  end
  local _, before = node:chained()
  for _, call in { node, unpack(before) } do
    if call:fact("statement") or call.name:find("Count", 1, true) or call.name == "raw" then
      return false
    end
  end
  for _, item in target:children() do
    if item.kind == "spread" then
      return false
    end
  end
  return true
end

leaves = function(node, within, is_handler, language, depth)
  local parent = node:parent()
  if parent and parent.kind == "await" then
    parent = parent:parent()
  end
  if parent and parent.kind == "expr-stmt" or takes_first(node, parent) then
    return false
  end
  local uses = node:uses(within)
  -- What leaves decides first: most of what a function holds stays in it.
  local out = {}
  for at, one in uses do
    parent = one.top:parent()
    local is_out = parent and (parent.kind == "return" or parent.kind == "yield")
    if not is_out and is_handler and language ~= "python" then
      for _, call in one.calls do
        is_out = is_out or is_answer(call)
      end
      local target = parent and parent.kind == "assign" and parent:child("target")
      is_out = is_out or target and target.kind == "attr" and target.text == "body"
    end
    if is_out and not sends_elsewhere(one.calls) then
      table.insert(out, { use = one, is_first = at == 1 })
    end
  end
  local made = #out == 0 and language == "python" and made_by_position(uses, within) or {}
  if #out == 0 and #made == 0 then
    return false
  end
  local sifted = false
  for _, one in uses do
    for _, call in one.calls do
      -- `Paginator(rows, 25)`, `create_connection_slice(rows, info)`.
      local name = lower(call.name)
      if name:find("paginat", 1, true) or name:find("connection", 1, true) or name:find("slice", 1, true) then
        return false
      end
    end
    parent = one.top:parent()
    sifted = sifted or parent and parent.kind == "for" and is_sifted(parent) or is_sifting(one)
  end
  for _, one in made do
    if leaves(one, within, is_handler, language, depth) then
      return true
    end
  end
  -- Behind a sieve only the rows themselves count, not what is made of them.
  local own = sifted and {} or nil
  for _, name in own and node:aliases(within) or {} do
    own[name.id] = true
  end
  local narrowed, weakest = narrowed_names(uses), nil
  for _, way in out do
    local one = way.use
    -- A sieve that the rows themselves go through on the way out leaves some of them.
    local counts = not own or (way.is_first or own[one.node.id]) and not is_sifting(one)
    if counts and not is_spent(one.calls, node) and not is_grouped(one) and not is_sieved(one) and not is_condition(one) then
      local at = depth or 0
      if depth == SHALLOW then
        return true
      end
      local is_held = way.is_first or one.node.kind ~= "name" or is_row(one.node, uses, is_handler, language, at, {})
      if is_held and hands_on(one.calls, one.node, is_handler, language, at) then
        local own = stronger(narrowed_on_the_way(one), one.node.kind == "name" and narrowed[one.node.text] or "none")
        weakest = weakest and stronger(own, weakest) == own and weakest or own
        if weakest == "none" then
          return true, weakest
        end
      end
    end
  end
  return weakest ~= nil, weakest
end

-- Go puts rows into an argument: what matters is where that goes.
local function value_of(found, within)
  if found.lists ~= "argument" then
    return found.read
  end
  local into = found.read:arg(tonumber(found.read:fact("lists_into")))
  if not into or into.kind ~= "name" then
    return nil
  end
  for _, name in within:descendants("name") do
    if name.text == into.text and name.id > into.id then
      local parent = name:parent()
      if parent and parent.kind ~= "assign" then
        return name
      end
    end
  end
  return nil
end

-- The names that read a variable behind the place that gives it its value.
local function reads_behind(name, within)
  local all = {}
  for _, one in within:descendants("name") do
    if one.text == name.text and one.id > name.id and one:role() ~= "target" then
      table.insert(all, one)
    end
  end
  return all
end

-- JavaScript's other ways to hand over rows: `const [orders, total] = await Promise.all([...])`, and callbacks that take them behind an error.
local function handed_over(read, within)
  local after = read:chained()
  for _, call in { read, unpack(after) } do
    local last = call:args()[#call:args()]
    if last and last.kind == "function" and call.name ~= "then" and call.name ~= "catch" then
      local rows = last:children("param")[2]
      return rows and rows.text ~= "" and reads_behind(rows, last) or {}
    end
  end
  local whole = after[#after] or read
  local list = whole:parent()
  local all = list and list.kind == "list" and list:parent()
  if not all or all.kind ~= "call" or not all:is({ "global.Promise.all", "global.Promise.allSettled" }) then
    return {}
  end
  local waits = all:parent()
  local assign = waits and waits.kind == "await" and waits:parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  for at, item in target and target.kind == "list" and list:children("item") or {} do
    local name = item:same(whole) and target:children()[at]
    if name then
      return name.kind == "name" and reads_behind(name, within) or {}
    end
  end
  return {}
end

-- Whether the rows of a read get out of its function.
local function gets_out(found, within, is_handler, language)
  local value = value_of(found, within)
  local is_given, narrowed = false, nil
  if value then
    is_given, narrowed = leaves(value, within, is_handler, language)
  end
  if is_given then
    found.filter = stronger(found.filter, narrowed or "none")
    return true
  end
  for _, name in language ~= "python" and language ~= "go" and handed_over(found.read, within) or {} do
    if leaves(name, within, is_handler, language) then
      return true
    end
  end
  return false
end

-- Code that runs for other methods than GET only.
local function is_for_writing(node)
  local branch = node:enclosing({ "if", "case" })
  while branch do
    local test = branch:child("test")
    if test and not node:is_within(test) and test.source:find("[\"'](POST)[\"']") or test and test.source:find("[\"'](PUT)[\"']") or test and test.source:find("[\"'](PATCH)[\"']") or test and test.source:find("[\"'](DELETE)[\"']") then
      local body = branch:child("body")
      if body and node:is_within(body) and not test.source:find("!=", 1, true) then
        return true
      end
    end
    branch = branch:enclosing({ "if", "case" })
  end
  return false
end

-- A whole condition that a helper takes is what it is called with.
local function filter_through(found)
  local call = found.path[#found.path]
  if found.filter ~= "caller" or not call then
    return found.filter
  end
  for _, argument in call:args() do
    if argument.kind == "dict" and filter_of_value(argument) == "key" then
      return "key"
    end
  end
  return "caller"
end

-- Parameters that ask for a page.
local PAGE_WORDS = set(
  "limit", "page", "pagesize", "perpage", "pagenumber", "pageno", "pagelimit", "pageparams", "paging", "pagination", "paginationparams", "offset", "skip", "take", "top", "maxresults", "pagetoken"
)

local function is_page_word(name)
  return PAGE_WORDS[(lower(name):gsub("_", ""))] or false
end

-- The parameter of a function that asks for a page, where nothing in the function reads it: the caller believes in a bound that is none.
local function ignored_page(func)
  local body = func.node:child("body")
  local asked = {}
  for _, param in body and func.params or {} do
    if is_page_word(param.text) then
      asked[param.text] = param
    end
  end
  if next(asked) == nil then
    return nil
  end
  for _, name in body:descendants("name") do
    asked[name.text] = nil
  end
  local _, param = next(asked)
  return param
end

-- Whether a call may give rows of a database, by what it does.
local function may_read(call, language)
  if language == "python" and is_lazy then
    return true
  end
  for _, effect in call:effects() do
    if effect == "db-read" then
      return true
    end
  end
  return false
end

-- What the rows are called where they are read: the variable that takes them, the function that gives them.
local function called(read, func)
  local assign = read:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  local name = target and target.kind == "name" and target.text or nil
  if name and not VAGUE[lower(name)] then
    return name
  end
  local own = func.name
  if own:find("[bB]y%f[%u_]") or own:find("_by_", 1, true) or own:find("For%f[%u]") or own:find("_for_", 1, true) or own:find("_with_", 1, true) or own:find("With%f[%u]") then
    return nil
  end
  return own ~= "" and own or nil
end

-- Whether the caller bounds the query that a function gives it: `orders_of(owner).limit(20)`, also by way of a variable.
local function is_cut(call, scope)
  for _, link in call:chained() do
    if BOUNDS[link.name] then
      return true
    end
  end
  local assign = call:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  local said = target and target.kind == "name" and names_of(scope)[target.text]
  for _, refining in said and said.calls or {} do
    if BOUNDS[refining.name] and refining.line > call.line then
      local branch = refining:enclosing({ "if", "function" })
      if not branch or branch.kind ~= "if" or call:is_within(branch) then
        return true
      end
    end
  end
  return false
end

-- Whether a call stands in what a paginator is given: `self.paginate(queryset=rows, on_results=lambda page: listed(page))`.
local function is_of_page(call)
  for _, outer in call:argument_of() do
    if lower(outer.name):find("paginat", 1, true) then
      return true
    end
  end
  return false
end

-- The lists that a function gives back: those that it reads itself, and calls of the project's functions that may.
local function lists_of(func, is_handler)
  local node = func.node
  local key = key_of(node) .. (is_handler and ":handler" or "")
  local all = known.lists[key]
  if all then
    return all
  end
  all = {}
  known.lists[key] = all
  local language = node.file.language
  for _, call in node:descendants("call") do
    if is_of_page(call) then
      continue
    elseif call:fact("lists") or asks_in_sql(call) or is_iterated(call) then
      local found = judge(call, node)
      if found and gets_out(found, node, is_handler, language) and not is_for_writing(call) then
        found.called = called(call, func)
        table.insert(all, found)
      end
    else
      local callees = may_read(call, language) and call:callees() or {}
      if #callees > 0 and #call:loops() == 0 and leaves(call, node, is_handler, language, SHALLOW) and not is_for_writing(call) and not is_cut(call, node) then
        table.insert(all, { call = call, callees = callees })
      end
    end
  end
  return all
end

local function reads_of(func, depth, is_handler, seen, out, path)
  local key = key_of(func.node)
  if seen[key] or depth > 3 then
    return
  end
  seen[key] = true
  for _, one in lists_of(func, is_handler) do
    if one.read then
      local found = table.clone(one)
      found.path = path
      found.ignored = ignored_page(func)
      found.filter = filter_through(found)
      table.insert(out, found)
    elseif depth < 3 then
      for _, callee in one.callees do
        local longer = table.clone(path)
        table.insert(longer, one.call)
        local before = #out
        reads_of(callee, depth + 1, false, seen, out, longer)
        if #out > before and not leaves(one.call, func.node, is_handler, func.node.file.language) then
          for _ = before + 1, #out do
            table.remove(out)
          end
        end
        for at = before + 1, #out do
          out[at].ignored = out[at].ignored or ignored_page(func)
        end
      end
    end
  end
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Handlers.

local NO_LISTS = set(
  "post", "put", "patch", "delete", "options", "head", "use", "before_request", "after_request", "before_app_request", "teardown_request", "errorhandler", "exception_handler", "middleware",
  "add_middleware", "context_processor", "Depends", "Security", "template_filter", "app_template_filter", "websocket", "addHook", "SubscribeMessage", "Post", "Put", "Patch", "Delete", "Use", "POST",
  "PUT", "PATCH", "DELETE", "on_event", "mutation", "Mutation"
)
local WRITING_WORDS = set("add", "create", "update", "edit", "delete", "remove", "save", "post", "put", "patch", "import", "login", "logout", "register", "sign", "upload", "send", "reset", "verify")
local WRITING_NAMES = set("post", "put", "patch", "delete", "create", "update", "destroy", "remove", "perform_create", "perform_update", "POST", "PUT", "PATCH", "DELETE")

-- Handlers that answer other methods as well are told by their names.
local function is_called_writing(name)
  local word = name:match("^_*(%l+)") or ""
  return WRITING_WORDS[word] or false
end

-- Functions of a cloud platform answer events of all kinds; an answer over HTTP has a status.
local function answers_http(node)
  local first = node:children("param")[1]
  if not first or first.text:gsub("^_", "") ~= "event" then
    return true
  end
  return node.source:find("status_?[cC]ode") ~= nil or node.source:find("httpMethod", 1, true) ~= nil
end

local METHODS = set("get", "list", "index", "GET")

local function answers_get(call)
  local methods, state = call:arg("methods")
  if state == "hidden" then
    return false
  elseif not methods then
    -- `@api_view(["POST"])`.
    methods = call:arg(1)
  end
  local list = methods and methods.kind == "name" and (methods:value() or methods:definition()) or methods
  if state == "absent" and (not list or list.kind ~= "list") then
    return true
  end
  return list ~= nil and list.source:upper():find("GET", 1, true) ~= nil
end

-- Whether a platform calls the function to answer a request that may be a GET.
local function is_list_handler(func)
  local body = func.node:child("body")
  if not body or #func:route() ~= 1 or func.reach ~= "request" or WRITING_NAMES[func.name] then
    return false
  end
  if is_called_writing(func.name) or not answers_http(func.node) then
    return false
  end
  local named, fits = false, false
  for _, call in func:registrations() do
    local name = call.name
    -- A wrapper such as an error handler says nothing about the method.
    named = true
    fits = fits or not NO_LISTS[name] and answers_get(call)
  end
  for _, decorator in func.node:children("decorator") do
    local is_call = decorator.kind == "call"
    if decorator:fact("role") == "request" then
      named = true
      fits = fits or not NO_LISTS[decorator.name] and (not is_call or answers_get(decorator))
    end
  end
  if not named then
    -- A method that nothing registers answers under the names that frameworks call.
    local around = func.node:enclosing({ "class", "function" })
    local is_method = around ~= nil and around.kind == "class"
    return (not is_method or METHODS[func.name] or func.name:find("^resolve_") ~= nil) and #func:callers() == 0
  end
  return fits
end

local function few(found)
  return found.name ~= nil and FEW[noun_of(found.name)] or found.called ~= nil and FEW[noun_of(found.called)]
end

-- What is narrowed to one owner may be short. Who offers a limit says that it is not.
local function is_suspected(found)
  return found.filter == "key" and found.lists ~= "page" and found.bound ~= "optional" and not found.ignored
end

local function bound_in_words(found, rows)
  if found.ignored then
    return `; \`{found.ignored.text}\` is taken, but never used`
  elseif found.bound == "optional" then
    return `; {rows} bounded only when the caller asks`
  end
  return nil
end

local function report_handler(func, reads, report, repo)
  local file = func.node.file
  local best
  for _, found in reads do
    if not few(found) then
      if not best or is_suspected(best) and not is_suspected(found) then
        best = found
      end
      if file.language ~= "python" then
        local what = found.name and ` of {found.name}` or ""
        local related = { { at = func.node, message = "the handler that answers with them" } }
        for at, call in found.path do
          if at <= 8 then
            table.insert(related, { at = call, message = "called here" })
          end
        end
        if found.ignored then
          table.insert(related, { at = found.ignored, message = "taken, and used by nothing" })
        end
        report({
          at = found.read,
          message = `this query gives all rows{what} to a list endpoint`
            .. (bound_in_words(found, "it is") or "; nothing bounds their number"),
          confidence = is_suspected(found) and "low" or "medium",
          reach = "request",
          related = related,
          notes = if found.filter == "constant" then { filter = "by constants only" } else nil,
        })
      end
    end
  end
  if not best or file.language ~= "python" then
    return
  end
  local what = best.name and ` of {best.name}` or ""
  local related = {}
  for at, call in best.path do
    if at <= 8 then
      table.insert(related, { at = call, message = "called here" })
    end
  end
  table.insert(related, { at = best.read, message = "the query whose rows it answers with" })
  if best.ignored then
    table.insert(related, { at = best.ignored, message = "taken, and used by nothing" })
  end
  report({
    at = func.node,
    message = `{func.name} answers with all rows{what}`
      .. (bound_in_words(best, "they are") or "; nothing on the way bounds their number"),
    confidence = (is_suspected(best) or mounted.is_for_development(func.node, repo)) and "low" or "medium",
    reach = "request",
    related = related,
    notes = if best.filter == "constant" then { filter = "by constants only" } else nil,
  })
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Django's and REST framework's generic views.

local default_pagination

local function paginates_by_default(repo)
  if default_pagination == nil then
    default_pagination = false
    for _, path in repo:paths("**/*.py") do
      if path:find("settings", 1, true) or path:find("config", 1, true) then
        local file = repo:open(path)
        local value = file and file.text:match("[\"']DEFAULT_PAGINATION_CLASS[\"']%s*:%s*([^,\n]+)")
        if value and not value:find("None", 1, true) then
          default_pagination = true
        end
      end
    end
  end
  return default_pagination
end

local function check_class(node, report, repo)
  local body = node:child("body")
  if not body then
    return
  end
  local set_here, is_rest, few_rows = {}, false, false
  for _, base in node:children("base") do
    for _, path in base:origin() do
      is_rest = is_rest or path:find("^rest_framework") ~= nil
    end
  end
  local name
  for _, statement in body:children() do
    local target = statement.kind == "assign" and statement:child("target")
    if target then
      set_here[target.text] = statement:child("value")
    elseif statement.kind == "function" then
      set_here[statement.text] = statement
    end
  end
  local bound = set_here.pagination_class or set_here.paginate_by or set_here.get_paginate_by or set_here.paginator_class or set_here.list
  if bound and not (bound.kind == "null") then
    return
  end
  if is_rest and paginates_by_default(repo) and not (bound and bound.kind == "null") then
    return
  end
  local own = set_here.get_queryset
  if own and (own.source:find("%[[^%]]*:[^%]]*%]") or own.source:find("self.request", 1, true) or own.source:find("kwargs", 1, true)) then
    return
  end
  local queryset = set_here.queryset or set_here.model
  if queryset then
    if queryset.source:find("%[[^%]]*:[^%]]*%]") or queryset.source:find("%.none%(") then
      return
    end
    local root = root_of(queryset)
    name = root and root.text
  end
  if not name and not (own and own.source:find("%.objects") and not own.source:find("self%.model")) then
    -- A base of views, or one whose rows are not seen.
    return
  end
  -- Django's own groups are roles.
  if FEW[noun_of(name or node.text)] or name == "Group" then
    return
  end
  report({
    at = node,
    message = `{node.text} lists all rows{name and " of " .. name or ""}: neither the view nor the settings paginate`,
    confidence = "medium",
    reach = "request",
    notes = { framework = is_rest and "rest_framework" or "django" },
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    known = { names = {}, lists = {}, hands = {} }
    if is_lazy == nil then
      is_lazy = repo:imports({ "django.db.**", "tortoise.**", "beanie.**", "sqlalchemy.orm.**", "peewee.**" })
    end
    for _, match in matches do
      if match.matcher == "class" then
        check_class(match.node, report, repo)
      else
        local func = match.node:func()
        if func and is_list_handler(func) then
          local reads = {}
          reads_of(func, 0, true, {}, reads, {})
          report_handler(func, reads, report, repo)
        end
      end
    end
  end,
}
