-- Single rows of Django's models that are looked up by a column which no index begins with: the index of a foreign key Django makes itself.

local called = require("called")
local django_models = require("django_models")
local few_rows = require("few_rows")
local index_gaps_django_filtered = require("index_gaps_django_filtered")
local key_columns = require("key_columns")
local set = require("words").set
local sql_indexes = require("sql_indexes")

local M = {}

local LOOKUPS = table.freeze({
  "django.db.models.Manager.get", "django.db.models.QuerySet.get", "django.db.models.Manager.filter", "django.db.models.QuerySet.filter", "django.db.models.Manager.aget", "django.db.models.QuerySet.aget", "django.shortcuts.get_object_or_404",
})
local ONE = set("get", "aget", "first", "afirst", "exists", "aexists", "get_object_or_404")
local TYPES = set("CharField", "TextField", "UUIDField", "EmailField", "IntegerField", "BigIntegerField", "PositiveIntegerField", "CICharField", "CIEmailField", "URLField")

local function is_key(name, column)
  return TYPES[column.type] ~= nil and not column.has_choices and key_columns.is_key(name)
end

-- The model that a chain of calls asks, and all conditions by name; nil where a part of it is not seen.
local function asked(call)
  local conditions, base = {}, nil
  local _, before = call:chained()
  for _, link in { call, unpack(before) } do
    if link.name == "get" or link.name == "aget" or link.name == "filter" or link.name == "get_object_or_404" then
      for at, argument in link:children("arg") do
        if argument.kind == "kw-arg" and argument.text ~= "" then
          table.insert(conditions, argument)
        elseif link.name == "get_object_or_404" and at == 1 then
          base = argument.kind == "name" and argument or argument.kind == "attr" and argument.text == "objects" and argument:child("value") or nil
        else
          return nil
        end
      end
    elseif link.name ~= "all" and link.name ~= "only" and link.name ~= "select_related" and link.name ~= "prefetch_related" and link.name ~= "using" and link.name ~= "order_by" and link.name ~= "select_for_update" then
      return nil
    end
  end
  local at = call:child("callee")
  while at and not base do
    if at.kind == "attr" and at.text == "objects" then
      base = at:child("value")
    end
    at = at:child("callee") or at:child("value")
  end
  return base, conditions
end

local function asks_for_one(call)
  if ONE[call.name] then
    return true
  end
  for _, link in call:chained() do
    if ONE[link.name] then
      return true
    end
  end
  return false
end

-- Whether a declared index begins with the column: a migration may make one that the model does not name.
local function is_served(model, name, tables)
  for _, index in model.indexes do
    if index.columns[1] == name then
      return true
    end
  end
  local column = model.columns[name]
  return column ~= nil and sql_indexes.begins_with(tables, M.table_of(model), name)
end

-- The name of the table as Django makes it: `shop_order` for `Order` of `shop/models.py`.
function M.table_of(model)
  local app = model.class.file.path:match("([%w_]+)/models") or ""
  return `{app}_{model.name:lower()}`
end

-- The model that a condition leads to over a relation, and what it asks of it: `files__path` asks for `path` of `File`; nil where that is not seen.
local function beyond(model, text, model_of)
  local first, rest = text:match("^(.-)__(.+)$")
  local relation = first and model.relations[first]
  local target = relation and not relation.is_reverse and relation.target
  local other = target and (target.kind == "name" or target.kind == "attr") and model_of(target)
  local column = other and other.columns[rest:match("^(.-)__") or rest]
  if column and other.is_whole and not other.has_expressions and not few_rows.named(other.name) then
    return other, rest
  end
  return nil
end

-- What is asked of a part of a moment no index of the column serves: `created__date=today`.
local PARTS = set("date", "year", "iso_year", "month", "day", "week", "week_day", "iso_week_day", "quarter", "time", "hour", "minute", "second")

-- The column that a lookup goes by without an index, and its model; nil where it is served, or not seen.
local function gap_of(base, conditions, tables, model_of)
  local found = nil
  for _, condition in conditions do
    local model, text = beyond(base, condition.text, model_of)
    model, text = model or base, text or condition.text
    local name, rest = text:match("^(.-)__(.+)$")
    name = name or text
    local column = model.columns[name] or model.columns[name:gsub("_id$", "")]
    if rest and PARTS[rest:match("^[^_]+") or ""] then
      continue
    elseif not column or name == "pk" or column.is_one or is_served(model, name, tables) then
      return nil
    elseif (not rest or rest == "exact") and is_key(name, column) then
      found = found or { name = name, column = column, model = model, at = condition }
    end
  end
  return found
end

-- Calls `report` for each such column of a repository, at its declaration.
function M.check(repo, report)
  local calls, seen = repo:calls(LOOKUPS), {}
  local model_of, tables = django_models.of(repo), nil
  local uses = {}
  for _, call in calls do
    local is_counted = call.file.class == "source" and asks_for_one(call)
    local reach = is_counted and call:reach()
    is_counted = is_counted and reach ~= "test" and reach ~= "script"
    local base, conditions = nil, nil
    if is_counted then
      base, conditions = asked(call)
    end
    local model = base and #conditions > 0 and model_of(base)
    if not model or not model.is_whole or model.has_expressions or few_rows.named(model.name) then
      continue
    end
    tables = tables or sql_indexes.of(repo)
    local gap = gap_of(model, conditions, tables, model_of)
    if gap then
      local key = `{gap.column.at.file.path}:{gap.column.at.id}`
      uses[key] = uses[key] or { gap = gap, model = gap.model, call = call, count = 0 }
      uses[key].count += 1
    end
  end
  for _, use in uses do
    seen[`{use.gap.column.at.file.path}:{use.gap.column.at.id}`] = true
    report({
      at = use.gap.column.at,
      message = `{use.model.name}.{use.gap.name} has no index, and single rows are looked up by it: each such query reads the whole table`,
      confidence = called.confidence(use.call, "medium", repo),
      reach = use.call:reach(),
      related = { { at = use.call, message = `looks one up by it{use.count > 1 and ", one of " .. use.count .. " places" or ""}` } },
      notes = { column = use.gap.name, places = use.count },
    })
  end
  index_gaps_django_filtered.check(repo, report, function(column)
    return seen[`{column.at.file.path}:{column.at.id}`] == true
  end)
end

return M
