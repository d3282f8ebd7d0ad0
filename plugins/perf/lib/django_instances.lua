-- Which model of Django an expression is an instance of, and of which query: `order = Order.objects.get(...)`, the rows of a loop, `self` in a
-- model's method, the object of a serialiser's method, and what relations lead to.

local awaited = require("awaited")
local declared = require("declared")
local parameter = require("parameter")
local row_sources = require("row_sources")
local set = require("words").set

local M = {}

-- Links that give one row of the query before them.
local ONE = set("get", "first", "last", "latest", "earliest", "aget", "afirst", "alast")
local MADE = set("create", "acreate")
local SHORTCUTS = table.freeze({ "django.shortcuts.get_object_or_404", "django.shortcuts.aget_object_or_404" })

local of

-- The model in `Meta.model` of a serialiser, asked of it and its bases.
function M.model_of_serializer(class, context)
  for _, one in declared.lineage(class, context.repo) do
    for _, statement in one:child("body"):children() do
      for _, inner in statement.kind == "class" and statement.name == "Meta" and statement:child("body"):children() or {} do
        local target = inner.kind == "assign" and inner:child("target")
        if target and target.text == "model" then
          return context.model(inner:child("value"))
        end
      end
    end
  end
  return nil
end

-- What a value makes of itself: a row of a query, or a new one.
local function of_value(value, context, depth)
  if value.kind == "index" then
    -- `Order.objects.get_or_create(...)[0]`
    local call = value:child("value")
    if call and call.kind == "call" and call.name:find("_or_create$") then
      value = call
    else
      return nil
    end
  end
  if value.kind ~= "call" then
    return of(value, context, depth + 1)
  end
  if value:is(SHORTCUTS) then
    local first = value:arg(1)
    local model = first and context.model(first)
    local rows = not model and first and context.rows(first)
    model = model or rows and context.model(rows.base)
    return model and { model = model, rows = rows or { eager = {}, paths = {}, added = {} } }
  elseif ONE[value.name] then
    local on = value:receiver()
    local rows = on and context.rows(on)
    local model = rows and context.model(rows.base)
    return model and { model = model, rows = rows }
  elseif MADE[value.name] or value.name:find("_or_create$") then
    local on = value:receiver()
    local rows = on and context.rows(on)
    local model = rows and context.model(rows.base)
    return model and { model = model, rows = { eager = {}, paths = {}, added = {}, is_new = true } }
  end
  local callee = value:child("callee")
  local model = callee and callee.name:find("^%u") and context.model(callee)
  return model and { model = model, rows = { eager = {}, paths = {}, added = {}, is_new = true } }
end

-- The row that is the first of two: `album, is_new = Album.objects.get_or_create(...)`.
local function of_pair(name, context, depth)
  local scope = name:enclosing({ "function" })
  for _, call in scope and scope:descendants("call", { "get_or_create", "update_or_create", "aget_or_create" }) or {} do
    local assign = awaited.parent(call)
    local target = assign and assign.kind == "assign" and assign:child("target")
    local first = target and target.kind == "list" and target:children()[1]
    if first and first.text == name.text then
      return of_value(call, context, depth + 1)
    end
  end
  return nil
end

-- The loop that gives a name its rows: the nearest around it.
local function loop_of(name)
  local at = name:enclosing({ "for", "comprehension", "function" })
  while at and at.kind ~= "function" do
    for _, loop in at.kind == "for" and { at } or at:children() do
      local target = (loop.kind == "for" or loop.kind == "clause") and loop:child("target")
      for _, one in target and (target.kind == "name" and { target } or target:descendants("name")) or {} do
        if one.text == name.text then
          return loop, target
        end
      end
    end
    at = at:enclosing({ "for", "comprehension", "function" })
  end
  return nil
end

local function of_parameter(name, context)
  local at = name:param_position()
  local func = at and name:func()
  local param = func and func.params[at]
  if not param then
    return nil
  end
  local class = func.node:enclosing({ "class", "function" })
  if class and class.kind == "class" then
    if at == 1 and parameter.is_self(param) then
      local model = context.model(class)
      return model and { model = model }
    elseif at == 2 and (func.name:find("^get_") or func.name == "to_representation" or func.name == "update") then
      local model = M.model_of_serializer(class, context)
      if model then
        return { model = model, is_serialized = true }
      end
    end
  end
  local said = param:child("type")
  if said and (said.kind == "name" or said.kind == "attr" or said.kind == "type") then
    said = said.kind == "type" and (said:descendants({ "name" })[1]) or said
    local model = said and said.name:find("^%u") and said.source == param:child("type").source and context.model(said)
    return model and { model = model } or nil
  end
  return nil
end

of = function(node, context, depth)
  if depth > 4 then
    return nil
  elseif node.kind == "attr" then
    local on = node:child("value")
    local holder = on and of(on, context, depth + 1)
    local relation = holder and holder.model.relations[node.text]
    if not relation or relation.kind ~= "one" then
      return nil
    end
    local model = context.target(relation)
    return model and { model = model } or nil
  elseif node.kind ~= "name" then
    return nil
  end
  local loop, target = loop_of(node)
  if loop then
    local rows = target and target.kind == "name" and context.rows(loop:child("iter"))
    local model = rows and context.model(rows.base)
    return model and { model = model, rows = rows }
  end
  local given = of_parameter(node, context)
  if given then
    return given
  end
  -- One row, whichever way it came.
  local found = nil
  for _, value in row_sources.assigned(node) or {} do
    local one = value.kind ~= "null" and of_value(value, context, depth + 1)
    if value.kind ~= "null" and (not one or found and found.model ~= one.model) then
      return nil
    end
    found = found or one
  end
  return found or of_pair(node, context, depth)
end

-- What an expression is an instance of: {model, rows (the query that gave it, where that is seen)}, or nil.
function M.of(node, context)
  return of(node, context, 0)
end

return M
