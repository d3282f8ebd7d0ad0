-- Reads that give one page of a list by its place: `.limit(20).offset(40)`, `findMany({ skip })`, `LIMIT $1 OFFSET $2`; which table they read, and how much
-- of it they may page through.

local awaited = require("awaited")
local growing_rows = require("growing_rows")
local few_rows = require("few_rows")
local late_conditions = require("late_conditions")
local listing = require("listing")
local narrowing = require("narrowing")
local query_chain = require("query_chain")
local selects = require("selects")
local words = require("words")

local M = {}

-- Links of a query that skip rows, and options of reads that do.
local LINKS = words.set("offset", "skip", "Offset", "Skip", "SetSkip")
local OPTIONS = { "skip", "offset" }
local READS = words.set("findMany", "findAll", "findAndCountAll", "findAndCount", "find")

-- Libraries whose queries skip rows by such a link.
local STORES = table.freeze({
  "sqlalchemy**", "sqlmodel**", "flask_sqlalchemy**", "django.db**", "tortoise**", "peewee**", "pypika**", "pony**", "ormar**", "pymongo**", "motor**", "beanie**", "mongoengine**", "odmantic**", "google.cloud.firestore**",
  "mongoose**", "mongodb**", "knex**", "objection**", "kysely**", "drizzle-orm**", "typeorm**", "sequelize**", "@mikro-orm/**", "firebase-admin**",
  "gorm.io/gorm**", "github.com/jinzhu/gorm**", "github.com/uptrace/bun**", "go.mongodb.org/mongo-driver/**", "github.com/Masterminds/squirrel**", "xorm.io/**", "cloud.google.com/go/firestore**", "entgo.io/**",
})

-- Whether a query is one of a store, for what of it is known.
local function is_of_store(query, call, scope)
  if call:is(STORES) then
    return true
  end
  -- What else is asked of the same variable tells as well: `base.Count(&total)`.
  local root = query_chain.root_of(call)
  for _, other in root and query_chain.called_on(scope)[root.text] or {} do
    if other:fact("lists") ~= nil or other:fact("orm") ~= nil then
      return true
    end
  end
  for _, part in query do
    if part.call:fact("kind") == "db" or part.call:fact("lists") ~= nil or part.call:fact("orm") ~= nil then
      return true
    end
  end
  return false
end

-- Links that begin a query at a whole table.
local BEGINS = words.set("select", "query", "selectFrom", "collection", "createQueryBuilder", "from", "from_", "Model", "Table", "NewSelect", "knex", "Collection")
local HANDLES = { "repo", "model", "collection", "db", "database", "table", "session", "prisma", "knex", "manager", "client", "dao", "store" }

-- Whether a function of the project begins a query: what it narrows it to is not seen here.
local function is_begun_elsewhere(call, scope, depth)
  local _, before = call:chained()
  for _, link in { call, unpack(before) } do
    if #link:callees() > 0 then
      return true
    end
  end
  local root = query_chain.root_of(call)
  for _, assign in root and depth < 3 and query_chain.assigned(scope)[root.text] or {} do
    local value = awaited.value(assign:child("value"))
    local own = value and value.kind == "call" and query_chain.root_of(value)
    if own and own.text ~= root.text and is_begun_elsewhere(value, scope, depth + 1) then
      return true
    end
  end
  return false
end

-- Whether a query begins at a whole table, not at what belongs to one object, as `user.orders` does, or at what a caller hands over.
local function begins_whole(query, call, scope)
  if is_begun_elsewhere(call, scope, 0) then
    return false
  end
  if call.file.language == "go" then
    return true
  end
  for _, part in query do
    local root = query_chain.root_of(part.call)
    local text = root and root.text or ""
    if part.call:fact("store") == "mongo" or part.call:fact("orm") == "prisma" then
      return true
    elseif BEGINS[part.name] or text:find("^%u") or words.any_in(text, HANDLES) then
      return true
    elseif text == "self" or text == "this" then
      local member = part.call.source:match("^%a+%s*%.%s*([%w_]+)")
      if member and words.any_in(member, HANDLES) then
        return true
      end
    end
  end
  return false
