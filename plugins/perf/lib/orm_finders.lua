-- For each library of models what turns an expression into rows, and the name of a model into the model with all its relations:
-- {rows = function(expression), model = function(name)}.

local django_models = require("django_models")
local django_rows = require("django_rows")
local sqlalchemy_models = require("sqlalchemy_models")
local sqlalchemy_rows = require("sqlalchemy_rows")

local M = {}

-- Whether an expression may be rows of a library, by where it comes from: what is another library's need not be looked into.
local function may_be(expression, libraries)
  local origins = expression:origin()
  for _, origin in origins do
    if origin:find("^builtins%.") or origin:find("^typing%.") or origin:find(":", 1, true) then
      return true
    end
    for _, library in libraries do
      if origin:find(library, 1, true) then
        return true
      end
    end
  end
  return #origins == 0
end

-- Finders of the rows of Django: of a query, and of a relation that only one model answers to (`order.lines.all()`).
function M.django(repo)
  local models, by_model, by_name = django_models.of(repo), nil, nil
  local function reverse()
    if not by_model then
      by_model, by_name = django_models.reverse(repo)
    end
  end
  return {
    rows = function(iter)
      local rows = may_be(iter, { "django" }) and django_rows.of(iter)
      if rows then
        rows.is_django = true
        return rows
      end
      local callee = iter.kind == "call" and iter.name == "all" and iter:child("callee")
      local relation = callee and callee:child("value")
      if relation and relation.kind == "attr" then
        reverse()
        local one = by_name[relation.text]
        if one then
          return { base = one.class, eager = {}, back = one.back, is_guess = true, is_django = true }
        end
      end
      return nil
    end,
    model = function(base)
      local model = models(base)
      if model and not model.is_joined then
        model.is_joined = true
        reverse()
        for _, class in { model.name } do
          for name, relation in by_model[class] or {} do
            model.relations[name] = model.relations[name] or relation
          end
        end
      end
      return model
    end,
  }
end

-- The same for SQLAlchemy; relations that are loaded along by their declaration are none.
function M.sqlalchemy(repo)
  local models, backs, seen = sqlalchemy_models.of(repo), nil, {}
  return {
    rows = function(iter)
      return may_be(iter, { "sqlalchemy", "sqlmodel" }) and sqlalchemy_rows.of(iter) or nil
    end,
    model = function(base)
      local model = models(base)
      if model and not seen[model] then
        backs = backs or sqlalchemy_models.backrefs(repo)
        -- Others ask for all relations.
        local own = table.clone(model)
        own.relations = {}
        for _, relations in { backs[model.name] or {}, model.relations } do
          for name, relation in relations do
            local is_lazy = relation.loading ~= "loaded" and relation.loading ~= nil
            relation.kind = relation.loading == "query" and "many" or "one"
            own.relations[name] = is_lazy and relation or nil
          end
        end
        seen[model] = own
      end
      return model and seen[model]
    end,
  }
end

return M
