-- Rows of SQLAlchemy that cannot be read in chunks: where a query joins a collection in, one object is many rows, and SQLAlchemy refuses `yield_per`, as it does
-- for a relation that a second query reads (`subquery`). Either is said in the query, or in the model.

local query_chain = require("query_chain")
local sqlalchemy_models = require("sqlalchemy_models")
local words = require("words")

local M = {}

-- Options of a query that bring a relation in with the rows.
local OPTIONS = words.set("joinedload", "joinedload_all", "subqueryload", "subqueryload_all", "contains_eager")
local PLURAL = { "[Ll]ist%s*%[", "[Ss]et%s*%[", "Sequence%s*%[", "Collection%s*%[", "[Dd]ict%s*%[" }

-- Whether a relation leads to one row for all that is seen: its type says so, or its key lies in the model itself.
local function is_to_one(model, name, relation)
  local value = relation.call:arg("uselist")
  if value and value:literal() == false then
    return true
  end
  local type = relation.type and relation.type.source
  if type then
    for _, form in PLURAL do
      if type:find(form) then
        return false
      end
    end
    return true
  end
  local column = model.columns[name .. "_id"]
  return not relation.is_back and column ~= nil and column.foreign_key ~= nil
end

-- Whether a relation keeps its model from being read in chunks; what cannot be read of how it is loaded does.
local function hinders(model, name, relation)
  local value, state = relation.call:arg("lazy")
  if relation.is_back then
    local back = relation.call:arg("backref")
    value, state = nil, "absent"
    if back and back.kind == "call" then
      value, state = back:arg("lazy")
    end
  end
  if state == "absent" then
    return select(2, relation.call:arg("sa_relationship_kwargs")) ~= "absent"
  elseif state == "hidden" or not value then
    return true
  end
  local how, known = value:literal()
  if how == "joined" or how == false then
    return not is_to_one(model, name, relation)
  end
  return how == "subquery" or not known
end

-- What a query is asked of: the argument of `query`, or what `query` is read from, as in Flask-SQLAlchemy.
local function asked_of(read)
  local _, before = read:chained()
  for _, call in before do
    if call.name == "query" then
      return #call:args() == 1 and call:arg(1) or nil
    end
  end
  return query_chain.root_of(read)
end

-- Whether rows of a read may be read in chunks: its model was seen, and neither that nor the query brings in what makes one object many rows.
function M.may_be_chunked(read, repo)
  local func = read:func()
  for _, part in func and query_chain.of(read, func.node) or {} do
    for _, argument in part.name == "options" and part.call:args() or {} do
      for _, call in argument.kind == "call" and { argument, table.unpack(argument:descendants("call")) } or {} do
        if OPTIONS[call.name] then
          return false
        end
      end
    end
  end
  local asked = asked_of(read)
  local model = asked and (asked.kind == "name" or asked.kind == "attr") and sqlalchemy_models.of(repo)(asked)
  if not model then
    return false
  end
  for name, relation in model.relations do
    if hinders(model, name, relation) then
      return false
    end
  end
  for name, relation in sqlalchemy_models.backrefs(repo)[model.name] or {} do
    if hinders(model, name, relation) then
      return false
    end
  end
  return true
end

return M
