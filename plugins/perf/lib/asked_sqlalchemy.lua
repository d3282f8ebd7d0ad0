-- What code asks of SQLAlchemy's and SQLModel's classes: queries that are written out whole, with the columns that they filter and sort by.

local schema_table = require("schema_table")
local set = require("words").set
local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

local FILTERS = set("filter", "where", "filter_by")
local PLAIN = set("options", "with_for_update", "execution_options", "enable_eagerloads", "yield_per", "populate_existing", "params", "unique", "scalars", "with_entities", "values")
local BOUNDS = set("limit", "slice", "paginate", "first", "first_or_404", "fetch")
local ENDS = set("all", "first", "one", "one_or_none", "scalar", "count", "delete", "update", "paginate", "exists", "first_or_404", "one_or_404", "limit")
local ONE = set("first", "one", "one_or_none", "scalar", "first_or_404", "one_or_404", "exists", "scalar_one", "scalar_one_or_none")
local RUNS = set("execute", "scalars", "scalar", "exec", "stream", "stream_scalars", "fetch_all", "fetch_one", "fetch_val", "paginate", "scalar_one")
local UNSORTED = set("count", "delete", "update", "exists", "scalar")

local function table_of(model)
  if not model.as_table then
    local out = { name = model.name, sql_name = model.table, columns = {}, indexes = {}, is_whole = model.is_whole, store = "SQLAlchemy" }
    for field, column in model.columns do
      local declared = column.at:parent()
      local text = column.at.source .. (declared and declared:child("type") and declared:child("type").source or "")
      out.columns[field] = schema_table.column({ at = column.at, name = column.name, type = text, is_key = column.foreign_key ~= nil }, field)
    end
    for _, index in model.indexes do
      local text = index.at and index.at.source or ""
      local is_unique = text:find("unique%s*=%s*True") ~= nil or text:find("^[%w_%.]*UniqueConstraint") ~= nil or text:find("^[%w_%.]*PrimaryKeyConstraint") ~= nil or text:find("primary_key%s*=%s*True") ~= nil
      -- One column of a key of several leads to many rows.
      table.insert(out.indexes, { columns = index.columns, is_unique = is_unique and not (text:find("primary_key", 1, true) and model.has_wide_key), is_partial = index.is_partial, at = index.at })
    end
    model.as_table = out
  end
  return model.as_table
end

-- The field of this model that an expression names: `Order.created`, `col(Order.created)`.
local function field_of(node, question)
  if node.kind == "call" and (node.name == "col" or node.name == "desc" or node.name == "asc") then
    local first = node:arg(1) or node:receiver()
    return first and field_of(first, question)
  elseif node.kind == "call" and (node.name == "nullslast" or node.name == "nullsfirst" or node.name == "nulls_last" or node.name == "nulls_first") then
    return nil
  end
  local base = node.kind == "attr" and node:child("value")
  if base and base.text == question.base.text and question.table.columns[node.text] then
    return node.text
  end
  return nil
end

local RANGES = set("<", ">", "<=", ">=")

-- Adds one condition; false where it is none of this table.
local function read_condition(node, question)
  if node.kind == "compare" then
    local left, right = table.unpack(node:children())
    local field = left and field_of(left, question)
    -- A join compares two columns.
    if not field or not right or right.kind == "attr" and right.text ~= "id" and right:child("value") and right:child("value").text:find("^%u") and right:child("value").kind == "name" then
      return false
    end
    local how = node.text == "==" and (right.kind == "null" and "null" or "equal") or RANGES[node.text] and "range" or "other"
    table.insert(question.conditions, { field = field, how = how, value = right, at = node })
    return true
  elseif node.kind == "call" then
    if node.name == "and_" then
      for _, part in node:children("arg") do
        if not read_condition(part, question) then
          return false
        end
      end
      return true
    end
    local on = node:receiver()
    local field = on and field_of(on, question)
    if not field then
      return false
    end
    local how = node.name == "in_" and "in" or node.name == "between" and "range" or (node.name == "is_" or node.name == "isnot" or node.name == "is_not") and "null" or "other"
    table.insert(question.conditions, { field = field, how = how, value = node:arg(1), at = node })
    return true
  elseif node.kind == "binary" and node.text == "&" then
    for _, part in node:children() do
      if not read_condition(part, question) then
        return false
      end
    end
    return true
  elseif node.kind == "attr" then
    local field = field_of(node, question)
    if field then
      table.insert(question.conditions, { field = field, how = "equal", at = node, is_true = true })
    end
    return field ~= nil
  elseif node.kind == "unary" then
    return true
  end
  return false
