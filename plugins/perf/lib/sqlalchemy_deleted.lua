-- Rows of SQLAlchemy's classes that code deletes, and the keys by which the database, or the library, then finds what leads to them: those with `ondelete`, and those
-- behind a relation that deletes along.

local set = require("words").set

local M = {}

local SESSIONS = table.freeze({ "sqlalchemy.orm.Session.delete", "sqlalchemy.orm.scoped_session.delete", "sqlalchemy.ext.asyncio.AsyncSession.delete", "sqlalchemy.orm.session.Session.delete", "sqlmodel.Session.delete", "sqlmodel.ext.asyncio.session.AsyncSession.delete", "flask_sqlalchemy.SQLAlchemy.session.delete" })
local STATEMENT = table.freeze({ "sqlalchemy.delete", "sqlalchemy.sql.delete", "sqlmodel.delete" })
local HEEDED = set("CASCADE", "SET NULL", "SET DEFAULT")

local function folded(name)
  return (name:gsub("_", ""):lower())
end

local function target_of(column)
  return column.foreign_key and column.foreign_key:match("([%w_]+)%.[%w_]+$")
end

-- The class that a value is said to be of: by the type of the parameter, or as its name says: `old_order` and `order` are orders.
local function model_named(value, by_name)
  if value.kind ~= "name" then
    return nil
  end
  local func = value:func()
  for _, param in func and func.params or {} do
    local said = param.text == value.text and param:child("type")
    for name in (said and said.source or ""):gmatch("[%a_][%w_]*") do
      if by_name[folded(name)] then
        return by_name[folded(name)]
      end
    end
  end
  local text = value.text:gsub("^db_", ""):gsub("^old_", ""):gsub("^existing_", ""):gsub("_obj$", ""):gsub("_to_delete$", "")
  return by_name[folded(text)]
end

-- Whether a call gives a row to a session that deletes it, or to a function of the repository that writes.
local function deletes_row(call)
  if call:is(SESSIONS) then
    return true
  end
  for _, effect in (call:effects()) do
    if effect == "db-write" then
      return true
    end
  end
  local on = call:receiver()
  return on ~= nil and on.source:lower():find("session$") ~= nil
end

-- The class whose rows a call of `delete` takes away; nil where it is none.
local function model_gone(call, by_name, model_of)
  local args = call:args()
  if call:is(STATEMENT) or not call:receiver() then
    return args[1] and call:is(STATEMENT) and model_of(args[1]) or nil
  elseif #args == 1 then
    return deletes_row(call) and model_named(args[1], by_name) or nil
  end
  -- `session.query(Order).filter(...).delete()`, `Order.query.filter_by(...).delete()`
  local at = call:receiver()
  while at and (at.kind == "call" or at.kind == "attr") do
    local is_query = at.kind == "call" and at.name == "query"
    local base = is_query and at:arg(1) or at.kind == "attr" and at.text == "query" and at:child("value") or nil
    if base then
      return (base.kind == "name" or base.kind == "attr") and base.text:find("^%u") and model_of(base) or nil
    end
    at = at.kind == "call" and at:child("callee") or at:child("value")
  end
  return nil
end

-- The calls that delete rows, by the table and by the class that they are of.
local function deletions(repo, models, model_of)
  local by_name, all = {}, {}
  for _, model in models do
    -- Of a class without columns of its own only its name or its table is seen, in the keys that lead to it.
    for _, column in model.columns do
      local target = target_of(column)
      if target then
        by_name[folded(target):gsub("ies$", "y"):gsub("s$", "")] = { name = target }
        by_name[folded(target)] = { name = target }
      end
    end
  end
  for _, model in models do
    by_name[folded(model.name)] = model
  end
  for _, path in repo:holding("**/*.py", { ".delete(", " delete(", "(delete(" }) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", "delete") or {} do
      local reach = call:reach()
      local model = (reach == "request" or reach == "worker") and model_gone(call, by_name, model_of) or nil
      if model then
        all[model.name] = all[model.name] or call
        all[model.table or model.name] = all[model.table or model.name] or call
      end
    end
  end
  return all
end

-- Whether the class that a key leads to has a relation that takes the rows along: the library asks for them first.
local function is_taken_along(parent, child)
  for _, relation in parent and parent.relations or {} do
    local cascade = relation.call:arg("cascade")
    local text = cascade and cascade:literal()
    local takes = type(text) == "string" and (text:find("all", 1, true) or text:find("delete%f[^%a-]"))
    local names = relation.target or relation.type and relation.type.source or ""
    if takes and names:find(`%f[%w_]{child.name}%f[^%w_]`) then
      return true
    end
  end
  return false
end

-- Calls `see(model, field, at, target)` for each key that rows are found by when what it leads to is deleted.
function M.each(repo, models, model_of, see)
  local gone = nil
  local by_target = {}
  for _, model in models do
    by_target[model.name] = model
    by_target[model.table or model.name] = model
  end
  for _, model in models do
    for field, column in model.columns do
      local target = target_of(column)
      if not target or target == model.name or target == model.table then
        continue
      end
      local rule = column.key_at and column.key_at:arg("ondelete")
      local text = rule and rule:literal()
      if type(text) == "string" and HEEDED[text:upper()] or is_taken_along(by_target[target], model) then
        gone = gone or deletions(repo, models, model_of)
        if gone[target] then
          see(model, field, gone[target], target)
        end
      end
    end
  end
end

return M
