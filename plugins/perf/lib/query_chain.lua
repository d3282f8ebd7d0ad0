-- The query that a read runs: every call that its chain, its variables and its arguments are made of.

local awaited = require("awaited")
local refining_functions = require("refining_functions")
local set = require("words").set

local M = {}

-- The name that a chain of calls and attributes begins with.
function M.root_of(node)
  while node do
    local inner = node:child("callee") or node:child("value")
    if not inner then
      return node.kind == "name" and node or nil
    end
    node = inner
  end
  return nil
end

-- What was seen of each function's names in the files that were asked about last: they are asked about again and again. More than so many are let go.
local MOST_FILES = 12
local seen_files, kept = {}, 0

-- By what a node is known in what is kept.
function M.key_of(node)
  return node.file.path .. ":" .. node.id
end

local function seen_of(scope)
  local path, id = scope.file.path, scope.id
  local scopes = seen_files[path]
  if not scopes then
    if kept == MOST_FILES then
      seen_files, kept = {}, 0
    end
    scopes = {}
    seen_files[path], kept = scopes, kept + 1
  end
  local seen = scopes[id]
  if not seen then
    seen = { queries = {} }
    scopes[id] = seen
  end
  return seen
end

-- The assignments that give each name of a function a value.
function M.assigned(scope)
  local seen = seen_of(scope)
  if not seen.assigns then
    local assigns = {}
    for _, node in scope:descendants("assign") do
      for _, target in node:children("target") do
        if target.kind == "name" then
          local text = target.text
          local known = assigns[text]
          if known then
            table.insert(known, node)
          else
            assigns[text] = { node }
          end
        end
      end
    end
    seen.assigns = assigns
  end
  return seen.assigns
end

-- The calls on each name of a function: `query.limit(10)`.
function M.called_on(scope)
  local seen = seen_of(scope)
  if not seen.calls then
    local calls = {}
    for _, node in scope:descendants("call") do
      local callee = node:child("callee")
      local root = callee and callee.kind == "attr" and M.root_of(callee)
      if root then
        local text = root.text
        calls[text] = calls[text] or {}
        table.insert(calls[text], node)
      end
    end
    seen.calls = calls
  end
  return seen.calls
end

-- Whether a statement runs what it makes: `db.First(&user, id)` in Go, whose queries do not change where they are refined.
local function runs(call)
  if call.file.language ~= "go" then
    return false
  end
  for _, effect in call:effects() do
    if effect == "db-read" or effect == "db-write" then
      return true
    end
  end
  return false
end

