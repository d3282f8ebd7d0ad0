-- Which model's rows a queryset of Django gives, as far as it can be seen whole, which relations it brings along, and which columns it
-- leaves out.

local class_members = require("class_members")
local declared = require("declared")
local django_chain = require("django_chain")
local django_links = require("django_links")
local django_methods = require("django_methods")
local django_self_queries = require("django_self_queries")
local exclusion = require("exclusion")
local parameter = require("parameter")
local query_chain = require("query_chain")
local row_sources = require("row_sources")
local said_action = require("said_action")
local set = require("words").set
local super_calls = require("super_calls")

local M = {}

local WRAPS = table.freeze({ "builtins.list", "builtins.sorted", "builtins.tuple", "builtins.enumerate", "builtins.reversed", "builtins.set", "builtins.iter", "django.core.paginator.Paginator" })
-- What views of REST framework hand a query through; it comes out with the same relations.
local PASSES = set("filter_queryset", "paginate_queryset")
-- Names, calls and functions on the way to where rows are asked for.
local DEEPEST = 8
local MOST_CALLERS = 3

local read_django

-- What a method gives in the one place where it gives rows; nil where there are several.
local function given_by(method)
  local found = nil
  for _, statement in method:descendants({ "return" }) do
    local inner, value = statement:enclosing({ "function" }), statement:child("value")
    if inner and inner:same(method) and value and not value.source:find("%.none%(%)%s*$") then
      if found then
        return nil
      end
      found = value
    end
  end
  return found
end

-- The query that stands behind `super().get_queryset()` in a view: what the next class with such a method gives, else what the view declares; second, whether it
-- is a model, all of whose rows are meant.
function M.declared(call, context)
  local class, scope = context and call:enclosing({ "class" }), call:enclosing({ "function" })
  local model, query = nil, nil
  for at, one in class and declared.lineage(class, context.repo) or {} do
    local method = at > 1 and scope and class_members.named(one, scope.name)
    if method and method.kind == "function" then
      return given_by(method), false
    end
    query = query or class_members.named(one, "queryset")
    model = model or class_members.named(one, "model")
  end
  query = query and query.kind ~= "function" and query or nil
  model = not query and model and model.kind ~= "function" and model or nil
  return query or model, model ~= nil
end

-- The query that a view declares, where a method of it reads `self.queryset`.
function M.kept_by_view(attr, context)
  local on = attr.text == "queryset" and attr:child("value")
  local class = on and on.kind == "name" and on.text == "self" and context and attr:enclosing({ "class" })
  for _, one in class and declared.lineage(class, context.repo) or {} do
    local query = class_members.named(one, "queryset")
    if query then
      return query.kind ~= "function" and query or nil
    end
  end
  return nil
end

local function add_link(link, out, context, depth)
  if django_links.is_known(link.name) then
    return django_links.add(link, out, context, depth, M.of)
  end
  -- A method of a manager of the repository: which one is known with the model only.
  local callee = link:child("callee")
  if not callee or callee.kind ~= "attr" then
    return false
  end
  table.insert(out.asked, link)
  return true
end

-- Notes what the methods of managers do to the rows, now that their model is known.
local function add_asked(out, context)
  local model = #out.asked > 0 and context and context.model(out.base)
  for _, link in out.asked do
    if not model or not django_methods.add(link, model, out, context, M.of) then
      return false
    end
  end
  return true
end

-- What is brought along by each of several ways to the rows is certain.
local function merge(out, other)
  if not out.base then
    for key, value in other do
      out[key] = value
    end
    return true
  end
  if out.base.name ~= other.base.name then
    return false
  end
  for path in out.paths do
    if not other.paths[path] then
      out.paths[path], out.eager[path] = nil, nil
    end
  end
  out.all_eager = out.all_eager and other.all_eager
  out.equal = {}
  out.only = out.only and other.only and out.only or nil
  return true
end

-- Adds what is known of some rows to what the links behind them say.
local function take(rows, out)
  for key, value in rows do
    -- What the links bring along is there as well.
    if key == "eager" or key == "paths" or key == "added" then
      for name, what in value do
        out[key][name] = what
      end
    elseif out[key] == nil or out[key] == false then
      out[key] = value
    end
  end
end

-- The rows that the callers of a function hand it.
local function read_given(name, out, context, depth)
  local at = name:param_position()
  local func = at and name:func()
  local param = func and func.params[at]
  local callers = param and func:callers() or {}
  if #callers == 0 or #callers > MOST_CALLERS then
    return false
  end
  local all = nil
  for _, call in callers do
    local argument = call:arg(param.text)
    argument = argument or call:args()[at - parameter.leading(func)]
    if argument and argument.kind == "kw-arg" then
      argument = nil
    end
    local rows = argument and M.of(argument, context, depth + 1)
    if not rows then
      return false
    end
    all = all or { eager = {}, paths = {}, added = {}, equal = {} }
    if not merge(all, rows) then
      return false
    end
  end
  take(all or {}, out)
  out.is_given, out.is_handed = true, true
  return out.base ~= nil
