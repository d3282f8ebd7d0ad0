-- What Django's models say: fields with their indexes, relations to other models in both directions, and whether the manager brings
-- relations along by itself.

local declared = require("declared")
local django_managers = require("django_managers")

local M = {}

-- Fields of packages that are built on those of Django and have the other side that theirs have.
local KEYS = {
  "django.db.models.{ForeignKey,OneToOneField}", "django.contrib.gis.db.models.{ForeignKey,OneToOneField}", "django.db.models.fields.related.{ForeignKey,OneToOneField}",
  "mptt.models.{TreeForeignKey,TreeOneToOneField}", "mptt.fields.{TreeForeignKey,TreeOneToOneField}", "tree_queries.fields.TreeNodeForeignKey", "modelcluster.fields.ParentalKey", "annoying.fields.AutoOneToOneField",
  "simple_history.models.HistoricForeignKey",
}
local LINKS = {
  "django.db.models.ManyToManyField", "django.contrib.gis.db.models.ManyToManyField", "django.db.models.fields.related.ManyToManyField", "mptt.models.TreeManyToManyField", "mptt.fields.TreeManyToManyField",
  "modelcluster.fields.ParentalManyToManyField", "sortedm2m.fields.SortedManyToManyField",
}
-- Lists that a model has by itself: tags, what hangs on it by a generic key, its former states.
local LISTS = { "taggit.managers.TaggableManager", "modelcluster.contrib.taggit.ClusterTaggableManager", "django.contrib.contenttypes.fields.GenericRelation", "simple_history.models.HistoricalRecords", "auditlog.models.AuditlogHistoryField" }

local function joined(...)
  local all = {}
  for _, list in { ... } do
    for _, one in list do
      table.insert(all, one)
    end
  end
  return table.freeze(all)
end

local ONE = joined(KEYS, { "django.contrib.contenttypes.fields.GenericForeignKey" })
local MANY = joined(LINKS, LISTS)
-- What gives its model a name that rows are asked by.
local NAMED = joined(KEYS, LINKS, LISTS)
LISTS = table.freeze(LISTS)

local FIELDS = table.freeze({ "django.db.models.**", "django.contrib.gis.db.models.**" })

-- The classes of models that have relations by their names; false where two share one.
local classes = {}

local function note_class(class)
  local known = classes[class.name]
  if known == nil then
    classes[class.name] = class
  elseif known and not (known:same(class) and known.file.path == class.file.path) then
    classes[class.name] = false
  end
end

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function is_true(call, name)
  local value, state = call:arg(name)
  local said = state == "given" and value:literal()
  return state == "hidden" or said == true
end

-- Texts of a list, `("shop", "-created")`, without the sign of a descending order; those of expressions left out.
local function texts(list)
  local all = {}
  for _, item in list and (list.kind == "list" or list.kind == "set") and list:children("item") or {} do
    local text = literal(item)
    if text then
      table.insert(all, (text:gsub("^%-", "")))
    end
  end
  return all
end

local function add_index(model, columns, at, is_unique)
  if #columns > 0 then
    table.insert(model.indexes, { columns = columns, at = at, is_unique = is_unique })
  else
    model.has_expressions = true
  end
end

-- `indexes = [Index(fields=["a", "b"])]`, `constraints`, `unique_together` and `index_together`.
local function read_meta(model, meta)
  for _, base in meta:children("base") do
    -- `class Meta(Base.Meta)` may bring indexes.
    model.is_whole = model.is_whole and base.source == "object"
  end
  for _, assign in meta:child("body"):children() do
    local target, value = assign.kind == "assign" and assign:child("target"), assign:child("value")
    local name = target and target.text or ""
    if name == "unique_together" or name == "index_together" then
      local first = value and value:children("item")[1]
      if first and first.kind == "str" then
        add_index(model, texts(value), assign, name == "unique_together")
      else
        for _, item in value and value:children("item") or {} do
          add_index(model, texts(item), item, name == "unique_together")
        end
      end
    elseif name == "indexes" or name == "constraints" then
      local items = value and value.kind == "list" and value:children("item")
      model.is_whole = model.is_whole and items ~= nil and items ~= false
      for _, item in items or {} do
        local fields = item.kind == "call" and (item:arg("fields"))
        if fields then
          add_index(model, texts(fields), item)
        else
          model.has_expressions = model.has_expressions or name == "indexes" or item.source:find("Unique", 1, true) ~= nil
        end
      end
    elseif name == "abstract" then
      model.is_abstract = model.is_abstract or value and value.source == "True" and meta:enclosing("class"):same(model.class)
    elseif name == "ordering" then
      model.ordering = model.ordering or texts(value)
    elseif name == "managed" then
      model.is_whole = model.is_whole and not (value and value.source == "False")
    end
  end
end

