-- The SQL is read by the host; here it is decided whether its star costs anything, and what may stand in its place.

local called = require("called")
local migration = require("migration")
local table_columns = require("table_columns")

-- Sources that a star costs nothing over: objects of S3 Select stream what matched, and what tools of migrations keep of the schema's version is one narrow column or row.
local STREAMED = { s3object = true, alembic_version = true, schema_migrations = true, ar_internal_metadata = true, knex_migrations_lock = true, goose_db_version = true, schema_info = true, pgmigrations = true }

local function last_word(name)
  return name:match("([^%.]+)$") or name
end

local function fix_for(repo, file, node_first, source, text, statement, table_name)
  -- A bare star takes the columns of all that is joined, of which some have one name.
  if table_name == nil or #statement.sources > 1 and not statement.star.qualifier then
    return nil
  end
  local columns = table_columns.of(repo, table_name)
  -- The bytes of the star are known only where the text stands in the file as it is.
  local at = source:find(text, 1, true)
  if not columns or not at then
    return nil
  end
  local qualifier = statement.star.qualifier
  if qualifier and text:sub(statement.star.first, statement.star.last):find('["`%[]') then
    return nil
  end
  local names = {}
  for _, column in columns do
    table.insert(names, qualifier and `{qualifier}.{column}` or column)
  end
  local first = node_first + at - 1 + statement.star.first - 1
  return {
    title = `name the columns of {table_name} and drop those that are not used`,
    safety = "unsafe",
    edits = { { at = file:span(first, first + statement.star.last - statement.star.first), text = table.concat(names, ", ") } },
  }
end

-- The table that the star takes its columns from, as far as it has a name.
local function table_of(statement)
  local qualifier = statement.star.qualifier
  local first
  for _, source in statement.sources do
    local own = source.alias or last_word(source.name)
    if source.kind == "base" and (qualifier == nil or own:lower() == qualifier:lower()) then
      first = first or source.name
    end
  end
  return first, #statement.sources
end

-- A look at a table's columns: no rows, or one of a table that is only named at run time.
local function is_probe(statement, text)
  local limit = text:sub(statement.first, statement.last):match("%f[%a][Ll][Ii][Mm][Ii][Tt]%s+(%d+)")
  return limit == "0" or limit == "1" and table_of(statement) == nil
end

local function is_streamed(statement)
  for _, source in statement.sources do
    if STREAMED[last_word(source.name):lower()] then
      return true
    end
  end
  return false
end

-- Whether a text is the source of a model of Cube's: the columns are picked by the queries that are made of it.
local function is_model(node)
  for _, call in node:argument_of() do
    local callee = call:child("callee")
    if callee and callee.kind == "name" and callee.text == "cube" and #call:callees() == 0 then
      return true
    end
  end
  return false
end

-- Whether a string goes into a call that runs it, directly or through the variable that holds it.
local function is_run(node)
  for _, one in node:uses() do
    for _, call in one.calls do
      local name = call.name:lower()
      if call:fact("kind") == "db" or name:find("exec") or name:find("query") or name:find("fetch") or name == "text" or name == "sql" or name == "raw" then
        return true
      end
    end
  end
  return false
end

local function message_for(statement, table_name, count)
  local star = statement.star.qualifier and `{statement.star.qualifier}.*` or "*"
  if table_name == nil then
    return `this query selects every column ({star}) of a table that is named at run time`
  elseif count > 1 then
    return `this query selects every column ({star}) of {table_name} and of what it is joined with`
  end
  return `this query selects every column ({star}) of {table_name}`
end

local BUILDS = { text = true, sql = true, SQL = true, raw = true, dedent = true, prepare = true }
local URGENCY = { request = 3, worker = 2, unknown = 1 }

-- How a statement comes to run that is kept in a constant of the module: as what reads the constant does, not with the module.
local function reach_of(node)
  local statement = node:statement()
  local target = statement and statement.kind == "assign" and not node:func() and statement:child("target")
  if not target or target.kind ~= "name" then
    return nil
  end
  -- What the module itself runs it runs at its start; `text(...)` only makes a statement of it.
  for _, call in node:argument_of() do
    if call:fact("kind") or not BUILDS[call.name] then
      return nil
    end
  end
  local best = "unknown"
  for _, name in node.file.root:descendants("name") do
    local reach = name.text == target.text and not name:is_within(statement) and name:reach() or "unknown"
    if (URGENCY[reach] or 0) > URGENCY[best] then
      best = reach
    end
  end
  return best
end

