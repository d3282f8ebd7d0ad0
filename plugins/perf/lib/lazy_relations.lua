-- Relations that a loop over rows reads without the query having brought them along: each row then asks the database again, with no
-- call to be seen. Also through a function or method of the repository that is handed the row.

local called = require("called")
local declared = require("declared")
local django_models = require("django_models")
local few_items = require("few_items")
local layout = require("layout")
local one_item = require("one_item")
local orm_rows = require("orm_rows")
local parameter = require("parameter")
local per_item = require("per_item")
local query_chain = require("query_chain")
local set = require("words").set
local sqlalchemy_models = require("sqlalchemy_models")

local M = {}

-- Methods of a relation to many that read, and those that a prefetched relation answers without a query.
local READS = set("all", "filter", "exclude", "order_by", "first", "last", "count", "exists", "values", "values_list", "get", "aggregate", "latest", "earliest", "distinct", "annotate", "only")
local PREFETCHED = set("all", "count", "exists")

-- How a relation is read where an attribute stands: the place, or nil where it is only written, or asked for something without a query.
local function reading(attr, relation, eager)
  local parent = attr:parent()
  if attr:role() == "target" or not parent or parent.kind == "delete" then
    return nil
  end
  if relation.kind == "many" or relation.loading == "query" then
    local call = parent.kind == "attr" and parent:parent()
    if not call or call.kind ~= "call" or not READS[parent.text] or call:child("callee") == nil or not call:child("callee"):same(parent) then
      return nil
    end
    if eager and PREFETCHED[parent.text] then
      return nil
    end
    return call
  end
  return not eager and attr or nil
end

-- What of the relations of a model is read from the name `text` below `node`: {{name, at, relation}}.
local function reads_of(node, text, relations, rows, skip)
  local all, seen = {}, {}
  for _, attr in node:descendants({ "attr" }) do
    local base = attr:child("value")
    local relation = base and base.kind == "name" and base.text == text and relations[attr.text]
    local is_shared = rows.fixed and relation and (rows.fixed[attr.text] or rows.fixed[attr.text .. "_id"])
    if relation and not is_shared and attr.text ~= skip and not seen[attr.text] then
      local is_eager = rows.eager[attr.text] or rows.all_eager and relation.kind == "one" and not relation.is_reverse
      local at = reading(attr, relation, is_eager)
      if at then
        seen[attr.text] = true
        table.insert(all, { name = attr.text, at = at, relation = relation })
      end
    end
  end
  return all
end

M.reads = reads_of

-- The same in the functions of the repository that are handed the row, and in methods and properties of its class.
local function reads_beyond(node, text, model, rows, skip)
  for _, call in node:descendants({ "call" }) do
    local position = nil
    for at, argument in call:args() do
      if argument.kind == "name" and argument.text == text then
        position = at
      end
    end
    local receiver = call:receiver()
    local is_method = receiver ~= nil and receiver.kind == "name" and receiver.text == text
    if not position and not is_method then
      continue
    end
    for _, func in is_method and {} or call:callees() do
      local param = func.params[position + parameter.leading(func)]
      local reads = param and reads_of(func.node, param.text, model.relations, rows, skip) or {}
      if #reads > 0 and #call:callees() == 1 then
        return reads, call
      end
    end
  end
  local own = {}
  for _, class in declared.lineage(model.class, model.repo) do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and not own[statement.name] then
        own[statement.name] = statement
      end
    end
  end
  for _, attr in node:descendants({ "attr" }) do
    local base = attr:child("value")
    local method = base and base.kind == "name" and base.text == text and own[attr.text]
    local parent = attr:parent()
    local is_called = parent ~= nil and parent.kind == "call" and attr:role() == "callee"
    local is_property = method and #method:children("decorator") > 0 and method:children("decorator")[1].source:find("property", 1, true) ~= nil
    local is_cached = method and #method:children("decorator") > 0 and method:children("decorator")[1].source:find("cache", 1, true) ~= nil
    if method and (is_called or is_property) and not is_cached then
      local self = method:children("param")[1]
      local reads = self and reads_of(method, self.text, model.relations, rows, skip) or {}
      if #reads > 0 then
        return reads, is_called and parent or attr
      end
    end
  end
  return {}
