-- Columns of Django's models that several queries filter by, as values or as ranges, and that no index begins with: what managers and query sets of the models
-- themselves filter, what views do, and what the filters of an API offer.

local declared = require("declared")
local django_models = require("django_models")
local few_rows = require("few_rows")
local query_chain = require("query_chain")
local schema_table = require("schema_table")
local set = require("words").set
local sql_indexes = require("sql_indexes")

local M = {}

local TYPES = set("CharField", "UUIDField", "EmailField", "IntegerField", "BigIntegerField", "PositiveIntegerField", "DateField", "DateTimeField", "URLField", "CICharField")
local SERVED_LOOKUPS = set("exact", "gt", "gte", "lt", "lte", "range")
local FILTERS = { "filter", "get", "get_object_or_404" }
-- How many queries make a column one that is filtered by.
local ENOUGH = 3

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- The models whose managers a class of query sets, or of managers, is behind: by the name of the class.
local function managed(repo, model_of)
  local by_name = {}
  local function note(value, model)
    for _, name in value:descendants({ "name", "attr" }) do
      local class = name.text:find("^%u") and declared.class(name, repo)
      if class and class.name ~= model.name then
        by_name[class.name] = by_name[class.name] or model
        for _, base in class:children("base") do
          for _, inner in base:descendants("name") do
            -- `class Published(models.Manager.from_queryset(OrderQuerySet))`
            if inner.text:find("QuerySet$") then
              by_name[inner.text] = by_name[inner.text] or model
            end
          end
        end
      end
    end
  end
  for _, path in repo:holding("**/*.py", { "Manager(", "as_manager(" }) do
    local file = repo:open(path)
    for _, assign in file and file.class == "source" and file.root and file.root:descendants("assign") or {} do
      local value = assign:child("value")
      local is_manager = value and value.kind == "call" and value.source:find("anager", 1, true)
      local target, class = is_manager and assign:child("target"), is_manager and assign:enclosing({ "class", "function" })
      local model = class and class.kind == "class" and target and target.kind == "name" and model_of(class)
      if model then
        note(value, model)
      end
    end
  end
  return by_name
end

-- The model that a chain asks: `Order.published.filter(...)`, `self.filter(...)` in its query set, a name that holds such a query.
local function model_behind(call, model_of, by_name, depth)
  local at = call:child("callee")
  while at do
    local value, kind = at:child("callee") or at:child("value"), at.kind
    if kind == "attr" and value then
      local text = at.text
      local is_manager = text:find("objects$") or text:find("manager$") or text:find("published$")
      local of = is_manager and value.kind
      if of == "name" or of == "attr" then
        return model_of(value)
      end
    elseif kind == "name" and at.text == "self" then
      local class = at:enclosing("class")
      return class and by_name[class.name] or nil
    elseif kind == "name" and depth < 3 then
      local func = at:func()
      for _, assign in func and query_chain.assigned(func.node)[at.text] or {} do
        local given = assign:child("value")
        if given and given.kind == "call" and not call:is_within(given) then
          return model_behind(given, model_of, by_name, depth + 1)
        end
      end
      return nil
    end
    at = value
  end
  return nil
end

-- The column of a condition, where an index would serve it.
local function column_of(model, text)
  local name, rest = text:match("^(.-)__(.+)$")
  name, rest = name or text, rest or "exact"
  return SERVED_LOOKUPS[rest] and model.columns[name] and name or nil
end

local function is_served(model, name, tables)
  for _, index in model.indexes do
    if index.columns[1] == name then
      return true
    end
  end
  local app = model.class.file.path:match("([%w_]+)/models") or ""
  return sql_indexes.begins_with(tables, `{app}_{model.name:lower()}`, name)
end

-- Whether columns of a name have few values; the same names come up again and again.
local few = {}

local function has_few(name)
  if few[name] == nil then
    few[name] = schema_table.column({ type = "", name = name }, name).is_few or false
  end
  return few[name]
end

-- Whether an index on a column would lead to few rows.
local function is_selective(name, column)
  return TYPES[column.type] ~= nil and not column.has_choices and not has_few(name)
end

-- What a condition says whatever the model: "key" where it names one row, "column" where an index might serve it, "other".
local sorts = {}

local function sort_of(text)
  local sort = sorts[text]
  if not sort then
    local name, rest = text:match("^(.-)__(.+)$")
    name, rest = name or text, rest or "exact"
    local first = text:match("^(.-)__") or text
    sort = (first == "id" or first == "pk") and "key" or SERVED_LOOKUPS[rest] and not has_few(name) and "column" or "other"
    sorts[text] = sort
  end
  return sort
end

-- Whether a call names a condition that an index might serve, and none that leads to one row: `settings.get("name")` asks no model. It tells most calls apart
-- before the model is looked for.
local function may_lack_index(call)
  local may = false
  for _, argument in call:children("arg") do
    if argument.kind == "kw-arg" then
      local sort = sort_of(argument.text)
      if sort == "key" then
        return false
      end
      may = may or sort == "column"
    end
  end
  return may
