-- What a serialiser of Django REST framework asks for each row that it shows: relations by the way to them, columns, and queries of its own.

local class_members = require("class_members")
local declared = require("declared")
local django_instances = require("django_instances")
local drf_fields = require("drf_fields")
local given_queries = require("given_queries")
local relation_reads = require("relation_reads")
local set = require("words").set
local store = require("store")

local M = {}

-- Fields that show a relation by itself; that of a key alone reads the column.
local SHOWING = set("StringRelatedField", "SlugRelatedField", "HyperlinkedRelatedField")
local DEEPEST = 3

local known = {}

-- Whether a class is a serialiser.
function M.is_serializer(class, repo)
  local key = declared.key(class)
  if known[key] == nil then
    known[key] = false
    local _, libraries = declared.lineage(class, repo)
    for _, origin in libraries do
      known[key] = known[key] or origin:find("^rest_framework.*%.serializers%.") ~= nil or origin:find("Serializer$") ~= nil
    end
  end
  return known[key]
end

-- The serialiser that a call makes; nil where it makes none.
function M.made_by(call, repo)
  local callee = call:child("callee")
  if not callee or not callee.name:find("Serializer", 1, true) then
    return nil
  end
  local class = declared.class(callee, repo)
  return class and M.is_serializer(class, repo) and class or nil
end

function M.is_on(call, name)
  local value, state = call:arg(name)
  return state == "given" and value:literal() == true
end

local function is_eager(subject, name, relation)
  local rows = subject.rows
  return rows.paths[subject.path .. name] ~= nil or subject.path == "" and rows.all_eager and relation.kind == "one" and not relation.is_reverse
end

-- The class that a field is made by, maybe with some of its arguments given before: `CustomerField = partial(ShownRelatedField, Customer)`.
local function field_class(value, repo)
  local callee = value:child("callee")
  local made = declared.value(callee, repo)
  local first = made and made.kind == "call" and made:is("functools.partial") and made:arg(1)
  return declared.class(first or callee, repo)
end

-- Whether a field of a class of this repository shows a relation, not its key alone.
local function shows_by_itself(value, repo)
  local class = field_class(value, repo)
  if not class then
    return false
  end
  local lineage, libraries = declared.lineage(class, repo)
  local shows = false
  for _, origin in libraries do
    if origin:find("PrimaryKeyRelatedField", 1, true) then
      -- The key alone needs no row, unless the field says that it does.
      return class_members.inherited(lineage, "use_pk_only_optimization") ~= nil
    end
    shows = shows or origin:find("^rest_framework%.serializers%.") ~= nil or origin:find("^rest_framework%.relations%.") ~= nil
  end
  return shows
end

-- The serialiser that a field is given to show its row with: `ShownRelatedField(CustomerSerializer)`.
local function shown_by_field(value, repo)
  local first = value:arg(1)
  local class = first and first.kind ~= "kw-arg" and first.name:find("Serializer$") and shows_by_itself(value, repo) and declared.class(first, repo)
  return class and M.is_serializer(class, repo) and class or nil
end

-- What is asked for each row, as it is found: `fields` are relations that fields show, `methods` what methods ask, `columns` what is read of the rows.
local function new_answer()
  return { fields = {}, methods = {}, columns = {}, seen = {} }
end

local function note_column(answer, path, name, at)
  answer.columns[path] = answer.columns[path] or {}
  answer.columns[path][name] = answer.columns[path][name] or at
end

local function add_field(answer, name, path, relation, at, class, is_counted)
  local key = "field " .. path
  if not answer.seen[key] then
    answer.seen[key] = true
    table.insert(answer.fields, { name = name, path = path, relation = relation, at = at, class = class, is_counted = is_counted })
  end
end

-- Methods and properties of a model stand for rows of any query: what one of them reads is mended where the list is asked for. Those that a link of that query
-- mends become fields of the list; the others, which ask anew whatever was brought along, stay.
local function move_to_list(answer, class, reads)
  local rest = {}
  for _, read in reads do
    if read.relation.kind == "one" or read.at.kind == "call" and (read.at.name == "all" or read.at.name == "count" and read.at:receiver() and read.at:receiver().text == read.name) then
      add_field(answer, read.name, read.path, read.relation, read.at, read.at:enclosing({ "class" }) or class, read.is_counted)
    else
      table.insert(rest, read)
    end
  end
  return rest
end

local read_serializer

-- Whether a method keeps what it asked.
local function keeps(method)
  return method.source:find("cache%.") ~= nil or method.source:find("_cache%f[%W]") ~= nil
end

-- The query of its own that a method asks for each row: `Line.objects.filter(order=order).count()`.
local function query_in(method, trip)
  for _, call in method:descendants("call") do
    if trip.taken[call.id] then
      continue
    end
    local access = store.access(call)
    if access and access.sort == "read" and #access.hops <= 2 and not access.heavy then
      local loops = call:loops()
      return access, loops
    end
  end
  return given_queries.first(method, trip.taken)
end

-- Adds what a method asks that is handed the row as `text`.
local function read_method(answer, class, method, text, subject, find, depth)
  local key = `method {declared.key(method)} {subject.path}`
  if answer.seen[key] or keeps(method) then
    return
  end
  answer.seen[key] = true
  local trip = relation_reads.trip(find)
  trip.taken = {}
  trip.on_call = function(call, node, inner, _)
    local shown = M.made_by(call, find.repo)
    if shown and (call:arg(1) and call:arg(1):same(node) or node:role() == "value") and depth < DEEPEST then
      read_serializer(answer, shown, inner, find, depth + 1)
    end
  end
  relation_reads.walk(method, text, subject, trip)
  for path, columns in trip.columns do
    for name, at in columns do
      note_column(answer, path, name, at)
    end
  end
  local is_of_serializer = M.is_serializer(method:enclosing({ "class" }) or class, find.repo)
  local reads = is_of_serializer and trip.out or move_to_list(answer, class, trip.out)
  local first = reads[1]
  if first then
    table.insert(answer.methods, { class = class, method = method, at = first.through or first.at, reads = reads, subject = subject })
    return
  elseif #trip.out > 0 then
    return
  end
  local access = query_in(method, trip)
  if access then
    table.insert(answer.methods, { class = class, method = method, at = access.whole, access = access, reads = {}, subject = subject })
  end