-- Whether a manager brings relations along, or may: one of this repository says so, a library's does not where its name says that it is one.
local function is_eager(value, classes)
  if #classes > 0 then
    return django_managers.brings_relations(classes)
  end
  return value.kind == "call" and not value.source:find("Manager", 1, true) and value.name ~= "as_manager"
end

-- Whether a call makes a manager: `PublishedManager()`, `OrderQuerySet.as_manager()`, a class of this repository whose base says that it is one.
local function is_manager(call, repo)
  local name = call.name
  if name == "as_manager" or name:find("^%u%w*Manager$") then
    return true
  end
  local target = name:find("^%u") and #call:children("arg") == 0 and call:target()[1]
  local class = target and target:find(":", 1, true) and declared.class(call:child("callee"), repo)
  for _, base in class and class:children("base") or {} do
    if base.source:find("Manager", 1, true) then
      return true
    end
  end
  return false
end

local function read_field(model, name, call, repo, owner)
  local is_one, is_many = call:is(ONE), call:is(MANY)
  if is_one or is_many then
    model.relations[name] = model.relations[name] or { kind = is_one and "one" or "many", at = call, target = call:arg("to") or call:arg(1), owner = owner }
  end
  if is_many then
    return
  end
  local kind = call.name
  local is_unique = is_true(call, "unique") or is_true(call, "primary_key") or kind:find("OneToOneField$") ~= nil or kind:find("AutoField", 1, true) ~= nil
  local plain, state = call:arg("db_index")
  -- Django makes the index of a foreign key by itself, unless told not to.
  local keyed = is_one and kind ~= "GenericForeignKey" and not (state == "given" and plain:literal() == false)
  local is_indexed = is_unique or is_true(call, "db_index") or keyed or kind == "SlugField" and not (state == "given" and plain:literal() == false)
  model.columns[name] = model.columns[name] or { at = call, type = kind, is_one = is_one, is_indexed = is_indexed, is_unique = is_unique, has_choices = select(2, call:arg("choices")) ~= "absent" }
  if is_indexed then
    table.insert(model.indexes, { columns = { name }, at = call })
  end
end

local function read_class(model, class, repo)
  for _, statement in class:child("body"):children() do
    local target, value = statement.kind == "assign" and statement:child("target"), statement:child("value")
    if target and target.kind == "name" and value then
      -- `manager = ForeignKey(User)` is a column like any other.
      local is_own = target.text == "objects" or target.text:find("manager", 1, true) ~= nil and not (value.kind == "call" and (value:is(FIELDS) or value.name:find("Field$") ~= nil))
      if is_own or value.kind == "call" and is_manager(value, repo) and not value:is(LISTS) then
        local made_of = django_managers.classes(value, repo)
        if is_own then
          model.is_eager = model.is_eager or is_eager(value, made_of)
        else
          -- `published = PublishedManager()`, beside the one that everybody uses.
          model.managers[target.text] = { is_eager = is_eager(value, made_of) }
        end
        for _, one in made_of do
          table.insert(model.asked_by, one)
        end
      elseif value.kind == "call" then
        read_field(model, target.text, value, repo, class)
      end
    elseif statement.kind == "class" and statement.name == "Meta" then
      read_meta(model, statement)
    end
  end
end

-- Whether a class declares a column or a relation of Django.
local function has_fields(lineage)
  for _, class in lineage do
    for _, statement in class:child("body"):children() do
      local value = statement.kind == "assign" and statement:child("value")
      if value and value.kind == "call" and value:is(FIELDS) then
        return true
      end
    end
  end
  return false
end

local function is_model(lineage, libraries)
  local is_others = false
  for _, origin in libraries do
    if origin:find("^django%.") and origin:find("[Mm]odel") or origin:find("AbstractUser", 1, true) or origin:find("AbstractBaseUser", 1, true) then
      return true
    end
    -- Libraries have models of their own to build on: `safedelete.models.SafeDeleteModel`, `mptt.models.MPTTModel`.
    is_others = is_others or origin:find("%.models%.[%w_]+$") ~= nil or origin:find("Model$") ~= nil
  end
  return is_others and has_fields(lineage)
end

local function reader(repo)
  local known = {}
  return function(node)
    local class = declared.class(node, repo) or node.kind == "attr" and node.text:find("^%u") and classes[node.text] or nil
    if not class then
      return nil
    end
    local key = declared.key(class)
    if known[key] == nil then
      known[key] = false
      local lineage, libraries, is_whole = declared.lineage(class, repo)
      if is_model(lineage, libraries) then
        local model = { name = class.name, class = class, columns = {}, relations = {}, managers = {}, asked_by = {}, indexes = { { columns = { "id" } }, { columns = { "pk" } } }, is_whole = is_whole, is_eager = false }
        for _, one in lineage do
          read_class(model, one, repo)
        end
        known[key] = model
      end
    end
    return known[key] or nil
  end