end

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
local function model_of(loop, find, repo)
  local iter = loop:child("iter")
  if iter.kind == "call" and iter:is("builtins.enumerate") then
    iter = iter:arg(1) or iter
  end
  local rows = find.rows(iter)
  local model = rows and find.model(rows.base)
  if not model or model.is_eager then
    return nil
  end
  model.repo = repo
  return model, rows
end

-- The row's name: the target, or the second of what `enumerate` gives.
local function row_name(loop)
  local target, iter = loop:child("target"), loop:child("iter")
  if target and target.kind == "list" and iter and iter.kind == "call" and iter:is("builtins.enumerate") then
    local second = target:children("item")[2] or target:children()[2]
    target = second
  end
  return target and target.kind == "name" and target.text or nil
end

-- Links behind which a queryset takes `select_related` as any other; a row that is cut down by `only` may not.
local LINKS = set("all", "filter", "exclude", "order_by", "distinct", "annotate", "reverse", "alias", "select_related", "prefetch_related")

-- Django: the links that bring relations along, behind a query that is written out where it is used; `reads` are {name, relation}.
function M.django_fix(query, reads, rows)
  if rows.is_guess or rows.is_given or query.kind ~= "call" then
    return nil
  end
  local _, before = query:chained()
  for _, link in { query, unpack(before) } do
    if not LINKS[link.name] then
      return nil
    end
  end
  local quote, joined, fetched = layout.quote(query.file), {}, {}
  for _, one in reads do
    if one.relation.kind == "one" then
      table.insert(joined, quote .. one.name .. quote)
    elseif rows.eager[one.name] or one.at.kind == "call" and one.at:child("callee").kind == "attr" and READS[one.at.name] and not PREFETCHED[one.at.name] then
      return nil
    else
      table.insert(fetched, quote .. one.name .. quote)
    end
  end
  local text = (#joined > 0 and `.select_related({table.concat(joined, ", ")})` or "") .. (#fetched > 0 and `.prefetch_related({table.concat(fetched, ", ")})` or "")
  return { title = "bring the relations along with the rows", safety = "unsafe", edits = { { after = query, text = text } } }
end

local function words_for(rows)
  return rows.is_django and "select_related or prefetch_related" or "joinedload or selectinload"
end

-- Whether somebody runs the file once, by what its path says.
local function is_one_off(file)
  return file.path:lower():find("migrat", 1, true) ~= nil or file.path:find("%f[%w]seeds?%f[%W]") ~= nil
end

local function judge(loop, find, report, repo, told)
  local text = row_name(loop)
  local iter = loop:child("iter")
  if not text or not iter or is_few(iter) or leaves_at_once(loop) or is_one_off(loop.file) or not per_item.counts(loop) then
    return
  end
  local model, rows = model_of(loop, find, repo)
  local body = model and body_of(loop)
  if not body or bound_again(body, text) or rows.is_async then
    return
  end
  local reads = reads_of(body, text, model.relations, rows, rows.back)
  local through = nil
  if #reads == 0 then
    reads, through = reads_beyond(body, text, model, rows, rows.back)
  end
  local first = reads[1]
  -- Rows that are turned over once more have their relations by then.
  local around = loop:func()
  local key = first and iter.kind == "name" and `{around and around.node.id} {iter.text} {first.name}`
  if key and told[key] then
    return
  elseif key then
    told[key] = true
  end
  if not first or one_item.leaves(through or first.at, { node = loop }) then
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
    table.insert(names, `\`{one.name}\``)
  end
  local confidence = (through or rows.is_given) and "medium" or "high"
  if rows.is_guess or through and through.kind == "call" and does_more(through) then
    confidence = "low"
  end
  report({
    at = through or first.at,
    message = `{table.concat(names, ", ")} of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own{through and " in " .. through.name or ""}: the rows are read without {words_for(rows)}`,
    confidence = called.confidence(loop, confidence, repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", ") },
    fix = rows.is_django and not through and M.django_fix(iter, reads, rows) or nil,
  })
