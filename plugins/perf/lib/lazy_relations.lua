-- Relations that a loop over rows reads without the query having brought them along: each row then asks the database again, with no
-- call to be seen. Also through a function or method of the repository that is handed the row.

local called = require("called")
local django_prefetches = require("django_prefetches")
local drf_serializers = require("drf_serializers")
local exclusion = require("exclusion")
local few_items = require("few_items")
local listed_relations = require("listed_relations")
local one_item = require("one_item")
local orm_finders = require("orm_finders")
local per_item = require("per_item")
local property_queries = require("property_queries")
local relation_fix = require("relation_fix")
local relation_links = require("relation_links")
local relation_reads = require("relation_reads")
local response_relations = require("response_relations")
local row_methods = require("row_methods")
local set = require("words").set
local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

-- What a helper does besides that its queries are not what an item costs.
local HEAVY = set("http", "process", "mail", "queue", "rpc", "db-write", "storage")

local function does_more(call)
  for _, effect in call:effects() do
    if HEAVY[effect] then
      return true
    end
  end
  return false
end

-- Whether the row's name is given something else in the loop.
local function bound_again(node, text)
  for _, assign in node:descendants({ "assign" }) do
    for _, target in assign:children("target") do
      if target.kind == "name" and target.text == text then
        return true
      end
    end
  end
  return false
end

