-- The finder of SQLAlchemy's rows for what a template shows of them: it also knows what relations lead to, loaded along or not, rows of several models
-- (`select(Order, Customer)`), and which methods of a model ask the database.

local orm_finders = require("orm_finders")
local row_methods = require("row_methods")
local sqlalchemy_instances = require("sqlalchemy_instances")
local sqlalchemy_rows = require("sqlalchemy_rows")

local M = {}

-- Whether a name is called as a class is.
local function names_class(node)
  return node.text:find("^%u") ~= nil
end

function M.finder(repo)
  local plain = orm_finders.sqlalchemy(repo)
  local find = table.clone(plain)
  function find.target(relation)
    local model = sqlalchemy_instances.target(relation, repo)
    return model and plain.model(model.class) or nil
  end
  -- Rows of several models, each of which stands under a name of its own: {base, bases, eager, ...}, or nil.
  function find.tuples(node)
    local rows = sqlalchemy_rows.of(node, function(call)
      return sqlalchemy_instances.returned(call, repo)
    end, true)
    for _, base in rows and rows.bases or {} do
      if not names_class(base) then
        return nil
      end
    end
    return rows and rows.bases and rows or nil
  end
  -- Whether a method of a model asks the database each time that it is shown.
  function find.asks(method)
    return row_methods.queries(method, false) or row_methods.queries(method, true)
  end
  return find
end

return M
