-- What serialisers of Django REST framework ask row by row: a list of rows is serialised, the serialiser reads a relation, a column or asks a query of its
-- own, and the query of the list brings none of that along.

local called = require("called")
local class_members = require("class_members")
local declared = require("declared")
local django_chain = require("django_chain")
local django_prefetches = require("django_prefetches")
local django_rows = require("django_rows")
local drf_serializers = require("drf_serializers")
local drf_views = require("drf_views")
local exclusion = require("exclusion")
local naming = require("naming")
local orm_finders = require("orm_finders")
local parameter = require("parameter")
local per_item = require("per_item")
local query_chain = require("query_chain")
local relation_fix = require("relation_fix")
local relation_links = require("relation_links")
local row_sources = require("row_sources")
local said_action = require("said_action")
local super_calls = require("super_calls")

local M = {}

local function listed(names)
  local all = {}
  for _, name in names do
    table.insert(all, `\`{name:gsub("__", ".")}\``)
  end
  return table.concat(all, ", ")
end

-- What is read though the query left it out: {names, at}.
local function left_out(answer, rows, model)
  local all = {}
  local function look(path, only, deferred)
    for name in answer.columns[path] or {} do
      local is_key = name == "id" or name == "pk" or path == "" and model.columns[name] and model.columns[name].is_unique and model.columns[name].at:arg("primary_key") ~= nil
      if not is_key and (only and not only[name] or deferred and deferred[name]) then
        table.insert(all, path .. name)
      end
    end
  end
  look("", rows.only, rows.deferred)
  for path, what in rows.paths do
    look(path .. "__", what.only, what.deferred)
  end
  table.sort(all)
  return all
end

-- The query of a view where it is made: the value of the name that is given back, what a method of the view gives, the one that the class declares.
local function place_of(at, find)
  for _ = 1, 4 do
    local next = at.kind == "call" and (at.name == "paginate_queryset" or at.name == "filter_queryset") and at:arg(1) or row_sources.returned(at) or super_calls.given(at, find.repo)
    local start = next and query_chain.root_of(next)
    if start and parameter.is_self(start) then
      -- What a manager is asked by is mended where it is asked.
      return at
    end
    local root = not next and (at.kind ~= "call" and at or query_chain.root_of(at))
    for _, value in root and root.kind == "name" and at:func() and row_sources.assigned(root) or {} do
      local own = query_chain.root_of(value)
      local statement = own and own.text ~= root.text and not exclusion.excludes(value, root) and value:statement()
      local block = statement and statement:parent()
      -- What is given on the way there, in no branch, stands for all that was given before.
      if statement and (not next or value.id < root.id and block and root:is_within(block)) then
        next = value
      end
    end
    if not next then
      -- `super().get_queryset().filter(...)` begins with the query that the view declares.
      local _, _, rest = django_chain.of(at, find)
      next = rest and (rest.kind == "call" and rest.name == "super" and django_rows.declared(rest, find) or rest.kind == "attr" and django_rows.kept_by_view(rest, find)) or nil
    end
    if not next then
      return at
    end
    at = next
  end
  return at
end

-- What one list asks by one relation: however many ways of its answer lead there, one query with the relation brought along mends them all.
local function key_of(show, path)
  return `{declared.key(show.at)} {path}`
end

