-- What a value hangs on, followed back through the assignments of its function: parameters, attributes, and calls that take nothing but the request.

local closures = require("closures")
local words = require("words")

local M = {}

-- How many expressions one question may follow.
local MOST = 2000

local ITSELF = words.set("self", "this", "cls")

-- The dotted path of a name, or of a chain of attributes on one.
local function path_of(node)
  if node.kind == "name" then
    return node.text
  elseif node.kind == "attr" then
    local base = node:child("value")
    local path = base and path_of(base)
    return path and `{path}.{node.text}`
  elseif node.kind == "call" and #node:args() == 0 then
    local callee = node:child("callee")
    return callee and path_of(callee)
  elseif node.kind == "await" or node.kind == "index" then
    local inner = node:child("value")
    return inner and path_of(inner)
  end
  return nil
end

-- The arguments of all calls of a chain, and what the first of them is called on.
local function parts_of(call)
  local parts, link = {}, call
  while link and (link.kind == "call" or link.kind == "attr") do
    if link.kind == "attr" then
      link = link:child("value")
    else
      for _, arg in link:args() do
        table.insert(parts, arg)
      end
      link = link:receiver()
    end
  end
  return parts, link
end

-- Go hands over where the answer goes: the calls that fill an argument, and which of them.
local FILLED = { Find = 1, First = 1, Take = 1, Last = 1, Count = 1, Decode = 1, Get = 1, Select = 1, Scan = 0, Unmarshal = 2, Pluck = 2, All = 0, Row = 0 }

-- `db.Where("org = ?", org).Find(&rows)` gives `rows` what the rest of the chain says.
local function each_filled(call, give)
  local parts = parts_of(call)
  for _, link in call:descendants("call") do
    call = link.name == "Scan" and link or call
  end
  local at = FILLED[call.name]
  for index, arg in at and call:args() or {} do
    if arg.kind == "name" and (at == 0 or index == at or index == at + 1 and call:arg(1) and call:arg(1).text == "ctx") then
      for _, other in parts do
        if not other:same(arg) then
          give(arg.text, other)
        end
      end
      local on = call:receiver()
      if on then
        give(arg.text, on)
      end
    end
  end
end

-- `rows.append(read(id))` changes what it is called on.
local function each_changed(call, known, give)
  local parts, root = parts_of(call)
  -- What is not made here is a service or a store: what it is handed, it does not become.
  for _, part in root and root.kind == "name" and known[root.text] and parts or {} do
    if part.kind ~= "function" then
      give(root.text, part)
    end
  end
  if call.file.language == "go" then
    each_filled(call, give)
  end
end

-- Names that stand for one item after the other: of loops, and of functions that lie within this one.
local function items_of(func)
  local all = {}
  for _, node in func.node:descendants({ "for", "clause", "function" }) do
    for _, target in node:children(node.kind == "function" and "param" or "target") do
      if node.kind == "function" or target.kind == "name" then
        all[target.text] = true
      end
      for _, inner in node.kind ~= "function" and target:descendants("name") or {} do
        all[inner.text] = true
      end
    end
  end
  return all
end

-- Where each name of a function gets its value: name -> expressions. Arguments of methods that are called on it change it as well.
local function givers(func)
  local all = { [0] = {}, [1] = items_of(func) }
  -- A parameter that is given another value is what the caller passed all the same.
  for _, param in func.params do
    all[0][param.text] = true
  end
  local function give(name, from)
    all[name] = all[name] or {}
    table.insert(all[name], from)
  end
  local function each_target(target, visit)
    while target and (target.kind == "attr" or target.kind == "index") do
      -- `stats["total"] = ...` gives the whole a value.
      target = target:child("value")
    end
    if target and target.kind == "name" then
      if not ITSELF[target.text] then
        visit(target.text)
      end
    elseif target and target.kind ~= "call" then
      for _, inner in target:descendants("name") do
        visit(inner.text)
      end
    end
  end
  for _, node in func.node:descendants({ "assign", "aug-assign", "for", "with-item", "clause" }) do
    local from = node:child("value") or node:child("iter")
    for _, target in from and node:children("target") or {} do
      each_target(target, function(name)
        give(name, from)
        if target.kind ~= "name" and target.kind ~= "attr" and target.kind ~= "index" then
          -- `const { orgId } = request.auth`: the name says which part it is.
          all[0][name] = true
        end
      end)
    end
    local call = from and from.file.language == "go" and (from.kind == "call" and from or from.kind == "attr" and from:child("value"))
    if call and call.kind == "call" then
      each_filled(call, give)
    end
  end
  for _, node in func.node:descendants("expr-stmt") do
    local call = node:children()[1]
    if call and call.kind == "await" then
      call = call:child("value")
    end
    if call and call.kind == "call" then
      each_changed(call, all, give)
    end
  end
  return all
