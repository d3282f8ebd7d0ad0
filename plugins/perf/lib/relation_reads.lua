-- Where relations of a row are read: attributes below a node, those of rows that the relations brought along, and those in functions and methods
-- of the repository that are handed the row.

local declared = require("declared")
local django_managers = require("django_managers")
local kept_columns = require("kept_columns")
local parameter = require("parameter")
local relation_links = require("relation_links")
local set = require("words").set

local M = {}

-- Methods of a relation to many that read, and those that a prefetched relation answers without a query.
local READS = set(
  "all", "filter", "exclude", "order_by", "first", "last", "count", "exists", "values", "values_list", "get", "aggregate", "latest", "earliest", "distinct", "annotate", "only", "prefetch_related", "select_related", "in_bulk"
)
local PREFETCHED = set("all", "count", "exists")
-- What hands on the rows that it is given.
local WRAPS = set("list", "sorted", "tuple", "set", "enumerate", "reversed")
local DEEPEST = 2
-- So many relations one behind the other are followed, which leave cycles of them at last.
local LONGEST = 4

local M_of

local function is_eager(subject, name, relation)
  local rows = subject.rows
  if subject.path == "" then
    return rows.eager[name] or rows.all_eager and relation.kind == "one" and not relation.is_reverse or false
  end
  return rows.paths ~= nil and rows.paths[subject.path .. name] ~= nil
end

-- The rows that a relation leads to, as far as their model is known.
local function beyond_relation(subject, name, relation, trip)
  local model = trip.target and trip.target(relation)
  return model and { model = model, path = `{subject.path}{name}__`, rows = subject.rows, back = relation.back } or nil
end

-- Adds a read; the row that stands for all reads of that relation.
local function add(trip, row)
  local key = `{row.path} {trip.through and declared.key(trip.through) or ""}`
  local before = trip.seen[key]
  if before then
    return before
  end
  trip.seen[key] = row
  row.through = trip.through
  row.is_counted = relation_links.is_counted(row.at)
  row.beyond = {}
  table.insert(trip.out, row)
  return row
end

-- Names that stand for the text below a node, but where a function within takes another thing of that name.
local function names_of(node, text)
  return node:descendants("name", text)
end

-- Whether a relation is read by a method of the managers of the project: `order.lines.open()`.
local function refines(relation, name, trip)
  local model = trip.target and trip.target(relation)
  return model and model.asked_by and django_managers.refines(model.asked_by, name) or false
end

local function in_function(trip, func, text, subject, call)
  local key = `{declared.key(func)} {text} {subject.path}`
  if trip.depth >= DEEPEST or trip.visited[key] then
    return
  end
  trip.visited[key] = true
  local through = trip.through
  trip.depth += 1
  trip.through = through or call
  M_of(func, text, subject, trip)
  trip.depth -= 1
  trip.through = through
end

-- The body of a loop, and of a comprehension all that is done for an element.
local function body_of(loop)
  return loop.kind == "clause" and loop:parent() or loop:child("body")
end

local function row_target(loop, is_counted)
  local target = loop:child("target")
  if is_counted and target and target.kind == "list" then
    target = target:children("item")[2] or target:children()[2]
  end
  return target and target.kind == "name" and target.text or nil
end

-- Follows rows that a relation gave to the loops that turn over them.
local function follow_rows(node, subject, trip, within)
  local top, is_counted = node, false
  local parent = top:parent()
  while parent and parent.kind == "call" and top:role() == "arg" and WRAPS[parent.name] do
    is_counted = is_counted or parent.name == "enumerate"
    top, parent = parent, parent:parent()
  end
  if not parent then
    return
  end
  if (parent.kind == "for" or parent.kind == "clause") and top:role() == "iter" then
    local text, body = row_target(parent, is_counted), body_of(parent)
    if text and body then
      M_of(body, text, subject, trip)
    end
  elseif parent.kind == "call" and top:role() == "arg" and trip.on_call then
    trip.on_call(parent, top, subject, trip)
  elseif parent.kind == "assign" and top:role() == "value" and #parent:children("target") == 1 then
    local target = parent:child("target")
    for _, name in target.kind == "name" and names_of(within, target.text) or {} do
      if not name:same(target) and name:role() == "iter" and name.id > target.id then
        follow_rows(name, subject, trip, within)
      end
    end
  end
