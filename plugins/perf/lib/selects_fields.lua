-- How a library is told which fields of its rows are wanted: whether a read says so already, where its rows are, and the edit that says it.

local entries = require("entries")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Links of a query behind which its rows are other than whole ones, or none at all.
local PICKING = set(
  "select", "project", "projection", "populate", "distinct", "values", "values_list", "only", "defer", "annotate", "aggregate", "with_entities", "options", "group_by", "select_related", "prefetch_related",
  "count", "countDocuments", "exists", "first", "last", "get_or_none", "cursor", "stream", "then", "catch", "update", "delete", "deleteMany", "updateMany", "raw", "union", "dates", "pluck", "iterator",
  "in_bulk", "explain", "withGraphFetched"
)

-- What is known of the rows of each library, by the calls that give them. `options` are the names under which an argument says which fields are wanted, or
-- what else comes with a row, `projection` its position; `lists` is the link that makes a list of a cursor; `is_list` says that the call gives rows itself.
local KINDS = {
  {
    name = "prisma",
    is_list = true,
    calls = { "@prisma/client.Delegate.findMany" },
    options = { "select", "omit", "include" },
  },
  { name = "typeorm", is_list = true, calls = { "typeorm.{Repository,EntityManager,BaseEntity}.{find,findBy}" }, options = { "select", "relations", "loadRelationIds" } },
  { name = "sequelize", is_list = true, calls = { "sequelize.Model.findAll" }, options = { "attributes", "include", "group" } },
  { name = "mongoose", calls = { "mongoose.Model.find" }, options = {}, projection = 2 },
  { name = "mongodb", calls = { "mongodb.Collection.find" }, options = { "projection" }, lists = "toArray" },
  {
    name = "pymongo",
    calls = { "pymongo.collection.Collection.find", "motor.motor_asyncio.AsyncIOMotorCollection.find", "pymongo.asynchronous.collection.AsyncCollection.find" },
    options = { "projection" },
    projection = 2,
    lists = "to_list",
    is_dicts = true,
  },
  {
    name = "firestore",
    is_list = true,
    calls = {
      "firebase-admin.Firestore.{CollectionReference,Query}.get", "google.cloud.firestore.{Query,CollectionReference,AsyncQuery,AsyncCollectionReference}.{get,stream}",
    },
    options = {},
    is_documents = true,
  },
  { name = "django", calls = { "django.db.models.{Manager,QuerySet}.{all,filter,exclude,order_by}" }, options = {}, is_lazy = true, is_builder = true },
  { name = "sqlalchemy", is_list = true, calls = { "sqlalchemy.orm.Query.all", "sqlalchemy.{Result,ScalarResult}.all" }, options = {}, is_lazy = true },
}

-- Braces of names are the facts' form; here each name stands alone.
local function expanded(path)
  local before, inner, after = path:match("^(.-){(.-)}(.*)$")
  if not before then
    return { path }
  end
  local all = {}
  for word in inner:gmatch("[^,]+") do
    for _, one in expanded(before .. word .. after) do
      table.insert(all, one)
    end
  end
  return all
end

for _, kind in KINDS do
  local all = {}
  for _, path in kind.calls do
    for _, one in expanded(path) do
      table.insert(all, one)
    end
  end
  kind.calls = table.freeze(all)
  -- Their last names, by which most calls are told from them.
  kind.names = {}
  for _, path in all do
    kind.names[path:match("[^.]+$")] = true
  end
end

-- The kind of a read; nil for calls that are none.
function M.kind_of(call)
  local name = call.name
  for _, kind in KINDS do
    if kind.names[name] and call:is(kind.calls) then
      return kind
    end
  end
  return nil
end

-- Whether the rows of SQLAlchemy are whole ones of one model: `session.query(Order)`, `select(Order)`.
local function is_of_one_model(query)
  for _, part in query do
    local name = part.name
    if name == "query" or name == "select" then
      local args = part.call:args()
      local model = #args == 1 and args[1]
      return model ~= false and (model.kind == "name" or model.kind == "attr") and model.text:find("^%u%l") ~= nil
    end
  end
  return false
end

-- What limits a read; of one row it is no matter.
local LIMITS = { "limit", "take" }
local LIMITING = set("limit", "take", "Limit")

