-- Resources that are closed, but not on every way: a function of Go returns before its `defer`, or closes in one branch only; a transaction of
-- JavaScript is open before the `try` whose `catch` rolls it back.

local M = {}

-- The statement of a block that a node stands in.
local function statement_in(node, block)
  local at = node
  while at do
    local parent = at:parent()
    if parent and parent:same(block) then
      return at
    end
    at = parent
  end
  return nil
end

-- Whether a test only asks whether there is something to close: it reads the error, or compares with nil.
local function asks_for_it(test, failed)
  if test.source:find("%f[%w_]nil%f[^%w_]") then
    return true
  end
  for _, name in test:descendants("name") do
    if failed and name.text == failed then
      return true
    end
  end
  return test.kind == "name" and failed ~= nil and test.text == failed
end

-- The parts of a test that an operator joins: `err != nil || answer.StatusCode != 200`.
local function parts_of(test, operator)
  if test.kind ~= "logic" or test.text ~= operator then
    return { test }
  end
  local all = {}
  for _, part in test:children() do
    for _, inner in parts_of(part, operator) do
      table.insert(all, inner)
    end
  end
  return all
end

-- Whether a part of a test compares the error with nil in that way.
local function compares(part, failed, operator)
  return part.kind == "compare" and part.source:gsub("%s", "") == `{failed}{operator}nil`
end

-- The branches of a test for the error in which the resource is there although it was opened without one: what stands behind `else` of
-- `err != nil`, and what runs where the test also reads the resource, `err != nil || answer.StatusCode != 200`, or asks for no error.
local function branches_with_it(at, test, failed, name)
  local all = {}
  if not failed then
    return all
  end
  local fails, reads = false, false
  for _, part in parts_of(test, "or") do
    fails = fails or compares(part, failed, "!=")
    for _, attribute in part:descendants("attr") do
      local on = attribute:child("value")
      reads = reads or on ~= nil and on.kind == "name" and on.text == name and part.source:find(`{name}.Body%s*==`) == nil
    end
  end
  if fails then
    table.insert(all, reads and at:child("body") or nil)
    table.insert(all, at:child("else"))
    return all
  end
  for _, part in parts_of(test, "and") do
    if compares(part, failed, "==") then
      return { at:child("body") }
    end
  end
  return all
end

-- Whether one of the things that close stands before a `return`, on the way to it, or in it.
local function is_closed_before(out, closings)
  for _, closing in closings do
    local block = closing:parent()
    while block and block.kind ~= "block" do
      block = block:parent()
    end
    if closing:is_within(out) or block and closing.id < out.id and out:is_within(block) then
      return true
    end
  end
  return false
end

-- The first `return` below a statement that belongs to this function, and before which nothing closes.
local function leaves(statement, func_node, closings)
  for _, node in statement:descendants("return") do
    local around = node:enclosing({ "function" })
    if around and around:same(func_node) and not is_closed_before(node, closings) then
      return node
    end
  end
  return nil
end

-- The place at which a function of Go leaves what `binding` opened: a `return` before anything closes it (`closings`), or the branch
-- that alone does. Nil where every way that is seen closes it.
function M.way_out(binding, closings, func_node)
  local opened = binding:statement()
  local block = opened and opened:parent()
  local target = binding:child("target")
  local items = target and target.kind == "list" and target:children() or {}
  local failed = items[2] and items[2].text
  local name = items[1] and items[1].text
  local branch = nil
  local at = block and opened:next_statement()
  while at do
    local closes = false
    for _, closing in closings do
      if closing:is_within(at) then
        closes = true
        local own = closing:statement()
        if own and own:same(at) then
          return nil
        end
      end
    end
    local test = at.kind == "if" and at:child("test")
    if test and asks_for_it(test, failed) then
      for _, part in branches_with_it(at, test, failed, name) do
        local out = leaves(part, func_node, closings)
        if out then
          return out
        end
      end
      if closes then
        return nil
      end
    elseif at.kind == "if" or at.kind == "switch" then
      local out = leaves(at, func_node, closings)
      if out then
        return out
      end
      if closes then
        branch = test and not at:child("else") and not branch and at or nil
        if not branch then
          return nil
        end
      end
    elseif closes then
      return nil
    end
    at = at:next_statement()
  end
  return branch
end

-- The `return` at which a function of Go leaves a transaction neither committed nor rolled back, for whatever error; nil where none is seen. The first
-- test behind it is for its own error.
function M.unfinished(binding, closings, func_node)
  local target = binding:child("target")
  local items = target and target.kind == "list" and target:children() or {}
  local failed = items[2] and items[2].text
  local opened = binding:statement()
  local at = opened and opened:next_statement()
  local is_first = true
  while at do
    local test = at.kind == "if" and at:child("test")
    local body, other = at:child("body"), at:child("else")
    for _, closing in closings do
      local is_inside = body and closing:is_within(body) or other and closing:is_within(other) or at.kind == "switch" or at.kind == "select"
      if closing:is_within(at) and not is_inside then
        return nil
      end
    end
    if not (is_first and test and asks_for_it(test, failed)) then
      local out = leaves(at, func_node, closings)
      if out then
        return out
      end
    end
    is_first = false
    at = at:next_statement()
  end
  return nil
end

-- What may throw between the statement that opens a transaction and the `try` that undoes it; nil where nothing does, or nothing undoes it.
function M.thrown_before_try(binding, names, undoing)
  local opened = binding:statement()
  local target = binding:child("target")
  local guarded = nil
  for _, name in names do
    local parent = name:parent()
    local handler = name:enclosing({ "handler" })
    if handler and parent and parent.kind == "attr" and undoing[parent.text] then
      guarded = handler:enclosing({ "try" })
      break
    end
  end
  local block = opened and opened:parent()
  local last = guarded and block and statement_in(guarded, block)
  if not last or guarded and opened:is_within(guarded) and not last:same(guarded) then
    return nil
  end
  if not last:same(guarded) then
    return nil
  end
  local at = opened:next_statement()
  while at and not at:same(last) do
    for _, waiting in at:descendants("await") do
      local call = waiting:child("value")
      local on = call and call.kind == "call" and call:receiver()
      if call and not (on and on.text == target.text) then
        return call
      end
    end
    at = at:next_statement()
  end
  return nil
end

return M
