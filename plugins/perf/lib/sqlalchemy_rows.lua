-- Which model's rows a query of SQLAlchemy gives, as far as it can be seen whole, and which relations it brings along.

local query_chain = require("query_chain")
local row_sources = require("row_sources")
local set = require("words").set

local M = {}

-- Links behind which rows are still those of the one entity.
local SESSION = set(
  "query", "filter", "filter_by", "where", "order_by", "options", "all", "scalars", "execute", "exec", "unique", "limit", "offset", "distinct", "join", "outerjoin", "group_by", "having", "select", "select_from", "with_for_update",
  "execution_options", "yield_per", "fetchall", "partitions", "populate_existing", "params", "isouter", "enable_eagerloads", "paginate"
)

local LOADERS = set("joinedload", "selectinload", "subqueryload", "contains_eager", "immediateload", "raiseload", "noload", "lazyload", "defaultload", "load_only", "defer", "undefer", "with_expression", "noload")

-- The links of a chain of loaders, last one first.
local function links_of(loader)
  local links, at = { loader }, loader
  while at and at.kind == "call" and at:receiver() and at:receiver().kind == "call" do
    at = at:receiver()
    table.insert(links, at)
  end
  return links, at
end

-- Notes the way that a chain of loaders goes: `joinedload(Order.lines).joinedload(Line.product)` brings `lines__product` along, and so does
-- `joinedload(Order.lines).options(joinedload(Line.product))`.
local function note_way(links, out, before)
  local way = before
  for at = #links, 1, -1 do
    for _, inner in links[at].name == "options" and links[at]:args() or {} do
      note_way(links_of(inner), out, way)
    end
    local relation = links[at].name ~= "options" and links[at].kind == "call" and links[at]:arg(1)
    local name = relation and (relation.kind == "attr" and relation.text or relation:literal())
    if type(name) == "string" then
      way = way and `{way}__{name}` or name
      out.paths[way] = true
    end
  end
end

-- Reads what `options(...)` loads along; false where an option is not known.
function M.read_options(call, out)
  for _, argument in call:args() do
    if argument.kind == "spread" then
      return false
    end
    -- `joinedload(Order.lines).joinedload(Line.product)`: the first of the chain is of these rows.
    local links, at = links_of(argument)
    if at.kind ~= "call" or not LOADERS[at.name] then
      return false
    end
    local relation = at:arg(1)
    local name = relation and (relation.kind == "attr" and relation.text or relation:literal())
    if type(name) ~= "string" or name == "*" then
      return false
    end
    if at.name ~= "lazyload" and at.name ~= "defaultload" then
      out.eager[name] = true
      if out.paths then
        note_way(links, out)
      end
    end
  end
  return true
end

-- Whether a list holds the keys of rows that somebody has at hand: `[member.id for member in self.members]`. What the rows lead to is among those.
local function are_keys_of_rows(list)
  local given = list and list.kind == "name" and row_sources.assigned(list) or { list }
  local value = given[1]
  local element = value and #given == 1 and value.kind == "comprehension" and value:children()[1]
  local clause = element and value:descendants("clause")[1]
  local target, over = clause and clause:child("target"), clause and clause:child("iter")
  return element and element.kind == "attr" and target ~= nil and element.source:match("^([%w_]+)%.[%w_]+$") == target.text and over ~= nil and (over.kind == "name" or over.kind == "attr")
end

-- Notes the columns that a filter holds to one value: rows of one customer have one customer between them, which the session asks for once.
local function read_filter(call, out)
  for _, argument in call:children("arg") do
    local sides = argument.kind == "compare" and argument.text == "==" and argument:children() or {}
    -- What two columns have in common says nothing of either: `Order.customer_id == Customer.id`.
    local left = sides[2] and not (sides[2].kind == "attr" and sides[2].source:find("^[%w_.]*%f[%w_]%u%w*%.[%w_]+$")) and sides[1]
    -- Rows without a key have no relation to load: `Order.customer_id.is_(None)`.
    local is_without = argument.kind == "call" and argument.name == "is_" and argument:arg(1) ~= nil and argument:arg(1).kind == "null"
    local is_at_hand = argument.kind == "call" and argument.name == "in_" and are_keys_of_rows(argument:arg(1))
    local on = (is_without or is_at_hand) and argument:receiver() or nil
    if argument.kind == "kw-arg" then
      out.fixed[argument.text] = true
    elseif left and left.kind == "attr" then
      out.fixed[left.text] = true
    elseif on and on.kind == "attr" then
      out.fixed[on.text] = true
    end
  end