end

local GO_MONGO = table.freeze({ "go.mongodb.org/mongo-driver/mongo.Collection.*", "go.mongodb.org/mongo-driver/v2/mongo.Collection.*" })

-- How a query narrows the rows that it pages through: "none", "constant", "caller" or "key".
local function filter_of(query, scope)
  local conditions = {}
  for _, part in query do
    local call = part.call
    if call:is(GO_MONGO) then
      -- The context stands before the condition; `bson.D{}` asks for everything.
      local condition = call:arg(2)
      return condition and condition.kind == "call" and #condition:args() == 0 and condition.source:find("{%s*}$") and "none" or "caller"
    elseif call.name ~= "query" or call:fact("store") == "dynamo" then
      -- SQLAlchemy's `query(Order)` names the table.
      table.insert(conditions, part)
    end
  end
  local filter = narrowing.filter_of(conditions)
  if filter == "caller" and late_conditions.is_left_to_caller(query) then
    filter = "none"
  end
  return filter == "key" and filter or narrowing.stronger(filter, late_conditions.of(query, scope))
end

-- Constant conditions that leave most of a table: `status = 'active'`, `deletedAt: null`.
local MOST = { "active", "publish", "delet", "hidden", "visible", "enabled", "archiv", "removed", "banned" }

-- Whether a call's conditions, where it has some, leave most of the rows.
local function is_mild(call)
  local said = ""
  for _, argument in call:args() do
    local value = argument.kind == "name" and argument:value() or argument
    local where = value.kind == "dict" and value:entry("where") or value
    said ..= (where.kind == "name" and where:value() or where).source
  end
  return words.any_in(said, MOST)
end

local function leaves_most(found)
  if found.text then
    return words.any_in(found.text, MOST)
  end
  for _, part in found.query or {} do
    if narrowing.FILTERS[part.name] and narrowing.filter_of_call(part.call) == "constant" and not is_mild(part.call) then
      return false
    end
  end
  return true
end

-- Endings of names that say how something is kept, and names that say nothing of what it is.
local ENDINGS = { "Repository", "Repo", "Collection", "Model", "Dao", "Entity", "Service", "_repository", "_collection", "_repo", "_model", "_table", "_cls" }
local VAGUE = words.set("qb", "select", "main", "base", "mongoose", "entity", "object", "objects", "users_query", "stmt", "model", "tx", "orm", "sql", "this", "self", "query", "builder", "repository", "repo", "manager", "collection")