end

-- The rows of one query or of another: `Order.open.all() if is_open else Order.objects.all()`.
local function read_either(node, out, context, depth)
  local all = { eager = {}, paths = {}, added = {}, equal = {} }
  for _, way in { node:child("body"), node:child("else") } do
    local rows = M.of(way, context, depth + 1)
    if not rows or not merge(all, rows) then
      return false
    end
  end
  take(all, out)
  return out.base ~= nil
end

-- Rows of a relation: `order.lines.all()`.
local function begin_related(source, out)
  out.base, out.back = source.class, source.back
  out.root = source
  return true
end

-- Whether a function has relations brought along for rows that it holds already: `prefetch_related_objects(orders, "lines")`.
local function is_filled_later(name)
  local scope = name:enclosing({ "function" })
  for _, call in scope and scope:descendants("call", { "prefetch_related_objects", "aprefetch_related_objects" }) or {} do
    local first = call:arg(1)
    if first and first.text == name.text then
      return true
    end
  end
  return false
end

-- The values of a name that begin a query of their own.
local function begins_of(rest, values)
  local all = {}
  for _, value in values do
    local root = query_chain.root_of(value)
    if not (root and root.text == rest.text) and not value.source:find("%.none%(%)%s*$") then
      table.insert(all, value)
    end
  end
  return all
end

-- The last value that a name is given anew on the way to where it stands, in no branch: what it was given before is gone by then.
local function begun_last(name, values)
  local last = nil
  for _, value in values do
    local statement = value.id < name.id and (not last or value.id > last.id) and value:statement()
    local block, root = statement and statement:parent(), statement and query_chain.root_of(value)
    if block and name:is_within(block) and not (root and root.text == name.text) then
      last = value
    end
  end
  return last
end

-- What a name may have been given where it stands: not what another branch gives it.
local function given_to(name)
  local values = row_sources.assigned(name)
  if not values or #values == 1 then
    return values
  end
  local last = begun_last(name, values)
  for at = #values, 1, -1 do
    if last and values[at].id < last.id then
      values = table.clone(values)
      table.remove(values, at)
    end
  end
  local all = {}
  for _, value in values do
    if not exclusion.excludes(value, name) then
      table.insert(all, value)
    end
  end
  return #all > 0 and all or values
end

local function read_name(rest, out, context, depth)
  if is_filled_later(rest) then
    return false
  end
  local values = given_to(rest)
  if not values then
    return rest:param_position() ~= nil and context ~= nil and read_given(rest, out, context, depth)
  end
  local begins = begins_of(rest, values)
  if #begins > 1 and not out.begins then
    out.begins = begins
  end
  -- One way to the rows is asked for alone: what the others bring along is not there, nor what was brought along before it begins.
  local way = nil
  for _, value in out.way and begins or {} do
    way = value:same(out.way) and value or way
  end
  for _, value in values do
    -- Of several ways to the rows none is certain to be taken.
    out.equal = #values == 1 and out.equal or {}
    -- `rows = rows.filter(...)` hangs on what it refines.
    local root = query_chain.root_of(value)
    local is_own = root and root.text == rest.text
    local is_elsewhere = way and not value:same(way) and (not is_own or value.id < way.id or exclusion.excludes(value, way))
    if is_elsewhere then
      continue
    elseif is_own and said_action.is_of_other(value) then
      -- What is brought along for one row only: the same view asks no query per row of anything else.
      continue
    elseif is_own then
      local _, own = django_chain.of(value, context)
      for _, link in own or {} do
        if not PASSES[link.name] and not add_link(link, out, context, depth) then
          return false
        end
      end
    elseif value.source:find("%.none%(%)%s*$") then
      continue
    elseif not read_django(value, out, context, depth + 1) then
      return false
    end
  end
  out.equal = #values == 1 and out.equal or {}
  return out.base ~= nil
end

-- Whether a query hangs on the manager that a method is asked of: what that manager gives says the chain before the method.
local function is_asked_of_self(query, context)
  local base, _, rest, source = django_chain.of(query, context)
  local scope = not base and not source and rest and rest.kind == "name" and rest:func()
  local first = scope and scope.params[1]
  return first ~= nil and first ~= false and parameter.is_self(first) and first.text == rest.text
end

