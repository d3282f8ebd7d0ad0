-- Which model's rows a queryset of Django gives, as far as it can be seen whole, which relations it brings along, and which columns it
-- leaves out.

local declared = require("declared")
local parameter = require("parameter")
local query_chain = require("query_chain")
local row_sources = require("row_sources")
local set = require("words").set

local M = {}

-- Links of Django's querysets that leave rows of the same model.
local DJANGO = set(
  "all", "filter", "exclude", "order_by", "distinct", "annotate", "alias", "using", "reverse", "select_for_update", "only", "defer", "iterator", "union", "none", "complex_filter", "extra", "aiterator", "select_related",
  "prefetch_related", "get_queryset", "objects"
)
-- Links behind which the rows of a relation are still those that were brought along with it.
local PLAIN = set("all", "get_queryset")
local MANAGERS = set("objects", "_default_manager", "_base_manager")
local WRAPS = { "builtins.list", "builtins.sorted", "builtins.tuple", "builtins.enumerate", "builtins.reversed", "builtins.set", "builtins.iter", "django.core.paginator.Paginator" }
-- What views of REST framework hand a query through; it comes out with the same relations.
local PASSES = set("filter_queryset", "paginate_queryset")
local MOST_CALLERS = 3

local read_django

local function add_path(out, path, rows)
  -- `order__customer` brings the order along as well.
  local at = ""
  for name in path:gsub("__", "\n"):gmatch("[^\n]+") do
    at = at == "" and name or `{at}__{name}`
    out.paths[at] = out.paths[at] or {}
    out.eager[at] = true
  end
  if rows then
    out.paths[path] = { only = rows.only, deferred = rows.deferred }
    for inner, what in rows.paths do
      out.paths[`{path}__{inner}`] = what
      out.eager[`{path}__{inner}`] = true
    end
  end
end

-- Notes what `Prefetch("lines", queryset=...)` brings along; false where that is not seen.
local function add_prefetch(call, out, context, depth)
  local lookup = call:arg(1) or (call:arg("lookup"))
  local text = lookup and lookup:literal()
  if type(text) ~= "string" then
    return false
  end
  local query, attribute = call:arg("queryset") or call:arg(2), call:arg("to_attr") or call:arg(3)
  local rows = query and M.of(query, context, depth + 1)
  local name = attribute and attribute:literal()
  if attribute then
    -- The rows stand under another name, those of the relation are asked for as before.
    out.added[type(name) == "string" and name or ""] = true
    local parent = text:match("^(.*)__")
    if parent then
      add_path(out, parent)
    end
    return true
  end
  add_path(out, text, rows)
  if query and not rows then
    out.paths[text].is_hidden = true
  end
  return true
end

-- Notes the relations that a link brings along; false where one of them is not written.
local function add_relations(link, out, context, depth)
  local arguments = link:args()
  out.all_eager = out.all_eager or link.name == "select_related" and #arguments == 0
  for _, argument in arguments do
    local text = argument:literal()
    if argument.kind == "call" and argument.name == "Prefetch" then
      if not add_prefetch(argument, out, context, depth) then
        return false
      end
    elseif argument.kind == "null" then
      out.eager, out.paths = {}, {}
    elseif type(text) == "string" then
      add_path(out, text)
    else
      return false
    end
  end
  return true
end

-- The names that a call is given as texts; nil where one of them is none.
local function texts_of(call)
  local all = {}
  for _, argument in call:args() do
    local text = argument:literal()
    if type(text) ~= "string" then
      return nil
    end
    all[text] = true
    all[text:gsub("_id$", "")] = true
  end
  return all
end

-- Notes one link of a chain; false where it may give other rows.
local function add_link(link, out, context, depth)
  local name = link.name
  if not DJANGO[name] then
    return false
  elseif name == "select_related" or name == "prefetch_related" then
    return add_relations(link, out, context, depth)
  elseif name == "only" or name == "defer" then
    local texts = texts_of(link)
    if texts and name == "only" then
      out.only = texts
      out.only_at = link
    elseif texts then
      out.deferred = texts
    end
  elseif name == "filter" then
    -- What every row has in common; a unique column is so in one row only.
    for _, argument in link:children("arg") do
      if argument.kind == "kw-arg" then
        out.equal[argument.text:gsub("__exact$", "")] = argument:child("value")
      end
    end
  elseif name == "annotate" or name == "extra" then
    for _, argument in link:children("arg") do
      out.added[argument.kind == "kw-arg" and argument.text or argument.source] = true
    end
  end
  out.is_refined = out.is_refined or not PLAIN[name]
  return true
end

