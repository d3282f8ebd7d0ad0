-- Which fields of the rows that a read gives are used, as long as every use of them is seen: a row that is returned, stored, printed or
-- handed on as a whole may be asked for anything.

local awaited = require("awaited")
local parameter = require("parameter")
local set = require("words").set

local M = {}

-- Methods of lists that hand each row to a function, by the position of the row among its parameters.
local EACH = { map = 1, forEach = 1, flatMap = 1, filter = 1, some = 1, every = 1, find = 1, findIndex = 1, reduce = 2, findLast = 1, each = 1 }
-- Those whose value holds rows again, or a row.
local KEEPS = set("filter", "slice", "reverse")
local PICKS = set("find", "findLast", "at", "pop", "shift")
-- What is known of the list as a whole.
local ABOUT = set("length", "size", "empty")
-- What of a document of Firestore is no field.
local BESIDE = set("id", "ref", "exists", "reference")
local COUNTS = set("len", "bool", "any", "all", "enumerate", "reversed")

local row_used, rows_used

local function add(said, field)
  if not said.fields[field] then
    said.fields[field] = true
    table.insert(said.names, field)
  end
  return true
end

-- What is destructured: `{ id, name: title }`.
local function destructured(pattern, said)
  local text = pattern.source:match("^%s*{(.*)}")
  if not text or text:find("%.%.%.") then
    return false
  end
  -- Of what is taken apart further, only where it stands is asked here.
  text = text:gsub("%b{}", ""):gsub("%b[]", ""):gsub("%b()", "")
  for part in text:gmatch("[^,]+") do
    local key = part:match("^%s*([%w_$]+)")
    if key then
      add(said, key)
    end
  end
  return true
end

-- Every name of a scope that reads what `text` was bound to; nil where it is bound again.
local function names_in(scope, text, bound)
  local all = {}
  for _, name in scope:descendants("name", text) do
    if name.id ~= bound.id then
      local role = name:role()
      if role == "target" then
        return nil
      elseif role ~= "key" and role ~= "param" then
        table.insert(all, name)
      end
    end
  end
  return all
end

-- What binds a row: a name or a pattern, within what follows it.
local function bound_row(target, scope, said)
  if target.kind == "name" or target.kind == "param" and target.text ~= "" then
    local names = names_in(scope, target.text, target)
    if not names then
      return false
    end
    for _, name in names do
      if not name:same(target) and not row_used(name, said) then
        return false
      end
    end
    return true
  elseif target.kind == "dict" or target.kind == "param" then
    return destructured(target, said)
  end
  return false
end

-- The innermost attribute or call that is made of a node: what is asked of it.
local function asked(node)
  local parent, at = awaited.parent(node)
  return parent, at
end

local NOTHING = set("null", "undefined", "None")

-- Whether a row is only held against nothing: `row === null`.
local function is_nothing_beside(test, row)
  for _, side in test:children("value") do
    if not side:same(row) and not NOTHING[side.source] then
      return false
    end
  end
  return true
end

-- Whether nothing takes what a call gives: `await row.save();`, `void row.update({ ... });`.
local function is_left(call)
  local parent = awaited.parent(call)
  while parent and (parent.kind == "unary" or parent.kind == "await") do
    parent = parent:parent()
  end
  return parent ~= nil and parent.kind == "expr-stmt"
end

-- Whether a use was looked at before: names that are given to each other.
local function is_seen(node, said)
  local key = `{node.file.path}:{node.id}`
  local seen = said.visited[key]
  said.visited[key] = true
  return seen
end

-- How many functions of the project deep a row is followed.
local DEEPEST = 2

-- The function of the project that an argument is handed to, where it is known to be the one, and the parameter that takes it. Python hands rows to methods
-- that others override, and the fields of a document are often all that is in it.
local function taken_by(argument, said)
  local call = argument:parent()
  if said.depth >= DEEPEST or said.is_documents or call.file.language == "python" or call:has("new") then
    return nil
  end
  local funcs = call:callees()
  local param = #funcs == 1 and parameter.taking(funcs[1], call, argument)
  if not param or param.text == "" or param.source:find("^%.%.%.") then
    return nil
  end
  return funcs[1], param
end

-- What a function that a row or a list of rows is handed to does with it; `used` looks at each of its names.
local function used_inside(argument, said, used)
  local func, param = taken_by(argument, said)
  local names = func and names_in(func.node, param.text, param)
  if not names then
    return false
  end
  said.depth += 1
  for _, name in names do
    if not name:same(param) and not used(name, said) then
      return false
    end
  end
  said.depth -= 1
  return true
end

