-- Queries of SQLAlchemy that a function puts together step by step: `orders = orders.filter(Order.customer_id == id)`, `wanted.append(Order.state == state)`.

local set = require("words").set

local M = {}

local BEGINS = set("query", "select", "delete", "update")
local PLAIN = set(
  "query", "select", "delete", "update", "filter", "where", "filter_by", "options", "order_by", "join", "outerjoin", "distinct", "with_entities", "select_from", "limit", "offset", "with_for_update", "execution_options", "group_by", "having", "add_columns", "enable_eagerloads", "values", "returning", "with_only_columns", "correlate"
)
local FILTERS = set("filter", "where", "filter_by")

-- What the calls of a chain hang on: `orders` of `orders.filter(...).limit(3)`; second, whether `.query` stands on the way, as in `Order.query.filter(...)`.
local function root_of(call)
  local at, is_begun = call, false
  while true do
    is_begun = is_begun or at.kind == "attr" and at.text == "query"
    local next = at:child("callee") or (at.kind == "attr" or at.kind == "await") and at:child("value") or nil
    if not next then
      return at, is_begun
    end
    at = next
  end
end

-- What a function gives its names, each name a list of assignments.
local function assignments_of(func)
  local all = {}
  for _, assign in func.node:descendants({ "assign", "aug-assign" }) do
    local target = assign:child("target")
    if target and target.kind == "name" and assign:child("value") then
      all[target.text] = all[target.text] or {}
      table.insert(all[target.text], assign)
    end
  end
  return all
end

local function unwrapped(value)
  while value.kind == "await" do
    value = value:child("value")
  end
  return value
end

-- Whether a chain is written out, from what begins a query on; the name that it goes on from where that is another variable, and its filters.
local function read_chain(call)
  local filters, begins = {}, false
  local _, before = call:chained()
  for _, link in { call, unpack(before) } do
    if not PLAIN[link.name] then
      return nil
    end
    begins = begins or BEGINS[link.name] ~= nil
    if FILTERS[link.name] then
      table.insert(filters, link)
    end
  end
  local root, is_begun = root_of(call)
  return { begins = begins or is_begun, root = root, filters = filters }
end

-- The filters of a value that a variable is given: nil where it is no query, or not written out.
local function read_value(value, name, seen, of)
  value = unwrapped(value)
  if value.kind == "attr" and value.text == "query" then
    return { begins = true, filters = {} }
  elseif value.kind == "name" then
    return value.text ~= name and of(value.text, seen) or nil
  elseif value.kind ~= "call" then
    return nil
  end
  local chain = read_chain(value)
  if not chain or chain.begins then
    return chain
  elseif chain.root.kind ~= "name" then
    return nil
  elseif chain.root.text == name then
    return { begins = false, filters = chain.filters }
  end
  local other = of(chain.root.text, seen)
  if other then
    for _, filter in other.filters do
      table.insert(chain.filters, filter)
    end
    chain.begins = true
  end
  return other and chain
end

-- Whether what stands at `earlier` always ran when `place` runs: its block is one around it.
local function always_before(earlier, place)
  local block = earlier:statement() and earlier:statement():parent()
  return block ~= nil and earlier.id < place.id and place:is_within(block)
end

-- What is known of a function's variables: a function from a name and the place where it is used to {filters}, those that were surely applied; nil where the
-- variable holds no query that is written out.
local function variables_of(func)
  local assigned = assignments_of(func)
  local function of(name, seen, place)
    if seen[name] or not assigned[name] then
      return nil
    end
    seen = table.clone(seen)
    seen[name] = true
    local begins, filters = false, {}
    for _, assign in assigned[name] do
      local value = assign.kind == "assign" and read_value(assign:child("value"), name, seen, of)
      local is_sure = not place or always_before(assign, place)
      -- What only some calls go through may be left out.
      if not value and is_sure then
        return nil
      end
      begins = begins or value ~= nil and value.begins
      for _, filter in is_sure and value and value.filters or {} do
        table.insert(filters, filter)
      end
    end
    return begins and { begins = true, filters = filters } or nil
  end
  return function(name, place)
    return of(name, {}, place)
  end
end

-- The query that the chain of a filter is a part of: the filters that are always applied with it, itself among them; nil where a part of it is not seen, since
-- what a function gives may be filtered already. `known` keeps what functions assign, by their node.
function M.applied_with(filter, known)
  local chain = read_chain(filter)
  if not chain then
    return nil
  end
  local filters = chain.filters
  for _, link in filter:chained() do
    if FILTERS[link.name] then
      table.insert(filters, link)
    end
  end
  if chain.begins then
    return filters
  end
  local func = chain.root.kind == "name" and filter:func()
  if not func then
    return nil
  end
  known[func.node.id] = known[func.node.id] or variables_of(func)
  local base = known[func.node.id](chain.root.text, filter)
  for _, more in base and base.filters or {} do
    table.insert(filters, more)
  end
  return base and filters
end

return M