end

-- Several rules ask, and it is the same repository.
local read = nil

-- The models of a repository: a function from a class, or what names it, to what is known of it; nil where that is nothing.
function M.of(repo)
  read = read or reader(repo)
  return read
end

-- What stands for the model of users, whichever the settings name.
local USERS = { AUTH_USER_MODEL = "User", ["get_user_model()"] = "User" }

-- The name of the model that a relation leads to: `Author`, `"shop.Author"`; nil for `"self"` and what is not written.
local function target_name(call)
  local to = call:arg("to") or call:arg(1)
  local text = to and (literal(to) or to.source)
  local name = text and text ~= "self" and (USERS[text] or text:match("([%w_]+)$")) or nil
  return name and USERS[name] or name
end

-- The class of that name in a file.
local function class_in(file, name)
  for _, class in file.root and file.root:descendants("class", name) or {} do
    return class
  end
  return nil
end

-- The class of that name in the other files of a package of models.
local function class_beside(file, name, repo)
  local directory = file.path:match("^(.*)/models/[^/]*$")
  for _, path in directory and repo:holding(`{directory}/models/**.py`, `class {name}(`) or {} do
    local other = repo:open(path)
    local class = other and class_in(other, name)
    if class then
      return class
    end
  end
  return nil
end

-- The class of the model that a relation leads to; nil where that is not known.
function M.target(relation, repo)
  if relation.is_reverse then
    return relation.class
  end
  local to = relation.target
  if not to then
    return nil
  elseif literal(to) == "self" then
    return relation.owner
  end
  local class = to.kind ~= "str" and to.kind ~= "call" and declared.class(to, repo)
  local name = not class and target_name(relation.at)
  return class or name and (class_in(relation.at.file, name) or classes[name] or class_beside(relation.at.file, name, repo)) or nil
end

-- Names of relations, and of methods of the models that have some: a row of which none is read costs nothing more. And the classes that were looked at.
local words, lists, looked_at = {}, {}, {}

local function note_words(class, name, is_list)
  words[name] = true
  lists[name] = lists[name] or is_list
  M.note_methods(class)
end

-- Notes the methods of a class that is a model.
function M.note_methods(class)
  local key = declared.key(class)
  if not looked_at[key] then
    looked_at[key] = true
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" then
        words[statement.name] = true
      end
    end
  end
end

-- Whether some model of the repository has a relation or a method of that name; known once `reverse` was asked.
function M.is_word(name)
  return words[name] == true
end

-- Whether a relation of that name gives several rows somewhere.
function M.is_list(name)
  return lists[name] == true
end

-- Relations from the other side, by the name of the model that they lead to: {name = {kind = "many" | "one", at, class}}; a name that
-- two models answer to has none. Second, the classes by the explicit name of a relation that only one has.
function M.reverse(repo)
  local by_model, by_name = {}, {}
  words, lists = {}, {}
  for _, call in repo:calls(NAMED) do
    local class = call.file.class ~= "migration" and call:enclosing({ "class", "function" })
    class = class and class.kind == "class" and class or nil
    local assign = class and call:parent()
    if not assign or assign.kind ~= "assign" then
      continue
    end
    local is_many, is_one = call:is(MANY), call.name:find("OneToOneField$") ~= nil
    note_words(class, assign:child("target").text, is_many)
    local model = target_name(call)
    if not model or call:is(LISTS) then
      continue
    end
    note_class(class)
    local to = call:arg("to") or call:arg(1)
    local other = to and to.kind == "name" and declared.class(to, repo)
    if other then
      note_class(other)
      M.note_methods(other)
    end
    local related, state = call:arg("related_name")
    local name = literal(related)
    if state == "absent" then
      name = is_one and class.name:lower() or class.name:lower() .. "_set"
    end
    name = name and name:gsub("%%%(class%)s", class.name:lower())
    if name and not name:find("[+%%]") then
      by_model[model] = by_model[model] or {}
      -- Rows of a foreign key's other side know the one that they hang on.
      local back = not is_many and assign:child("target").text or nil
      by_model[model][name] = { kind = is_one and "one" or "many", at = call, class = class, is_reverse = true, back = back }
      words[name] = true
      lists[name] = lists[name] or not is_one
      local is_own_name = state == "given" or not is_one
      if is_own_name then
        local known = by_name[name]
        if known and declared.key(known.class) == declared.key(class) then
          -- Several relations of one model: which of them it is decides only what is known already; of many to many there is nothing.
          known.back = (known.back == nil or back == nil) and (known.back or back) or nil
        else
          by_name[name] = known == nil and { class = class, back = back } or false
        end
      end
    end
  end
  return by_model, by_name
end

return M
