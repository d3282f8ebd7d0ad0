-- Relations that Django REST framework reads row by row: a list of rows is serialised, the serialiser reads a relation, and the query of the list
-- does not bring it along.

local called = require("called")
local declared = require("declared")
local django_rows = require("django_rows")
local orm_finders = require("orm_finders")
local per_item = require("per_item")
local relation_fix = require("relation_fix")
local relation_reads = require("relation_reads")
local routed_actions = require("routed_actions")
local set = require("words").set

local M = {}

local LISTING = set("ModelViewSet", "ReadOnlyModelViewSet", "ListAPIView", "ListCreateAPIView", "ListModelMixin")
-- Fields that show a relation by itself; that of a key alone reads the column.
local SHOWING = set("StringRelatedField", "SlugRelatedField", "HyperlinkedRelatedField")

local function named(class, name)
  for _, statement in class:child("body"):children() do
    local target = statement.kind == "assign" and statement:child("target")
    if target and target.text == name then
      return statement:child("value")
    elseif statement.kind == "function" and statement.name == name then
      return statement
    end
  end
  return nil
end

-- The first definition of a name among a class and its bases in this repository.
local function inherited(lineage, name)
  for _, class in lineage do
    local found = named(class, name)
    if found then
      return found
    end
  end
  return nil
end

local function is_serializer(class, repo)
  local _, libraries = declared.lineage(class, repo)
  for _, origin in libraries do
    if origin:find("^rest_framework%.serializers%.") then
      return true
    end
  end
  return false
end

-- The names in `Meta.fields`; nil where they are not all written: "all" for all of them.
local function shown_fields(lineage)
  for _, class in lineage do
    local meta = nil
    for _, statement in class:child("body"):children() do
      meta = statement.kind == "class" and statement.name == "Meta" and statement or meta
    end
    local fields = meta and named(meta, "fields")
    if fields then
      if fields:literal() == "__all__" then
        return "all"
      end
      local names = {}
      for _, item in fields.kind == "list" and fields:children("item") or {} do
        local text = item:literal()
        if type(text) ~= "string" then
          return nil
        end
        names[text] = true
      end
      return fields.kind == "list" and names or nil
    end
  end
  return nil
end

local function is_on(call, name)
  local value, state = call:arg(name)
  return state == "given" and value:literal() == true
end

-- The relation that a field of the serialiser reads; nil where it reads none.
local function relation_of(field, name, model, repo)
  if field.kind ~= "call" or is_on(field, "write_only") then
    return nil
  end
  local source = field:arg("source")
  local text = source and source:literal()
  local first = type(text) == "string" and text:match("^[%w_]+") or name
  local relation = model.relations[first]
  if not relation then
    return nil
  elseif SHOWING[field.name] or type(text) == "string" and text:find(".", 1, true) then
    return first, relation
  elseif is_on(field, "many") or relation.kind == "many" then
    return relation.kind == "many" and first or nil, relation
  end
  local class = declared.class(field:child("callee"), repo)
  return class and is_serializer(class, repo) and first or nil, relation
end

-- The relations that a serialiser reads of each row: {{name, relation, at}}.
local function reads_of(class, model, rows, repo)
  local lineage = declared.lineage(class, repo)
  local shown = shown_fields(lineage)
  local all, seen = {}, {}
  local function add(name, relation, at, is_counted)
    local is_eager = rows.eager[name] or rows.all_eager and relation.kind == "one" and not relation.is_reverse
    if not is_eager and not seen[name] then
      table.insert(all, { name = name, relation = relation, at = at, is_counted = is_counted or false })
    end
    seen[name] = true
  end
  for _, one in lineage do
    for _, statement in one:child("body"):children() do
      local target, value = statement.kind == "assign" and statement:child("target"), statement:child("value")
      local name = target and target.text
      local is_shown = name and (shown == nil or shown == "all" or shown[name])
      if is_shown and value and value.kind == "call" and value.name == "SerializerMethodField" then
        local written = value:arg("method_name") and value:arg("method_name"):literal()
        local method = inherited(lineage, type(written) == "string" and written or "get_" .. name)
        local param = method and method.kind == "function" and method:children("param")[2]
        for _, read in param and relation_reads.below(method, param.text, model.relations, rows) or {} do
          add(read.name, read.relation, read.at, read.is_counted)
        end
        seen[name] = true
      elseif is_shown and value then
        local first, relation = relation_of(value, name, model, repo)
        if first and relation then
          add(first, relation, statement)
        end
        seen[name] = true
      end
    end
  end
  -- Relations to many stand in the answer as lists of keys, which are read for each row.
  for name, relation in shown and model.relations or {} do
    if relation.kind == "many" and not relation.is_reverse and (shown == "all" or shown[name]) and not seen[name] then
      add(name, relation, class)
    end
  end
  table.sort(all, function(a, b)
    return a.name < b.name
  end)
  return all