end

-- The filters that a query was built by, step by step: those of its own chain, and of every value that the name it is asked of was given.
local function built_by(call)
  local all = { call }
  local _, before = call:chained()
  for _, link in before do
    table.insert(all, link)
  end
  local start = before[#before] or call
  local base = start:receiver()
  local func = base and base.kind == "name" and base:func()
  for _, assign in func and query_chain.assigned(func.node)[base.text] or {} do
    local given = assign:child("value")
    for _, inner in given and { given, unpack(given:descendants("call", FILTERS)) } or {} do
      table.insert(all, inner.kind == "call" and inner or nil)
    end
  end
  return all
end

local function collect(repo, model_of)
  local by_name, tables = managed(repo, model_of), sql_indexes.of(repo)
  local uses, order = {}, {}
  local function note(model, name, at, reach)
    local column = model.columns[name]
    if not column or not is_selective(name, column) or model.has_expressions or few_rows.named(model.name) or is_served(model, name, tables) then
      return
    end
    local key = `{declared.key(model.class)}.{name}`
    if not uses[key] then
      uses[key] = { model = model, name = name, column = column, places = {}, in_request = nil }
      table.insert(order, uses[key])
    end
    table.insert(uses[key].places, { at = at, reach = reach })
    if reach == "request" then
      uses[key].in_request = uses[key].in_request or at
    end
  end
  -- Whether a condition has an index that leads to few rows.
  local function narrows(model, text)
    local first = text:match("^(.-)__") or text
    local name = model.columns[first] and first or (first:gsub("_id$", ""))
    local column = model.columns[name]
    -- A key of another model has an index of its own, and the rows of one parent are few beside the table.
    local is_key = column ~= nil and (column.type == "ForeignKey" or column.type == "OneToOneField")
    return first == "id" or first == "pk" or column ~= nil and is_served(model, name, tables) and (is_key or column.is_one or is_selective(name, column))
  end
  local function note_query(call)
    local model = model_behind(call, model_of, by_name, 0)
    local names = {}
    for _, argument in model and call:children("arg") or {} do
      local text = argument.kind == "kw-arg" and argument.text or ""
      local name = column_of(model, text)
      if name and is_selective(name, model.columns[name]) then
        -- Of several columns one index is enough: it begins with what is compared as a value.
        table.insert(names, (text == name or text == name .. "__exact") and 1 or #names + 1, name)
      end
    end
    for _, link in names[1] and built_by(call) or {} do
      for _, argument in link:children("arg") do
        if argument.kind == "kw-arg" and narrows(model, argument.text) then
          return
        end
      end
    end
    if names[1] then
      note(model, names[1], call, call:reach())
    end
  end
  for _, path in repo:holding("**/*.py", { ".filter(", "get_object_or_404(" }) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", FILTERS) or {} do
      local reach = may_lack_index(call) and call:reach()
      if reach and reach ~= "test" and reach ~= "script" then
        note_query(call)
      end
    end
  end
  -- What an API lets its clients filter by: `Meta.fields` of a set of filters.
  for _, path in repo:holding("**/*.py", { "FilterSet" }) do
    local file = repo:open(path)
    for _, class in file and file.class == "source" and file.root and file.root:descendants("class", "Meta") or {} do
      local model, fields = nil, nil
      for _, assign in class:child("body"):children() do
        local target, value = assign.kind == "assign" and assign:child("target"), assign:child("value")
        if target and target.text == "model" then
          model = value and model_of(value)
        elseif target and target.text == "fields" then
          fields = value
        end
      end
      for _, item in model and fields and (fields.kind == "dict" or fields.kind == "list") and fields:children("item") or {} do
        local name = item.kind == "pair" and (item.text ~= "" and item.text or literal(item:child("key"))) or literal(item)
        if name and model.columns[name] then
          note(model, name, item, "request")
        end
      end
    end
  end
  return order
end

-- Calls `report` for each such column of a repository, at its declaration; `told(column)` says whether it was reported before.
function M.check(repo, report, told)
  local model_of = django_models.of(repo)
  if not repo:imports({ "django.db", "django.db.**" }) then
    return
  end
  for _, use in collect(repo, model_of) do
    if #use.places < ENOUGH or not use.in_request or told(use.column) then
      continue
    end
    local related = {}
    for at = 1, math.min(#use.places, 4) do
      table.insert(related, { at = use.places[at].at, message = "filters by it" })
    end
    report({
      at = use.column.at,
      message = `{use.model.name}.{use.name} has no index, and {#use.places} queries filter by it: each of them reads the whole table`,
      confidence = "medium",
      reach = "request",
      related = related,
      notes = { column = use.name, places = #use.places },
    })
  end
end

return M
