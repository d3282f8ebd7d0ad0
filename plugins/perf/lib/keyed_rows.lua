-- Loops over rows of which there is one at most, though the query may give any number: its filter is a key, every caller hands one over,
-- or every caller takes the first row only.

local awaited = require("awaited")
local closures = require("closures")
local keyed_filters = require("keyed_filters")
local parameter = require("parameter")
local selects = require("selects")
local set = require("words").set

local M = {}

-- Files that call a method by its name are looked into, so many at most; and so many functions hand a filter on.
local MOST_FILES = 60
local DEEPEST = 2

-- Links of a query that filter, and those that bring more rows than the filter finds.
local FILTERS = set("filter", "filter_by", "where", "find", "findMany", "findAll", "find_all", "andWhere", "query", "select")
local WIDENING = set("join", "outerjoin", "leftJoin", "innerJoin", "leftJoinAndSelect", "union", "joins", "or_", "orWhere")
-- What an argument of a gateway that holds the filter is called.
local CONDITIONS = set("where", "filter", "filters", "conditions", "criteria", "query")

-- The expression whose value a loop runs over.
local function source_of(loop)
  local over = awaited.value(loop.iter)
  if over and over.kind == "name" and not over:param_position() then
    over = awaited.value(over:value()) or over
  end
  return over
end

-- The model that a query asks for: `Order` of `session.query(Order)`, `select(models.Order)`, `Order.objects`.
local function models_of(chain)
  local models = {}
  for _, call in chain do
    if call.name == "query" or call.name == "select" or call.name == "from" then
      local first = call:arg(1)
      if first and (first.kind == "name" or first.kind == "attr") then
        models[first.text] = true
      end
    end
  end
  return models
end

-- Whether the query of a call says itself that it is for one row.
local function is_keyed_query(over)
  local statement, text = selects.statement_of(over, over:enclosing({ "function", "module" }) or over)
  if statement and statement.kind == "select" and type(text) == "string" and selects.gives_one_row(statement, text) then
    return true
  end
  local after, before = over:chained()
  local chain = { over, unpack(before) }
  for _, call in after do
    table.insert(chain, call)
  end
  for _, call in chain do
    if WIDENING[call.name] then
      return false
    end
  end
  local models = models_of(chain)
  for _, call in chain do
    for _, argument in FILTERS[call.name] and call:args() or {} do
      local where = argument.kind == "dict" and argument:entry("where") or argument
      if where.kind == "compare" then
        local column = where:children("value")[1]
        local on = column and column.kind == "attr" and column:child("value")
        if on and models[on.name] and keyed_filters.has_own_key(keyed_filters.fields(where)) then
          return true
        end
      elseif (where.kind == "dict" or where.kind == "kw-arg" and not CONDITIONS[where.text]) and keyed_filters.has_own_key(keyed_filters.fields(where)) then
        return true
      end
    end
  end
  return false
end

-- The argument that a call gives for a parameter, and whether it leaves that out.
local function given(call, func, at)
  local param = func.params[at]
  local named, state = call:arg(param.text)
  if state == "given" then
    return named, false
  elseif state == "hidden" then
    return nil, false
  end
  local argument = call:args()[at - parameter.leading(func)]
  if argument and argument.kind ~= "kw-arg" then
    return argument, false
  end
  return nil, true
end

local function is_method(func)
  local around = func.node:enclosing({ "class", "function" })
  return around ~= nil and around.kind == "class"
end

-- The calls that run a function, and those that only its name leads to: a method on something of which nobody sees what it is. The latter count where they give
-- the parameter by its name, or hand on something that is called the same.
local function calls_of(func, at, repo)
  local all, named, seen = {}, {}, {}
  for _, call in func:callers() do
    -- What somebody runs by hand, or tries out, asks as it likes.
    if call.file.class == "source" then
      seen[`{call.file.path}:{call.id}`] = true
      table.insert(all, call)
    end
  end
  if func.node.file.language == "python" and is_method(func) then
    for number, path in repo:holding("**/*.py", `.{func.name}(`) do
      local file = number <= MOST_FILES and repo:open(path)
      for _, call in file and file.class == "source" and file.root and file.root:descendants("call", func.name) or {} do
        if not seen[`{path}:{call.id}`] and #call:callees() == 0 and call:receiver() then
          table.insert(named, call)
        end
      end
    end
  end
  return all, named
