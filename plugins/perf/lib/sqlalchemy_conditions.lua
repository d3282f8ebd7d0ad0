-- What a filter of SQLAlchemy asks of the columns of models: `Order.customer_id == id`, `Order.state.in_(states)`, `Order.customer == customer`, `Order.lines.any(...)`.
-- Conditions that hold only together count; one side of an `or_` finds only a part of the rows.

local M = {}

-- The model that stands before an attribute, and the attribute's name: `Order.customer_id`.
local function owner_of(node, model_of)
  local base = node.kind == "attr" and node:child("value")
  local model = base and (base.kind == "name" or base.kind == "attr") and base.text:find("^%u") and model_of(base)
  return model or nil, model and node.text
end

-- The column that an expression names, also through what wraps it: `col(Order.state)`; or the key of a relation that leads to one row: `Order.customer`.
local function column_of(node, model_of, relations)
  if node.kind == "call" and node.name == "col" and node:arg(1) then
    node = node:arg(1)
  end
  local model, name = owner_of(node, model_of)
  if not model then
    return nil
  elseif model.columns[name] then
    return model, name
  end
  local key = relations and relations.key_of(model, name)
  return key and model, key
end

local function reversed(node)
  return node.kind == "attr" or node.kind == "call" and node.name == "col"
end

-- Whether a value is a column of another query's: `newest.c.order_id`, `buyer.id` of `buyer = aliased(User)`.
local function is_far_column(node)
  local base = node and node.kind == "attr" and node:child("value")
  if base and base.kind == "attr" then
    return base.text == "c" or base.text == "columns"
  end
  local made = base and base.kind == "name" and base:value()
  return made ~= nil and made ~= false and made.kind == "call" and (made.name == "aliased" or made.name == "alias")
end

local function add(all, model, field, how, value, at)
  if model and field then
    table.insert(all, { model = model, field = field, how = how, value = value, at = at })
  end
end

local function read(node, all, model_of, relations)
  if node.kind == "compare" and node.text == "==" then
    local left, right = table.unpack(node:children())
    local model, field = column_of(left, model_of, relations)
    local far, far_field = nil, nil
    if right and reversed(right) then
      far, far_field = column_of(right, model_of, nil)
    end
    -- A join compares two columns, and what is empty is most rows, or none.
    if not right or right.kind == "null" or is_far_column(right) then
      return
    elseif model and not far then
      add(all, model, field, "equal", right, node)
    elseif far and not model then
      add(all, far, far_field, "equal", left, node)
    end
  elseif node.kind == "binary" and node.text == "&" then
    for _, part in node:children() do
      read(part, all, model_of, relations)
    end
  elseif node.kind == "call" and node.name == "and_" then
    for _, part in node:children("arg") do
      read(part, all, model_of, relations)
    end
  elseif node.kind == "call" then
    local on = node:receiver()
    if not on then
      return
    elseif node.name == "in_" then
      local model, field = column_of(on, model_of, nil)
      add(all, model, field, "in", node:arg(1), node)
    elseif node.name == "has" then
      local model, field = column_of(on, model_of, relations)
      add(all, model, field, "equal", nil, node)
    elseif node.name == "any" or node.name == "contains" then
      local model, name = owner_of(on, model_of)
      local child, field = nil, nil
      if model and not model.columns[name] then
        child, field = relations.asked_of(model, name)
      end
      add(all, child, field, "equal", nil, node)
    end
  end
end

-- Conditions of one expression, a list of {model, field, how = "equal" | "in", value, at}. `relations` knows the keys of relations, see `relation_keys`.
function M.of(node, model_of, relations)
  local all = {}
  read(node, all, model_of, relations)
  return all
end

-- Those of `filter_by(customer_id=id, state=state)` for a model.
function M.named(call, model, relations)
  local all = {}
  for _, argument in call:children("arg") do
    if argument.kind == "kw-arg" then
      local field = model.columns[argument.text] and argument.text or relations.key_of(model, argument.text)
      add(all, model, field, "equal", argument:child("value"), argument)
    end
  end
  return all
end

return M