-- One use of a row.
row_used = function(node, said)
  local parent, at = asked(node)
  if not parent or is_seen(node, said) then
    return false
  elseif parent.kind == "attr" and at:role() == "value" then
    local call = parent:parent()
    if call and call.kind == "call" and parent:role() == "callee" then
      if parent.text == "data" or parent.text == "to_dict" then
        return row_used(call, said)
      elseif parent.text == "get" and (said.is_documents or said.is_dicts) then
        local key = call:arg(1)
        local text = key and key:literal()
        return type(text) == "string" and add(said, text)
      end
      return said.keeps ~= nil and said.keeps[parent.text] == true and is_left(call)
    elseif said.is_documents and BESIDE[parent.text] then
      return true
    end
    -- What is asked of a relation may come from elsewhere.
    local beyond = parent:parent()
    if said.is_lazy and beyond and beyond.kind == "attr" then
      return false
    end
    if parent:role() == "target" then
      return false
    end
    return add(said, parent.text)
  elseif parent.kind == "index" and at:role() == "value" then
    local key = parent:child("index")
    local text = key and key:literal()
    if parent:role() == "target" or type(text) ~= "string" then
      return false
    end
    return add(said, text)
  elseif parent.kind == "assign" and at:role() == "value" then
    local target = parent:child("target")
    local func = node:func()
    return target ~= nil and func ~= nil and #parent:children("target") == 1 and bound_row(target, func.node, said)
  elseif parent.kind == "if" or parent.kind == "unary" and (parent.text == "!" or parent.text == "not") then
    return true
  elseif parent.kind == "conditional" and at:role() == "test" or parent.kind == "logic" and parent:role() == "test" then
    return true
  elseif parent.kind == "call" and at:role() == "arg" then
    return used_inside(at, said, row_used)
  elseif parent.kind == "compare" then
    return is_nothing_beside(parent, at)
  elseif parent.kind == "logic" then
    -- `row && row.name` gives the row only where there is none.
    local sides = parent:children("value")
    return (parent.text == "&&" or parent.text == "and") and sides[#sides] ~= nil and not at:same(sides[#sides])
  end
  return false
end

-- The function that a call hands each row to, and which of its parameters takes it.
local function handed(call)
  local place = EACH[call.name]
  local fn = place and call:arg(1)
  if not fn or fn.kind ~= "function" then
    return nil
  end
  return fn, fn:children("param")[place]
end

local function loop_body(around)
  return around.kind == "clause" and around:parent() or around
end

-- One use of the list of rows.
rows_used = function(node, said)
  local parent, at = asked(node)
  if not parent or is_seen(node, said) then
    return false
  elseif parent.kind == "attr" and at:role() == "value" then
    local call = parent:parent()
    if ABOUT[parent.text] then
      return true
    elseif parent.text == "docs" and said.is_documents then
      return rows_used(parent, said)
    elseif call and call.kind == "call" and parent:role() == "callee" then
      local fn, param = handed(call)
      if fn then
        local body = fn:child("body")
        if param and not (body and bound_row(param, fn, said)) then
          return false
        end
        if KEEPS[call.name] then
          return rows_used(call, said)
        elseif PICKS[call.name] then
          return row_used(call, said)
        end
        return true
      elseif KEEPS[call.name] then
        return rows_used(call, said)
      elseif PICKS[call.name] then
        return row_used(call, said)
      end
    end
    return false
  elseif (parent.kind == "for" or parent.kind == "clause") and at:role() == "iter" then
    local target = parent:child("target")
    return target ~= nil and bound_row(target, loop_body(parent), said)
  elseif parent.kind == "index" and at:role() == "value" then
    local place = parent:child("index")
    return place ~= nil and place.kind == "num" and row_used(parent, said)
  elseif parent.kind == "call" and at:role() == "arg" and COUNTS[parent.name] and parent.file.language == "python" then
    return parent.name ~= "enumerate" and parent.name ~= "reversed"
  elseif parent.kind == "call" and at:role() == "arg" and parent.name == "list" and parent.file.language == "python" then
    return rows_used(parent, said)
  elseif parent.kind == "call" and at:role() == "arg" then
    return used_inside(at, said, rows_used)
  elseif parent.kind == "assign" and at:role() == "value" then
    local target, func = parent:child("target"), node:func()
    if not target or target.kind ~= "name" or not func or #parent:children("target") ~= 1 then
      return false
    end
    local names = names_in(func.node, target.text, target)
    for _, name in names or {} do
      if not rows_used(name, said) then
        return false
      end
    end
    return names ~= nil and #names > 0
  elseif parent.kind == "if" or parent.kind == "unary" and (parent.text == "!" or parent.text == "not") then
    return true
  elseif parent.kind == "conditional" and at:role() == "test" or parent.kind == "logic" and (parent:role() == "test" or parent:parent().kind == "logic") then
    return true
  end
  return false
end

-- The same of the one row that an expression gives. `how.keeps` are methods of a row that ask for none of its fields.
function M.of_one(whole, how)
  local said = { fields = {}, names = {}, visited = {}, depth = 0, is_documents = how.is_documents, is_dicts = how.is_dicts, is_lazy = how.is_lazy, keeps = how.keeps }
  return row_used(whole, said) and said.names or nil
end

-- The names of the fields that are used of the rows of an expression, nil where a use is not seen. `how` says what the rows are: `is_documents`
-- of Firestore, `is_dicts`, or objects whose relations are read when they are asked for (`is_lazy`).
function M.of(whole, how)
  local said = { fields = {}, names = {}, visited = {}, depth = 0, is_documents = how.is_documents, is_dicts = how.is_dicts, is_lazy = how.is_lazy, keeps = how.keeps }
  return rows_used(whole, said) and said.names or nil
end

return M