end

-- Methods and properties of a model by their names.
local function methods_of(model)
  if not model.methods then
    model.methods = {}
    for _, class in declared.lineage(model.class, model.repo) do
      for _, statement in class:child("body"):children() do
        if statement.kind == "function" and not model.methods[statement.name] then
          model.methods[statement.name] = statement
        end
      end
    end
  end
  return model.methods
end

-- "method" or "property"; nil for what keeps what it found for others as well.
local function sort_of(method)
  if kept_columns.are_in(method) then
    return nil
  end
  for _, decorator in method:children("decorator") do
    local source = decorator.source
    if source:find("property", 1, true) then
      return "property"
    elseif source:find("cache", 1, true) or source:find("classmethod", 1, true) then
      return nil
    end
  end
  return "method"
end

-- What writes a row costs a statement for each as it is: that is DB-BATCH-001's.
local WRITING = set("save", "delete", "full_clean", "clean")

local function follow_method(attr, subject, trip)
  local method = not WRITING[attr.text] and methods_of(subject.model)[attr.text]
  local sort = method and sort_of(method)
  local parent = attr:parent()
  local is_called = parent ~= nil and parent.kind == "call" and attr:role() == "callee"
  local self = sort and method:children("param")[1]
  if self and (is_called or sort == "property") then
    in_function(trip, method, self.text, subject, is_called and parent or attr)
  end
end

-- What text is made of a row by: `str(order)`, `f"{order}"`, `"{}".format(order)`; its `__str__` is run.
local function follow_text(node, parent, subject, trip)
  local is_text = parent.kind == "template" or parent.kind == "call" and node:role() == "arg" and (parent:is("builtins.str") or parent.name == "format" and parent:receiver() ~= nil and parent:receiver().kind == "str")
  local method = is_text and subject.model.class and methods_of(subject.model).__str__
  local self = method and method:children("param")[1]
  -- What is said of a failure is said seldom.
  local told = self and node:enclosing({ "handler", "raise", "function" })
  if self and (not told or told.kind == "function") then
    in_function(trip, method, self.text, subject, parent)
  end
end

local follow

-- What is read of the row that a relation leads to: `check.project.owner` asks for two rows of each, and the query has to bring along both.
local function follow_beyond(attr, subject, row, trip, within)
  local next = beyond_relation(subject, row.name, row.relation, trip)
  if not next then
    return
  elseif trip.is_beyond then
    local key = `{declared.key(attr)} {next.path}`
    -- A relation of a model to itself is walked to its end, which no query brings along.
    trip.is_endless = trip.is_endless or select(2, next.path:gsub("__", "")) >= LONGEST
    if not trip.is_endless and not trip.visited[key] then
      trip.visited[key] = true
      follow(attr, next, trip, within)
    end
    return
  end
  local further = M.trip({ target = trip.target }, trip.skip)
  further.is_beyond, further.depth = true, trip.depth
  follow(attr, next, further, within)
  row.is_endless = row.is_endless or further.is_endless
  for _, one in further.out do
    if one.relation.kind == "one" then
      row.beyond[one.path] = true
    end
  end
end

