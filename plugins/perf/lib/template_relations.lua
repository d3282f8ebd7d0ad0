-- Relations that a template reads row by row: a view hands it the rows of a query, and a loop of the template reads what the query does not
-- bring along. Templates of Django and of Jinja, under Flask and FastAPI.

local called = require("called")
local django_rows = require("django_rows")
local few_rows = require("few_rows")
local literal_entries = require("literal_entries")
local orm_finders = require("orm_finders")
local per_item = require("per_item")
local relation_fix = require("relation_fix")
local row_sources = require("row_sources")
local routed_actions = require("routed_actions")
local sqlalchemy_shown = require("sqlalchemy_shown")
local template_contexts = require("template_contexts")
local template_reads = require("template_reads")
local template_renderers = require("template_renderers")
local template_tags = require("template_tags")

local M = {}

local DJANGO = { "django.shortcuts.render", "django.template.loader.render_to_string", "django.template.response.TemplateResponse" }
local STARLETTE = { "fastapi.templating.Jinja2Templates.TemplateResponse", "starlette.templating.Jinja2Templates.TemplateResponse" }

-- Names of relations as they are read: `customer.address`.
local function named(reads)
  local all = {}
  for _, one in reads do
    table.insert(all, `\`{one.path:gsub("__", ".")}\``)
  end
  return table.concat(all, ", ")
end

-- Judges one list that a template shows: `shown` is {at (the query), rows, model, template, names (values by which the template knows them), is_one}.
local function judge(shown, find, report, repo)
  local rows, model, template = shown.rows, shown.model, shown.template
  local reads, head = template_reads.of(template, shown.names, rows, find, repo)
  if #reads == 0 or not per_item.counts(shown.at) then
    return false
  end
  local related = head and { { at = head, message = "the loop of the template" } } or {}
  local plain, names, is_anew = {}, {}, false
  for _, one in reads do
    if #related < 12 then
      table.insert(related, { at = one.at, message = `reads \`{one.name:gsub("__", ".")}\`` })
    end
    table.insert(names, one.path)
    is_anew = is_anew or one.is_anew
    table.insert(plain, { name = one.name, path = one.path, relation = one.relation, at = shown.at:statement(), is_counted = one.is_counted })
  end
  local of = shown.is_one and `the rows of this {model.name}` or `each {model.name}`
  report({
    at = shown.at,
    message = `{named(reads)} of {of} {#reads > 1 and "are" or "is"} loaded by a query of {#reads > 1 and "their" or "its"} own when {template.path} shows {shown.is_one and "them" or "the list"}`,
    confidence = called.confidence(shown.at, few_rows.named(model.name) and not shown.is_one and "low" or "medium", repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", "), template = template.path },
    fix = rows.is_django and not shown.is_one and not is_anew and relation_fix.of(shown.at, plain, rows) or nil,
  })
  return true
end

-- Whether a slice of the rows says that there are few: `[:3]`.
local function is_few(query)
  local index = query.kind == "index" and query:child("index")
  local upper = index and index.kind == "slice" and index.source:match("^%s*:%s*(%d+)$") or nil
  return upper ~= nil and (tonumber(upper) or 9) <= 5
end

-- Where the query of a name is made that a function gives to its template; the name itself where that is not told.
local function asked_at(value)
  local given = value.kind == "name" and row_sources.assigned(value) or {}
  return #given == 1 and given[1].file.path == value.file.path and given[1] or value
end

-- Judges rows that stand at `at`, by whatever names the template knows them.
local function judge_rows(at, rows, keys, template, is_one, find, report, repo)
  local model = rows and not rows.is_guess and not rows.is_async and not rows.is_open and not rows.is_handed and find.model(rows.base)
  if model and not model.is_eager and (is_one or not (rows.is_django and django_rows.is_one(rows, model))) then
    local names = {}
    for _, key in keys do
      names[key] = template_reads.bind(is_one and "row" or "rows", model, rows)
    end
    return judge({ at = rows.way or at, rows = rows, model = model, template = template, names = names, is_one = is_one }, find, report, repo)
  end
  return false
end

-- The rows that a list built row by row turns over, and what each of its elements holds by name; nil where that is not known.
local function read_elements(value, find)
  local built = template_contexts.elements(value)
  local main, values = nil, {}
  for name, expression in built and built.fields or {} do
    local one = expression.kind == "name" and find.instance(expression)
    local held = one and one.rows and one.rows.root and one.rows.root.holder
    -- `latest = order.lines.latest()` has the order that it was found by.
    local row = held and held.rows and held or one
    if row and row.rows and row.rows.base and not row.rows.is_new and (not main or main.rows == row.rows) then
      main = row
      local item = template_reads.bind("row", row.model, row.rows, true)
      values[name] = row == one and item or template_reads.bind("row", one.model, one.rows, true, item)
    end
  end
  return main, values, built and built.element
