-- What queries of knex' builder and of Objection's models go by, and whose rows they delete.

local objection_models = require("objection_models")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

local FILES = "**/*.{js,ts,mjs,cjs}"
local FILTERS = { "where", "andWhere", "orWhere", "whereIn", "andWhereIn", "orWhereIn", "findOne" }
local FILTER = set("where", "andWhere", "orWhere", "whereIn", "andWhereIn", "orWhereIn", "findOne")
local TABLE = set("from", "table", "into")

local function text_of(node)
  local value = node and node:literal()
  return type(value) == "string" and value or nil
end

-- The same of a name of a table or a column; constants stand for their own names where they are not seen: `TABLES.orders`, `${TABLES.orders}.user_id`.
local function name_of(node)
  local text = text_of(node)
  local hole = text and text:find("^{}") and node:descendants("attr")[1]
  if hole then
    text = hole.text .. text:sub(3)
  elseif not text and node and node.kind == "attr" then
    text = node.text
  end
  return text and not text:find("{", 1, true) and text or nil
end

local function names_in(value)
  local all = {}
  for _, item in value and value.kind == "dict" and value:children("item") or {} do
    if item.kind == "pair" then
      table.insert(all, item.text)
    end
  end
  return all
end

-- The columns that a link compares: `where("users.agency_id", id)`, `where({ agency_id: id })`; second, those of the other branch, of which a condition takes one.
local function compared(call)
  local first = call:arg(1)
  local named = first and #call:args() >= 2 and name_of(first)
  if named then
    return { named }, {}
  end
  local value = first and first.kind == "name" and first:value() or first
  if value and value.kind == "conditional" then
    return names_in(value:child("body")), names_in(value:child("else"))
  end
  return names_in(value), {}
end

-- The table of the model that a chain begins with: `Order.query()`, `db.orders.query()`, `this.query()` within the class; nil where it begins otherwise.
local function model_table(start, models)
  local on = (start.name == "query" or start.name == "relatedQuery") and start:receiver()
  if not on or on.kind ~= "name" and on.kind ~= "attr" then
    return nil
  elseif on.text == "this" then
    local class = on:enclosing("class")
    return class and models[objection_models.name_of(class)] or nil
  end
  return models[on.text] or nil
end

local HANDLES = set("knex", "db", "trx", "database", "connection")

-- What the builder is called with: `knex("orders")`, `this.knex("orders")`.
local function named_by_call(start)
  local callee = start:child("callee")
  local is_builder = callee and (callee.kind == "name" or callee.kind == "attr" and HANDLES[callee.text]) and #start:callees() == 0
  return is_builder and start:arg(1) or nil
end

-- The chain whose builder a function is given: `.where((builder) => builder.where(...))`; nil where the name is none of its parameters.
local function outer_chain(start)
  local root = query_chain.root_of(start)
  local func = root and root.kind == "name" and start:enclosing("function")
  while func do
    for _, param in func:children("param") do
      local outer = param.text == root.text and func:role() == "arg" and func:argument_of()[1]
      if outer and (FILTER[outer.name] or outer.name == "modify") then
        return outer
      end
    end
    local outer = root.text == "this" and not func:has("lambda") and func:role() == "arg" and func:argument_of()[1]
    if outer and FILTER[outer.name] then
      return outer
    end
    func = func:enclosing("function")
  end
  return nil
end

-- The call that a chain begins with; of a chain on a builder that a function is given, that of the chain around it.
local function start_of(call)
  local start = call
  for _ = 1, 5 do
    local _, before = start:chained()
    start = before[#before] or start
    local outer = outer_chain(start)
    if not outer then
      break
    end
    start = outer
  end
  return start
end

-- The tables that a chain is about, the first of them the one that it begins with; none where that is not seen.
function M.tables(call, models)
  local start = start_of(call)
  local after, before = start:chained()
  local model = model_table(start, models)
  if model then
    return { model }
  end
  -- `knex.table("orders")`, `knex("orders")`
  local named = TABLE[start.name] and start:arg(1) or named_by_call(start)
  for _, list in { before, after } do
    for _, link in list do
      named = named or TABLE[link.name] and link:arg(1) or nil
    end
  end
  local all = {}
  local text = named and name_of(named)
  table.insert(all, text and text:match("^([%w_]+)") or nil)
  for _, list in { before, after } do
    for _, link in list do
      local joined = link.name:find("[jJ]oin$") and link:arg(1) and name_of(link:arg(1))
      table.insert(all, joined and joined:match("^([%w_]+)") or nil)
    end
  end
  return all
end

-- Tables whose rows code deletes, with the call.
function M.deleted(repo, models)
  local all = {}
  for _, path in repo:holding(FILES, { ".del(", ".delete(", ".deleteById(" }) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", { "del", "delete", "deleteById" }) or {} do
      local _, before = call:chained()
      local reach = before[#before] and call:reach()
      local named = reach and reach ~= "test" and reach ~= "script" and M.tables(before[#before], models)[1]
      if named then
        all[named] = all[named] or call
      end
    end
  end
  return all
end

-- Links behind which a question is about one row: it is read, changed or taken away.
local ONE = set("first", "findOne", "firstOrFail", "update", "patch", "del", "delete")

-- Whether a chain asks for one row.
local function is_one(start)
  for _, link in start:chained() do
    if ONE[link.name] then
      return true
    end
  end
  return false
end

-- What the queries of a file go by, each chain as a whole: {call, columns = {{table, column, is_or = beside others, or in some cases only}}, beside = another one that holds together with it}.
function M.of(file, owners, known, models)
  local all, by_chain = {}, {}
  local function add_to(own, names, is_or)
    for _, name in names do
      local on, column = name:match("([%w_]+)%.([%w_]+)$")
      column = column or name:match("([%w_]+)$")
      for _, one in column and not on and own.tables or {} do
        on = on or known[one .. "." .. column] and one or nil
      end
      on = on or own.tables[1] or owners[column or ""] ~= "several" and owners[column or ""] or nil
      if on and column then
        table.insert(own.columns, { table = on, column = column, is_or = is_or })
      end
    end
  end
  for _, call in file.root:descendants("call", FILTERS) do
    if FILTER[call.name] and call:receiver() then
      local start = start_of(call)
      local key = query_chain.key_of(start)
      local own = by_chain[key]
      if not own then
        own = { call = call, columns = {}, tables = M.tables(start, models), is_one = is_one(start) }
        by_chain[key] = own
        table.insert(all, own)
      end
      local first, other = compared(call)
      if #other > 0 then
        -- A row is found by the one or by the other.
        for _, names in { first, other } do
          local part = { call = call, columns = {}, tables = own.tables, is_one = own.is_one, beside = own }
          add_to(part, names)
          table.insert(all, part)
        end
      else
        -- What a function adds to the builder only in some cases is not there in the others.
        local around = call:enclosing({ "if", "case" })
        local is_optional = around ~= nil and not start:is_within(around)
        add_to(own, first, is_optional or call.name:find("^or") ~= nil)
      end
    end
  end
  return all
end

return M
