-- Writes of one function that belong together: the second needs what the first gave, or both remove what has the same key. Which of them a
-- transaction or a batch holds together is told here, too.

local flow = require("flow")
local same_way = require("same_way")
local set = require("words").set
local words = require("words")
local written_table = require("written_table")

local M = {}

local HOLDING = set("transaction", "transactional", "transact", "transacted", "transacting", "atomic", "atomically", "withtx", "withtxn", "intx", "intxn", "bulkwrite", "mutate")
-- Words that say so only among those by which stores name what they offer: `begin_nested`, `batch_writer`, but `batch_mail` is something else.
local OPENING = set("begin", "batch")
local OFFERED = set(
  "begin", "batch", "tx", "txn", "trans", "scope", "nested", "twophase", "work", "write", "writes", "writer", "bulk", "new", "create", "make", "get", "start", "open", "run", "send", "exec", "execute",
  "commit", "with", "in", "as", "do", "db", "database", "sql", "store", "firestore", "conn", "connection", "session", "async", "item", "items", "statement", "statements", "query", "queries", "command", "input",
  "operation", "operations", "logged", "unlogged", "request", "apply", "insert", "update", "upsert", "delete", "of"
)
local HANDLES = set("tx", "trx", "transaction", "transactionalEntityManager", "session", "manager", "queryRunner", "batch", "t", "txn", "entityManager", "dbTx", "unit_of_work", "uow")
local HANDLE_NAMES = {}
for name in HANDLES do
  table.insert(HANDLE_NAMES, name)
end
-- Tables that say what happened: a write to them goes its own way on purpose.
local BESIDE = set(
  "log", "logging", "logentry", "auditlog", "eventlog", "activitylog", "accesslog", "audit", "activity", "notification", "event", "history", "analytic", "session", "usersession",
  "token", "authtoken", "accesstoken", "refreshtoken", "cache", "metric", "outbox", "visit", "visitor", "usage", "stat", "statistic", "queue", "job", "cronjob", "lock", "trace"
)
local REMOVES = set("delete", "deleteMany", "deleteOne", "delete_one", "delete_many", "destroy", "remove", "del", "Delete", "DeleteOne", "DeleteMany", "findByIdAndDelete", "findOneAndDelete", "adelete")
local UNITS = table.freeze({ "sqlalchemy.**", "sqlmodel.**" })
local NO_WRITES = { "commit", "flush", "upsert", "rollback" }

-- Whether a call writes to a store by itself, at once.
function M.is_write(call)
  if call:fact("kind") ~= "db" or words.any_in(call.name, NO_WRITES) then
    return false
  end
  local verb = call:fact("verb")
  if verb ~= "write" and not (verb == "read" and call:fact("store") == "sql" and written_table.of_statement(call)) then
    return false
  end
  return call:fact("buffers") ~= "true" and call:fact("batch") ~= "true" and not call:is(UNITS)
end

local function is_holding(text)
  for name in text:gmatch("[%a_][%w_]*") do
    local all = words.of(name)
    local opens, is_offered = false, true
    for _, word in all do
      opens = opens or OPENING[word] == true
      is_offered = is_offered and OFFERED[word] == true
    end
    if words.has_word(name, HOLDING) or opens and is_offered or table.concat(all):find("unitofwork", 1, true) then
      return true
    end
  end
  return false
end

-- What was said of a text: the same calls stand in many functions.
local holding = {}

-- Whether a text says that something holds writes together.
local function says_holding(text)
  if holding[text] == nil then
    holding[text] = is_holding(text)
  end
  return holding[text]
end

-- Whether a transaction or a batch is seen around a function, in it, or given to it.
function M.is_held(func)
  for _, decorator in func.node:children("decorator") do
    if says_holding(decorator.source) then
      return true
    end
  end
  for _, param in func.params do
    if HANDLES[param.text] then
      return true
    end
  end
  for _, call in func.node:descendants("call") do
    if says_holding(call.name) then
      return true
    end
  end
  for _, with in func.node:descendants("with") do
    if says_holding(with.source:match("^[^\n]*") or "") then
      return true
    end
  end
  -- A closure that is handed to a transaction, and functions that are called within one.
  for _, outer in func.node:argument_of() do
    if says_holding(outer.name) then
      return true
    end
  end
  for _, call in func:callers() do
    for _, outer in call:argument_of() do
      if says_holding(outer.name) then
        return true
      end
    end
    for _, argument in call:args() do
      if argument.kind == "name" and HANDLES[argument.text] then
        return true
      end
    end
    local caller = call:func()
    local around = call:enclosing({ "with", "function" })
    if around and around.kind == "with" and says_holding(around.source:match("^[^\n]*") or "") then
      return true
    end
    for _, decorator in caller and caller.node:children("decorator") or {} do
      if says_holding(decorator.source) then
        return true
      end
    end
  end
  return false
end

-- Whether a write is done on a transaction's own handle: `tx.order.create()`, `create(order, { transaction })`.
local function is_on_handle(call)
  if #call:descendants("name", HANDLE_NAMES) > 0 then
    return true
  end
  return call.source:find("transacting", 1, true) ~= nil or call.source:find("transaction:", 1, true) ~= nil
end

-- The names that stand for what a write made: what takes its result, the record that is saved.
local function made_by(call)
  local names = {}
  local target = flow.target(call)
  for _, name in target and flow.names(target) or {} do
    if name.text ~= "err" and name.text ~= "_" then
      names[name.text] = true
    end
  end
  local callee = call:child("callee")
  local on = callee and callee.kind == "attr" and callee:child("value")
  local made = on and on.kind == "name" and (call.name == "save" or call.name == "asave") and on:value()
  if made and made.kind == "call" and (made:has("new") or made.name:find("^%u%l")) then
    -- `order = Order(...)`, `order.save()`: a record that was there before has its key already.
    names[on.text] = true
  end
  -- Go's ORMs put the key into the record that they are given.
  local first = call:arg(1)
  if call.file.language == "go" and first and first.kind == "name" and (call.name == "Create" or call.name == "Save") then
    names[first.text] = true
  end
  return names
