-- What code asks of Sequelize's models: `Order.findAll({ where, order, limit })`.

local held_entries = require("held_entries")
local injected_model = require("injected_model")
local literal_entries = require("literal_entries")
local object_questions = require("object_questions")
local paths = require("words").paths
local sequelize_tables = require("sequelize_tables")
local set = require("words").set

local M = {}

local ONE = set("findOne")
local CALLS = paths({ "sequelize.Model" }, { "findAll", "findOne", "findByPk", "findAndCountAll", "count", "destroy", "update" })
-- Where options are not the first argument.
local OPTIONS_AT = { update = 2, findByPk = 2 }

-- Links of a chain that say which of the model's rows are meant by a name that the model gives them.
local SCOPES = set("scope", "unscoped", "schema")

-- The model that a question is put to: `Order`, `models.Order`, `Order.scope("open")`.
local function model_of(call)
  local on = call:receiver()
  while on and on.kind == "call" and SCOPES[on.name] do
    on = on:receiver()
  end
  return on and (on.kind == "name" or on.kind == "attr") and on or nil
end

-- The table of a model that code names, or holds in a field whose type names it.
local function table_of(model, tables)
  local function named(name)
    return sequelize_tables.named(tables, name)
  end
  return injected_model.of(model, named) or named(model.text)
end

-- The table that a call asks; nil where it is not declared or not known.
function M.table_of(call, tables)
  local model = model_of(call)
  return model and table_of(model, tables) or nil
end

-- How deep lists are brought along within lists.
local DEEPEST = 4

-- The lists that are brought along: `include: [Line, { model: Visit, as: "visits" }]`; each finds its rows by the key of the other.
local function each_brought(options, table_, tables, call, see, depth)
  local include = options and options.kind == "dict" and (options:entry("include"))
  for _, item in include and include.kind == "list" and include:children("item") or include and { include } or {} do
    local model = item.kind == "dict" and (item:entry("model")) or item
    local other = (model.kind == "name" or model.kind == "attr") and sequelize_tables.named(tables, model.text) or nil
    for _, list in other and table_.lists or {} do
      if list.holder == other then
        local conditions = { { field = list.key, how = "equal", value = model, at = item } }
        -- What else is asked of them may have an index.
        local where = item.kind == "dict" and (item:entry("where"))
        for _, entry in where and literal_entries.of(where) or {} do
          local field = sequelize_tables.field(other, entry.key)
          table.insert(conditions, other.columns[field] and { field = field, how = object_questions.how(entry.value), value = entry.value, at = entry.at } or nil)
        end
        see({ table = other, conditions = conditions, sorts = {}, call = call, is_one = false, is_limited = false, is_joined = true })
      end
    end
    if other and item.kind == "dict" and depth < DEEPEST then
      each_brought(item, other, tables, call, see, depth + 1)
    end
  end
end

-- What a question surely goes by whose conditions are put together step by step: {table, conditions, call, is_one, is_open}.
local function open_question(table_, options, call)
  local all = options and held_entries.of(options)
  local where = all and all.where and held_entries.of(all.where.value)
  local question = { table = table_, conditions = {}, sorts = {}, call = call, is_one = ONE[call.name] ~= nil, is_limited = false, is_open = true }
  for _, entry in where or {} do
    local field = sequelize_tables.field(table_, entry.key)
    if table_.columns[field] then
      table.insert(question.conditions, { field = field, how = object_questions.how(entry.value), value = entry.value, at = entry.at })
    end
  end
  return #question.conditions > 0 and question or nil
end

-- What a question that filters by a joined model alone goes by: `include: [{ model: Site, where: { name } }]`.
local function each_joined(options, tables, call, see)
  local all = held_entries.of(options)
  local include = all and not all.where and all.include and all.include.value
  for _, item in include and include.kind == "list" and include:children("item") or {} do
    local model, where = item.kind == "dict" and item:entry("model"), item.kind == "dict" and item:entry("where")
    local other = model and where and (model.kind == "name" or model.kind == "attr") and sequelize_tables.named(tables, model.text) or nil
    local question = other and open_question(other, item, call)
    if question then
      question.is_joined = true
      see(question)
    end
  end
end

-- Calls `see` for each question of a repository; `see_open`, where given, for those that are not seen whole.
function M.each(repo, see, see_open)
  local tables = nil
  for _, call in repo:calls(CALLS) do
    local on = model_of(call)
    if call.file.class ~= "source" or not on then
      continue
    end
    tables = tables or sequelize_tables.of(repo)
    local table_ = table_of(on, tables)
    local options = call:arg(OPTIONS_AT[call.name] or 1)
    if table_ and options then
      each_brought(options, table_, tables, call, see, 0)
    end
    if not table_ or not options or call.name == "findByPk" then
      continue
    end
    if see_open then
      each_joined(options, tables, call, see_open)
    end
    if options.kind ~= "dict" then
      local open = see_open and open_question(table_, options, call)
      if open then
        see_open(open)
      end
      continue
    end
    local where, order = literal_entries.get(options, "where"), literal_entries.get(options, "order")
    local entries, is_whole = {}, true
    if where then
      entries, is_whole = literal_entries.of(where)
    end
    for _, entry in table_ and entries or {} do
      entry.key = sequelize_tables.field(table_, entry.key)
    end
    local question = { table = table_, conditions = {}, sorts = {}, call = call, is_one = ONE[call.name] ~= nil, is_limited = ONE[call.name] ~= nil or literal_entries.get(options, "limit") ~= nil }
    -- What is joined changes in which order rows may be read, not how those of the table itself are found.
    question.is_joined = literal_entries.get(options, "include") ~= nil
    if select(2, literal_entries.of(options)) and entries and is_whole and object_questions.conditions(table_, entries, question) then
      question.sorts = order and object_questions.sorts(order) or {}
      if not order or #question.sorts > 0 then
        see(question)
        continue
      end
    end
    local open = see_open and open_question(table_, options, call)
    if open then
      see_open(open)
    end
  end
end

return M
