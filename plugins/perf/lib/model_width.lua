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

-- The number of columns; nil where the model is not seen.
function M.of(call, name, repo)
  if call.file.language ~= "python" then
    return name and schema_of(repo)[name:lower()]
  end
  local class = class_of(call)
  if not class then
    return nil
  end
  local count = 1
  for _, one in declared.lineage(class, repo) do
    local body = one:child("body")
    for _, statement in body and body:children() or {} do
      local value = statement.kind == "assign" and statement:child("value")
      count += value and value.kind == "call" and 1 or 0
    end
  end
  return count
end

return M
