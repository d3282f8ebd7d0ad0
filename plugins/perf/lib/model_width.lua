-- How many columns the rows of a model have, where the repository declares it: `model Order { ... }` of Prisma, classes of Django and SQLAlchemy.

local declared = require("declared")
local query_chain = require("query_chain")

local M = {}

-- Scalars of Prisma; everything else is a relation.
local SCALARS = { String = true, Int = true, Float = true, Boolean = true, DateTime = true, Json = true, Bytes = true, BigInt = true, Decimal = true }

-- Columns by model of the schemas of this repository, once they were read.
local schema = nil

local function schema_of(repo)
  if schema then
    return schema
  end
  schema = {}
  for at, path in repo:holding("**/*.prisma", "model ") do
    local file = at <= 16 and repo:open(path)
    for name, body in (file and file.text or ""):gmatch("%f[%w]model%s+(%w+)%s*(%b{})") do
      local count = 0
      for kind in body:gmatch("\n%s*[%w_]+%s+(%u%w*)") do
        count += SCALARS[kind] and 1 or 0
      end
      schema[name:lower()] = count
    end
  end
  return schema
end

-- The class that a query of Python is of: `Order.objects.filter(...)`, `session.query(Order)`, `session.scalars(select(Order))`.
local function class_of(call)
  local name = query_chain.root_of(call)
  local query, func = {}, call:func()
  if func then
    query_chain.collect(call, func.node, query, {}, 0, false)
  end
  for _, part in query do
    if part.call.name == "query" or part.call.name == "select" then
      name = part.call:arg(1) or name
    end
  end
  local class = name and name.kind == "name" and name:definition()
  return class and class.kind == "class" and class or nil
end

-- The columns of a class of a model: attributes that are made by a call, inherited ones with them, and the key that Django adds where none is declared.
function M.of_class(class, repo)
  local count, has_key = 0, false
  for _, one in declared.lineage(class, repo) do
    local body = one:child("body")
    for _, statement in body and body:children() or {} do
      local value = statement.kind == "assign" and statement:child("value")
      if value and value.kind == "call" then
        count += 1
        has_key = has_key or value:arg("primary_key") ~= nil
      end
    end
  end
  return has_key and count or count + 1
end

-- The number of columns; nil where the model is not seen.
function M.of(call, name, repo)
  if call.file.language ~= "python" then
    return name and schema_of(repo)[name:lower()]
  end
  local class = class_of(call)
  return class and M.of_class(class, repo)
end

return M