-- Whether a read picks fields where it stands, brings more than rows, or cannot be seen.
function M.is_picking(call, kind)
  local after, before = call:chained()
  if kind.is_builder and after[1] and after[1]:fact("lists") then
    return true
  end
  for _, list in { after, before } do
    for _, link in list do
      local name = link.name
      if PICKING[name] and not (kind.name == "sqlalchemy" and name == "select") then
        return true
      end
      local most = LIMITING[name] and link:arg(1)
      if most and most:literal() == 1 then
        return true
      end
    end
  end
  for _, name in LIMITS do
    local limit = call:arg(name)
    if limit and limit:literal() == 1 then
      return true
    end
  end
  for _, name in kind.options do
    if select(2, call:arg(name)) ~= "absent" then
      return true
    end
  end
  return kind.projection ~= nil and select(2, call:arg(kind.projection)) ~= "absent"
end

-- Whether another part of its query does: what its variables were given, what was called on them.
function M.picks_elsewhere(call, scope, kind)
  local query = query_chain.of(call, scope)
  for _, part in query do
    if PICKING[part.name] and not part.call:same(call) and not (kind.name == "sqlalchemy" and part.name == "select") then
      return true
    end
  end
  return kind.name == "sqlalchemy" and not is_of_one_model(query)
end

-- Methods of lists; what stands before them in a chain is still the query.
local OF_LISTS = set("map", "forEach", "filter", "some", "every", "find", "findIndex", "flatMap", "reduce", "slice", "at", "each", "reverse", "pop", "shift", "sort", "join", "includes", "indexOf")

-- The expression that holds the rows: a cursor's list, or the query with all of its links.
function M.rows_of(call, kind)
  if kind.is_list then
    return call
  end
  local last = call
  for _, link in call:chained() do
    if link.name == kind.lists then
      return link
    elseif OF_LISTS[link.name] and (kind.name == "mongoose" and link.name ~= "sort" or kind.lists ~= nil and link.name ~= "sort") then
      return last
    end
    last = link
  end
  return last
end

local function quoted(fields, sign)
  local all = {}
  for _, field in fields do
    table.insert(all, sign .. field .. sign)
  end
  return all
end

local signs = {}

-- The sign of strings in a file, as its code has it.
local function sign_of(file)
  local path = file.path
  if not signs[path] then
    local _, double = file.text:gsub('"', "")
    local _, single = file.text:gsub("'", "")
    signs[path] = double >= single and '"' or "'"
  end
  return signs[path]
end

local function entry_of(call, text)
  local options = call:arg(1)
  if not options then
    local callee = call:child("callee")
    local _, stop = callee:bytes()
    local _, last = call:bytes()
    local open = call.file:span(stop + 1, last)
    return open.source:find("^%(%s*%)$") and { { at = open, text = `(\{ {text} \})` } } or nil
  end
  return entries.with_entry(options, text)
end

-- The edits that pick the fields, in the words of the library; nil where they cannot be written here.
local function edits_for(call, whole, kind, fields)
  local sign = sign_of(call.file)
  local listed = table.concat(quoted(fields, sign), ", ")
  local name = kind.name
  local flags = {}
  for _, field in fields do
    table.insert(flags, name == "pymongo" and `{sign}{field}{sign}: 1` or name == "mongodb" and `{field}: 1` or `{field}: true`)
  end
  local marked = table.concat(flags, ", ")
  if name == "prisma" or name == "typeorm" and call.name == "find" then
    return entry_of(call, `select: \{ {marked} \}`)
  elseif name == "sequelize" then
    return entry_of(call, `attributes: [{listed}]`)
  elseif name == "mongoose" then
    return { { after = call, text = `.select({sign}{table.concat(fields, " ")}{sign})` } }
  elseif name == "mongodb" then
    return { { after = call, text = `.project(\{ {marked} \})` } }
  elseif name == "pymongo" and call:arg(1) then
    return { { after = call:arg(1), text = `, \{{marked}\}` } }
  elseif name == "firestore" then
    local on = call:receiver()
    local picked = call.file.language == "python" and `.select([{listed}])` or `.select({listed})`
    return on and { { after = on, text = picked } } or nil
  elseif name == "django" then
    return { { after = whole, text = `.only({listed})` } }
  end
  return nil
end

-- The change that asks for the fields alone. It shortens the rows for everything that is done with them, and all of that was seen; what a library
-- does beside (hooks, extensions, virtual fields) was not.
function M.fix(call, whole, kind, fields)
  local edits = (#fields > 0 or kind.name == "firestore") and edits_for(call, whole, kind, fields)
  if not edits then
    return nil
  end
  return { title = `read {#fields > 0 and table.concat(fields, " and ") or "no field"}{#fields > 0 and " only" or ""}`, safety = kind.name == "sequelize" and "shown-only" or "unsafe", edits = edits }
end

return M
