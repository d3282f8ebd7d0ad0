-- How many columns the rows of a model have, where the repository declares it: `model Order { ... }` of Prisma, classes of Django and SQLAlchemy.

local declared = require("declared")
local model_tables = require("model_tables")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Calls in the body of a model that make something else than a column.
local NO_COLUMNS = set("relationship", "backref", "association_proxy", "ManyToManyField", "GenericRelation", "Index", "UniqueConstraint")

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
      schema[name:lower()] = { count = count, has_key = body:find("@id", 1, true) ~= nil }
    end
  end
  return schema
end

-- The class that a query of Python is of: `Order.objects.filter(...)`, `session.query(models.Order)`, `session.scalars(select(Order))`.
local function class_of(call, repo)
  local name = query_chain.root_of(call)
  local func = call:func()
  for _, part in func and query_chain.of(call, func.node) or {} do
    if part.name == "query" or part.name == "select" then
      name = part.call:arg(1) or name
    end
  end
  local class = name and name.kind == "name" and name:definition()
  if class and class.kind == "class" then
    return class
  end
  return name and name.kind == "attr" and declared.class(name, repo) or nil
end

-- Whether a call in the body of a model makes its key, so that none is made by itself.
local function makes_key(call)
  local key = call:arg("primary_key")
  return key ~= nil and key:literal() == true
end

-- The columns of a class of a model: attributes that are made by a call, inherited ones with them, and the key that Django adds where none is declared.
function M.of_class(class, repo)
  local count, key = 0, 1
  for _, one in declared.lineage(class, repo) do
    local body = one:child("body")
    for _, statement in body and body:children() or {} do
      local value = statement.kind == "assign" and statement:child("value")
      if value and value.kind == "call" and not NO_COLUMNS[value.name] then
        count += 1
        key = makes_key(value) and 0 or key
      end
    end
  end
  return count + key
end

-- The number of columns, and whether one of them is a key that nothing else has to be; nil where the model is not seen. `kind` is the read's library, where known.
function M.of(call, name, repo, kind)
  if call.file.language ~= "python" and kind ~= "prisma" and kind then
    return model_tables.width(call, kind, repo), false
  elseif call.file.language ~= "python" then
    local model = name and schema_of(repo)[name:lower()]
    if model then
      return model.count, model.has_key
    end
    return nil
  end
  local class = class_of(call, repo)
  if not class or not class:child("body") then
    return nil
  end
  return M.of_class(class, repo), true
end

return M