end

-- What an expression hangs on: a list of {path, name, node, takes, root, of_item}. `takes` says that it is a call, `root` what gave a value to the name
-- at its front, `of_item` that this stands for one item after the other. `names` are the givers of its function.
local function collect(expression, names, out, seen, budget)
  if budget[1] <= 0 then
    return
  end
  budget[1] -= 1
  local kind = expression.kind
  if kind == "call" then
    local callee = expression:child("callee")
    for _, arg in expression:args() do
      collect(arg, names, out, seen, budget)
    end
    table.insert(out, { path = callee and path_of(callee) or expression.name, name = expression.name, node = expression, takes = true })
    -- What a method is called on counts, its name does not: `prisma.organization.find`.
    local root = expression:receiver()
    while root and (root.kind == "attr" or root.kind == "index" or root.kind == "await") do
      root = root:child("value")
    end
    if root and (root.kind == "name" or root.kind == "call") then
      collect(root, names, out, seen, budget)
    end
    return
  elseif kind == "attr" then
    local path = path_of(expression)
    if path then
      local root = path:match("^[^.]+")
      table.insert(out, { path = path, name = expression.text, node = expression, root = names[root] and not names[0][root] and names[root] or nil, of_item = names[1][root] })
      if root and names[root] and not seen[root] then
        seen[root] = true
        for _, from in names[root] do
          collect(from, names, out, seen, budget)
        end
      end
      return
    end
  elseif kind == "index" then
    local base, at = expression:child("value"), expression:child("index")
    if base and at and at.kind == "str" then
      table.insert(out, { path = `{path_of(base) or ""}.{at.text}`, name = at.text, node = expression, of_item = base.kind == "name" and names[1][base.text] })
    end
  elseif kind == "name" then
    local name = expression.text
    if names[name] then
      if not seen[name] then
        seen[name] = true
        for _, from in names[name] do
          collect(from, names, out, seen, budget)
        end
        if names[0][name] then
          table.insert(out, { path = name, name = name, node = expression, of_item = names[1][name] })
        end
      end
    else
      table.insert(out, { path = name, name = name, node = expression, of_item = names[1][name] })
    end
    return
  elseif kind == "function" or kind == "pair" or kind == "kw-arg" then
    local inner = kind == "function" and expression:child("body") or expression:child("value")
    if kind == "function" and inner then
      -- What a closure reads of its surroundings.
      for _, one in inner:descendants({ "call", "name", "attr" }) do
        if one.kind == "call" or one:role() == "arg" or one:role() == "value" then
          collect(one, names, out, seen, budget)
        end
      end
    elseif inner then
      collect(inner, names, out, seen, budget)
    end
    return
  end
  for _, child in expression:children() do
    collect(child, names, out, seen, budget)
  end
end

-- What an expression hangs on within the function that lies around it; nil where that is too much to follow.
function M.of(expression, func)
  func = func or closures.outermost(expression)
  local out, budget = {}, { MOST }
  collect(expression, func and givers(func) or { [0] = {}, [1] = {} }, out, {}, budget)
  return budget[1] > 0 and out or nil
end

-- The same for several expressions of one function: one list.
function M.of_all(expressions, func)
  local out, budget, names, seen = {}, { MOST }, givers(func), {}
  for _, expression in expressions do
    collect(expression, names, out, seen, budget)
  end
  return budget[1] > 0 and out or nil
end

return M