end

-- Adds what a field asks that is declared as a call: `lines = LineSerializer(many=True)`, `CharField(source="author.name")`.
local function read_field(answer, class, name, value, statement, subject, find, depth)
  if M.is_on(value, "write_only") then
    return
  end
  local source = value:arg("source")
  local text = source and source:literal()
  local way = type(text) == "string" and text or name
  local current, at = subject, way
  while current do
    local first, rest = at:match("^([%w_]+)%.?(.*)$")
    local relation = first and current.model.relations[first]
    if not relation then
      if first and current.model.columns[first] then
        note_column(answer, current.path, first, statement)
      elseif first and not current.rows.added[first] then
        local method = relation_reads.method(current.model, first)
        local self = method and method:children("param")[1]
        if self then
          read_method(answer, class, method, self.text, current, find, depth)
        end
      end
      return
    end
    local is_read, eager = rest ~= "" or SHOWING[value.name] ~= nil, is_eager(current, first, relation)
    local shown = rest == "" and (M.made_by(value, find.repo) or shown_by_field(value, find.repo))
    if relation.kind == "many" then
      is_read = is_read or M.is_on(value, "many") or shown ~= nil
    else
      is_read = is_read or shown ~= nil or rest == "" and shows_by_itself(value, find.repo)
    end
    if current.path == "" and first == current.rows.back or first == current.back then
      -- Django gives each row that a relation leads to the row that it came from.
      return
    end
    if is_read and not eager then
      add_field(answer, first, current.path .. first, relation, statement, class)
    end
    local model = is_read and find.target(relation)
    local next = model and { model = model, path = `{current.path}{first}__`, rows = current.rows, back = relation.back } or nil
    if next and shown and depth < DEEPEST then
      read_serializer(answer, shown, next, find, depth + 1)
    end
    current, at = rest ~= "" and next or nil, rest
  end
end

read_serializer = function(answer, class, subject, find, depth)
  local key = `serializer {declared.key(class)} {subject.path}`
  if answer.seen[key] then
    return
  end
  answer.seen[key] = true
  local lineage = declared.lineage(class, find.repo)
  local shown = drf_fields.shown(lineage, find.repo)
  local declares = {}
  for _, one in lineage do
    for _, statement in one:child("body"):children() do
      local target, value = statement.kind == "assign" and statement:child("target"), statement:child("value")
      local name = target and target.text
      if not name or declares[name] then
        continue
      end
      declares[name] = true
      local is_shown = shown == nil or shown == "all" or shown[name]
      if is_shown and value and value.kind == "call" and value.name == "SerializerMethodField" then
        local written = value:arg("method_name") and value:arg("method_name"):literal()
        local method = class_members.inherited(lineage, type(written) == "string" and written or "get_" .. name)
        local param = method and method.kind == "function" and method:children("param")[2]
        if param then
          read_method(answer, one, method, param.text, subject, find, depth)
        end
      elseif is_shown and value and value.kind == "call" then
        read_field(answer, one, name, value, statement, subject, find, depth)
      end
    end
  end
  local own = class_members.inherited(lineage, "to_representation")
  local instance = own and own.kind == "function" and own:children("param")[2]
  if instance then
    read_method(answer, class, own, instance.text, subject, find, depth)
  end
  local model = subject.model
  local is_deep = shown and drf_fields.is_deep(lineage)
  for name, relation in shown and model.relations or {} do
    local is_named = shown ~= "all" and shown[name]
    if is_deep and relation.kind == "one" and (is_named or shown == "all" and not relation.is_reverse) and not declares[name] and name ~= subject.back and not is_eager(subject, name, relation) then
      add_field(answer, name, subject.path .. name, relation, class, class)
    end
    -- Relations to many stand in the answer as lists of keys, which are read for each row.
    if relation.kind == "many" and (is_named or shown == "all" and not relation.is_reverse and relation.at.name == "ManyToManyField") and not declares[name] and not subject.rows.added[name] and not is_eager(subject, name, relation) then
      add_field(answer, name, subject.path .. name, relation, class, class)
    end
  end
  for name in type(shown) == "table" and shown or {} do
    if not declares[name] and not model.relations[name] and not subject.rows.added[name] then
      if model.columns[name] then
        note_column(answer, subject.path, name, class)
      else
        local method = relation_reads.method(model, name)
        local self = method and method:children("param")[1]
        if self then
          read_method(answer, class, method, self.text, subject, find, depth)
        end
      end
    elseif model.columns[name] and not declares[name] then
      note_column(answer, subject.path, name, class)
    end
  end
end

-- What a serialiser asks for each of some rows: {fields = {{name, path, relation, at, class}}, methods = {{class, method, at, reads, access}}, columns by the
-- way to them}.
function M.asks(class, model, rows, find)
  local answer = new_answer()
  read_serializer(answer, class, { model = model, path = "", rows = rows }, find, 0)
  table.sort(answer.fields, function(a, b)
    return a.path < b.path
  end)
  return answer
end

-- The model that a serialiser says it shows.
function M.model_of(class, find)
  return django_instances.model_of_serializer(class, find)
end

return M
