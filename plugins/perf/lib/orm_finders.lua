-- For each library of models what turns an expression into rows, and the name of a model into the model with all its relations:
-- {rows = function(expression), model = function(name)}.

local django_models = require("django_models")
local django_rows = require("django_rows")
local sqlalchemy_models = require("sqlalchemy_models")
local sqlalchemy_rows = require("sqlalchemy_rows")

local M = {}

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
      local rows = django_rows.of(iter)
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
  local models = sqlalchemy_models.of(repo)
  return {
    rows = function(iter)
      return sqlalchemy_rows.of(iter)
    end,
    model = function(base)
      local model = models(base)
      if model and not model.is_joined then
        model.is_joined = true
        for name, relation in model.relations do
          relation.kind = relation.loading == "query" and "many" or "one"
          if relation.loading == "loaded" or not relation.loading then
            model.relations[name] = nil
          end
        end
      end
      return model
    end,
  }
end

return M