local function plain(name)
  if not name or name:find("^[^%a_]") then
    return nil
  end
  -- `o.orders` of an aliased table, `public.orders` of a schema.
  name = name:match("([%w_]+)$") or name
  for _, ending in ENDINGS do
    if #name > #ending and name:sub(-#ending) == ending then
      name = name:sub(1, #name - #ending)
      break
    end
  end
  return #name > 2 and not VAGUE[words.lower(name)] and name or nil
end

-- What the parts of a query say that it reads: Go's `Model(&Order{})`, TypeORM's `orders.createQueryBuilder("o")`.
local function name_in(query)
  for _, part in query do
    local call = part.call
    if call.name == "Model" and call.file.language == "go" then
      local model = call:arg(1)
      local made = model and (model.kind == "name" and model:value() or model)
      local name = made and made.kind == "call" and plain(made.name) or nil
      if name then
        return name
      end
    elseif call.name == "createQueryBuilder" and call:receiver() then
      local on = call:receiver()
      local given = on.kind == "call" and on:arg(1) or on
      return plain(given.text)
    end
  end
  return nil
end

-- What the query of a call reads: {name, filter, is_whole}; nil where it is no query of a store.
function M.query_of(call, scope)
  local query = query_chain.of(call, scope)
  if not is_of_store(query, call, scope) then
    return nil
  end
  local name = name_in(query)
  for _, part in not name and query or {} do
    name = name or (part.call:fact("lists") or part.name == "select" or part.name == "query") and plain(listing.name_of(part.call, scope)) or nil
  end
  name = name or plain(listing.name_of(call, scope))
  if not name then
    local root = query_chain.root_of(call)
    name = root and root.text:find("^%u") and plain(root.text) or nil
  end
  return { at = call, query = query, name = name, filter = filter_of(query, scope), is_whole = begins_whole(query, call, scope) }
end

-- Where a call skips rows: the node that says how many; nil where it skips none, or a fixed number.
local function skipped(call)
  local place = nil
  if LINKS[call.name] then
    place = call:receiver() and #call:args() == 1 and call:arg(1) or nil
  elseif READS[call.name] and call:fact("lists") and select(2, call:arg("cursor")) == "absent" then
    for _, option in OPTIONS do
      place = place or call:arg(option)
    end
  end
  if not place or place.kind == "function" or place.kind == "dict" or place.kind == "null" then
    return nil
  end
  local _, is_known = place:literal()
  return not is_known and place or nil
end

-- The read that takes options which skip rows: `orders.Find(ctx, filter, options.Find().SetSkip(skip))`.
local function taker_of(call, scope)
  for _, use in call:uses(scope) do
    for _, outer in use.calls do
      if outer:is(GO_MONGO) then
        return outer
      end
    end
  end
  return nil
end

-- Judges a call: nil when it gives no page of a store's rows by its place, else {at, place, name, filter, is_whole}.
function M.of_call(call, scope)
  local place = skipped(call)
  local read = place and (call.name == "SetSkip" and taker_of(call, scope) or call)
  local found = read and M.query_of(read, scope)
  if not found then
    return nil
  end
  found.place = place
  return found
end

-- A place in a text of SQL that the number of skipped rows is put into.
local SKIPS = { "[Oo][Ff][Ff][Ss][Ee][Tt]%s+[%(]?[%$%?%%:@{]" }

-- The same of a text of SQL; nil where it reads no page.
function M.of_text(node)
  local text = node:joined() or node.text
  local from = text and text:find(SKIPS[1])
  local statement = from and node.file:sql(text)[1]
  if not statement or statement.kind ~= "select" then
    return nil
  end
  local name = nil
  for _, source in statement.sources do
    name = name or source.kind == "base" and plain(source.name) or nil
  end
  local head = text:sub(1, from - 1):gsub("[Ll][Ii][Mm][Ii][Tt]%s+%S+%s*$", "")
  local filter = selects.has_placeholder(head) and "key" or statement.filter == "no" and "none" or "constant"
  return { at = node, place = node, name = name, filter = filter, is_whole = true, text = text, statement = statement }
end

-- How sure it is that a list has many pages: "medium" for a whole table of what adds up with use, nil for one of few rows, else "low".
function M.confidence(found)
  if found.name and few_rows.named(found.name) then
    return nil
  end
  local is_large = found.name ~= nil and growing_rows.named(found.name)
  local is_open = found.filter == "none" or found.filter == "constant" and leaves_most(found)
  return is_large and found.is_whole and is_open and "medium" or "low"
end

-- Django's slices with two ends that come from elsewhere: `orders[start : start + size]`.
local function of_slice(slice, scope)
  local index = slice:parent()
  local lower = nil
  local on = index and index.kind == "index" and index:child("value")
  for _, part in slice:children() do
    lower = part:role() == "lower" and part or lower
  end
  if not lower or lower.kind == "num" or not on or (on.kind ~= "name" and on.kind ~= "call") then
    return nil
  end
  local call = on.kind == "call" and on or on:value()
  local found = call and call.kind == "call" and M.query_of(call, scope)
  if found then
    found.place, found.at = lower, index
  end
  return found or nil
end

-- All such reads of a function, in order.
function M.all_in(func)
  local all = {}
  local scope = func.node
  for _, node in scope:descendants({ "call", "slice", "str", "template" }) do
    local found = nil
    if node.kind == "call" then
      found = M.of_call(node, scope)
    elseif node.kind == "slice" then
      found = scope.file.language == "python" and of_slice(node, scope) or nil
    elseif node.source:upper():find("OFFSET", 1, true) then
      found = M.of_text(node)
    end
    if found then
      table.insert(all, found)
    end
  end
  return all
end

return M
