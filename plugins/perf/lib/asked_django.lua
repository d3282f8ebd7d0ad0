-- What code asks of Django's models: queries that are written out whole, with the fields that they filter and sort by.

local django_models = require("django_models")
local schema_table = require("schema_table")
local set = require("words").set

local M = {}

-- Links that change neither the rows nor their order; and those that begin or end a query.
local PLAIN = set("all", "only", "defer", "select_related", "prefetch_related", "using", "select_for_update", "exclude", "values", "values_list", "iterator", "aiterator", "none")
local FILTERS = set("filter", "get", "aget", "get_object_or_404", "aget_object_or_404", "get_list_or_404")
local SHORTCUTS = set("get_object_or_404", "aget_object_or_404", "get_list_or_404", "aget_list_or_404")
local ENDS = set("get", "aget", "first", "afirst", "last", "alast", "count", "acount", "exists", "aexists", "update", "aupdate", "delete", "adelete", "get_object_or_404", "aget_object_or_404", "latest", "earliest", "iterator", "aiterator", "get_list_or_404")
local ONE = set("get", "aget", "first", "afirst", "last", "alast", "exists", "aexists", "get_object_or_404", "aget_object_or_404", "latest", "earliest")
local UNSORTED = set("count", "acount", "exists", "aexists", "update", "aupdate", "delete", "adelete", "get", "aget", "get_object_or_404", "aget_object_or_404")
local LOOKUPS = { exact = "equal", ["in"] = "in", gt = "range", gte = "range", lt = "range", lte = "range", range = "range", date = "other", year = "range", isnull = "null", contains = "other", icontains = "other", iexact = "other", startswith = "other", istartswith = "other", endswith = "other", iendswith = "other", regex = "other", iregex = "other", month = "other", day = "other", hour = "other" }
local HOLDERS = set("list", "tuple", "set", "sorted", "len", "bool", "enumerate", "dict", "sum", "max", "min", "any")
local PAGERS = set("Paginator", "paginate_queryset", "paginate")

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function table_of(model)
  if not model.as_table then
    local app = model.class.file.path:match("([%w_]+)/models") or ""
    local out = { name = model.name, sql_name = `{app}_{model.name:lower()}`, columns = {}, indexes = {}, is_whole = model.is_whole and not model.has_expressions, store = "Django", ordering = model.ordering }
    for field, column in model.columns do
      out.columns[field] = schema_table.column({ at = column.at, name = column.is_one and field .. "_id" or field, type = column.type, is_key = column.is_one, is_few = column.has_choices }, field)
    end
    for _, index in model.indexes do
      local at = index.at
      local one = #index.columns == 1 and model.columns[index.columns[1]]
      local is_unique = index.is_unique or not at or one and one.is_unique or at.source:find("[Uu]nique") ~= nil and #index.columns > 1
      table.insert(out.indexes, { columns = index.columns, is_unique = is_unique or false, is_partial = at ~= nil and at.source:find("condition%s*=") ~= nil, at = at })
    end
    model.as_table = out
  end
  return model.as_table
end

-- The field of a condition and how it is compared: `created__gte` is `created` and "range"; nil where it leads to another table.
local function condition_of(model, word)
  local field, rest = word, "exact"
  if not model.columns[field] and not model.columns[field:gsub("_id$", "")] then
    field, rest = word:match("^(.-)__(.+)$")
  end
  if not field then
    return nil
  end
  local column = model.columns[field]
  if not column then
    field = field:gsub("_id$", "")
    column = model.columns[field]
  end
  if column and column.is_one and (rest == "id" or rest == "pk") then
    rest = "exact"
  elseif rest:find("__", 1, true) then
    -- `created__date__gte` asks for what no plain index holds.
    return column and not column.is_one and field or nil, "other"
  end
  return column and LOOKUPS[rest] and field or nil, LOOKUPS[rest]
end

