-- Which model's rows a loop turns over, as far as the query can be seen whole, and which relations the query brings along.

local declared = require("declared")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Links of Django's querysets that leave rows of the same model.
local DJANGO = set(
  "all", "filter", "exclude", "order_by", "distinct", "annotate", "alias", "using", "reverse", "select_for_update", "only", "defer", "iterator", "union", "none", "complex_filter", "extra", "aiterator", "select_related",
  "prefetch_related", "get_queryset", "objects"
)

-- A set of the names that a call is given as texts; nil where one of them is none. `Prefetch("lines", ...)` counts as its text.
local function names_of(call)
  local all = {}
  for _, argument in call:args() do
    if argument.kind == "call" and argument.name == "Prefetch" then
      argument = argument:arg(1) or (argument:arg("lookup")) or argument
    end
    local text = argument:literal()
    if type(text) ~= "string" then
      return nil
    end
    all[text:match("^[^_]+.-%f[_]__") and text:match("^(.-)__") or text] = true
  end
  return all
end

-- The attribute under which a chain of Django begins, `Book.objects`, and its links; nil where a link is not known.
local function django_links(node)
  local links = {}
  local at = node
  while at do
    if at.kind == "call" then
      table.insert(links, at)
      at = at:child("callee")
    elseif at.kind == "attr" then
      local base = at:child("value")
      if at.text == "objects" or at.text == "_default_manager" then
        return base, links
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

-- What a name of a function was given, where each of it is a query of its own or refines the one before.
local function assigned(name)
  local scope = name:enclosing({ "function" }) or name.file.root
  local said = query_chain.names_of(scope)[name.text]
  local all = {}
  for _, assign in said and said.assigns or {} do
    local value = assign:child("value")
    if not value or assign.kind ~= "assign" or #assign:children("target") ~= 1 then
      return nil
    end
    table.insert(all, value)
  end
  return #all > 0 and #all <= 4 and all or nil
end

-- What the one function of this repository that a call runs gives, where it gives it in one place: `for order in open_orders(shop)`.
local function returned(call)
  if call.kind ~= "call" or #call:target() > 0 and not call:target()[1]:find(":", 1, true) then
    return nil
  end
  local callees = call:callees()
  local func = #callees == 1 and callees[1]
  if not func or func.is_generator then
    return nil
  end
  local found = nil
  for _, statement in func.node:descendants({ "return" }) do
    local value = statement:child("value")
    local inner = statement:enclosing({ "function" })
    if inner and inner:same(func.node) and value and value.kind ~= "null" then
      if found then
        return nil
      end
      found = value
    end
  end
  return found
end

-- Reads a queryset into `out`: {class, eager = {name}, all_eager}; false where it is not seen whole.
local function read_django(node, out, depth)
  if depth > 4 then
    return false
  end
  local given = returned(node)
  if given then
    out.is_given = true
    return read_django(given, out, depth + 1)
  end
  if node.kind == "call" and node:is({ "builtins.list", "builtins.sorted", "builtins.tuple", "builtins.enumerate", "builtins.reversed" }) then
    local first = node:arg(1)
    return first ~= nil and read_django(first, out, depth + 1)
  end
  local base, links, rest = django_links(node)
  for _, link in links or {} do
    if not DJANGO[link.name] then
      return false
    elseif link.name == "select_related" or link.name == "prefetch_related" then
      local names = names_of(link)
      if not names then
        return false
      end
      out.all_eager = out.all_eager or link.name == "select_related" and next(names) == nil
      for name in names do
        out.eager[name] = true
      end
    end
  end
  if base then
    out.base = out.base or base
    return true
  elseif rest and rest.kind == "name" then
    local values = assigned(rest)
    for _, value in values or {} do
      -- `rows = rows.filter(...)` hangs on what it refines.
      local root = query_chain.root_of(value)
      local is_own = root and root.text == rest.text
      if is_own then
        local _, own = django_links(value)
        for _, link in own or {} do
          if not DJANGO[link.name] then
            return false
          elseif link.name:find("_related", 1, true) then
            local names = names_of(link)
            if not names then
              return false
            end
            out.all_eager = out.all_eager or link.name == "select_related" and next(names) == nil
            for name in names do
              out.eager[name] = true
            end
          end
        end
      elseif not read_django(value, out, depth + 1) then
        return false
      end
    end
    return values ~= nil and out.base ~= nil
  end
  return false
end