-- The attribute under which a chain of Django begins, `Book.objects`, and its links; nil where a link is not known.
local function django_links(node, context)
  local links = {}
  local at = node
  while at do
    if at.kind == "call" then
      if at.name == "super" and #at:args() == 0 then
        return nil, links, at
      end
      table.insert(links, at)
      at = at:child("callee")
    elseif at.kind == "attr" then
      local base = at:child("value")
      if MANAGERS[at.text] then
        return base, links
      elseif base and (base.kind == "name" or base.kind == "attr") and not DJANGO[at.text] then
        local model = base.name:find("^%u") and context and context.model(base)
        local manager = model and model.managers[at.text]
        if manager then
          return not manager.is_eager and base or nil, links
        end
        local source = context and context.related(at)
        if source then
          return nil, links, at, source
        elseif at:role() ~= "callee" then
          return nil, links, at
        end
      end
      at = base
    elseif at.kind == "index" then
      local index = at:child("index")
      if not index or index.kind ~= "slice" then
        return nil
      end
      at = at:child("value")
    else
      return nil, links, at
    end
  end
  return nil
end

-- The query that the view around `super().get_queryset()` declares.
local function declared_query(call, context)
  local class = context and call:enclosing({ "class" })
  for _, one in class and declared.lineage(class, context.repo) or {} do
    for _, statement in one:child("body"):children() do
      local target = statement.kind == "assign" and statement:child("target")
      if target and target.text == "queryset" then
        return statement:child("value")
      end
    end
  end
  return nil
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
  for key, value in all or {} do
    -- What the function's own links bring along is there as well.
    if key == "eager" or key == "paths" or key == "added" then
      for name, what in value do
        out[key][name] = what
      end
    elseif out[key] == nil or out[key] == false then
      out[key] = value
    end
  end
  out.is_given, out.is_handed = true, true
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

local function read_name(rest, out, context, depth)
  if is_filled_later(rest) then
    return false
  end
  local values = row_sources.assigned(rest)
  if not values then
    return rest:param_position() ~= nil and context ~= nil and read_given(rest, out, context, depth)
  end
  for _, value in values do
    -- Of several ways to the rows none is certain to be taken.
    out.equal = #values == 1 and out.equal or {}
    -- `rows = rows.filter(...)` hangs on what it refines.
    local root = query_chain.root_of(value)
    local is_own = root and root.text == rest.text
    if is_own then
      local _, own = django_links(value, context)
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

-- Reads a queryset into `out`; false where it is not seen whole.
read_django = function(node, out, context, depth)
  if depth > 5 then
    return false
  end
  local given = row_sources.returned(node)
  if given then
    out.is_given = true
    return read_django(given, out, context, depth + 1)
  end
  if node.kind == "call" and (PASSES[node.name] or node:is(WRAPS)) then
    local first = node:arg(1)
    return first ~= nil and read_django(first, out, context, depth + 1)
  elseif node.kind == "attr" and node.text == "object_list" then
    -- `paginator.page(number).object_list`
    local page = node:child("value")
    local on = page and page.kind == "call" and (page.name == "page" or page.name == "get_page") and page:receiver()
    return on ~= nil and on ~= false and read_django(on, out, context, depth + 1)
  elseif node.kind == "call" and (node.name == "values" or node.name == "items") and #node:args() == 0 and node:receiver() then
    -- `Book.objects.in_bulk(keys).values()`
    local held = node:receiver()
    held = held.kind == "name" and held:value() or held
    local query = held.kind == "call" and held.name == "in_bulk" and held:receiver()
    return query ~= nil and query ~= false and read_django(query, out, context, depth + 1)
  end
  local base, links, rest, source = django_links(node, context)
  for _, link in links or {} do
    if not add_link(link, out, context, depth) then
      return false
    end
  end
  if base then
    out.base = out.base or base
    return true
  elseif source then
    return begin_related(source, out)
  elseif rest and rest.kind == "call" then
    local query = declared_query(rest, context)
    return query ~= nil and read_django(query, out, context, depth + 1)
  elseif rest and rest.kind == "name" then
    return read_name(rest, out, context, depth)
  elseif rest and rest.kind == "attr" and not rest:same(node) then
    return read_django(rest, out, context, depth + 1)
  end
  return false
end

-- The rows of Django that an expression gives: {base (the model's name), eager and paths (relations by the way to them, `lines__product`), all_eager,
-- only and deferred (columns), added (names that annotations give), equal (what every row is asked to hold, by the name of the column), is_given (by a function), is_handed (by its callers), root and back (of a relation)},
-- or nil. `context` has the models of the repository and knows relations.
function M.of(node, context, depth)
  local out = { eager = {}, paths = {}, added = {}, equal = {}, all_eager = false }
  if not node or not read_django(node, out, context, depth or 0) or not out.base then
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