local function check_text(file, match, report, repo)
  local node = match.node
  local text = node:joined()
  if not text then
    return
  end
  local reach = node:reach()
  if reach == "test" or reach == "script" or is_model(node) then
    return
  end
  for _, statement in file:sql(text) do
    if statement.kind == "select" and statement.star and not is_streamed(statement) and not is_probe(statement, text) then
      local table_name, count = table_of(statement)
      local first = node:bytes()
      report({
        at = node,
        message = message_for(statement, table_name, count - (statement.star.qualifier and count - 1 or 0)),
        confidence = called.confidence(node, is_run(node) and "high" or "medium", repo),
        reach = reach_of(node),
        notes = if count > 1 then { tables = count } else nil,
        fix = fix_for(repo, file, first, node.source, text, statement, table_name),
      })
    end
  end
end

local function check_file(file, match, report, repo)
  local span = match.span
  local source = span.source
  -- A model of dbt is text for another program: what its star takes is decided there.
  local is_template = source:find("{{", 1, true) or source:find("{%", 1, true)
  for _, statement in file:sql(source) do
    if statement.kind == "select" and statement.star and not is_streamed(statement) and not is_probe(statement, source) then
      local table_name, count = table_of(statement)
      local from = span.first + statement.star.first - 1
      report({
        at = file:span(from, from + statement.star.last - statement.star.first),
        message = message_for(statement, table_name, count - (statement.star.qualifier and count - 1 or 0)),
        confidence = is_template and "low" or "medium",
        fix = fix_for(repo, file, span.first, source, source, statement, table_name),
      })
    end
  end
end

-- Whether one of a builder's columns is a star: "*", "users.*", "*, owner(name)".
local function star_argument(call)
  for _, argument in call:args() do
    if argument.kind == "str" then
      for item in (argument.text .. ","):gmatch("%s*([^,%(%)]*),") do
        if item:match("^%*$") or item:match("^[%w_\"`]+%.%*$") then
          return argument
        end
      end
    end
  end
  return nil
end

local FROM = { from = true, from_ = true, table = true, into = true, fromRaw = true }

-- Whether a chain defines the table itself: `db.with("late", ...).select("*").from("late")`.
local function is_defined(call, name)
  local _, before = call:chained()
  for _, one in before do
    local first = one.name:find("^with") and one:arg(1)
    if first and first:literal() == name then
      return true
    end
  end
  return false
end

-- What the chain around a `select` reads from: the node of its table, and whether it is a subquery for another query.
local function chain_of(call)
  local after, before = call:chained()
  local source, is_subquery = nil, false
  for _, one in after do
    if one.name == "as" then
      is_subquery = true
    elseif FROM[one.name] then
      source = source or one:arg(1)
    end
  end
  for _, one in before do
    local callee = one:child("callee")
    if FROM[one.name] or (callee and callee.kind == "name") then
      source = source or one:arg(1)
    end
  end
  local outermost = after[#after] or call
  for _, outer in outermost:argument_of() do
    if outer:fact("orm") == "knex" or outer.name:find("^where") or outer.name:find("[jJ]oin$") or outer.name:find("^union") or FROM[outer.name] then
      is_subquery = true
    end
  end
  return source, is_subquery
end

local function has_star(node)
  for _, inner in node:descendants("call") do
    if inner.name == "select" and star_argument(inner) then
      return true
    end
  end
  return node.kind == "call" and node.name == "select" and star_argument(node) ~= nil
end

local function check_builder(call, report)
  local star = star_argument(call)
  local reach = call:reach()
  if not star or reach == "test" or reach == "script" then
    return
  end
  local head, state = call:arg("head")
  local asks_head, is_seen = head and head:literal() or nil, head == nil or select(2, head:literal())
  if state == "hidden" or state == "given" and (asks_head or not is_seen) then
    -- Only the number of rows is asked for, or may be.
    return
  end
  local source, is_subquery = chain_of(call)
  if is_subquery or not source then
    return
  end
  local name, known = source:literal()
  if not known then
    -- A star over a subquery takes what that selects.
    local value = source:value()
    if value and not has_star(value) then
      return
    end
    name = nil
  elseif type(name) == "string" and is_defined(call, name) then
    return
  end
  local what = type(name) == "string" and name or "a table that is named elsewhere"
  report({
    at = call,
    message = `this select takes every column ({star.text}) of {what}`,
    confidence = "medium",
    related = { { at = source, message = "the table" } },
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      if match.node and migration.runs(match.node) then
        continue
      elseif match.matcher == "builder" then
        check_builder(match.node, report)
      elseif match.node then
        check_text(file, match, report, repo)
      else
        check_file(file, match, report, repo)
      end
    end
  end,
}
