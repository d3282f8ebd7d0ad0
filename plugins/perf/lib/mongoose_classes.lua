-- What classes of NestJS say about MongoDB's collections: fields by `@Prop`, indexes there or by `CatSchema.index(...)`, and which class the
-- model is about that a service is handed.

local declared = require("declared")
local index_keys = require("index_keys")
local literal_entries = require("literal_entries")

local M = {}

local INDEXING = { "index", "unique", "text", "sparse", "expires" }

local function decorator_of(node, name)
  for _, decorator in node:children("decorator") do
    if decorator.kind == "call" and decorator.name == name then
      return decorator
    end
  end
  return nil
end

-- Classes that are schemas by name; false for a name that two of them have.
local function classes(repo)
  local all = {}
  for _, call in repo:calls("@nestjs/mongoose.Schema") do
    local class = call:enclosing({ "class" })
    if class and decorator_of(class, "Schema") then
      all[class.name] = all[class.name] == nil and class or false
    end
  end
  return all
end

-- Indexes that are declared for the schema of a class elsewhere, by the class' name: lists of calls.
local function statements(repo)
  local said = {}
  for _, call in repo:calls("@nestjs/mongoose.SchemaFactory.createForClass().index") do
    local made = declared.value(call:receiver(), repo)
    local class = made and made.kind == "call" and made:arg(1)
    if class then
      said[class.text] = said[class.text] or {}
      table.insert(said[class.text], call)
    end
  end
  return said
end

local function is_set(options, key)
  local value = options and literal_entries.get(options, key)
  if not value then
    return false
  end
  local literal, known = value:literal()
  return not known or literal ~= false and literal ~= nil
end

local function read_class(model, class)
  for _, statement in class:child("body"):children() do
    local prop, target = decorator_of(statement, "Prop"), statement:child("target")
    if not prop or not target then
      continue
    end
    local options, field_type = prop:arg(1), statement:child("type")
    local typed = options and options.kind == "dict" and literal_entries.get(options, "type")
    local word = (typed or field_type or target).source:match("([%w_]+)[^%w_]*$") or ""
    model.columns[target.text] = {
      at = statement, type = (word == "boolean" or word == "Boolean") and "Boolean" or word, ref = is_set(options, "ref"), has_enum = is_set(options, "enum"),
    }
    local indexed = false
    for _, key in INDEXING do
      indexed = indexed or is_set(options, key)
    end
    if indexed then
      table.insert(model.indexes, { columns = { target.text }, at = statement })
    elseif options and (options.kind ~= "dict" or select(2, literal_entries.of(options)) == false) or model.known[word] ~= nil or word:find("Schema$") then
      -- A schema within may have indexes of its own.
      model.hidden[target.text] = true
    end
  end
end

-- The name of the class that the model of an attribute is about: `@InjectModel(Cat.name) private cats: Model<CatDocument>`.
local function class_name(receiver)
  local base = receiver and receiver.kind == "attr" and receiver:child("value")
  local class = base and base.text == "this" and receiver:enclosing({ "class" })
  for _, statement in class and class:child("body"):children() or {} do
    for _, param in statement.kind == "function" and statement.name == "constructor" and statement:children("param") or {} do
      local inject = param.text == receiver.text and decorator_of(param, "InjectModel")
      local named = inject and inject:arg(1)
      if named then
        local text = named:literal()
        return named.kind == "attr" and named:child("value").text or type(text) == "string" and text or nil
      end
    end
  end
  return nil
end

-- The schemas of a repository: a function from what a query is called on to what is known of its collection; nil where that is nothing.
function M.of(repo)
  local by_name, said, known = nil, nil, {}
  return function(receiver)
    local name = class_name(receiver)
    if not name then
      return nil
    end
    by_name = by_name or classes(repo)
    local class = by_name[name]
    if not class then
      return nil
    elseif not known[name] then
      said = said or statements(repo)
      local lineage, _, is_whole = declared.lineage(class, repo)
      local model = { name = name, columns = {}, indexes = { { columns = { "_id" } }, { columns = { "id" } } }, is_whole = is_whole, hidden = {}, at = class, known = by_name }
      for _, one in lineage do
        read_class(model, one)
      end
      for _, call in said[name] or {} do
        local columns = index_keys.columns(call:arg(1))
        if columns then
          table.insert(model.indexes, { columns = columns, at = call })
        else
          model.is_whole = false
        end
      end
      known[name] = model
    end
    return known[name]
  end
end

return M