end

local function tell(at, class, rows, model, report, repo)
  local reads = reads_of(class, model, rows, repo)
  if #reads == 0 or not per_item.counts(at) then
    return
  end
  local names, related = {}, {}
  for _, one in reads do
    table.insert(names, `\`{one.name}\``)
    if #related < 8 then
      table.insert(related, { at = one.at, message = `{class.name} reads \`{one.name}\`` })
    end
  end
  report({
    at = at,
    message = `{table.concat(names, ", ")} of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own when {class.name} shows the list: the rows are read without {relation_reads.missing(reads, true)}`,
    confidence = called.confidence(at, "medium", repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", ") },
    fix = relation_fix.of(at, reads, rows),
  })
end

-- The query of a view: what `get_queryset` returns in one place, or `queryset`.
local function query_of(lineage)
  local method = inherited(lineage, "get_queryset")
  if not method then
    return inherited(lineage, "queryset")
  elseif method.kind ~= "function" then
    return nil
  end
  local found = nil
  for _, statement in method:descendants({ "return" }) do
    if found then
      return nil
    end
    found = statement:child("value")
  end
  return found
end

-- Whether a query is the empty one that a view must name while it finds its one row otherwise: `Quote.objects.none()`.
local function gives_nothing(query)
  local _, before = query:chained()
  for _, link in { query, unpack(before) } do
    if link.kind == "call" and link.name == "none" then
      return true
    end
  end
  return false
end

local function check_view(class, models, report, repo)
  local lineage, libraries = declared.lineage(class, repo)
  local is_listing = false
  for _, origin in libraries do
    is_listing = is_listing or origin:find("^rest_framework%.") ~= nil and LISTING[origin:match("([%w_]+)$")] == true
    -- Mixins that add the links by what the serialiser says.
    if origin:lower():find("prefetch", 1, true) or origin:lower():find("eager", 1, true) then
      return
    end
  end
  if not is_listing or inherited(lineage, "get_serializer_class") or inherited(lineage, "list") or inherited(lineage, "filter_queryset") then
    return
  end
  local serializer, query = inherited(lineage, "serializer_class"), query_of(lineage)
  local shown = serializer and declared.class(serializer, repo)
  local rows = query and query.kind ~= "function" and django_rows.of(query)
  local model = shown and rows and models(rows.base)
  if model and not model.is_eager and not gives_nothing(query) and routed_actions.may_list(class, repo) then
    tell(query, shown, rows, model, report, repo)
  end
end

-- `OrderSerializer(Order.objects.all(), many=True)`
local function check_call(call, models, report, repo)
  if call:func() == nil or not is_on(call, "many") then
    return
  end
  local query = call:arg(1) or (call:arg("instance"))
  local rows = query and django_rows.of(query)
  local model = rows and models(rows.base)
  local class = model and not model.is_eager and declared.class(call:child("callee"), repo)
  if class and is_serializer(class, repo) then
    tell(call, class, rows, model, report, repo)
  end
end

-- Reports the lists of a repository that are serialised so.
function M.check(repo, report)
  local models = orm_finders.django(repo).model
  for _, path in repo:importers({ "rest_framework", "rest_framework.**" }) do
    local file = repo:open(path)
    if not file or not file.root or file.class ~= "source" then
      continue
    end
    for _, class in file.root:descendants({ "class" }) do
      if #class:children("base") > 0 then
        check_view(class, models, report, repo)
      end
    end
    for _, call in file.root:descendants({ "call" }) do
      if call:child("callee").kind == "name" and call.name:find("Serializer", 1, true) then
        check_call(call, models, report, repo)
      end
    end
  end
end

return M