end

-- Adds how many of those who hand over a filter for a parameter hand a key, and how many something else.
local function weigh(func, at, repo, found, depth)
  local param = func.params[at]
  local all, named = calls_of(func, at, repo)
  local function take(call, is_sure)
    local value, is_absent = given(call, func, at)
    if not value then
      found.other += is_sure and is_absent and 1 or 0
      return
    end
    local is_about = is_sure or call:arg(param.text) ~= nil or value.kind == "name" and value.text == param.text
    if not is_about then
      return
    end
    local position, inner = value.kind == "name" and value:param_position(), value:func()
    if position and inner then
      -- What is handed on by a method of the same name is counted where that one is called.
      if inner.name ~= func.name and depth < DEEPEST then
        weigh(inner, position, repo, found, depth + 1)
      end
      return
    end
    local fields = keyed_filters.fields(value)
    if next(fields) == nil then
      found.other += value.kind == "null" and 1 or 0
    elseif keyed_filters.are_key(fields, repo) then
      found.keyed += 1
    else
      found.other += 1
    end
  end
  for _, call in all do
    take(call, true)
  end
  for _, call in named do
    take(call, false)
  end
end

-- Whether the filter of a query is a parameter for which every caller that is seen hands over a key.
local function is_handed_key(over, repo)
  for _, argument in over:args() do
    local value = argument.kind == "kw-arg" and argument:child("value") or argument
    local named = argument.kind == "kw-arg" and argument.text or value.text
    local at, func = value.kind == "name" and value:param_position(), value:func()
    if at and func and CONDITIONS[named] and func.params[at] then
      local found = { keyed = 0, other = 0 }
      weigh(func, at, repo, found, 0)
      return found.keyed > 0 and found.other == 0
    end
  end
  return false
end

-- Whether a caller of a function takes the first of the rows that it gives: `orders(id)[0]`, `orders(id, limit=1)`.
local function takes_first(call)
  local limit = call:arg("limit")
  if limit and limit:literal() == 1 then
    return true
  end
  local parent = awaited.parent(call)
  local index = parent and parent.kind == "index" and parent:child("index")
  return index ~= nil and index ~= false and index:literal() == 0
end

-- Whether a function gives the rows that a loop runs over, and every caller that is seen takes the first of them.
local function is_first_taken(loop, repo)
  local over = loop.iter
  local func = over and over.kind == "name" and closures.outermost(loop.node)
  if not func or func.name == "" then
    return false
  end
  local gives = false
  for _, left in func.node:descendants("return") do
    local value = left:child("value")
    gives = gives or value ~= nil and value.kind == "name" and value.text == over.text
  end
  if not gives then
    return false
  end
  local all, named = calls_of(func, 1, repo)
  -- By its name alone only what has one definition is meant.
  local definitions = #named > 0 and repo:holding("**/*.py", `def {func.name}(`) or {}
  for _, call in #definitions == 1 and named or {} do
    table.insert(all, call)
  end
  for _, call in all do
    if not takes_first(call) then
      return false
    end
  end
  return #all > 0
end

-- Loops that a list is filled in: `ids.append(row["id"])`.
local function filling_loops(name)
  local func, value = name:func(), name:value()
  local loops = {}
  if not func or not value or value.kind ~= "list" or #value:children("item") > 0 then
    return loops
  end
  for _, call in func.node:descendants("call", { "append", "push" }) do
    local on = call:receiver()
    if on and on.kind == "name" and on.text == name.text then
      local around = call:loops()
      if #around ~= 1 then
        return {}
      end
      table.insert(loops, around[1])
    end
  end
  return loops
end

local function judge(loop, repo, depth)
  local over = source_of(loop)
  if not over then
    return false
  elseif over.kind == "call" then
    return is_keyed_query(over) or is_handed_key(over, repo) or is_first_taken(loop, repo)
  end
  local name = loop.iter
  local loops = name and name.kind == "name" and depth < DEEPEST and filling_loops(name) or {}
  for _, filling in loops do
    if not judge(filling, repo, depth + 1) then
      return false
    end
  end
  return #loops > 0
end

-- Whether a loop runs over one row at most, as far as the filter and those who ask say.
function M.is_over_one(loop, repo)
  return judge(loop, repo, 0)
end

return M
