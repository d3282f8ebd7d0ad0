-- Reads of Python whose client is not seen: a statement of SQL that is given to a function of the repository which executes what it is given, or to what is
-- only called as a cursor is, questions of MongoDB that are asked of a database which came as a value, and rows of Django behind managers of the project.

local query_chain = require("query_chain")
local parameter = require("parameter")
local set = require("words").set

local M = {}

-- What runs the statement that it is given first.
local EXECUTING = set("execute", "fetch", "fetchone", "fetchall", "fetchrow", "fetchval", "fetch_one", "fetch_all", "fetch_val", "query", "mogrify", "read_sql")
-- What MongoDB's clients in Python call a question, and no other store that is known here.
local ASKING = set("find_one", "count_documents", "estimated_document_count")
local LAZY = set("find", "aggregate")
local MONGO = table.freeze({ "pymongo", "pymongo.**", "motor", "motor.**", "bson", "bson.**", "flask_pymongo" })
-- What asks for the rows of a queryset on the spot, and links of a queryset that a loop runs over.
local AT_ONCE = set("first", "last", "get", "count", "exists", "latest", "earliest", "aggregate", "aget", "afirst", "acount", "aexists")
local LINKS = set("all", "filter", "exclude", "order_by", "select_related", "prefetch_related", "annotate", "distinct", "values_list", "values")
local DEEPEST = 2

-- The statement that a value is: written here, or given to its name in the same function.
local function statement_of(node)
  local text, is_known = node:literal()
  if not is_known then
    text = node:joined()
  end
  if type(text) ~= "string" and node.kind == "name" then
    local scope = node:enclosing({ "function" })
    local assigns = scope and query_chain.assigned(scope)[node.text] or {}
    local value = #assigns == 1 and assigns[1]:child("value") or nil
    text = value and (value:literal() or value:joined()) or nil
  end
  local statements = type(text) == "string" and node.file:sql(text) or {}
  return #statements == 1 and statements[1] or nil
end

-- Whether a function has what it takes as `param` executed, itself or through another one.
local function executes(func, param, depth)
  for _, name in func.node:descendants("name", param.text) do
    local call = name:parent()
    if name:role() ~= "arg" or not call or call.kind ~= "call" then
      continue
    end
    local first = call:arg(1)
    if EXECUTING[call.name] and call:receiver() and first and first:same(name) then
      return true
    end
    local callees = depth < DEEPEST and call:callees() or {}
    local taking = #callees == 1 and parameter.taking(callees[1], call, name)
    if taking and executes(callees[1], taking, depth + 1) then
      return true
    end
  end
  return false
end

-- Whether a call has the statement executed that is its argument.
local function runs(call, argument)
  local callees = call:callees()
  if #callees == 0 then
    local first = call:arg(1)
    return EXECUTING[call.name] == true and call:receiver() ~= nil and first ~= nil and first:same(argument) and #call:target() == 0
  end
  local param = #callees == 1 and parameter.taking(callees[1], call, argument)
  return param and executes(callees[1], param, 0) or false
end

local function access_of(call, store)
  -- A long chain is called by what it begins and ends with.
  local root = query_chain.root_of(call)
  return { call = call, whole = call, sort = "read", store = store, alone = false, one = false, what = root and root.text ~= "self" and `{root.text}.{call.name}` or call.name, hops = {}, is_unseen = true }
end

-- What only says that a text is a statement, or how it is written.
local SAYING = set("text", "SQL", "dedent", "cleandoc")

local function is_said(parent, top)
  return parent.kind == "call" and top:role() == "arg" and SAYING[parent.name] and #parent:callees() == 0
end

-- The calls that are given a statement: the one around it, or those that take the name which it is given to.
local function calls_with(text)
  local top = text
  local parent = top:parent()
  while parent and (parent.kind == "binary" or parent.kind == "template" or parent.kind == "attr" or parent.kind == "call" and top:role() == "callee" or is_said(parent, top)) do
    top, parent = parent, parent:parent()
  end
  if parent and parent.kind == "call" then
    return { { call = parent, argument = top } }
  end
  local target = parent and parent.kind == "assign" and parent:child("target")
  local scope = target and target.kind == "name" and target:enclosing({ "function" })
  local all = {}
  for _, name in scope and scope:descendants("name", target.text) or {} do
    local call = name:parent()
    if name:role() == "arg" and call and call.kind == "call" then
      table.insert(all, { call = call, argument = name })
    end
  end
  return all
end

-- The statement that a text is, or that the argument is which is made of it.
local function statement_in(text, argument)
  local statement = statement_of(argument)
  return statement or argument:same(text) == false and statement_of(text) or nil
end

-- The calls that have a statement executed which reads, by the text of that statement.
function M.of_statement(text)
  local all = {}
  for _, one in calls_with(text) do
    local statement = statement_in(text, one.argument)
    if statement and statement.kind == "select" and #statement.reads > 0 and runs(one.call, one.argument) then
      table.insert(all, one.call)
    end
  end
  return all
end

-- Receivers by whose names a statement is executed on a connection, though nobody sees where that came from.
local CONNECTED = { "cursor", "cur", "curs", "conn", "connection", "db", "database", "session", "engine", "pool", "tx", "transaction", "trans" }

local function is_connected(call)
  local on = call:receiver()
  local name = on and on.name:lower():gsub("^_+", "") or ""
  for _, word in CONNECTED do
    if name == word or name:find("_" .. word .. "$") then
      return true
    end
  end
  return false
end

-- The calls that have a row inserted by the statement that a text is, on a connection that is not seen: in the form of `store.access`, by the number of the call.
function M.inserts(text)
  local all = {}
  for _, one in calls_with(text) do
    local call = one.call
    local statement = call.name == "execute" and #call:callees() == 0 and is_connected(call) and statement_in(text, one.argument)
    -- `INSERT ... SELECT` takes many rows as it stands, and a statement whose values are joined does.
    if statement and statement.kind == "insert" and #statement.reads == 0 and #call:args() >= 2 and runs(call, one.argument) then
      local access = access_of(call, "sql")
      access.sort, access.word, access.bulk = "write", "insert", "executemany, or one INSERT of several rows,"
      table.insert(all, access)
    end
  end
  return all
end

-- Whether a call asks for rows of a model by a manager that the project has made.
local function asks_model(call, find)
  local on = call:receiver()
  if LINKS[call.name] and call:role() ~= "iter" or not on or not (AT_ONCE[call.name] or LINKS[call.name]) then
    return false
  end
  local root = query_chain.root_of(on)
  if not root or root.text:find("^%u") == nil or root:same(on) then
    return false
  end
  return find().rows(on) ~= nil
end

-- What a call reads whose client is not seen, in the form of `store.access`; nil where it is no read that is known. `is_statement` where `of_statement`
-- told of it; `find` gives the finders of Django's rows.
function M.access(call, is_statement, find)
  if is_statement then
    return access_of(call, "sql")
  elseif asks_model(call, find) then
    return access_of(call, "sql")
  end
  local receiver, first = call:receiver(), call:arg(1)
  local is_held = receiver and (receiver.kind == "attr" or receiver.kind == "index" or receiver.kind == "call")
  local is_asked = ASKING[call.name] or LAZY[call.name] and call:role() == "iter"
  local is_question = first and (first.kind == "dict" or ASKING[call.name] and first.kind == "name")
  if not is_held or not is_asked or not is_question or call:fact("kind") or not call.file:imports(MONGO) then
    return nil
  end
  return access_of(call, "mongo")
end

return M