-- How the rows of a lazy query are taken: "limited", "all", or nil where it is refined elsewhere.
local function taken(whole)
  local parent = whole:parent()
  local kind = parent and parent.kind
  if kind == "index" or kind == "slice" then
    return "limited"
  elseif kind and whole:role() == "iter" then
    return "all"
  elseif kind == "call" then
    return HOLDERS[parent.name] and "all" or PAGERS[parent.name] and "limited" or nil
  elseif kind ~= "assign" then
    return nil
  end
  local func = whole:func()
  local found = nil
  for at, use in func and whole:uses(func.node) or {} do
    if at > 1 then
      local around = use.node:parent()
      if not around or around.kind == "attr" then
        return nil
      elseif around.kind == "index" or around.kind == "slice" then
        found = "limited"
      elseif use.node:role() == "iter" then
        found = found or "all"
      elseif around.kind == "call" and (HOLDERS[around.name] or PAGERS[around.name]) then
        found = PAGERS[around.name] and "limited" or found or "all"
      else
        return nil
      end
    end
  end
  return found
end

-- Adds the conditions and the order of one link; false where it cannot be read.
local function read_link(model, link, question)
  local name = link.name
  if FILTERS[name] then
    for at, argument in link:children("arg") do
      local text = argument.kind == "kw-arg" and argument.text or ""
      if text == "pk" then
        table.insert(question.conditions, { field = "pk", how = "equal" })
      elseif text ~= "" then
        local field, how = condition_of(model, text)
        if not field then
          return false
        end
        table.insert(question.conditions, { field = field, how = how, value = argument:child("value"), at = argument })
      elseif not (at == 1 and name:find("_or_404", 1, true)) then
        return false
      end
    end
  elseif name == "order_by" or name == "latest" or name == "earliest" then
    question.sorts = {}
    for _, argument in link:children("arg") do
      local text = literal(argument)
      if not text then
        return false
      end
      table.insert(question.sorts, (text:gsub("^[%-%+]", "")))
    end
  elseif name == "first" or name == "last" then
    question.is_first = true
  elseif not PLAIN[name] and not ENDS[name] then
    return false
  end
  return true
end

local function base_of(whole, links)
  for _, link in links do
    if SHORTCUTS[link.name] then
      local first = link:arg(1)
      return first and (first.kind == "name" and first or first.kind == "attr" and first.text == "objects" and first:child("value")) or nil
    end
  end
  local at = whole:child("callee")
  -- Most queries are of what is related to one row.
  at = at and (at.name == "objects" or #at:descendants("attr", "objects") > 0) and at or nil
  while at do
    local value = at:child("value")
    if value and at.name == "objects" and at.kind == "attr" then
      return value
    end
    at = at:child("callee") or value
  end
  return nil
end

-- Calls that ask for nothing, or for what is related to one row.
local OTHERS = set("create", "acreate", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "add", "remove", "set", "clear", "save", "annotate", "aggregate", "union", "in_bulk", "from_queryset", "as_manager", "get_queryset")

local CALLS = table.freeze({ "django.db.models.Manager.*", "django.db.models.QuerySet.*", "django.shortcuts.get_object_or_404", "django.shortcuts.aget_object_or_404", "django.shortcuts.get_list_or_404" })

local function read(repo, see)
  local model_of = nil
  for _, call in repo:calls(CALLS) do
    local name = call.name
    if OTHERS[name] or call.file.class ~= "source" then
      continue
    end
    local after, before = call:chained()
    if #after > 0 then
      continue
    end
    local links = { call, unpack(before) }
    local base = base_of(call, links)
    model_of = model_of or django_models.of(repo)
    local model = base and model_of(base)
    if not model then
      continue
    end
    local question = { conditions = {}, sorts = nil, is_limited = false, is_one = ONE[name] ~= nil, call = call }
    local is_known = true
    for _, link in links do
      is_known = is_known and read_link(model, link, question)
    end
    -- Where the rows go is asked last: it costs most.
    local how = is_known and (ENDS[name] and name ~= "iterator" and (ONE[name] and "limited" or "all") or taken(call))
    if how then
      question.is_limited = how == "limited"
      question.table = table_of(model)
      local own = question.sorts or question.is_first and { "pk" } or model.ordering or {}
      question.sorts = UNSORTED[name] and {} or own
      see(question)
    end
  end
end

-- Several rules ask, and it is the same repository.
local questions = nil

-- Calls `see` for each question of a repository.
function M.each(repo, see)
  if not questions then
    questions = {}
    read(repo, function(question)
      table.insert(questions, question)
    end)
  end
  for _, question in questions do
    see(question)
  end
end

return M