-- The rows of Django that an expression gives: {base (the model's name), eager, all_eager, is_given (by a function)}, or nil.
function M.django(node)
  local out = { eager = {}, all_eager = false, base = nil }
  if not node or not read_django(node, out, 0) or not out.base then
    return nil
  end
  return out
end

-- --- SQLAlchemy ---------------------------------------------------------------------------------------------------------

-- Links behind which rows are still those of the one entity.
local SESSION = set(
  "query", "filter", "filter_by", "where", "order_by", "options", "all", "scalars", "execute", "exec", "unique", "limit", "offset", "distinct", "join", "outerjoin", "group_by", "having", "select", "select_from", "with_for_update",
  "execution_options", "yield_per", "fetchall", "partitions", "populate_existing", "params", "isouter", "enable_eagerloads"
)

local LOADERS = set("joinedload", "selectinload", "subqueryload", "contains_eager", "immediateload", "raiseload", "noload", "lazyload", "defaultload", "load_only", "defer", "undefer", "with_expression", "noload")

-- Reads what `options(...)` loads along; false where an option is not known.
local function read_options(call, out)
  for _, argument in call:args() do
    local at = argument.kind == "spread" and nil or argument
    -- `joinedload(Order.lines).joinedload(Line.product)`: the first of the chain is of these rows.
    while at and at.kind == "call" and at:receiver() and at:receiver().kind == "call" do
      at = at:receiver()
    end
    if not at or at.kind ~= "call" or not LOADERS[at.name] then
      return false
    end
    local relation = at:arg(1)
    local name = relation and (relation.kind == "attr" and relation.text or relation:literal())
    if type(name) ~= "string" or name == "*" then
      return false
    end
    if at.name ~= "lazyload" and at.name ~= "defaultload" then
      out.eager[name] = true
    end
  end
  return true
end

-- Notes the columns that a filter holds to one value: rows of one customer have one customer between them, which the session asks for once.
local function read_filter(call, out)
  for _, argument in call:children("arg") do
    local left = argument.kind == "compare" and argument.text == "==" and argument:children()[1]
    if argument.kind == "kw-arg" then
      out.fixed[argument.text] = true
    elseif left and left.kind == "attr" then
      out.fixed[left.text] = true
    end
  end
end

local read_sqlalchemy

local function read_links(node, out, depth)
  local at = node
  while at do
    if at.kind == "await" then
      out.is_async = true
      at = at:child("value")
    elseif at.kind == "call" then
      local name = at.name
      if not SESSION[name] then
        return false
      elseif name == "options" then
        if not read_options(at, out) then
          return false
        end
      elseif name == "filter" or name == "filter_by" or name == "where" then
        read_filter(at, out)
      elseif name == "query" or name == "select" then
        local args = at:args()
        if #args ~= 1 or args[1].kind ~= "name" and args[1].kind ~= "attr" then
          return false
        end
        out.base = args[1]
      elseif name == "scalars" or name == "execute" or name == "exec" then
        local statement = at:arg(1)
        -- Rows of `execute` are tuples until `scalars` takes the first of each.
        out.is_tuple = out.is_tuple or name == "execute" and not out.is_scalar
        out.is_scalar = out.is_scalar or name == "scalars"
        if statement then
          return not out.is_tuple and read_sqlalchemy(statement, out, depth + 1)
        end
      end
      at = at:child("callee")
    elseif at.kind == "attr" then
      local base = at:child("value")
      if at.text == "query" and base and (base.kind == "name" or base.kind == "attr") and not out.base then
        -- `Order.query.filter(...)`
        out.base = base
        return true
      end
      at = base
    elseif at.kind == "name" then
      if out.base then
        return true
      end
      return read_sqlalchemy(at, out, depth + 1)
    else
      return false
    end
  end
  return out.base ~= nil
end

read_sqlalchemy = function(node, out, depth)
  if depth > 5 then
    return false
  elseif node.kind == "call" and node:is({ "builtins.list", "builtins.sorted", "builtins.enumerate", "builtins.reversed" }) then
    local first = node:arg(1)
    return first ~= nil and read_sqlalchemy(first, out, depth + 1)
  elseif returned(node) then
    out.is_given = true
    return read_sqlalchemy(returned(node), out, depth + 1)
  elseif node.kind == "name" then
    local values = assigned(node)
    for _, value in values or {} do
      local root = query_chain.root_of(value)
      if root and root.text == node.text then
        local at = value
        while at and at.kind == "call" do
          if not SESSION[at.name] or at.name == "options" and not read_options(at, out) then
            return false
          end
          at = at:receiver()
        end
      elseif returned(value) then
        out.is_given = true
        if not read_sqlalchemy(returned(value), out, depth + 1) then
          return false
        end
      elseif not read_links(value, out, depth + 1) then
        return false
      end
    end
    return values ~= nil and out.base ~= nil
  end
  return read_links(node, out, depth)
end

-- The rows of SQLAlchemy that an expression gives: {base, eager, fixed (columns held to one value), is_async}, or nil.
function M.sqlalchemy(node)
  local out = { eager = {}, fixed = {}, base = nil, is_async = false }
  if not node or not read_sqlalchemy(node, out, 0) or not out.base then
    return nil
  end
  return out
end

-- The model behind the name that a query is about.
function M.class(base, repo)
  return declared.class(base, repo)
end

return M