local function tell_fields(show, answer, told, findings, find, repo)
  local at, rows, model = show.at, show.rows, show.model
  -- What one way to the rows was told for is not told again for another, nor for the other serialisers of a view.
  local reads = {}
  for _, one in answer.fields do
    if not told[key_of(show, one.path)] then
      table.insert(reads, one)
    end
  end
  local columns = {}
  for _, name in left_out(answer, rows, model) do
    local key = `{declared.key(rows.only_at or show.at)} {name}`
    if rows.way == nil or not told[key] then
      table.insert(columns, name)
    end
    told[key] = true
  end
  if #reads == 0 and #columns == 0 or not per_item.counts(at) then
    -- What another serialiser of the same rows was told for counts as told.
    return #reads < #answer.fields
  end
  local names, related = {}, {}
  for _, one in reads do
    table.insert(names, one.path)
    told[key_of(show, one.path)] = true
    if #related < 8 then
      table.insert(related, { at = one.at, message = `{one.class.name} reads \`{one.name}\`` })
    end
  end
  local says
  if #reads > 0 then
    local many = #names > 1
    says = `{listed(names)} of each {model.name} {many and "are" or "is"} loaded by a query of {many and "their" or "its"} own when {show.class.name} shows the list: the rows are read without {relation_links.missing(reads, true)}`
  else
    local shown = { unpack(columns, 1, math.min(#columns, 6)) }
    says = `{listed(shown)}{#columns > #shown and " and others" or ""} of each {model.name} {#columns > 1 and "are" or "is"} left out by the query and loaded by a query of {#columns > 1 and "their" or "its"} own when {show.class.name} shows the list`
  end
  local sliced = show.query.kind == "index" and show.query:child("value") or show.query
  table.insert(findings, {
    -- What was left out is mended where it was.
    at = #reads == 0 and rows.only_at or rows.way or place_of(sliced.kind == "name" and sliced or at, find),
    message = says,
    confidence = called.confidence(at, "medium", repo),
    related = related,
    notes = { model = model.name, relations = #names > 0 and table.concat(names, ", ") or nil, columns = #columns > 0 and table.concat(columns, ", ") or nil },
    fix = #reads > 0 and not rows.told_as and relation_fix.of(at, reads, rows) or nil,
  })
  -- What columns lack is another mend than a join.
  findings.of[key_of(show, "")] = #reads > 0 and findings[#findings] or nil
  if rows.told_as then
    told[rows.told_as] = true
  end
  return true
end

-- Notes what methods ask, by the place: each is told once, with the lists that show it.
local function note_methods(show, answer, methods)
  for _, one in answer.methods do
    local key = declared.key(one.at)
    if not methods.by_place[key] then
      methods.by_place[key] = { one = one, shows = {} }
      table.insert(methods.order, methods.by_place[key])
    end
    table.insert(methods.by_place[key].shows, show)
  end
end

-- What a method reads that nothing told before of one of the lists that show it.
local function untold(found, told)
  local all = {}
  for _, read in found.one.reads do
    local is_new = false
    for _, show in found.shows do
      local key = key_of(show, read.path)
      is_new = is_new or not told[key]
      told[key] = true
    end
    if is_new then
      table.insert(all, read)
    end
  end
  return all
end

-- Whether a way leads over relations to one row only, so that `select_related` brings along all of it.
local function is_joined_by(path, model, find)
  for name in path:gsub("__", "\n"):gmatch("[^\n]+") do
    local relation = model and model.relations[name]
    if not relation or relation.kind ~= "one" then
      return false
    end
    model = find.target(relation)
  end
  return true
end

-- The finding about the one list that shows what a method reads, where one more join of its query mends that as well; nil where there is none.
local function told_with(found, reads, findings, find)
  local show = found.shows[1]
  for _, read in reads do
    if not is_joined_by(read.path, show.model, find) then
      return nil
    end
  end
  return not found.one.access and #found.shows == 1 and findings.of[key_of(show, "")] or nil
end

local function tell_method(found, told, findings, find, repo)
  local one, show = found.one, found.shows[1]
  if not per_item.counts(show.at) then
    return
  end
  local reads = untold(found, told)
  if not one.access and #reads == 0 then
    return
  end
  local list = told_with(found, reads, findings, find)
  if list then
    if #list.related < 14 then
      table.insert(list.related, { at = one.at, message = `{one.method.name} reads \`{reads[1].name}\`` })
    end
    return
  end
  local related = {}
  for at, other in found.shows do
    if at <= 6 then
      table.insert(related, { at = other.at, message = `{other.class.name} shows these rows` })
    end
  end
  local what
  if one.access then
    what = naming.of(one.access.leaf or one.access.call, one.access.what) .. " runs"
  else
    local names = {}
    for at, read in reads do
      table.insert(names, read.path:sub(#one.subject.path + 1))
      if at > 1 and #related < 12 then
        table.insert(related, { at = read.at, message = `reads \`{read.name}\`` })
      end
    end
    what = `{listed(names)} {#names > 1 and "are" or "is"} loaded`
  end
  table.insert(findings, {
    at = one.at,
    message = `{what} for each {one.subject.model.name} that {one.class.name} shows in a list: one query per row`,
    confidence = called.confidence(show.at, "medium", repo),
    reach = "request",
    related = related,
    notes = { model = one.subject.model.name },
  })
end

-- What is asked for rows of a relation, without what some query brings along behind that relation.
local function without_brought(answer, rows, repo)
  local fields, methods = {}, {}
  for _, one in answer.fields do
    if not django_prefetches.has(repo, rows.root.name, one.path:match("^(.-)__") or one.path) then
      table.insert(fields, one)
    end
  end
  for _, one in answer.methods do
    local first = one.reads[1] and one.reads[1].path or nil
    if first and not django_prefetches.has(repo, rows.root.name, first:match("^(.-)__") or first) then
      table.insert(methods, one)
    end
  end
  return { fields = fields, methods = methods, columns = {}, seen = answer.seen }
end

-- The model that a view names for a query which its base asks for all of its kind: `self.model_class.objects.filter(...)`.
local function named_by_view(base, view, repo)
  local on = view and base.kind == "attr" and base:child("value")
  return on and parameter.is_self(on) and class_members.inherited(declared.lineage(view, repo), base.text) or nil
end

-- Looks at one list: `shown` shows the rows, which the view `view` asks for.
local function look_at_rows(at, shown, query, rows, find, methods, repo, view)
  local named = rows and named_by_view(rows.base, view, repo)
  local model = rows and not rows.is_guess and find.model(named or rows.base)
  if named and model then
    -- One query stands for the rows of several models: what one of them lacks is told once, and mended otherwise for the others.
    local key = "view " .. declared.key(at)
    if methods.told[key] then
      return
    end
    rows = table.clone(rows)
    rows.told_as = key
  end
  if not model or model.is_eager or django_rows.is_one(rows, model) then
    return
  end
  local answer = drf_serializers.asks(shown, model, rows, find)
  local show = { at = at, query = query, class = shown, rows = rows, model = model }
  if rows.is_handed then
    return
  elseif rows.is_open then
    -- Rows of a relation: what some query of the repository brings along behind it may be there.
    answer = without_brought(answer, rows, repo)
  end
  note_methods(show, answer, methods)
  return tell_fields(show, answer, methods.told, methods.findings, find, repo)
end

-- Looks at one list by each way to its rows: `shown` shows the rows of `query`, which stands at `at`.
local function look(at, shown, query, find, methods, repo, view)
  local is_told = false
  for _, rows in query and query.kind ~= "function" and said_action.of_list(find.ways(query)) or {} do
    is_told = look_at_rows(at, shown, query, rows, find, methods, repo, view) or is_told
  end
  return is_told
end

-- `OrderSerializer(Order.objects.all(), many=True)`, `self.get_serializer(rows, many=True)`
local function look_at_call(call, find, methods, repo)
  local class = drf_views.is_by_view(call) and drf_views.serializer_within(call, repo) or drf_serializers.made_by(call, repo)
  local query = call:arg(1) or (call:arg("instance"))
  if class and query then
    look(call, class, query, find, methods, repo, call:enclosing({ "class" }))
  end
end

-- `[OrderSerializer(order).data for order in orders]`: each row is shown alone, with what it asks.
local function look_at_one(call, find, report, repo)
  local row, carried = per_item.item_loop(call)
  local argument = row and carried and call:arg(1)
  local held = argument and argument.kind ~= "kw-arg" and find.instance(argument)
  local rows = held and not held.is_serialized and held.rows
  if not rows or rows.is_open or rows.is_new or rows.is_guess or held.model.is_eager or not per_item.counts(call) then
    return nil
  end
  local class = drf_views.is_by_view(call) and drf_views.serializer_within(call, repo) or drf_serializers.made_by(call, repo)
  local answer = class and drf_serializers.asks(class, held.model, rows, find)
  if not answer or #answer.fields + #answer.methods == 0 then
    return nil
  end
  local names, related, seen = {}, { { at = row.loop.node, message = "the loop" } }, {}
  local function add(path, at)
    if not seen[path] then
      seen[path] = true
      table.insert(names, path)
    end
    if #related < 12 then
      table.insert(related, { at = at, message = "asked for each" })
    end
  end
  for _, one in answer.fields do
    add(one.path, one.at)
  end
  for _, one in answer.methods do
    for _, read in one.reads do
      add(read.path, read.at)
    end
    if one.access then
      add(one.method.name, one.at)
    end
  end
  return {
    loop = row.loop.node,
    finding = {
      at = call,
      message = `{class.name} shows one {held.model.name} after the other in this loop, and loads {listed(names)} of each by queries of its own`,
      confidence = called.confidence(call, "medium", repo),
      related = related,
      notes = { model = held.model.name },
    },
  }
end

-- Reports what the lists of a repository ask row by row.
function M.check(repo, report)
  local find = orm_finders.django(repo)
  local methods = { by_place = {}, order = {}, told = {}, findings = { of = {} } }
  -- Views may be built on a base of the project and import nothing of the framework.
  for _, path in repo:imports({ "rest_framework", "rest_framework.**" }) and repo:holding("**/*.py", { "serializer_class", "Serializer(", "get_serializer(" }) or {} do
    local file = repo:open(path)
    if not file or not file.root or file.class ~= "source" then
      continue
    end
    for _, class in file.root:descendants({ "class" }) do
      for _, list in #class:children("base") > 0 and drf_views.lists_of(class, repo) or {} do
        for _, query in list.queries do
          -- Of several ways to the rows one is told.
          if look(query, list.class, query, find, methods, repo, class) then
            break
          end
        end
      end
    end
    -- A loop is told once, however many branches of it show the row.
    local loops = {}
    for _, call in file.root:descendants({ "call" }) do
      if not call.name:find("[sS]erializer") or call:func() == nil or #call:args() == 0 then
        continue
      elseif drf_serializers.is_on(call, "many") then
        look_at_call(call, find, methods, repo)
      elseif call.name:find("Serializer", 1, true) or drf_views.is_by_view(call) then
        local found = look_at_one(call, find, report, repo)
        if found and not loops[found.loop.id] then
          loops[found.loop.id] = true
          report(found.finding)
        end
      end
    end
  end
  for _, found in methods.order do
    tell_method(found, methods.told, methods.findings, find, repo)
  end
  for _, finding in ipairs(methods.findings) do
    report(finding)
  end
end

return M
