-- Queries to MongoDB that no declared index serves. The schema says what is declared; where a part of it or of the filter is not seen,
-- nothing is said.

local called = require("called")
local few_rows = require("few_rows")
local index_keys = require("index_keys")
local layout = require("layout")
local mongo_queries = require("mongo_queries")
local mongo_question = require("mongo_question")
local naming = require("naming")
local set = require("words").set
local words = require("words")

-- Fields that have a few values whatever their type, by their names.
local FEW_VALUES = set("role", "status", "state", "gender", "active", "enabled", "verified", "deleted", "published", "visibility")

-- Whether few values are told apart by a field: flags, fields with an enumeration, and those of such a name.
local function is_coarse(collection, asked, field)
  local column = collection.columns and collection.columns[field]
  local condition = asked.fields[field]
  local all = words.of(field)
  if condition and condition.is_flag or FEW_VALUES[all[#all] or ""] then
    return true
  end
  return column ~= nil and (column.type == "Boolean" or column.type == "bool" or column.type == "BooleanField" or column.has_enum == true)
end

-- Whether the model declares the field: what it does not know may be indexed elsewhere, or not be there at all.
local function is_declared(collection, field)
  if not collection.columns then
    return true
  end
  local at = field
  while at do
    if collection.hidden[at] then
      return false
    elseif collection.columns[at] then
      return true
    end
    at = at:match("^(.+)%.[^.]+$")
  end
  return field == "createdAt" or field == "updatedAt"
end

local function list(fields)
  local all = {}
  for _, field in fields do
    table.insert(all, `\`{field}\``)
  end
  return table.concat(all, ", ")
end

-- The declaration that Mongoose would need, behind the statement that makes the schema.
local function fix_of(collection, columns)
  local schema = collection.schema
  local statement = schema and schema:statement()
  local target = statement and statement.kind == "assign" and statement:child("target") or schema and schema:parent().kind == "assign" and schema:parent():child("target")
  if not target or target.kind ~= "name" or not statement then
    return nil
  end
  local keys = {}
  for _, column in columns do
    table.insert(keys, `{column:find("%W") and '"' .. column .. '"' or column}: 1`)
  end
  local file = schema.file
  local text = `{target.text}.index(\{ {table.concat(keys, ", ")} \}){layout.ending(file)}`
  return { title = `declare an index on {list(columns)}`, safety = "shown-only", edits = { { after = file:line_span(statement.last_line), text = `\n{text}` } } }
end

local function related_to(collection)
  return { { at = collection.at, message = collection.is_driver and "indexes of this collection are made here" or "the schema, without such an index" } }
end

-- One declaration serves all queries for it, so that only the first of them offers it.
local function first_fix(collection, columns)
  local key = table.concat(columns, " ")
  collection.offered = collection.offered or {}
  if collection.offered[key] then
    return nil
  end
  collection.offered[key] = true
  return fix_of(collection, columns)
end

local function check_filter(call, collection, asked, report, repo)
  local fields, branch = mongo_question.unserved(collection.indexes, asked)
  if not fields then
    return false
  end
  local wanted, coarse = {}, true
  for _, field in fields do
    if not is_declared(collection, field) then
      return true
    end
    if not is_coarse(collection, branch, field) then
      coarse = false
      table.insert(wanted, field)
    end
  end
  wanted = #wanted > 0 and wanted or fields
  local confidence = call:reach() == "request" and not collection.is_driver and "high" or "medium"
  if coarse or few_rows.named(collection.name) then
    confidence = "low"
  end
  report({
    at = call,
    message = `{naming.of(call, call:target()[1] or call.name)} searches {collection.name} by {list(fields)}, and no index begins with {#fields > 1 and "one of these" or "it"}: the whole collection is read`,
    confidence = called.confidence(call, confidence, repo),
    related = related_to(collection),
    notes = { collection = collection.name, index = table.concat(wanted, ", ") },
    fix = first_fix(collection, wanted),
  })
  return true
end

local function check_sort(call, collection, asked, report, repo)
  local sort, is_first = mongo_queries.order_of(call)
  if not sort or #asked.order > 0 or next(asked.weak) ~= nil or #asked.branches > 0 then
    return
  end
  local column = sort.columns[1]
  if index_keys.serves(collection.indexes, { [column] = true }) or not is_declared(collection, column) then
    return
  end
  local confidence = is_first and "medium" or "low"
  if few_rows.named(collection.name) then
    confidence = "low"
  end
  report({
    at = call,
    message = `{collection.name} is sorted by \`{column}\`, which no index begins with: the whole collection is read and sorted{is_first and " for the first of it" or ""}`,
    confidence = called.confidence(call, confidence, repo),
    related = related_to(collection),
    notes = { collection = collection.name, index = column },
    fix = first_fix(collection, { column }),
  })
end

local function check_repository(repo, report)
  local told = {}
  mongo_queries.each(repo, function(call, collection, asked)
    local _, _, is_whole = mongo_queries.order_of(call)
    if not collection.is_whole or not is_whole then
      return
    end
    -- Of the queries of one function that want the same index, the first is told of.
    local func = call:func()
    local function told_once(finding)
      local key = `{call.file.path}:{func and func.node.id}:{finding.notes.collection}:{finding.notes.index}`
      if not told[key] then
        told[key] = true
        report(finding)
      end
    end
    if not check_filter(call, collection, asked, told_once, repo) then
      check_sort(call, collection, asked, told_once, repo)
    end
  end)
end

return { check_repository = check_repository }