-- Whether the loop leaves after its first turn: `for order in orders: return order.customer`.
local function leaves_at_once(loop)
  local body = loop.kind == "for" and loop:child("body")
  local statements = body and body:children() or {}
  local last = statements[#statements]
  return last ~= nil and last ~= false and (last.kind == "return" or last.kind == "break" or last.kind == "raise")
end

-- Whether a slice of the rows says that there are few: `[:3]`.
local function is_few(iter)
  local index = iter.kind == "index" and iter:child("index")
  local upper = index and index.kind == "slice" and index.source:match("^%s*:%s*(%d+)$") or nil
  return upper ~= nil and (tonumber(upper) or 9) <= 5
end

-- The body of a loop, and of a comprehension all that is done for an element.
local function body_of(loop)
  if loop.kind == "clause" then
    return loop:parent()
  end
  return loop:child("body")
end

-- The model whose rows a loop turns over with all its relations, and the rows; nil where that is not known.
local function model_of(iter, find, repo)
  local rows = find.rows(iter)
  local model = rows and find.model(rows.base)
  if not model or model.is_eager then
    return nil
  end
  model.repo = repo
  if rows.added == nil then
    rows.added = {}
  end
  return model, rows
end

-- What a loop turns over and what it calls a row: of `enumerate(rows)` the second name, of `zip(rows, marks)` the first.
local function rows_and_name(loop)
  local target, iter = loop:child("target"), loop:child("iter")
  for _ = 1, 2 do
    local is_counted = iter and iter.kind == "call" and iter:is("builtins.enumerate")
    local is_paired = iter and iter.kind == "call" and iter:is("builtins.zip")
    local is_keyed = iter and iter.kind == "call" and iter.name == "items" and #iter:args() == 0
    if target and target.kind == "list" and (is_counted or is_paired or is_keyed) then
      local items = target:children("item")
      items = #items > 0 and items or target:children()
      target = items[is_paired and 1 or 2]
      iter = is_keyed and iter or iter:arg(1)
    end
  end
  return iter, target and target.kind == "name" and target.text or nil
end

-- Whether somebody runs the file once, by what its path says.
local function is_one_off(file)
  return file.path:lower():find("migrat", 1, true) ~= nil or file.path:find("%f[%w]seeds?%f[%W]") ~= nil
end

-- What may stand for rows at all: names, attributes and calls, slices of them.
local function can_be_rows(iter)
  return iter.kind == "name" or iter.kind == "call" or iter.kind == "attr" or iter.kind == "index" or iter.kind == "await"
end

-- Whether anything below a node may ask for more of a row that is called `text`: it is handed on, or a name is read from it that a model knows.
local function may_ask(node, text, find)
  for _, name in find.may_ask and node:descendants("name", text) or {} do
    local parent = name:parent()
    local role = name:role()
    if role == "value" and parent and parent.kind == "attr" then
      if find.may_ask(parent.text) then
        return true
      end
    elseif role == "arg" and parent and parent.kind == "call" and #parent:callees() > 0 or parent and parent.kind == "kw-arg" then
      return true
    elseif parent and (parent.kind == "template" or parent.name == "str" or parent.name == "format") and find.may_ask("__str__") then
      return true
    end
  end
  return find.may_ask == nil
end

-- The reads of the loop itself; where it has none, those of the first function that it hands its row to, and the call of that.
local function nearest(all)
  local own, through = {}, nil
  for _, one in all do
    if not one.through then
      table.insert(own, one)
    end
    through = through or one.through
  end
  if #own > 0 then
    return own, nil
  end
  for _, one in all do
    if one.through:same(through) then
      table.insert(own, one)
    end
  end
  return own, through
end

-- Walks on into a serialiser that a method of the row shows it with: `def payload(self): return OrderSerializer(self).data`.
local function into_serializers(trip, find)
  trip.on_call = function(call, node, subject)
    local first = call:arg(1)
    local class = find.repo and trip.depth > 0 and subject.path == "" and first and first:same(node) and drf_serializers.made_by(call, find.repo)
    local answer = class and drf_serializers.asks(class, subject.model, subject.rows, find)
    for _, one in answer and answer.fields or {} do
      table.insert(trip.out, { name = one.name, path = one.path, at = one.at, relation = one.relation, through = trip.through })
    end
    for _, one in answer and answer.methods or {} do
      for _, read in one.reads do
        table.insert(trip.out, { name = read.name, path = read.path, at = read.at, relation = read.relation, through = trip.through })
      end
    end
  end
  return trip
end

-- Properties that ask themselves, where the row's relations are all there.
local function judge_properties(loop, body, text, model, find, report, repo)
  local at, method = property_queries.of(body, text, model, find)
  if at and per_item.counts(loop) and not one_item.leaves(at, { node = loop }) then
    report({
      at = at,
      message = `the property {model.name}.{method.name} queries the database for each {model.name} of this loop`,
      confidence = called.confidence(loop, "medium", repo),
      related = { { at = loop, message = "the loop" }, { at = method, message = "queries" } },
      notes = { store = "sql", model = model.name },
    })
  end
end

local function judge(loop, find, report, repo, told)
  local iter, text = rows_and_name(loop)
  if not text or not iter or not can_be_rows(iter) then
    return
  end
  local body = body_of(loop)
  if not body or not may_ask(body, text, find) then
    return
  end
  local model, rows = model_of(iter, find, repo)
  if not model or rows.is_async or few_items.is_written_out({ node = loop, iter = iter, kind = "per-item" }) or is_few(iter) or leaves_at_once(loop) or bound_again(body, text) then
    return
  end
  local trip = relation_reads.walk(body, text, { model = model, path = "", rows = rows }, into_serializers(relation_reads.trip(find, rows.back), find))
  if #trip.out == 0 and rows.is_django then
    return judge_properties(loop, body, text, model, find, report, repo)
  end
  local reads, through = nearest(trip.out)
  local first = reads[1]
  -- Rows that are turned over once more have their relations by then.
  local around = loop:func()
  local key = first and iter.kind == "name" and `{around and around.node.id} {iter.text} {first.name}`
  for _, before in key and told[key] or {} do
    if not exclusion.excludes(before, loop) then
      return
    end
  end
  if key then
    told[key] = told[key] or {}
    table.insert(told[key], loop)
  end
  if not first or one_item.leaves(through or first.at, { node = loop }) or not per_item.counts(loop) then
    return
  end
  local related = { { at = loop, message = `the loop over rows of {model.name}` }, { at = first.relation.at, message = "the relation" } }
  for at, one in reads do
    if through or at > 1 then
      table.insert(related, { at = one.at, message = `reads \`{one.name}\`` })
    end
  end
  local names = {}
  for _, one in reads do
    table.insert(names, `\`{one.path:gsub("__", ".")}\``)
  end
  local confidence = (through or rows.is_given) and "medium" or "high"
  if rows.is_open and django_prefetches.has(repo, rows.root.name, first.path:match("^(.-)__") or first.path) then
    -- Somebody brings them along: whether for these rows is not seen.
    return
  elseif rows.is_guess or through and through.kind == "call" and does_more(through) then
    confidence = "low"
  elseif rows.is_open or #first.path > #first.name then
    confidence = "medium"
  end
  report({
    at = through or first.at,
    message = `{table.concat(names, ", ")} of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own{through and " in " .. through.name or ""}: the rows are read without {relation_links.missing(reads, rows.is_django)}`,
    confidence = called.confidence(loop, confidence, repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", ") },
    fix = rows.is_django and not through and relation_fix.of(iter, reads, rows) or nil,
  })
