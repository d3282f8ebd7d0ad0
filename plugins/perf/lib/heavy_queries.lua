-- Queries that join several tables and add up what comes of it, in SQL and in the builders and mappers of each language.

local narrowing = require("narrowing")
local query_chain = require("query_chain")
local selects = require("selects")
local words = require("words")

local M = {}

-- How many joins are many.
local JOINS = 2

local function result(tables, what)
  return { tables = tables, what = what }
end

-- Statements with joins, aggregates and groups; those that ask for somebody's rows are left aside.
local function of_text(node)
  local text = node:joined() or node.text
  local statement = node.file:sql(text)[1]
  if not statement or statement.kind ~= "select" or statement.filter == "unknown" or statement.limit == "unknown" then
    return nil
  end
  local names, count = {}, 0
  for _, source in statement.reads do
    if source.kind == "base" then
      table.insert(names, source.name)
      count += 1
    end
  end
  -- A value from elsewhere narrows to what belongs to something.
  if count <= JOINS or selects.has_placeholder(text) or selects.is_of_catalog(statement) then
    return nil
  end
  return result(names, `this aggregate over {count} tables`)
end

-- The calls of a query's chain by name, and what they name.
local function parts_of(call, func)
  return query_chain.of(call, func.node)
end

local JOIN_LINKS = words.set("join", "outerjoin", "innerJoin", "leftJoin", "rightJoin", "leftJoinAndSelect", "innerJoinAndSelect", "Joins", "InnerJoins", "LeftJoin", "Join")
local SUMS = { "%f[%w]count%s*%(", "%f[%w]sum%s*%(", "%f[%w]avg%s*%(", "%f[%w]max%s*%(", "%f[%w]min%s*%(" }

local function adds_up(source)
  local text = words.lower(source)
  for _, pattern in SUMS do
    if text:find(pattern) then
      return true
    end
  end
  return false
end

-- Query builders: joins in the chain, an aggregate, groups.
local function of_builder(call, func)
  local query = parts_of(call, func)
  local joins, sums, tables = 0, false, {}
  for _, part in query do
    local link = part.call
    if JOIN_LINKS[link.name] then
      joins += 1
      local given = link:arg(1)
      local name = given and (given.text ~= "" and given.text or given.source)
      table.insert(tables, name and (name:match("[Jj][Oo][Ii][Nn]%s+([%w_]+)") or name:match("([%w_]+)$")) or "?")
    end
    for _, argument in link:args() do
      sums = sums or adds_up(argument.source)
    end
    sums = sums or link.name == "count" or link.name == "sum" or link.name == "avg"
  end
  -- Groups count as narrowed elsewhere; here they are what costs. SQLAlchemy's `query(Order)` names the table.
  local conditions = {}
  for _, part in query do
    if part.name ~= "query" and not narrowing.GROUPS[part.name] then
      table.insert(conditions, part)
    end
  end
  local filter = narrowing.filter_of(conditions)
  if joins < JOINS or not sums or filter == "key" then
    return nil
  end
  return result(tables, `this aggregate over {joins + 1} tables`)
end

-- Django: aggregates that go over two relations or more.
local function of_django(call, func)
  local relations, count = {}, 0
  local query = parts_of(call, func)
  for _, part in query do
    if part.name == "annotate" or part.name == "aggregate" then
      for _, argument in part.call:args() do
        local value = argument.kind == "kw-arg" and argument:child("value") or argument
        if value.kind == "call" and adds_up(value.source) then
          local path = value:arg(1)
          local relation = path and path.kind == "str" and path.text:match("^(%w[%w_]-)__") or path and path.kind == "str" and path.text
          if relation and relation ~= "id" and relation ~= "pk" and path.text:find("__", 1, true) and not relations[relation] then
            relations[relation] = true
            count += 1
          end
        end
      end
    end
  end
  if count < JOINS or narrowing.filter_of(query) == "key" then
    return nil
  end
  local root = query_chain.root_of(call)
  return result({ root and root.text or "?" }, `this aggregate over {count} relations`)
end

-- MongoDB's pipelines with `$lookup` and `$group` that begin without a condition of the caller's.
local function of_pipeline(call, func)
  if call:fact("store") ~= "mongo" and call:fact("kind") ~= "db" then
    return nil
  end
  local given = call:arg(1) or call:arg("pipeline")
  given = given and given.kind == "name" and given:value() or given
  if not given or given.kind ~= "list" then
    return nil
  end
  local stages = given:children("item")
  local lookups, groups = 0, false
  for at, stage in stages do
    -- What is looked up for the groups alone is little.
    lookups += not groups and stage:entry("$lookup") and 1 or 0
    groups = groups or stage:entry("$group") ~= nil
    local match = at <= 2 and stage:entry("$match")
    if match and narrowing.filter_of_value(match) ~= "none" and narrowing.filter_of_value(match) ~= "constant" then
      return nil
    elseif stage:entry("$limit") and not groups then
      return nil
    end
  end
  if lookups < 1 or not groups then
    return nil
  end
  local root = query_chain.root_of(call)
  return result({ root and root.text or "?" }, `this aggregate over {lookups + 1} collections`)
end

-- What a matched place asks: {tables, what}; nil where it is no heavy aggregate.
function M.of(how, node, func)
  if how == "text" then
    return of_text(node)
  elseif how == "annotated" then
    return of_django(node, func)
  elseif how == "pipeline" then
    return of_pipeline(node, func)
  end
  return of_builder(node, func)
end

return M