-- Follows a value that is a row: to its attributes, and to functions that are handed it.
follow = function(node, subject, trip, within)
  local parent = node:parent()
  if not parent then
    return
  elseif parent.kind == "kw-arg" then
    parent = parent:parent()
  end
  follow_text(node, parent, subject, trip)
  if parent.kind == "attr" and node:role() == "value" then
    local attr = parent
    local around = attr:parent()
    if attr:role() == "target" or not around or around.kind == "delete" then
      return
    end
    local name, rows = attr.text, subject.rows
    local relation = subject.model.relations[name]
    local is_shared = relation and subject.path == "" and rows.fixed and (rows.fixed[name] or rows.fixed[name .. "_id"])
    if not relation then
      if subject.model.columns and subject.model.columns[name] then
        trip.columns[subject.path] = trip.columns[subject.path] or {}
        trip.columns[subject.path][name] = trip.columns[subject.path][name] or attr
      elseif rows.added == nil or not rows.added[name] then
        follow_method(attr, subject, trip)
      end
      return
    elseif is_shared or name == subject.back or subject.path == "" and name == trip.skip then
      return
    end
    local eager = is_eager(subject, name, relation)
    if relation.kind == "many" or relation.loading == "query" then
      local call = around.kind == "attr" and around:parent()
      if not call or call.kind ~= "call" or around:role() ~= "callee" or not (READS[around.text] or refines(relation, around.text, trip)) then
        return
      end
      if not (eager and PREFETCHED[around.text]) then
        add(trip, { name = name, path = subject.path .. name, at = call, relation = relation })
        return
      end
      local next = beyond_relation(subject, name, relation, trip)
      if next then
        follow_rows(call, next, trip, within)
      end
    elseif not eager then
      follow_beyond(attr, subject, add(trip, { name = name, path = subject.path .. name, at = attr, relation = relation }), trip, within)
    else
      local next = beyond_relation(subject, name, relation, trip)
      if next then
        follow(attr, next, trip, within)
      end
    end
  elseif parent.kind == "call" and node:role() ~= "callee" then
    local callees = parent:callees()
    local param = #callees == 1 and parameter.taking(callees[1], parent, node)
    if param then
      in_function(trip, callees[1].node, param.text, subject, parent)
    end
    if trip.on_call then
      trip.on_call(parent, node, subject, trip)
    end
  elseif parent.kind == "assign" and node:role() == "value" and node.kind ~= "name" and #parent:children("target") == 1 then
    -- `customer = order.customer`
    local target = parent:child("target")
    if target.kind == "name" then
      M_of(within, target.text, subject, trip)
    end
  end
end

-- Whether a read only stands in for what the query has worked out: `except AttributeError: return order.lines.count()` behind `order.line_count`, or a
-- function that looks for what was worked out, or brought along, before it asks.
local function stands_in(node, text, rows)
  for _, call in node:descendants("call", { "hasattr", "getattr" }) do
    local name = call:arg(2) and call:arg(2):literal()
    local on = call:arg(1)
    if on and on.text == text and type(name) == "string" and (rows.added and rows.added[name] or name == "_prefetched_objects_cache") then
      return true
    end
  end
  for _, try in node:descendants("try") do
    for _, attr in try:child("body") and try:child("body"):descendants("attr") or {} do
      local on = attr:child("value")
      if on and on.text == text and rows.added and rows.added[attr.text] then
        return true
      end
    end
  end
  return false
end

M_of = function(node, text, subject, trip)
  if node.kind == "function" and subject.rows.added and stands_in(node, text, subject.rows) then
    return
  end
  for _, name in names_of(node, text) do
    if name:role() ~= "target" then
      follow(name, subject, trip, node)
    end
  end
end

-- A walk to what rows of a query are asked for; `find` knows the models.
function M.trip(find, skip)
  return { target = find.target, skip = skip, out = {}, columns = {}, seen = {}, visited = {}, depth = 0, through = nil, on_call = nil }
end

-- Adds to a walk what is read of the relations of a row that is called `text` below `node`: {name, path, at, relation, is_counted, through (the call by which it
-- is handed on)} in `out`, columns by the way to them in `columns`. A subject is {model, path, rows}.
function M.walk(node, text, subject, trip)
  M_of(node, text, subject, trip)
  return trip
end

-- The method or property of a model that is called so, where asking it asks for more than is kept.
function M.method(model, name)
  local method = methods_of(model)[name]
  local sort = method and sort_of(method)
  return sort and method or nil, sort
end

return M
