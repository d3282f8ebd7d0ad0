-- Whether the rows of a read are counted or added up, and used for nothing else.

local awaited = require("awaited")

local M = {}

local LEN = table.freeze({ "builtins.len" })
local SAME = table.freeze({ "builtins.list", "builtins.tuple" })
local SUM = table.freeze({ "builtins.sum" })

-- The iterations of a comprehension that only adds up a column: `sum(order.total for order in rows)`.
local function sums(iter)
  local clause = iter:parent()
  if not clause or clause.kind ~= "clause" or iter:role() ~= "iter" then
    return nil
  end
  local comprehension = clause:parent()
  local call = comprehension and comprehension:parent()
  if not call or call.kind ~= "call" or not call:is(SUM) or #comprehension:descendants({ "clause", "compare", "logic", "call" }) ~= 1 + #iter:descendants({ "call" }) + (iter.kind == "call" and 1 or 0) then
    return nil
  end
  local value, target = comprehension:child("value"), clause:child("target")
  if not value or not target or target.kind ~= "name" then
    return nil
  elseif value.kind == "num" then
    return call, "counted"
  elseif value.kind == "attr" then
    local on = value:child("value")
    return on and on.kind == "name" and on.text == target.text and call or nil, "added up", value.text
  elseif value.kind == "index" then
    local on, key = value:child("value"), value:child("index")
    return on and on.text == target.text and key and (key.kind == "str" or key.kind == "num") and call or nil, "added up"
  end
  return nil
end

-- `rows.reduce((sum, order) => sum + order.total, 0)`.
local function reduces(attr)
  local call = attr:parent()
  local fold = call and call.kind == "call" and attr:role() == "callee" and call:arg(1)
  local start = fold and call:arg(2)
  if not fold or fold.kind ~= "function" or not start or start.kind ~= "num" then
    return nil
  end
  local params, body = fold:children("param"), fold:child("body")
  local sum = body and (body.kind == "binary" and body or body:descendants("binary")[1])
  local sides = sum and sum.text == "+" and sum:children("value") or {}
  local column = sides[2]
  if #params ~= 2 or not column or #body:descendants({ "call", "if", "conditional", "logic" }) > 0 or #body:descendants("binary") > 1 then
    return nil
  end
  local on = column.kind == "attr" and column:child("value")
  return on and on.kind == "name" and on.text == params[2].text and call or nil
end

-- What one expression that holds the rows is for: the place, "counted" or "added up", and the column; nil for anything else.
function M.purpose(node)
  local parent, at = awaited.parent(node)
  if not parent then
    return nil
  end
  if parent.kind == "call" and at:role() == "arg" then
    if parent:is(LEN) or parent.file.language == "go" and parent.name == "len" and not parent:receiver() then
      return parent, "counted"
    elseif parent:is(SAME) then
      return M.purpose(parent)
    end
  elseif parent.kind == "attr" and at:role() == "value" and parent.file.language ~= "python" and parent.file.language ~= "go" then
    if parent.text == "length" then
      return parent, "counted"
    elseif parent.text == "reduce" then
      local call = reduces(parent)
      return call, call and "added up", nil
    end
  elseif parent.kind == "clause" then
    return sums(at)
  end
  return nil
end

-- Whether a length is only held against something, or handed on: not what a loop counts up to, whose items are then taken by number.
local function is_index_bound(place)
  local around = place:enclosing({ "c-for", "for", "while", "function" })
  return around ~= nil and around.kind ~= "function" and not place:is_within(around:child("body") or place)
end

-- The choice between rows and an empty list, `orders if user else []`: the list has the length zero, and the rest holds for both.
local function choice_of(value)
  local parent, at = awaited.parent(value)
  if not parent or parent.kind ~= "conditional" or at:role() == "test" then
    return value
  end
  for _, branch in parent:children() do
    if branch:role() ~= "test" and not branch:same(at) and not ((branch.kind == "list" or branch.kind == "tuple") and #branch:children() == 0) then
      return value
    end
  end
  return parent
end

-- The functions of a file of Python in which something is counted or added up, by number, those around them too: in most of them nothing is.
function M.functions(file)
  local all = {}
  for _, call in file.root and file.root:descendants("call", { "len", "sum" }) or {} do
    local node = call:enclosing("function")
    while node and not all[node.id] do
      all[node.id] = true
      node = node:enclosing("function")
    end
  end
  return all
end

-- The same of all uses of the rows of a read; nil where one of them is another.
function M.of(value)
  value = choice_of(value)
  local place, what, column = M.purpose(value)
  if place then
    return place, what, column
  end
  local parent = awaited.parent(value)
  if not parent or parent.kind ~= "assign" then
    return nil
  end
  local names = value:aliases()
  if not names then
    return nil
  end
  local first, first_what = nil, nil
  for _, name in names do
    local own
    place, what, own = M.purpose(name)
    column = column or own
    if not place or is_index_bound(place) then
      return nil
    end
    first, first_what = first or place, first_what or what
  end
  return first, first_what, column
end

return M
