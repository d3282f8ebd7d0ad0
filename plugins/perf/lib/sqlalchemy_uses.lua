-- What queries of SQLAlchemy go by: columns that a filter compares and no index begins with, and foreign keys behind lists that are read.

local key_columns = require("key_columns")
local relation_lists = require("relation_lists")
local set = require("words").set
local sql_indexes = require("sql_indexes")

local M = {}

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

function M.begins_with(model, field, tables)
  for _, index in model.indexes do
    if index.columns[1] == field or index.columns[1] == model.columns[field].name then
      return true
    end
  end
  return model.table ~= nil and sql_indexes.begins_with(tables, model.table, model.columns[field].name)
end

local ONE = set("first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "first_or_404", "one_or_404", "exists", "get_or_404")

-- Whether a filter looks one row up: `.filter(User.email == email).first()`, `session.scalar(select(User).where(...))`.
local function asks_for_one(filter)
  for _, link in filter:chained() do
    if ONE[link.name] then
      return true
    end
  end
  for _, outer in filter:argument_of() do
    if ONE[outer.name] then
      return true
    end
    for _, link in outer:chained() do
      if ONE[link.name] then
        return true
      end
    end
  end
  return false
end

-- Whether a column counts: a foreign key, or one that single rows are looked up by.
local function is_asked(column, field, filter)
  return column.foreign_key ~= nil or not column.type and not column.is_primary and key_columns.is_key(field) and asks_for_one(filter)
end

local BEGINS = set("query", "select", "delete", "update")
local PLAIN = set("query", "select", "delete", "update", "filter", "where", "filter_by", "options", "order_by", "join", "outerjoin", "distinct", "with_entities", "select_from", "limit", "offset", "with_for_update", "execution_options", "group_by")

-- Whether all that a filter refines is written out before it: what a function gives, or a variable holds, may be filtered already.
local function is_plain(filter)
  local _, before = filter:chained()
  local begins = false
  for _, link in before do
    if not PLAIN[link.name] then
      return false
    end
    begins = begins or BEGINS[link.name] ~= nil
  end
  local at = filter:child("callee")
  while at do
    -- `Order.query.filter(...)`
    begins = begins or at.kind == "attr" and at.text == "query"
    at = at:child("callee") or at:child("value")
  end
  return begins
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
    if call and call.kind == "call" and (call.name == "filter" or call.name == "where") then
      local statement = compare:statement()
      local key = statement and statement.id or compare.id
      by_chain[key] = by_chain[key] or {}
      table.insert(by_chain[key], { compare = compare, call = call })
    end
  end
  return by_chain
end

-- `session.query(Order).filter_by(customer_id=3)`, `Order.query.filter_by(...)`.
local function see_named(filter, model_of, tables, add)
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
    if column and M.begins_with(model, argument.text, tables) then
      return
    elseif column and is_asked(column, argument.text, filter) then
      table.insert(found, argument.text)
    end
  end
  for _, field in found do
    add(model, field, filter, "filters by it")
  end
end

-- Where each foreign key without an index is gone by, by the column's declaration.
function M.of(repo, classes, model_of, tables)
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
  for name, list in relation_lists.of(models, by_name) do
    if list and not M.begins_with(list.model, list.field, tables) then
      for _, path in repo:holding("**/*.py", "." .. name) do
        local file = repo:open(path)
        local at = file and file.root and file.class == "source" and relation_lists.read_in(file, name)
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
          if M.begins_with(model, field, tables) then
            is_served = true
          elseif is_asked(model.columns[field], field, one.call) then
            table.insert(found, { model = model, field = field, at = one.call })
          end
        end
      end
      for _, one in not is_served and found or {} do
        local reach = one.at:reach()
        if reach ~= "test" and reach ~= "script" and is_plain(one.at) then
          add(one.model, one.field, one.at, "filters by it")
        end
      end
    end
    for _, filter in file.root:descendants({ "call" }) do
      if filter.name == "filter_by" and filter:reach() ~= "test" and is_plain(filter) then
        see_named(filter, model_of, tables, add)
      end
    end
  end
  return uses
end

return M
