-- What queries of SQLAlchemy go by: columns that a filter compares and no index begins with, and foreign keys behind lists that are read.

local conditions = require("sqlalchemy_conditions")
local key_columns = require("key_columns")
local refined = require("sqlalchemy_refined")
local relation_keys = require("relation_keys")
local schema_table = require("schema_table")
local set = require("words").set
local sql_indexes = require("sql_indexes")

local M = {}

-- Whether an index over some rows is there for a query: for rows that are not deleted, or for those that the query asks for by the same column.
local function serves_part(index, field, asked)
  local where = index.at and (index.at:arg("postgresql_where") or index.at:arg("sqlite_where"))
  local text = index.where or where and where.source or ""
  if text:lower():find("delet", 1, true) then
    return true
  end
  for name in text:gmatch("[%a_][%w_]*") do
    if name ~= field and #name > 2 and asked and asked:find(`%.{name}%f[^%w_]`) then
      return true
    end
  end
  return false
end

-- Whether an index begins with a column, or with another one of the same key; `asked` is the text of a query.
function M.begins_with(model, field, tables, asked)
  local column = model.columns[field]
  for _, name in column.with or { field } do
    local own = model.columns[name]
    local column_name = own and own.name or name
    local names = { [name] = true, [column_name] = true, [column_name:lower()] = true }
    for _, list in { model.indexes, model.table and sql_indexes.indexes(tables, model.table) or {} } do
      for _, index in list do
        local first = index.columns[1]
        if first and (names[first] or schema_table.is_over(first, names)) and (not index.is_partial or serves_part(index, name, asked)) then
          return true
        end
      end
    end
  end
  return false
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

local LITERALS = set("str", "num", "bool", "null", "template")

-- Whether a value is the same one each time: `"open"`, `State.OPEN`.
local function is_constant(value)
  if not value or LITERALS[value.kind] then
    return true
  end
  return value.kind == "attr" and value.text:find("^%u[%u%d_]*$") ~= nil
end

-- Whether an index holds the column behind one that says which table it leads to: `object_type, object_id`.
local function is_behind_type(model, field, tables)
  for _, list in { model.indexes, model.table and sql_indexes.indexes(tables, model.table) or {} } do
    for _, index in list do
      if index.columns[2] == field and index.columns[1]:find("type", 1, true) then
        return true
      end
    end
  end
  return false
end

-- How a column without a constraint counts: "looked-up" where single rows are looked up by it, "filtered" where requests say its value; nil otherwise.
local function plain_use(one, filter, tables)
  local column = one.model.columns[one.field]
  if column.type or column.is_primary or is_behind_type(one.model, one.field, tables) then
    return nil
  elseif key_columns.is_key(one.field) and asks_for_one(filter) then
    return "looked-up"
  end
  local kind = schema_table.column({ type = column.at.source }, one.field)
  if is_constant(one.value) or kind.is_few or kind.is_time or filter:reach() ~= "request" then
    return nil
  end
  return (key_columns.is_key(one.field) or schema_table.are_many(one.model.name)) and "filtered" or nil
end

M.plain_use = plain_use

local ASKED = table.freeze({ "sqlalchemy.orm.Query.*", "sqlalchemy.orm.Session.query", "sqlalchemy.orm.scoped_session.query", "sqlalchemy.select", "sqlalchemy.delete", "sqlalchemy.update", "sqlmodel.select", "sqlalchemy.future.select", "flask_sqlalchemy.**" })

-- The model whose rows `filter_by` sifts: that of `session.query(Order)`, `Order.query`; nil where it is another's, or several are joined.
local function model_of_named(filter, model_of)
  local at, base = filter:receiver(), nil
  while at and not base do
    if at.kind == "call" then
      if at.name == "join" or at.name == "outerjoin" then
        return nil
      end
      local first = (at.name == "query" or at.name == "select") and at:args()
      base = first and #first == 1 and first[1] or nil
      at = at:child("callee")
    elseif at.kind == "attr" then
      base = at.text == "query" and at:child("value") or nil
      at = at:child("value")
    else
      return nil
    end
  end
  return base and (base.kind == "name" or base.kind == "attr") and model_of(base) or nil
end

