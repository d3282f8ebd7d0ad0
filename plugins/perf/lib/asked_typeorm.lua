-- What code asks of TypeORM's entities: `repository.find({ where, order, take })` and chains of its query builder.

local asked_typeorm_chains = require("asked_typeorm_chains")
local decorated_tables = require("decorated_tables")
local literal_entries = require("literal_entries")
local object_questions = require("object_questions")
local paths = require("words").paths
local set = require("words").set

local M = {}

local FINDS = set("find", "findOne", "findAndCount", "findOneOrFail", "count", "exists", "exist")
local BY = set("findBy", "findOneBy", "findAndCountBy", "findOneByOrFail", "countBy", "existsBy", "delete", "update", "softDelete")
local ONE = set("findOne", "findOneBy", "findOneOrFail", "findOneByOrFail", "exists", "existsBy", "exist")
local CALLS = paths(
  { "typeorm.Repository", "typeorm.EntityManager", "typeorm.BaseEntity" },
  { "find", "findOne", "findAndCount", "findOneOrFail", "count", "exists", "exist", "findBy", "findOneBy", "findAndCountBy", "findOneByOrFail", "countBy", "existsBy", "delete", "update", "softDelete" }
)

-- Words of options; an object with none of them is what older versions take as conditions: `findOne({ email })`.
local OPTIONS = set("where", "order", "relations", "skip", "take", "select", "join", "cache", "lock", "withDeleted", "loadRelationIds", "loadEagerRelations", "transaction", "relationLoadStrategy", "comment")

local function are_conditions(options)
  local entries = literal_entries.of(options)
  for _, entry in entries or {} do
    if OPTIONS[entry.key] then
      return false
    end
  end
  return entries ~= nil and #entries > 0
end

-- The entity that a type or a value names: `Repository<Article>`, `getRepository(Article)`.
local function entity_in(node, tables)
  for _, name in node:descendants("name") do
    if tables[name.text] then
      return tables[name.text]
    end
  end
  return nil
end

-- The table of what a call is made on.
local function table_of(call, tables)
  local on = call:receiver()
  if not on then
    return nil
  end
  if on.kind == "name" and tables[on.text] then
    return tables[on.text]
  end
  if on.kind == "call" then
    return entity_in(on, tables)
  end
  local value = on.kind == "name" and on:value()
  if value and value.kind ~= "class" then
    return entity_in(value, tables)
  end
  -- `this.articles` is a parameter or a property of the class.
  local class = call:enclosing("class")
  for _, node in class and on.kind == "attr" and class:descendants({ "param", "assign" }) or {} do
    local target = node.kind == "assign" and node:child("target")
    if node.kind == "param" and node.text == on.text or target and target.text == on.text then
      return entity_in(node, tables)
    end
  end
  return nil
end

M.table_of = table_of

local BRINGS = set("find", "findOne", "findAndCount", "findOneOrFail", "findBy", "findOneBy", "findAndCountBy", "findOneByOrFail")

-- Whether options ask for a list: `relations: ["lines"]`, `relations: { lines: true }`.
local function asks_for(options, field)
  local relations = options and options.kind == "dict" and literal_entries.get(options, "relations")
  for _, part in relations and relations:descendants({ "str", "pair" }) or {} do
    local name = part.kind == "pair" and part.text or part.text:match("^[%w_]+")
    if name == field then
      return true
    end
  end
  return false
end

-- The lists that a find brings with its rows, as questions to their tables: they are found by the key that leads back.
local function see_lists(table_, options, call, tables, see)
  for field, list in BRINGS[call.name] and table_.lists or {} do
    local other = tables[list.other]
    if other and other.columns[list.by] and (list.is_eager or asks_for(options, field)) then
      see({ table = other, conditions = { { field = list.by, how = "equal", at = call } }, sorts = {}, call = call, is_one = false, is_limited = false, is_joined = true })
    end
  end
end

local BUILDS = table.freeze({ "typeorm.{Repository,BaseEntity}.createQueryBuilder" })

-- Calls `see` for each question of a repository.
function M.each(repo, see)
  local tables = nil
  for _, call in repo:calls(BUILDS) do
    if call.file.class == "source" then
      tables = tables or decorated_tables.of(repo)
      local table_ = table_of(call, tables)
      if table_ then
        asked_typeorm_chains.see(call, table_, tables, see)
      end
    end
  end
  for _, call in repo:calls(CALLS) do
    if call.file.class ~= "source" then
      continue
    end
    tables = tables or decorated_tables.of(repo)
    local first = call:arg(1)
    local table_, options = nil, first
    if first and first.kind == "name" and tables[first.text] then
      table_, options = tables[first.text], call:arg(2)
    else
      table_ = table_of(call, tables)
    end
    if table_ then
      see_lists(table_, options, call, tables, see)
    end
    if not table_ or options and options.kind ~= "dict" then
      continue
    end
    local is_known = not options or select(2, literal_entries.of(options)) == true
    local where, order = nil, nil
    if BY[call.name] or FINDS[call.name] and options and are_conditions(options) then
      where = options
    elseif FINDS[call.name] and options then
      where, order = literal_entries.get(options, "where"), literal_entries.get(options, "order")
    end
    local entries, is_whole = {}, true
    if where then
      entries, is_whole = literal_entries.of(where)
    end
    local question = { table = table_, conditions = {}, sorts = {}, call = call, is_one = ONE[call.name] ~= nil, is_limited = ONE[call.name] ~= nil or options ~= nil and literal_entries.get(options, "take") ~= nil }
    if not is_known or not entries or not is_whole then
      continue
    end
    local flat = {}
    for _, entry in entries do
      -- `{ user: { id: 3 } }` goes by the foreign key.
      local column = table_.columns[entry.key]
      local inner = entry.value.kind == "dict" and literal_entries.of(entry.value)
      if column and column.is_key and inner and #inner == 1 and inner[1].key == "id" then
        table.insert(flat, { key = entry.key, value = inner[1].value, at = entry.at })
      elseif column and column.is_key and entry.value.kind == "dict" then
        is_whole = false
      else
        table.insert(flat, entry)
      end
    end
    if is_whole and object_questions.conditions(table_, flat, question) then
      question.sorts = order and object_questions.sorts(order) or {}
      if not order or #question.sorts > 0 then
        see(question)
      end
    end
  end
end

return M