end

local DJANGO = { "django.db.models.Manager.*", "django.db.models.QuerySet.*" }
local SQLALCHEMY = { "sqlalchemy.orm.Session.query", "sqlalchemy.orm.scoped_session.query", "sqlalchemy.orm.Query.*", "sqlalchemy.select", "sqlmodel.select", "sqlalchemy.future.select", "flask_sqlalchemy.query.Query.*", "flask_sqlalchemy.SQLAlchemy.{select,paginate}" }

-- What is asked of rows where no manager of Django itself is seen: managers of the project, and relations.
local ASKED = { ".all()", ".filter(", ".select_related(", ".order_by(", ".exclude(", "_set." }

-- Methods that make an answer of a row.
local SHOWING = { ".serialize(", ".serialise(", ".to_dict(", ".to_json(", ".as_dict(", ".as_json(", ".asdict(", ".to_representation(" }

-- What calls of models begin with, `Order.`: their class methods give rows, too.
local function named_models(repo)
  local texts = {}
  for _, class in sqlalchemy_models.classes(repo) do
    table.insert(texts, class.name .. ".")
  end
  return texts
end

local function judge_files(repo, report, patterns, find, is_django)
  local files, seen = {}, {}
  for _, call in repo:calls(patterns) do
    local file = call.file
    if not seen[file.path] then
      seen[file.path] = true
      table.insert(files, file)
    end
  end
  -- Rows that a function of the project gives are looped over in files that ask nothing themselves.
  for _, texts in not is_django and #files > 0 and { SHOWING, named_models(repo) } or {} do
    for _, path in #texts > 0 and repo:holding("**/*.py", texts) or {} do
      local file = not seen[path] and repo:open(path)
      seen[path] = true
      if file then
        table.insert(files, file)
      end
    end
  end
  for _, path in is_django and repo:imports({ "django.db", "django.db.**", "django.contrib.gis.db", "django.contrib.gis.db.**" }) and repo:holding("**/*.py", ASKED) or {} do
    local file = not seen[path] and repo:open(path)
    if file then
      table.insert(files, file)
    end
  end
  for _, file in files do
    if file.class == "source" and file.root and not is_one_off(file) then
      local told = {}
      for _, loop in file.root:descendants({ "for", "clause" }) do
        judge(loop, find, report, repo, told)
      end
      if not is_django then
        row_methods.check(file, report, repo, find)
      end
    end
  end
end

-- Reports the loops of a repository that read relations row by row.
function M.check(repo, report)
  judge_files(repo, report, DJANGO, orm_finders.django(repo), true)
  local sqlalchemy = orm_finders.sqlalchemy(repo)
  judge_files(repo, report, SQLALCHEMY, sqlalchemy)
  listed_relations.check(repo, report, SQLALCHEMY, sqlalchemy)
  response_relations.check(repo, report, sqlalchemy)
end

return M