-- Whether a call on a variable refines the query that the variable holds: nobody takes what it gives, `query.limit(10)`, or it is the statement that a
-- cursor runs, or another way out of the function. `total = query.count()` and `query.first()` in an answer are questions of their own.
function M.refines(call, scope)
  if call:fact("runs") then
    return true
  end
  local after = call:chained()
  local top = after[#after] or call
  local around = awaited.parent(top)
  while around and (around.kind == "logic" or around.kind == "conditional") do
    around = around:parent()
  end
  if around and around.kind == "expr-stmt" then
    return not runs(top)
  end
  -- `if (limit) { return orders.find().limit(limit) }`: one of several ways to ask.
  local branch = around and around.kind == "return" and call:enclosing({ "if", "function" })
  if branch and branch.kind == "if" then
    return true
  end
  -- A function in between is called with the query in hand: `words.forEach((word) => query.where(word))`.
  local func = call:func()
  return func ~= nil and not func.node:same(scope) and func.is_lambda and around ~= nil and around.kind ~= "assign"
end

local function collect_name(name, scope, out, seen, depth, is_aside)
  local text = name.text
  if seen[text] or not scope then
    return
  end
  seen[text] = true
  local assigns = M.assigned(scope)[text]
  if not assigns then
    return
  end
  for _, assign in assigns do
    local value = assign:child("value")
    if value then
      local branch = assign:enclosing({ "if", "conditional", "function", "module" })
      local is_optional = branch and branch.kind == "if" and not name:is_within(branch)
      local before = #out
      M.collect(value, scope, out, seen, depth + 1, is_optional, is_aside)
      local root = M.root_of(value)
      if is_optional and not (root and root.text == text) then
        -- One of several beginnings: each has its own conditions.
        for at = before + 1, #out do
          out[at].begins = true
        end
      end
    end
  end
  -- `query.limit(10)` as a statement refines the same query.
  for _, call in M.called_on(scope)[text] or {} do
    if M.refines(call, scope) then
      local branch = call:enclosing({ "if", "function", "module" })
      table.insert(out, { call = call, name = call.name, is_optional = branch and branch.kind == "if" and not name:is_within(branch), is_aside = is_aside })
    end
  end
end

-- Links whose arguments say which rows there are, in which order and with what beside them: a query within them has bounds of its own.
local ASIDE = set("filter", "where", "Where", "andWhere", "orWhere", "having", "exclude", "order_by", "orderBy", "join", "outerjoin", "options", "annotate", "group_by", "add_columns")
-- Conditions that let through as many rows as what they take has: `Order.id.in_(newest.limit(10))`.
local AS_MANY = set("in_", "In")

-- So deep variables and arguments are followed.
local DEEPEST = 4

local collect_call

-- The same of what an argument is, where that is a call or a name.
local function collect_argument(argument, scope, out, seen, depth, is_optional, is_aside)
  local kind = argument.kind
  if kind == "kw-arg" then
    argument = argument:child("value")
    kind = argument.kind
  end
  if kind == "call" then
    collect_call(argument, scope, out, seen, depth, is_optional, is_aside)
  elseif kind == "name" then
    collect_name(argument, scope, out, seen, depth, is_aside)
  end
end

collect_call = function(node, scope, out, seen, depth, is_optional, is_aside)
  local after, before = node:chained()
  for _, list in { { node }, after, before } do
    for _, call in list do
      local name = call.name
      table.insert(out, { call = call, name = name, is_optional = is_optional, is_aside = is_aside })
      refining_functions.collect(call, name, out, is_optional, is_aside)
      local within = not AS_MANY[name] and (is_aside or ASIDE[name]) or false
      for _, argument in depth < DEEPEST and call:args() or {} do
        collect_argument(argument, scope, out, seen, depth + 1, is_optional, within)
      end
    end
  end
  local root = M.root_of(node)
  if root then
    collect_name(root, scope, out, seen, depth, is_aside)
  end
end

-- Adds to `out` the calls that a query is made of: {call, name, is_optional, begins, is_aside}. What is aside stands in a condition and the like.
function M.collect(node, scope, out, seen, depth, is_optional, is_aside)
  if depth > DEEPEST or not node then
    return
  end
  node = awaited.value(node)
  local kind = node.kind
  if kind == "call" then
    collect_call(node, scope, out, seen, depth, is_optional, is_aside)
  elseif kind == "name" then
    collect_name(node, scope, out, seen, depth, is_aside)
  elseif kind == "conditional" then
    M.collect(node:child("body"), scope, out, seen, depth + 1, true, is_aside)
    M.collect(node:child("else"), scope, out, seen, depth + 1, true, is_aside)
  end
end

-- The calls that the query of a read is made of, in that form. Several rules ask it of every read in a file.
function M.of(read, scope)
  local queries, id = seen_of(scope).queries, read.id
  local query = queries[id]
  if not query then
    query = {}
    M.collect(read, scope, query, {}, 0, false)
    queries[id] = table.freeze(query)
  end
  return query
end

-- What refines a builder that a call begins, behind the statement that puts it into a variable: `const query = knex("orders"); query.where(...)`, also in a
-- function that is handed on, `words.forEach((word) => query.andWhere(...))`. In the form of `of`; for builders that change where they are refined.
function M.later(call, scope)
  local taker, parts = M.taker(call), {}
  for _, refining in taker and M.called_on(scope)[taker] or {} do
    if refining.id > call.id and not refining:is_within(call) and M.refines(refining, scope) then
      local branch = refining:enclosing({ "if", "function", "module" })
      table.insert(parts, { call = refining, name = refining.name, is_optional = branch ~= nil and branch.kind == "if" and not call:is_within(branch) })
    end
  end
  return parts
end

-- The variable that takes what a call gives, also what is made of that; nil where it is none.
function M.taker(call)
  local assign = call:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  return target and target.kind == "name" and target.text or nil
end

return M