end

-- The query that the loop around an element turns over, where it is made.
local function query_around(element)
  local loop = element:enclosing({ "for", "comprehension", "function" })
  local clause = loop and loop.kind == "comprehension" and loop:descendants("clause")[1] or loop
  local iter = clause and clause.kind ~= "function" and clause:child("iter")
  local given = iter and iter.kind == "name" and row_sources.assigned(iter) or {}
  return #given == 1 and given[1] or iter or nil
end

local function judge_elements(value, template, key, find, report, repo)
  local main, values, element = read_elements(value, find)
  local at = main and query_around(element)
  local rows = main and main.rows
  if not at or rows.is_guess or rows.is_async or rows.is_open or rows.is_handed or main.model.is_eager then
    return false
  end
  return judge({ at = at, rows = rows, model = main.model, template = template, names = { [key] = template_reads.records(values) } }, find, report, repo)
end

local function judge_value(value, template, key, find, report, repo)
  local rows = find.rows(value)
  if rows and is_few(value) then
    return false
  elseif rows then
    return judge_rows(rows.is_django and value or asked_at(value), rows, { key }, template, false, find, report, repo)
  end
  local tuples = find.tuples and find.tuples(value)
  local first = tuples and find.model(tuples.base)
  if first then
    local names = { [key] = template_reads.tuples(tuples, find) }
    return judge({ at = asked_at(value), rows = tuples, model = first, template = template, names = names }, find, report, repo)
  end
  if find.instance and judge_elements(value, template, key, find, report, repo) then
    return true
  end
  local one = find.instance and (value.kind == "name" or value.kind == "call") and find.instance(value)
  if one and one.rows and one.rows.base and not one.rows.is_new then
    return judge_rows(value, one.rows, { key }, template, true, find, report, repo)
  end
  return false
end

-- Looks at what class-based views hand to their templates.
local function check_views(repo, report, find)
  for _, path in repo:imports({ "django.views.**", "django_filters.views.**" }) and repo:holding("**/*.py", { "View)", "View," }) or {} do
    local file = repo:open(path)
    for _, class in file and file.class == "source" and file.root and file.root:descendants("class") or {} do
      local shown = #class:children("base") > 0 and routed_actions.may_list(class, repo) and template_contexts.of_view(class, repo, find)
      local template = shown and shown.template and template_tags.file(shown.template, repo)
      if not template then
        continue
      end
      for _, list in shown.lists do
        local ways = list.query and find.ways(list.query) or list.base and { find.all_of(list.base) } or {}
        for _, rows in ways do
          if judge_rows(list.query or list.base, rows, list.keys, template, list.is_one, find, report, repo) then
            break
          end
        end
      end
      local told = {}
      for _, entry in shown.entries do
        if not told[entry.key] then
          told[entry.key] = judge_value(entry.value, template, entry.key, find, report, repo)
        end
      end
    end
  end
end

-- Judges what a call hands to a template of that name.
local function judge_call(call, name, values, find, report, repo)
  local template = type(name) == "string" and #values > 0 and template_tags.file(name, repo)
  for _, entry in template and values or {} do
    judge_value(entry.value, template, entry.key, find, report, repo)
  end
end

local function counts(call)
  return call.file.class == "source" and per_item.counts(call)
end

local function check_calls(repo, report, patterns, find, values_of)
  for _, call in repo:calls(patterns) do
    if counts(call) then
      local name, values = values_of(call)
      judge_call(call, name, values, find, report, repo)
    end
  end
end

local function literal(node)
  return node and (node:literal())
end

-- Reports the lists of a repository that templates show so.
function M.check(repo, report)
  check_calls(repo, report, DJANGO, orm_finders.django(repo), function(call)
    local at = call.name == "render_to_string" and 1 or 2
    local context = call:arg(at + 1) or (call:arg("context"))
    return literal(call:arg(at) or (call:arg("template_name"))), context and template_contexts.of(context) or {}
  end)
  check_views(repo, report, orm_finders.django(repo))
  local sqlalchemy = sqlalchemy_shown.finder(repo)
  template_renderers.each(repo, function(call, at)
    local values = {}
    for _, argument in counts(call) and call:children("arg") or {} do
      if argument.kind == "kw-arg" and argument.text ~= "" then
        table.insert(values, { key = argument.text, value = argument:child("value") })
      end
    end
    judge_call(call, literal(call:arg(at)), values, sqlalchemy, report, repo)
  end)
  check_calls(repo, report, STARLETTE, sqlalchemy, function(call)
    -- The request stands first in newer versions.
    local first = call:arg("name") or call:arg(1)
    local at = first and literal(first) == nil and 2 or 1
    local context = call:arg("context") or call:arg(at + 1)
    return literal(call:arg("name") or call:arg(at)), context and literal_entries.of(context) or {}
  end)
end

return M