end

-- Finders of the rows of Django: of a query, and of a relation that only one model answers to (`order.lines.all()`).
local function of_django(repo)
  local models, by_model, by_name = django_models.of(repo), nil, nil
  local function reverse()
    if not by_model then
      by_model, by_name = django_models.reverse(repo)
    end
  end
  return {
    rows = function(iter)
      local rows = orm_rows.django(iter)
      if rows then
        rows.is_django = true
        return rows
      end
      local callee = iter.kind == "call" and iter.name == "all" and iter:child("callee")
      local relation = callee and callee:child("value")
      if relation and relation.kind == "attr" then
        reverse()
        local one = by_name[relation.text]
        if one then
          return { base = one.class, eager = {}, back = one.back, is_guess = true, is_django = true }
        end
      end
      return nil
    end,
    model = function(base)
      local model = models(base)
      if model and not model.is_joined then
        model.is_joined = true
        reverse()
        for _, class in { model.name } do
          for name, relation in by_model[class] or {} do
            model.relations[name] = model.relations[name] or relation
          end
        end
      end
      return model
    end,
  }
end

M.django_finder = of_django

local function of_sqlalchemy(repo)
  local models = sqlalchemy_models.of(repo)
  return {
    rows = function(iter)
      return orm_rows.sqlalchemy(iter)
    end,
    model = function(base)
      local model = models(base)
      if model and not model.is_joined then
        model.is_joined = true
        for name, relation in model.relations do
          relation.kind = relation.loading == "query" and "many" or "one"
          if relation.loading == "loaded" or not relation.loading then
            model.relations[name] = nil
          end
        end
      end
      return model
    end,
  }
end

local DJANGO = { "django.db.models.Manager.*", "django.db.models.QuerySet.*" }
local SQLALCHEMY = { "sqlalchemy.orm.Session.query", "sqlalchemy.orm.scoped_session.query", "sqlalchemy.orm.Query.*", "sqlalchemy.select", "sqlmodel.select", "sqlalchemy.future.select", "flask_sqlalchemy.query.Query.*" }

local function judge_files(repo, report, patterns, find)
  local seen = {}
  for _, call in repo:calls(patterns) do
    local file = call.file
    if seen[file.path] then
      continue
    end
    seen[file.path] = true
    if file.class == "source" and file.root then
      query_chain.forget()
      local told = {}
      for _, loop in file.root:descendants({ "for", "clause" }) do
        if loop:child("iter") and not few_items.is_written_out({ node = loop, iter = loop:child("iter"), kind = "per-item" }) then
          judge(loop, find, report, repo, told)
        end
      end
    end
  end
end

-- Calls by which one document loads what it refers to: `await order.populate("lines")`.
local LOADING = { "mongoose.Model.populate", "mongoose.Document.populate" }

local function judge_loading(call, report, repo)
  local receiver, row = call:receiver(), per_item.item_loop(call)
  if not receiver or receiver.kind ~= "name" or not row or not row.loop:carries(receiver) or not call:is_awaited() or not per_item.counts(call) then
    return
  end
  report({
    at = call,
    message = `{receiver.text}.{call.name} asks the database once per item, where the query before the loop could bring the relation along`,
    confidence = called.confidence(call, "high", repo),
    related = { { at = row.loop.node, message = "the loop" } },
  })
end

-- Reports the loops of a repository that read relations row by row.
function M.check(repo, report)
  for _, call in repo:calls(LOADING) do
    judge_loading(call, report, repo)
  end
  judge_files(repo, report, DJANGO, of_django(repo))
  judge_files(repo, report, SQLALCHEMY, of_sqlalchemy(repo))
end

return M