end

-- Adds what one link of the chain says; false where it cannot be read.
local function read_link(link, question)
  if link.name == "filter_by" then
    for _, argument in link:children("arg") do
      if argument.kind ~= "kw-arg" or not question.table.columns[argument.text] then
        return false
      end
      table.insert(question.conditions, { field = argument.text, how = "equal", value = argument:child("value"), at = argument })
    end
  elseif FILTERS[link.name] then
    for _, argument in link:children("arg") do
      if not read_condition(argument, question) then
        return false
      end
    end
  elseif link.name == "order_by" then
    for _, argument in link:children("arg") do
      local node = argument
      if node.kind == "call" and (node.name == "desc" or node.name == "asc") and node:receiver() and node:receiver().kind == "attr" then
        node = node:receiver()
      end
      local field = field_of(node, question)
      if not field then
        return false
      end
      table.insert(question.sorts, field)
    end
  elseif BOUNDS[link.name] then
    question.is_limited = true
  elseif not PLAIN[link.name] and not ENDS[link.name] and link.name ~= "offset" then
    return false
  end
  question.is_one = question.is_one or ONE[link.name] ~= nil
  question.is_unsorted = question.is_unsorted or UNSORTED[link.name] ~= nil
  return true
end

-- Whether a statement is run where it stands, or once by its name.
local function is_run(whole)
  local parent = whole:parent()
  if parent and parent.kind == "call" and RUNS[parent.name] then
    return true, parent
  elseif not parent or parent.kind ~= "assign" then
    return false
  end
  local func = whole:func()
  local runs = nil
  for at, use in func and whole:uses(func.node) or {} do
    if at > 1 then
      local around = use.node:parent()
      if not around or around.kind ~= "call" or not RUNS[around.name] or use.node:role() == "callee" then
        return false
      end
      runs = around
    end
  end
  return runs ~= nil, runs
end

-- Begins a question at `select(Order)`, `session.query(Order)` and `Order.query.filter(...)`.
local function begin(call, model_of)
  local base, is_select = nil, false
  if call.name == "query" or call.name == "select" then
    local args = call:args()
    local first = args[1]
    base = #args == 1 and first and (first.kind == "name" or first.kind == "attr") and first.text:find("^%u") and first or nil
    is_select = call.name == "select"
  else
    local on = call:receiver()
    local owner = on and on.kind == "attr" and on.text == "query" and on:child("value")
    base = owner and owner.kind == "name" and owner.text:find("^%u") and owner or nil
  end
  local model = base and model_of(base)
  return model, base, is_select
end

local CALLS = table.freeze({ "sqlalchemy.orm.Query.*", "sqlalchemy.orm.Session.query", "sqlalchemy.orm.scoped_session.query", "sqlalchemy.select", "sqlmodel.select", "sqlalchemy.future.select", "flask_sqlalchemy.**" })

-- Calls `see` for each question of a repository.
function M.each(repo, see)
  local seen, model_of = {}, nil
  for _, known in repo:calls(CALLS) do
    local file = known.file
    if seen[file.path] or file.class ~= "source" or not file.root then
      continue
    end
    seen[file.path] = true
    model_of = model_of or sqlalchemy_models.of(repo)
    for _, call in file.root:descendants("call") do
      local model, base, is_select = begin(call, model_of)
      if not model then
        continue
      end
      local after, before = call:chained()
      -- Of `Order.query.filter(...).all()` the first link begins it.
      if call.name ~= "query" and not is_select and #before > 0 then
        continue
      end
      local whole = after[#after] or call
      local question = { table = table_of(model), base = base, conditions = {}, sorts = {}, call = whole, is_limited = false }
      local is_known = true
      for at, link in { call, unpack(after) } do
        is_known = is_known and (at == 1 and (call.name == "query" or is_select) or read_link(link, question))
      end
      if is_known and is_select then
        local runs, by = is_run(whole)
        is_known = runs
        for _, link in by and by:chained() or {} do
          question.is_one = question.is_one or ONE[link.name] ~= nil
        end
        question.is_one = question.is_one or by ~= nil and by.name == "scalar"
      elseif is_known then
        local parent = whole:parent()
        local is_cut = parent and (parent.kind == "index" or parent.kind == "slice")
        question.is_limited = question.is_limited or is_cut
        is_known = ENDS[whole.name] ~= nil or is_cut or whole:role() == "iter"
      end
      if is_known then
        question.sorts = question.is_unsorted and {} or question.sorts
        see(question)
      end
    end
  end
end

return M
