-- Foreign keys of SQLAlchemy's classes that queries go by and no index begins with, where the database is one that makes none for them.

local few_rows = require("few_rows")
local layout = require("layout")
local sql_indexes = require("sql_indexes")
local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

local DRIVERS = { "psycopg2", "psycopg2.**", "psycopg", "psycopg.**", "asyncpg", "asyncpg.**", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.**", "pg8000" }

-- Whether the database is PostgreSQL, by what the code imports or what files say that set it up.
local function is_postgres(repo)
  if repo:imports(DRIVERS) then
    return true
  end
  return #repo:holding("{*,**/*}.{toml,txt,yml,yaml,env,ini,cfg}", { "postgresql", "psycopg", "asyncpg", "postgres:" }) > 0 or #repo:holding("**/*.py", { "postgresql://", "postgresql+", "postgres://" }) > 0
end

-- The model and the column that an expression names: `Order.customer_id`.
local function column_of(node, model_of)
  if node.kind ~= "attr" then
    return nil
  end
  local base = node:child("value")
  local model = base and (base.kind == "name" or base.kind == "attr") and base.text:find("^%u") and model_of(base)
  local column = model and model.columns[node.text]
  return column and model, column and node.text
end

local function begins_with(model, field, tables)
  for _, index in model.indexes do
    if index.columns[1] == field or index.columns[1] == model.columns[field].name then
      return true
    end
  end
  return model.table ~= nil and sql_indexes.begins_with(tables, model.table, model.columns[field].name)
end

-- Comparisons of one filter: those of a call's arguments and of the calls chained around it, so that a column with an index beside it is seen.
local function filters_of(file)
  local by_chain = {}
  for _, compare in file.root:descendants({ "compare" }) do
    if compare.text ~= "==" then
      continue
    end
    local call = compare:enclosing({ "call", "binary", "logic", "unary", "function" })
    while call and call.kind == "call" and call.name == "and_" or call and call.kind == "binary" and call.text == "&" do
      call = call:enclosing({ "call", "binary", "logic", "unary", "function" })
    end
    -- One side of an `or_` finds only a part of the rows.
    if call and call.kind == "call" and (call.name == "filter" or call.name == "where" or call.name == "options") then
      local statement = compare:statement()
      local key = statement and statement.id or compare.id
      by_chain[key] = by_chain[key] or {}
      table.insert(by_chain[key], { compare = compare, call = call })
    end
  end
  return by_chain
end

-- The class that a relation leads to, by its name: `relationship("Order")`, `orders: Mapped[list["Order"]]`.
local function target_of(relation)
  local text = relation.target and relation.target:match("([%w_]+)$")
  if not text and relation.type then
    text = relation.type.source:match("%[[^%w]*([%w_]+)[^%w]*%]*$") or relation.type.source:match("([%w_]+)[^%w]*$")
  end
  return text
end

-- The one foreign key of a model to a table; nil where it has none, or several.
local function key_to(model, target)
  local found = nil
  for field, column in model.columns do
    if column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$") == target then
      if found then
        return nil
      end
      found = field
    end
  end
  return found
end

-- Lists of rows that relations give, by the name under which they are read: {model, field, at}; a name that several have is none.
local function lists_of(models, by_name)
  local lists = {}
  local function add(name, child, parent, at)
    local field = child and parent.table and key_to(child, parent.table)
    if field then
      lists[name] = lists[name] == nil and { model = child, field = field, at = at } or false
    end
  end
  for _, model in models do
    for name, relation in model.relations do
      local other = by_name[target_of(relation) or ""]
      -- The side that holds the key gives one row, the other one a list.
      if other and not key_to(model, other.table or "") then
        add(name, other, model, relation.at)
      end
      local back = relation.call:arg("backref")
      local text = back and (back:literal() or back.kind == "call" and back:arg(1) and back:arg(1):literal())
      if other and type(text) == "string" then
        add(text, model, other, relation.at)
      end
    end
  end
  return lists
end

-- Where a file reads a list of rows: `user.orders`, in code or in what a query loads along.
local function reads_list(file, name)
  for _, attr in file.root:descendants({ "attr" }) do
    local parent = attr:parent()
    local is_called = parent ~= nil and parent.kind == "call" and attr:role() == "callee"
    if attr.text == name and attr:role() ~= "target" and not is_called then
      return attr
    end
  end
  return nil
end

-- Where each foreign key without an index is gone by, by the column's declaration.
local function uses_of(repo, classes, model_of, tables)
  local uses = {}
  local function add(model, field, at, how)
    local column = model.columns[field]
    local key = `{column.at.file.path}:{column.at.id}`
    uses[key] = uses[key] or { at = at, how = how, count = 0 }
    uses[key].count += 1
  end
  local models, by_name = {}, {}
  for _, class in classes do
    local model = model_of(class)
    if model and not class.file:imports({ "alembic.op", "alembic" }) then
      table.insert(models, model)
      by_name[model.name] = model
    end
  end
  for name, list in lists_of(models, by_name) do
    if list and not begins_with(list.model, list.field, tables) then
      for _, path in repo:holding("**/*.py", "." .. name) do
        local file = repo:open(path)
        local at = file and file.root and file.class == "source" and reads_list(file, name)
        if at and at:reach() ~= "test" and at:reach() ~= "script" then
          add(list.model, list.field, at, `reads the rows of \`{name}\` by it`)
          break
        end
      end
    end
  end
  local seen = {}
  for _, call in repo:calls({ "sqlalchemy.orm.Query.*", "sqlalchemy.orm.Session.query", "sqlalchemy.orm.scoped_session.query", "sqlalchemy.select", "sqlalchemy.delete", "sqlalchemy.update", "sqlmodel.select", "sqlalchemy.future.select", "flask_sqlalchemy.**" }) do
    local file = call.file
    if seen[file.path] or file.class ~= "source" or not file.root then
      continue
    end
    seen[file.path] = true
    for _, list in filters_of(file) do
      local found, is_served = {}, false
      for _, one in list do
        local left, right = table.unpack(one.compare:children())
        local model, field = column_of(left, model_of)
        -- A join compares two columns.
        if model and field and right and not column_of(right, model_of) then
          if begins_with(model, field, tables) then
            is_served = true
          elseif model.columns[field].foreign_key then
            table.insert(found, { model = model, field = field, at = one.call })
          end
        end
      end
      for _, one in not is_served and found or {} do
        local reach = one.at:reach()
        if reach ~= "test" and reach ~= "script" then
          add(one.model, one.field, one.at, "filters by it")
        end
      end
    end
    for _, filter in file.root:descendants({ "call" }) do
      if filter.name == "filter_by" and filter:reach() ~= "test" then
        M.see_named(filter, model_of, tables, add)
      end
    end
  end
  return uses
end

-- `session.query(Order).filter_by(customer_id=3)`, `Order.query.filter_by(...)`.
function M.see_named(filter, model_of, tables, add)
  local at, base = filter:receiver(), nil
  while at and not base do
    if at.kind == "call" then
      local first = (at.name == "query" or at.name == "select") and at:args()
      base = first and #first == 1 and first[1] or nil
      at = at:child("callee")
    elseif at.kind == "attr" then
      base = at.text == "query" and at:child("value") or nil
      at = at:child("value")
    else
      return
    end
  end
  local model = base and (base.kind == "name" or base.kind == "attr") and model_of(base)
  if not model then
    return
  end
  local found = {}
  for _, argument in filter:children("arg") do
    local column = argument.kind == "kw-arg" and model.columns[argument.text]
    if column and begins_with(model, argument.text, tables) then
      return
    elseif column and column.foreign_key then
      table.insert(found, argument.text)
    end
  end
  for _, field in found do
    add(model, field, filter, "filters by it")
  end
end

-- The argument that makes the index, behind the others of the column.
local function fix_of(column)
  local call = column.at
  local args = call:children("arg")
  local last = args[#args]
  if not last or select(2, call:arg("index")) ~= "absent" then
    return nil
  end
  local text = call.line ~= call.last_line and last.line ~= call.line and `,\n{layout.indent(call.file, last.line)}index=True` or ", index=True"
  return { title = "declare an index on the column", safety = "shown-only", edits = { { after = last, text = text } } }
end

-- Calls `report` for each such key of a repository.
function M.check(repo, report)
  local classes = sqlalchemy_models.classes(repo)
  if #classes == 0 or not is_postgres(repo) then
    return
  end
  local model_of, tables = sqlalchemy_models.of(repo), sql_indexes.of(repo)
  local uses = uses_of(repo, classes, model_of, tables)
  local told = {}
  for _, class in classes do
    local model = model_of(class)
    for field, column in model and model.is_whole and model.columns or {} do
      local key = `{column.at.file.path}:{column.at.id}`
      local use = uses[key]
      if not use or told[key] or not column.foreign_key or begins_with(model, field, tables) or column.at.file:imports({ "alembic.op", "alembic" }) then
        continue
      end
      told[key] = true
      report({
        at = column.at,
        message = `{model.name}.{field} is a foreign key without an index, and PostgreSQL makes none: each query that goes by it reads the whole table`,
        -- Many rows share each of a few types, so that an index leads to few of them no faster.
        confidence = (few_rows.named(model.name) or few_rows.named(column.foreign_key:match("([%w_]+)%.[%w_]+$") or "")) and "low" or "medium",
        reach = use.at:reach(),
        related = { { at = use.at, message = `{use.how}{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
        notes = { table = model.table, column = column.name, places = use.count },
        fix = fix_of(column),
      })
    end
  end
end

return M