-- Reads a queryset into `out`; false where it is not seen whole.
read_django = function(node, out, context, depth)
  if depth > DEEPEST then
    return false
  end
  local given = row_sources.returned(node) or context and super_calls.given(node, context.repo)
  if given and not is_asked_of_self(given, context) then
    out.is_given = true
    return read_django(given, out, context, depth + 1)
  end
  if node.kind == "call" and (PASSES[node.name] or node:is(WRAPS)) then
    local first = node:arg(1)
    return first ~= nil and read_django(first, out, context, depth + 1)
  elseif node.kind == "conditional" then
    return read_either(node, out, context, depth)
  elseif node.kind == "index" and node:child("index") and node:child("index").kind == "slice" and node:child("value"):is(WRAPS) then
    -- `list(orders)[:10]`
    return read_django(node:child("value"), out, context, depth + 1)
  elseif node.kind == "attr" and node.text == "object_list" then
    -- `paginator.page(number).object_list`
    local page = node:child("value")
    local on = page and page.kind == "call" and (page.name == "page" or page.name == "get_page") and page:receiver()
    return on ~= nil and on ~= false and read_django(on, out, context, depth + 1)
  elseif node.kind == "call" and (node.name == "page" or node.name == "get_page") and node:receiver() then
    -- `Paginator(orders, 20).get_page(number)`
    return read_django(node:receiver(), out, context, depth + 1)
  elseif node.kind == "attr" and node.text == "qs" then
    -- What a filter of django-filter leaves of the query that it is given: `OrderFilter(params, queryset=orders).qs`.
    local filter = node:child("value")
    filter = filter and (filter.kind == "call" and filter or filter.kind == "attr" and filter:definition() or filter.kind == "name" and (row_sources.assigned(filter) or {})[1])
    local query = filter and filter.kind == "call" and (filter:arg("queryset") or filter:arg(2))
    return query ~= nil and query ~= false and read_django(query, out, context, depth + 1)
  elseif node.kind == "call" and (node.name == "values" or node.name == "items") and #node:args() == 0 and node:receiver() then
    -- `Book.objects.in_bulk(keys).values()`
    local held = node:receiver()
    held = held.kind == "name" and held:value() or held
    local query = held.kind == "call" and held.name == "in_bulk" and held:receiver()
    return query ~= nil and query ~= false and read_django(query, out, context, depth + 1)
  end
  local base, links, rest, source = django_chain.of(node, context)
  local begun = not base and not source and django_self_queries.begun(links, rest, context)
  if begun and is_asked_of_self(begun, context) then
    -- A method of a manager, whose rows are known by what it was asked on.
    begun = nil
  elseif begun then
    table.remove(links)
  end
  for _, link in links or {} do
    if not add_link(link, out, context, depth) then
      return false
    end
  end
  if begun then
    return read_django(begun, out, context, depth + 1)
  elseif base then
    out.base = out.base or base
    return true
  elseif source then
    return begin_related(source, out)
  elseif rest and rest.kind == "call" then
    local query, is_model = M.declared(rest, context)
    if is_model then
      out.base = out.base or query
      return true
    end
    return query ~= nil and read_django(query, out, context, depth + 1)
  elseif rest and rest.kind == "name" then
    return read_name(rest, out, context, depth)
  elseif rest and rest.kind == "attr" then
    local query = M.kept_by_view(rest, context)
    if query then
      return read_django(query, out, context, depth + 1)
    end
    return not rest:same(node) and read_django(rest, out, context, depth + 1)
  end
  return false
end

local function new_rows(way)
  return { eager = {}, paths = {}, added = {}, equal = {}, asked = {}, all_eager = false, way = way }
end

-- The rows of Django that an expression gives: {base (the model's name), eager and paths (relations by the way to them, `lines__product`), all_eager,
-- only and deferred (columns), added (names that annotations give), equal (what every row is asked to hold, by the name of the column), is_given (by a function), is_handed (by its callers), root and back (of a relation),
-- begins (the values that begin them, where there are several)}, or nil. `context` has the models of the repository and knows relations; of several ways to the rows `way` asks for the one that begins there.
function M.of(node, context, depth, way)
  local out = new_rows(way)
  if not node or not read_django(node, out, context, depth or 0) or not out.base or not add_asked(out, context) then
    return nil
  end
  return out
end

-- Whether rows are asked for by a column that no two share: `Profile.objects.filter(user=request.user)` over a one-to-one relation gives one row or none.
function M.is_one(rows, model)
  for name in rows.equal do
    local column = model.columns[name] or model.columns[name:match("^(.+)_id$") or ""] or model.columns[name:match("^(.+)__[ip][dk]$") or ""]
    if name == "pk" or name == "id" or column and column.is_unique then
      return true
    end
  end
  return false
end

return M
