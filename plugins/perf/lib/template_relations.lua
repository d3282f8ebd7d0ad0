-- Relations that a template reads row by row: a view hands it the rows of a query, and a loop of the template reads what the query does not
-- bring along. Templates of Django and of Jinja, under Flask and FastAPI.

local called = require("called")
local literal_entries = require("literal_entries")
local orm_finders = require("orm_finders")
local per_item = require("per_item")
local relation_fix = require("relation_fix")
local set = require("words").set

local M = {}

local DJANGO = { "django.shortcuts.render", "django.template.loader.render_to_string", "django.template.response.TemplateResponse" }
local FLASK = { "flask.render_template" }
local STARLETTE = { "fastapi.templating.Jinja2Templates.TemplateResponse", "starlette.templating.Jinja2Templates.TemplateResponse" }
-- What a template calls on a relation to many that a prefetch answers.
local PREFETCHED = set("all", "count", "exists")

-- The file of a template by its name: the only one that ends so.
local function template_of(name, repo)
  local found = nil
  for _, path in repo:paths(`\{templates/{name},**/templates/{name}\}`) do
    if found then
      return nil
    end
    found = path
  end
  return found and repo:open(found)
end

-- Calls `see(text, line, loops)` for each tag of a template with the loops that it stands in, outermost first: {target, over, line}.
local function each_tag(file, see)
  local loops, line, from = {}, 1, 1
  local text = file.text
  while true do
    local first, last, tag = text:find("{[{%%]%-?(.-)%-?[}%%]}", from)
    if not first then
      return
    end
    for _ in text:sub(from, first - 1):gmatch("\n") do
      line += 1
    end
    local target, over = tag:match("^%s*for%s+([%w_]+)%s+in%s+(.-)%s*$")
    if tag:match("^%s*for%s") then
      see(over or tag, line, loops)
      table.insert(loops, { target = target, over = over and over:match("^[%w_%.]+"), line = line })
    elseif tag:match("^%s*endfor") then
      table.remove(loops)
    else
      see(tag, line, loops)
    end
    for _ in text:sub(first, last):gmatch("\n") do
      line += 1
    end
    from = last + 1
  end
end

-- What the loops over `name` read of the relations: {{name, relation, line}}.
local function reads_of(file, name, model, rows)
  local all, seen, head = {}, {}, nil
  each_tag(file, function(tag, line, loops)
    for _, loop in loops do
      -- Of a page the rows are its items.
      if loop.over ~= name and loop.over ~= name .. ".items" or not loop.target then
        continue
      end
      head = head or loop.line
      for variable, attribute, rest in tag:gmatch("%f[%w_%.]([%w_]+)%.([%w_]+)([%w_%.]*)") do
        local relation = variable == loop.target and model.relations[attribute]
        local called_name = rest:match("^%.([%w_]+)")
        if not relation or seen[attribute] then
          continue
        end
        local is_eager = rows.eager[attribute] or rows.all_eager and relation.kind == "one" and not relation.is_reverse
        local is_read = relation.kind == "one" and not is_eager or relation.kind == "many" and called_name ~= nil and not (is_eager and PREFETCHED[called_name])
        if rows.fixed and (rows.fixed[attribute] or rows.fixed[attribute .. "_id"]) then
          is_read = false
        end
        if is_read then
          seen[attribute] = true
          table.insert(all, { name = attribute, relation = relation, line = line })
        end
      end
    end
  end)
  return all, head
end

local function judge(call, template, key, value, find, report, repo)
  local rows = find.rows(value)
  local model = rows and not rows.is_guess and not rows.is_async and find.model(rows.base)
  if not model or model.is_eager then
    return
  end
  local reads, head = reads_of(template, key, model, rows)
  if #reads == 0 then
    return
  end
  local names, related = {}, { { at = template:line_span(head), message = "the loop of the template" } }
  local plain = {}
  for _, one in reads do
    table.insert(names, `\`{one.name}\``)
    table.insert(related, { at = template:line_span(one.line), message = `reads \`{one.name}\`` })
    table.insert(plain, { name = one.name, relation = one.relation, at = call })
  end
  report({
    at = value,
    message = `{table.concat(names, ", ")} of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own when {template.path} shows the list`,
    confidence = called.confidence(call, "medium", repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", "), template = template.path },
    fix = rows.is_django and relation_fix.of(value, plain, rows) or nil,
  })
end

local function check_calls(repo, report, patterns, find, values_of)
  for _, call in repo:calls(patterns) do
    if call.file.class ~= "source" or not per_item.counts(call) then
      continue
    end
    local name, values = values_of(call)
    local template = type(name) == "string" and #values > 0 and not name:find("[{}%[%]*?]") and template_of(name, repo)
    for _, entry in template and values or {} do
      judge(call, template, entry.key, entry.value, find, report, repo)
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
    return literal(call:arg(at) or (call:arg("template_name"))), context and literal_entries.of(context) or {}
  end)
  check_calls(repo, report, FLASK, orm_finders.sqlalchemy(repo), function(call)
    local values = {}
    for _, argument in call:children("arg") do
      if argument.kind == "kw-arg" and argument.text ~= "" then
        table.insert(values, { key = argument.text, value = argument:child("value") })
      end
    end
    return literal(call:arg(1)), values
  end)
  check_calls(repo, report, STARLETTE, orm_finders.sqlalchemy(repo), function(call)
    -- The request stands first in newer versions.
    local first = call:arg("name") or call:arg(1)
    local at = first and literal(first) == nil and 2 or 1
    local context = call:arg("context") or call:arg(at + 1)
    return literal(call:arg("name") or call:arg(at)), context and literal_entries.of(context) or {}
  end)
end

return M
