-- For each library of models what turns an expression into rows, and the name of a model into the model with all its relations:
-- {rows = function(expression), ways = the same by each way to them, all_of = function(model), model = function(name), target = function(relation), instance = function(expression)}; the last two of Django only.

local declared = require("declared")
local django_instances = require("django_instances")
local django_models = require("django_models")
local django_rows = require("django_rows")
local named_models = require("named_models")
local query_chain = require("query_chain")
local row_sources = require("row_sources")
local sqlalchemy_instances = require("sqlalchemy_instances")
local sqlalchemy_models = require("sqlalchemy_models")
local sqlalchemy_rows = require("sqlalchemy_rows")

local M = {}

-- Whether an expression may be rows of a library, by where it comes from: what is another library's need not be looked into.
local function may_be(expression, libraries)
  local origins = expression:origin()
  for _, origin in origins do
    -- What a view hands to its template may be anything, whichever base of the view is asked for it first.
    if origin:find("^builtins%.") or origin:find("^%%") or origin:find("^typing%.") or origin:find("^abc%.") or origin:find(":", 1, true) or origin:find("get_context_data()[]", 1, true) then
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

local function finder(repo)
  local models, by_model, by_name = django_models.of(repo), nil, nil
  local find = { repo = repo }
  -- What was asked before; `false` while it is being found out, so that rows made of themselves have none.
  local known_rows, known_instances = {}, {}

  local function reverse()
    if not by_model then
      by_model, by_name = django_models.reverse(repo)
    end
  end

  local function remembered(known, node, work)
    local key = declared.key(node)
    if known[key] == nil then
      known[key] = false
      known[key] = work() or false
    end
    return known[key] or nil
  end

  -- A model that is spoken of by a name that no class of the repository has here.
  local own_user = nil

  local function model_by_name(base)
    local class = named_models.class(base, repo)
    if class then
      return models(class)
    end
    own_user = own_user or named_models.own_user(base, repo)
    return own_user and named_models.own_user(base, repo) and own_user
  end

  local function join(model, name)
    for field, relation in by_model[name] or {} do
      model.relations[field] = model.relations[field] or relation
    end
  end

  function find.model(base)
    reverse()
    local model = models(base) or model_by_name(base)
    if model and not model.is_joined then
      model.is_joined = true
      model.repo = repo
      for _, class in model.class and declared.lineage(model.class, repo) or {} do
        join(model, class.name)
      end
      -- `ForeignKey(settings.AUTH_USER_MODEL)` leads to users, whatever they are called.
      if not model.class or named_models.is_user(model.class, repo) then
        join(model, "User")
      end
    end
    return model
  end

  -- Whether a name that is read from a row may ask for more.
  function find.may_ask(name)
    reverse()
    return django_models.is_word(name)
  end

  -- Whether a name may be that of a relation to several rows.
  function find.is_list(name)
    reverse()
    return django_models.is_list(name)
  end

  function find.target(relation)
    local class = django_models.target(relation, repo)
    return class and find.model(class)
  end

  function find.instance(node)
    return remembered(known_instances, node, function()
      return django_instances.of(node, find)
    end)
  end

  -- The relation to many that an attribute is: by the instance that it is read from, else by a name that only one model answers to.
  function find.related(attr)
    reverse()
    if not django_models.is_list(attr.text) then
      return nil
    end
    local on = attr:child("value")
    local holder = on and find.instance(on)
    if holder then
      local relation = holder.model.relations[attr.text]
      local target = relation and relation.kind == "many" and find.target(relation)
      return target and { class = target.class, back = relation.back, name = attr.text, holder = holder } or nil
    end
    local one = by_name[attr.text]
    return one and { class = one.class, back = one.back, name = attr.text, is_guess = true } or nil
  end

  -- Whether a chain begins with a model, whose manager may be of any library: `Order.objects.filter(...)`.
  local function is_asked_of_model(node)
    local root = query_chain.root_of(node)
    if root and not root.text:find("^%u") then
      for _, value in row_sources.assigned(root) or {} do
        local start = query_chain.root_of(value)
        root = start and start.text:find("^%u") and start or root
      end
    end
    return root ~= nil and root.text:find("^%u") ~= nil and (models(root) or model_by_name(root)) ~= nil
  end

  local function read_rows(node, way)
    local rows = django_rows.of(node, find, 0, way)
    if not rows then
      return nil
    end
    rows.is_django = true
    if rows.root and not rows.is_refined then
      -- What the row that they hang on was brought along with is theirs, too.
      local holder = rows.root.holder
      local given = holder and holder.rows
      if given and not given.is_handed and not given.is_open then
        local before = rows.root.name .. "__"
        for path, what in given.paths do
          if path:sub(1, #before) == before then
            rows.paths[path:sub(#before + 1)], rows.eager[path:sub(#before + 1)] = what, true
          end
        end
      else
        rows.is_open = true
      end
    end
    rows.is_guess = rows.root ~= nil and rows.root.is_guess and not rows.is_refined
    return rows
  end

  function find.rows(node)
    return (may_be(node, { "django", "rest_framework" }) or is_asked_of_model(node)) and remembered(known_rows, node, function()
      return read_rows(node)
    end) or nil
  end

  -- All rows of a model, as a view that names nothing else asks for them.
  function find.all_of(base)
    return { base = base, eager = {}, paths = {}, added = {}, equal = {}, all_eager = false, is_django = true }
  end

  -- The rows by each way to them, where a name is given several: `orders = Order.objects.all()` and, in a branch, `orders = Order.closed.all()`.
  function find.ways(node)
    local rows = find.rows(node)
    local all = {}
    for _, way in rows and rows.begins or {} do
      table.insert(all, read_rows(node, way))
    end
    return #all > 0 and all or { rows }
  end

  return find
end

-- The repository is the same for every rule that asks.
local django = nil

-- Finders of the rows of Django: of a query, and of a relation (`order.lines.all()`). `is_open` are rows that may have been brought along with the
-- one that they hang on, `is_guess` those of a relation that is known by its name only.
function M.django(repo)
  django = django or finder(repo)
  return django
end

-- The same for SQLAlchemy; relations that are loaded along by their declaration are none.
function M.sqlalchemy(repo)
  local models, backs, seen = sqlalchemy_models.of(repo), nil, {}
  local function methods(call)
    return sqlalchemy_instances.returned(call, repo)
  end
  return {
    rows = function(iter)
      return may_be(iter, { "sqlalchemy", "sqlmodel" }) and sqlalchemy_rows.of(iter, methods) or nil
    end,
    model = function(base)
      local model = models(base)
      if model and not seen[model] then
        backs = backs or sqlalchemy_models.backrefs(repo)
        -- Others ask for all relations.
        local own = table.clone(model)
        own.relations, own.loaded = {}, {}
        for _, relations in { backs[model.name] or {}, model.relations } do
          for name, relation in relations do
            local is_lazy = relation.loading ~= "loaded" and relation.loading ~= nil
            relation.kind = relation.loading == "query" and "many" or "one"
            own.relations[name] = is_lazy and relation or nil
            own.loaded[name] = relation.loading == "loaded" and relation or nil
          end
        end
        seen[model] = own
      end
      return model and seen[model]
    end,
  }
end

return M
