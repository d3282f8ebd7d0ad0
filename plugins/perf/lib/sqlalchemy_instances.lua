-- Of which model of SQLAlchemy a value is one row, and what methods of that model give: a row that a query gives is of the library for whoever follows names,
-- `User.query.first().open_orders()` is not known to run `User.open_orders`.

local declared = require("declared")
local query_chain = require("query_chain")
local row_sources = require("row_sources")
local set = require("words").set
local sqlalchemy_models = require("sqlalchemy_models")
local sqlalchemy_rows = require("sqlalchemy_rows")

local M = {}

local ONE = set("first", "first_or_404", "one", "one_or_none", "one_or_404", "get", "get_or_404", "scalar", "scalar_one", "scalar_one_or_none")
local DEEPEST = 8

local by_name, backs = nil, nil

-- The relation of a model that is read under a name, also one that the other side declares.
local function relation_of(model, name, repo)
  backs = backs or sqlalchemy_models.backrefs(repo)
  return model.relations[name] or backs[model.name] and backs[model.name][name]
end

-- The model that a relation leads to, as `sqlalchemy_models` tells it.
function M.target(relation, repo)
  local models = sqlalchemy_models.of(repo)
  if not by_name then
    by_name = {}
    for _, class in sqlalchemy_models.classes(repo) do
      by_name[class.name] = by_name[class.name] == nil and class or false
    end
  end
  local text = relation.owner or relation.target and relation.target:match("([%w_]+)$") or relation.type and relation.type.source:match("([%w_]+)[^%w]*$")
  local class = text and by_name[text]
  return class and models(class) or nil
end

local model_of

-- The model of a query's one row: `Order.query.get(id)`, `session.scalars(select(Order)).first()`, `session.get(Order, id)`.
local function queried(call, models, own)
  local first, on = call:arg(1), call:receiver()
  local named = (call.name == "get" or call.name == "get_or_404") and first and (first.kind == "name" or first.kind == "attr") and first.text:find("^%u") and models(first)
  if named then
    return named
  end
  -- `session.execute(statement).scalar_one()` takes the one column of what `execute` gives.
  local statement = on and on.kind == "call" and on.name == "execute" and call.name:find("^scalar") and on:arg(1)
  local rows = statement and sqlalchemy_rows.of(statement) or on and sqlalchemy_rows.of(on) or first and first.kind ~= "kw-arg" and sqlalchemy_rows.of(first)
  return rows and (models(rows.base) or rows.base.text == "cls" and own) or nil
end

-- That of a name: the class around `self`, what a parameter is declared as, or what all values are that it was given.
local function named(node, repo, depth, own)
  local models = sqlalchemy_models.of(repo)
  local scope = node:enclosing("function")
  local class = scope and scope:enclosing("class")
  for at, param in scope and scope:children("param") or {} do
    if param.text == node.text then
      local type_ = param:child("type")
      local own = at == 1 and class or type_ and declared.class(type_, repo)
      return own and models(own) or nil
    end
  end
  local found = nil
  for _, value in query_chain.assigned(scope or node.file.root)[node.text] and row_sources.assigned(node) or {} do
    if value.kind ~= "null" then
      local model = model_of(value, repo, depth + 1, own)
      if not model or found and found ~= model then
        return nil
      end
      found = model
    end
  end
  return found
end

-- The class that a method is called on, `Order.find(id)`: what that calls `cls`.
local function called_on(call, repo, own)
  local on = call:receiver()
  local is_class = on and on.kind == "name" and on.text:find("^%u")
  return is_class and sqlalchemy_models.of(repo)(on) or on and on.text == "cls" and own or nil
end

model_of = function(node, repo, depth, own)
  if depth > DEEPEST then
    return nil
  elseif node.kind == "await" then
    return model_of(node:child("value"), repo, depth, own)
  elseif node.kind == "name" then
    return named(node, repo, depth, own)
  elseif node.kind == "attr" then
    local inner = node:child("value")
    local owner = inner and model_of(inner, repo, depth + 1, own)
    local relation = owner and relation_of(owner, node.text, repo)
    return relation and M.target(relation, repo) or nil
  elseif node.kind ~= "call" then
    return nil
  elseif ONE[node.name] and node:receiver() then
    return queried(node, sqlalchemy_models.of(repo), own)
  end
  local given = row_sources.returned(node, true)
  return given and model_of(given, repo, depth + 1, called_on(node, repo, own)) or nil
end

-- The model that a value is one row of, as `sqlalchemy_models` tells it; nil where that is not known.
function M.model(node, repo)
  return model_of(node, repo, 0)
end

-- The method of a row's model that a call runs; nil for any other call.
function M.method(call, repo)
  local on = call.kind == "call" and call:receiver()
  local model = on and (on.kind == "name" or on.kind == "attr" or on.kind == "call") and M.model(on, repo)
  for _, class in model and declared.lineage(model.class, repo) or {} do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and statement.name == call.name then
        return statement
      end
    end
  end
  return nil
end

-- What such a method gives.
function M.returned(call, repo)
  local method = M.method(call, repo)
  return method and row_sources.given_by(method) or nil
end

return M