-- The model that a chain asks for, `session.query(Order)`, `select(Order)`, `Order.query`, and the text of what it is joined with; nil where it joins nothing.
local function joined_to(filter, model_of)
  local at, base, text = filter:receiver(), nil, ""
  while at and not base do
    if at.kind == "call" then
      local first = (at.name == "query" or at.name == "select") and at:args()
      base = first and #first == 1 and first[1] or nil
      text ..= at.name == "join" and at.source:sub(#at:child("callee").source + 1) or ""
      at = at:child("callee")
    elseif at.kind == "attr" then
      base = at.text == "query" and at:child("value") or nil
      at = at:child("value")
    else
      return nil
    end
  end
  local is_named = text ~= "" and base and (base.kind == "name" or base.kind == "attr")
  return is_named and model_of(base) or nil, text
end

-- The values of a list that a filter is given: `wanted.append(Order.state == state)` before `filter(*wanted)`.
local function appended(spread, filter)
  local name, func = spread:child("value"), filter:func()
  local all = {}
  if not name or name.kind ~= "name" or not func then
    return all
  end
  for _, call in func.node:descendants({ "call" }, "append") do
    local on = call:receiver()
    local value = call:arg(1)
    if on and on.kind == "name" and on.text == name.text and call.id < filter.id and value then
      table.insert(all, value)
    end
  end
  return all
end

-- Filters of one file, each with what it asks: {call, sure = conditions, maybe = lists of conditions that may be left out}.
local function filters_of(file, model_of, relations)
  local all = {}
  for _, call in file.root:descendants({ "call" }, { "filter", "where", "filter_by" }) do
    local one = { call = call, sure = {}, maybe = {} }
    if call.name == "filter_by" then
      local model = model_of_named(call, model_of)
      one.sure = model and conditions.named(call, model, relations) or {}
    else
      for _, argument in call:children("arg") do
        for _, value in argument.kind == "spread" and appended(argument, call) or {} do
          local found = conditions.of(value, model_of, relations)
          if #found > 0 then
            table.insert(one.maybe, found)
          end
        end
        for _, condition in conditions.of(argument, model_of, relations) do
          table.insert(one.sure, condition)
        end
      end
    end
    all[call.id] = one
  end
  return all
end

-- Calls `add` for each condition of a file that no index serves.
local function read_file(file, model_of, tables, relations, add)
  local filters, known = filters_of(file, model_of, relations), {}
  local function is_served(list, asked)
    for _, one in list do
      if M.begins_with(one.model, one.field, tables, asked) then
        return true
      end
    end
    return false
  end
  for _, one in filters do
    local reach = (#one.sure > 0 or #one.maybe > 0) and one.call:reach() or "test"
    local applied = reach ~= "test" and reach ~= "script" and refined.applied_with(one.call, known)
    if not applied then
      continue
    end
    -- Of what is joined and filtered the key leads back to the rows: `query(Order).join(Customer).filter(Customer.email == email)`.
    local base, text = joined_to(one.call, model_of)
    local is_found = base == nil
    for _, other in is_found and {} or applied do
      for _, condition in filters[other.id] and filters[other.id].sure or {} do
        is_found = is_found or condition.model == base
      end
    end
    for _, condition in is_found and {} or one.sure do
      local field = not is_constant(condition.value) and relations.key_between(base, condition.model)
      local relation = field and field:gsub("_id$", "")
      if field and (text:find(`%f[%w_]{condition.model.name}%f[^%w_]`) or text:find(`%.{relation}%f[^%w_]`)) then
        add({ model = base, field = field, value = condition.value }, one.call)
      end
    end
    local served, asked = false, one.call:statement() and one.call:statement().source or ""
    for _, other in applied do
      served = served or filters[other.id] ~= nil and is_served(filters[other.id].sure, asked .. other.source)
    end
    if served then
      continue
    end
    for _, condition in one.sure do
      add(condition, one.call)
    end
    for _, list in one.maybe do
      for _, condition in is_served(list, asked) and {} or list do
        add(condition, one.call)
      end
    end
  end
end

-- The files that ask something. A session that somebody hands in is known by nothing but what is called on it: `self.session.query(Order)`.
local function asking_files(repo)
  local all, seen = {}, {}
  local function add(file)
    if file and file.root and file.class == "source" and not seen[file.path] then
      seen[file.path] = true
      table.insert(all, file)
    end
  end
  for _, call in repo:calls(ASKED) do
    add(call.file)
  end
  for _, path in repo:holding("**/*.py", "ession.query(") do
    add(repo:open(path))
  end
  return all
end

-- Where each column without an index is gone by, by its declaration: {model, field, at, how, count, kind}, `kind` being "key", "looked-up" or "filtered".
function M.of(repo, classes, model_of, tables)
  local uses = {}
  local function add(model, field, at, how, kind, value)
    local column = model.columns[field]
    local key = `{column.at.file.path}:{column.at.id}`
    uses[key] = uses[key] or { model = model, field = field, at = at, how = how, count = 0, kind = kind, is_constant = is_constant(value) }
    uses[key].count += 1
    if uses[key].kind == "looked-up" and not is_constant(value) then
      uses[key].is_constant = false
    end
  end
  local models, by_name = {}, {}
  for _, class in classes do
    local model = model_of(class)
    if model and not class.file:imports({ "alembic.op", "alembic" }) then
      table.insert(models, model)
      by_name[model.name] = model
    end
  end
  for _, model in models do
    if model.table and not by_name[model.table] then
      by_name[model.table] = model
    end
  end
  local relations = relation_keys.of(repo, models, by_name)
  local lists = {}
  relations.each_list(function(name, model, field, at, is_always, owner)
    if is_always and model.is_whole and not M.begins_with(model, field, tables) then
      add(model, field, at, `reads the rows of \`{name}\` by it whenever the owner is read`, "key")
    elseif not is_always then
      lists[name] = lists[name] or {}
      table.insert(lists[name], { model = model, field = field, owner = owner })
    end
  end)
  local function each_gap(see)
    for name, all in lists do
      local owners = {}
      for _, list in all do
        table.insert(owners, list.owner)
      end
      for _, list in all do
        if list.model.is_whole and not M.begins_with(list.model, list.field, tables) then
          see(name, list, #all > 1 and relation_keys.is_of(list.owner, owners, model_of) or nil)
        end
      end
    end
  end
  each_gap(function(name, list, is_of)
    for _, path in repo:holding("**/*.py", "." .. name) do
      local file = repo:open(path)
      local at = file and file.class == "source" and file.root and relation_keys.read_in(file, name, is_of)
      if at and at:reach() ~= "test" and at:reach() ~= "script" then
        add(list.model, list.field, at, `reads the rows of \`{name}\` by it`, "key")
        break
      end
    end
  end)
  for _, file in asking_files(repo) do
    read_file(file, model_of, tables, relations, function(one, filter)
      local kind = one.model.columns[one.field].foreign_key and "key" or plain_use(one, filter, tables)
      if kind and one.model.is_whole and not M.begins_with(one.model, one.field, tables, filter:statement() and filter:statement().source or nil) then
        add(one.model, one.field, filter, "filters by it", kind, one.value)
      end
    end)
  end
  return uses
end

return M