end

-- The same with names that are made of them: `id, _ := result.LastInsertId()`.
local function made_from(names, func)
  for _, assign in func.node:descendants("assign") do
    local value = assign:child("value")
    if value and value.kind ~= "function" and flow.mentions(value, names) then
      for _, target in assign:children("target") do
        for _, name in flow.names(target) do
          if name.text ~= "err" and name.text ~= "_" and target.kind ~= "attr" then
            names[name.text] = true
          end
        end
      end
    end
  end
  return names
end

local KEY = { "%f[%w_][%w_.]*[iI]d%f[^%w_]", "%f[%w_][%w_.]*ID%f[^%w_]", "%f[%w_][%w_.]*uid%f[^%w_]", "%f[%w_]pk%f[^%w_]" }

-- A key that both calls name: `order.id`, `userId`.
local function shared_key(first, second)
  for _, pattern in KEY do
    for key in first.source:gmatch(pattern) do
      if #key > 2 and second.source:find(key, 1, true) then
        return key
      end
    end
  end
  return nil
end

-- Whether a write changes the very record that another made.
local function is_of_same(call, names)
  local callee = call:child("callee")
  local on = callee and callee.kind == "attr" and callee:child("value")
  return on ~= nil and on ~= false and on.kind == "name" and names[on.text] == true
end

-- Whether a record that is saved was made with one of some names: `line = Line(order=order)`, `line.save()`.
local function is_made_with(call, names)
  local callee = call:child("callee")
  local on = callee and callee.kind == "attr" and callee:child("value")
  local made = on and on.kind == "name" and call.name:find("save", 1, true) and on:value()
  return made ~= nil and made ~= false and made.kind == "call" and flow.mentions(made, names)
end

-- Other services that a function may wait for, by the effects of a call: those that are told something, and those whose answer says how it went.
local TOLD, ASKED = set("queue", "mail"), set("http", "storage", "rpc")
local NOT_YET = set("construct", "lazy", "configure", "none")

-- Whether a function waits for what a call promises.
local function is_waited_for(call)
  if call:enclosing("go") then
    return false
  elseif call.file.language == "python" or call.file.language == "go" or call:is_awaited() then
    return true
  end
  for _, outer in call:argument_of() do
    if outer:fact("gathers") == "true" and outer:is_awaited() then
      return true
    end
  end
  return false
end

-- Which other service a call waits for, itself or through functions of the repository: "told", "asked", or nil.
local function service_of(call)
  local kind, found = call:fact("kind"), nil
  if kind and NOT_YET[call:fact("verb") or ""] then
    return nil
  end
  for _, effect in kind and { kind } or call:effects() do
    found = ASKED[effect] and "asked" or found or TOLD[effect] and "told" or nil
  end
  return found and is_waited_for(call) and found or nil
end

-- The names that an expression's value goes by.
local function names_given(call)
  local names, target = {}, flow.target(call)
  for _, name in target and flow.names(target) or {} do
    names[name.text] = true
  end
  return names
end

-- What stands between two writes of a function and waits for another service: {call, way}, where `way` is "told", "asked", or "needed" where the second write holds what that
-- service answers; nil where nothing does. A transaction around both would be held open, with its locks and its connection, until the service has answered.
local function waiting_between(func, first, second)
  local found = nil
  for _, call in func.node:descendants("call") do
    local is_between = call.id > first.id and call.id < second.id and not call:is_within(first) and not second:is_within(call) and not call:is_within(second)
    local way = is_between and call:func() and call:func().node:same(func.node) and not call:enclosing("handler") and service_of(call)
    if way then
      local names = names_given(call)
      if next(names) and flow.mentions(second, names) then
        return { call = call, way = "needed" }
      elseif not found or way == "asked" and found.way == "told" then
        found = { call = call, way = way }
      end
    end
  end
  return found
end

-- Two writes of a function that belong together: {first, second, tables, by, between}, those that follow each other before those `between` which another service is waited
-- for; nil where there are none.
function M.pair(func, writes)
  local rows, separated = {}, nil
  for _, call in writes do
    local name = written_table.of(call)
    if name and not is_on_handle(call) then
      table.insert(rows, { call = call, name = name:lower(), is_beside = words.has_word(name, BESIDE) })
    end
  end
  for at, one in rows do
    local names = nil
    for next_at = at + 1, #rows do
      local other = rows[next_at]
      local may_be_near = one.name ~= other.name and not one.is_beside and not other.is_beside
      if may_be_near and one.call:fact("store") == other.call:fact("store") and same_way.follows(one.call, other.call) then
        names = names or made_from(made_by(one.call), func)
        local is_same = is_of_same(other.call, made_by(one.call))
        local by = next(names) ~= nil and not is_same and flow.mentions(other.call, names) and "result" or nil
        local both_remove = REMOVES[one.call.name] and REMOVES[other.call.name]
        by = by or not is_same and is_made_with(other.call, names) and "result" or nil
        by = by or both_remove and shared_key(one.call, other.call) and "key" or nil
        local between = by and waiting_between(func, one.call, other.call) or nil
        local pair = by and { first = one.call, second = other.call, tables = { one.name, other.name }, by = by, between = between } or nil
        if pair and not between then
          return pair
        elseif pair and between.way ~= "needed" then
          separated = separated or pair
        end
      end
    end
  end
  return separated
end

return M