end

-- What a function of the project would do to a query besides to narrow it.
local RESHAPING = { "options(", "with_only_columns", "with_entities", "add_columns", "subquery", "union" }

-- Whether a value is the query of a name that a function of the project has narrowed further: `statement = narrowed(statement, wanted)`.
local function is_refined_by(value, name)
  local callees = value.kind == "call" and value:receiver() == nil and value:callees() or {}
  if #callees ~= 1 then
    return false
  end
  for _, sign in RESHAPING do
    if callees[1].node.source:find(sign, 1, true) then
      return false
    end
  end
  for _, argument in value:args() do
    if argument.kind == "name" and argument.text == name then
      return true
    end
  end
  return false
end

local read_sqlalchemy

-- What a function gives that a call runs; a method of a row's model is known to whoever knows the models.
local function returned(call, out)
  if call.kind == "call" and call.name == "paginate" then
    -- A page of what it is given, whoever cuts it.
    return nil
  end
  return row_sources.returned(call) or out.returned and call.kind == "call" and not SESSION[call.name] and call:receiver() and out.returned(call) or nil
end

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
        if not M.read_options(at, out) then
          return false
        end
      elseif name == "filter" or name == "filter_by" or name == "where" then
        read_filter(at, out)
      elseif name == "query" or name == "select" then
        local args = at:args()
        for _, argument in args do
          if argument.kind ~= "name" and argument.kind ~= "attr" then
            return false
          end
        end
        if #args ~= 1 and not (#args > 1 and out.may_be_tuples) then
          return false
        end
        out.base, out.bases = args[1], #args > 1 and args or nil
      elseif name == "scalars" or name == "execute" or name == "exec" or name == "paginate" then
        local statement = at:arg(1)
        if name == "paginate" and (not statement or statement.kind == "kw-arg" or statement.kind == "num") then
          -- The page of a query that the call ends; `db.paginate(statement)` is given one.
          statement = nil
        end
        -- Rows of `execute` are tuples until `scalars` takes the first of each.
        out.is_tuple = out.is_tuple or name == "execute" and not out.is_scalar
        out.is_scalar = out.is_scalar or name == "scalars"
        if statement then
          return read_sqlalchemy(statement, out, depth + 1) and (not out.is_tuple or out.bases ~= nil)
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

-- What a class method calls `cls` is the class that it is called on: `Order.newest()`.
local function bind_class(call, out)
  local on = out.base and out.base.text == "cls" and call.kind == "call" and call:receiver()
  if on and on.kind == "name" then
    out.base = on
  end
  return true
end

read_sqlalchemy = function(node, out, depth)
  if depth > 5 then
    return false
  elseif node.kind == "call" and node:is({ "builtins.list", "builtins.sorted", "builtins.enumerate", "builtins.reversed" }) then
    local first = node:arg(1)
    return first ~= nil and read_sqlalchemy(first, out, depth + 1)
  end
  local given = returned(node, out)
  if given then
    out.is_given = true
    return read_sqlalchemy(given, out, depth + 1) and bind_class(node, out)
  elseif node.kind == "name" then
    local values = row_sources.assigned(node)
    for _, value in values or {} do
      local root = query_chain.root_of(value)
      if root and root.text == node.text then
        local at = value
        while at and at.kind == "call" do
          if not SESSION[at.name] or at.name == "options" and not M.read_options(at, out) then
            return false
          end
          at = at:receiver()
        end
      elseif is_refined_by(value, node.text) then
        continue
      elseif returned(value, out) then
        out.is_given = true
        if not read_sqlalchemy(returned(value, out), out, depth + 1) or not bind_class(value, out) then
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

-- The rows of SQLAlchemy that an expression gives: {base, eager, paths (ways brought along), fixed (columns held to one value), is_async}, or nil. `methods` gives
-- what a call of a row's method does; where they `may_be_tuples`, rows of several models are some, which `bases` lists.
function M.of(node, methods, may_be_tuples)
  local out = { eager = {}, paths = {}, fixed = {}, base = nil, bases = nil, is_async = false, returned = methods, may_be_tuples = may_be_tuples }
  if not node or not read_sqlalchemy(node, out, 0) or not out.base then
    return nil
  end
  return out
end

return M
