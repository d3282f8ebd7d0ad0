-- The statement that runs for who asks for nothing: parts of its text that are there under a condition only are left out, `{}` stands for what cannot be seen.
-- `sql = f"SELECT * FROM orders {where}"`, where `where` is empty unless the caller names a state, is `SELECT * FROM orders`.

local query_chain = require("query_chain")

local M = {}

-- How deep values are followed.
local DEPTH = 6

local function bounds(text)
  local upper = text:upper()
  return upper:find("%f[%w]LIMIT%f[%W]") ~= nil or upper:find("%f[%w]FETCH%s+FIRST%f[%W]") ~= nil or upper:find("%f[%w]FETCH%s+NEXT%f[%W]") ~= nil
end

local function is_blank(text)
  local bare = text:gsub("%s+", " "):upper():gsub("^ ?WHERE ", ""):gsub("[ ;]", "")
  return bare == "" or bare == "TRUE" or bare == "1=1"
end

local function size_of(text)
  return select(2, text:gsub("[{%%$?:@]", "")) * 1000 + #text
end

-- The one of two texts that asks for more rows.
local function weaker(left, right)
  if is_blank(left) ~= is_blank(right) then
    return is_blank(left) and left or right
  elseif bounds(left) ~= bounds(right) then
    return bounds(left) and right or left
  end
  return size_of(right) < size_of(left) and right or left
end

-- The names of the parameters that a condition asks for.
local function note_asked(test, list)
  local names = test and test:descendants("name") or {}
  if test and test.kind == "name" then
    table.insert(names, test)
  end
  for _, name in names do
    if name:param_position() then
      list[name.text] = true
    end
  end
end

-- The names that a function does not go on without: `if not (order or shop): raise ValueError`.
local function needed_in(scope)
  local all = {}
  for _, branch in scope:descendants("if") do
    local test, body = branch:child("test"), branch:child("body")
    local statements = body and body:children() or {}
    local last = statements[#statements]
    if test and last and (last.kind == "return" or last.kind == "raise") and not branch:child("else") then
      local source = test.source
      local is_negative = source:find("^!") or source:find("^not%f[%W]") or source:find("is None", 1, true) or source:find("==", 1, true)
      for _, name in is_negative and test:descendants("name") or {} do
        all[name.text] = true
      end
    end
  end
  return all
end

-- Keeps what is known of a part that is left out: whether it bounds, and which parameters bring it in.
local function leave_out(text, test, seen)
  if is_blank(text) then
    return
  end
  seen.needed = seen.needed or needed_in(seen.scope)
  for _, name in test and next(seen.needed) and { test, unpack(test:descendants("name")) } or {} do
    seen.is_needed = seen.is_needed or name.kind == "name" and seen.needed[name.text] or false
  end
  if bounds(text) then
    seen.is_bounded = true
    note_asked(test, seen.bounded_by)
  else
    seen.is_narrowed = true
    note_asked(test, seen.narrowed_by)
  end
end

-- The branch or loop under which a node stands and `use` does not; the other side's test is the same.
local function condition_of(node, use)
  local around = node:enclosing({ "if", "case", "for", "while", "c-for", "handler", "function" })
  while around and around.kind ~= "function" do
    local test = around:child("test")
    if not use:is_within(around) and not (test and node:is_within(test)) then
      return around
    end
    around = around:enclosing({ "if", "case", "for", "while", "c-for", "handler", "function" })
  end
  return nil
end

local least

-- What is put into a variable before `use`, in order: {node, value, adds, around}.
local function events_of(name, use, scope)
  local all = {}
  for _, assign in query_chain.assigned(scope)[name] or {} do
    table.insert(all, { node = assign, value = assign:child("value"), adds = false })
  end
  for _, assign in scope:descendants("aug-assign") do
    local target = assign:child("target")
    if target and target.kind == "name" and target.text == name then
      table.insert(all, { node = assign, value = assign:child("value"), adds = true })
    end
  end
  local before = {}
  for _, event in all do
    if event.value and event.node.id < use.id and not use:is_within(event.node) then
      event.around = condition_of(event.node, use)
      table.insert(before, event)
    end
  end
  table.sort(before, function(a, b)
    return a.node.id < b.node.id
  end)
  return before
end

local function mentions(node, name)
  for _, one in node:descendants("name") do
    if one.text == name then
      return true
    end
  end
  return false
end

local function least_of_name(node, scope, seen, depth)
  local name = node.text
  if seen.held[name] then
    return seen.held[name]
  elseif node:param_position() and not query_chain.assigned(scope)[name] then
    return "{}"
  end
  local events = events_of(name, node, scope)
  if #events == 0 then
    local value, known = node:literal()
    return known and type(value) == "string" and value or "{}"
  end
  local text, sides = nil, {}
  for _, event in events do
    local test = event.around and event.around:child("test")
    local carries_on = not event.adds and mentions(event.value, name)
    seen.held[name] = carries_on and (text or "{}") or seen.held[name]
    local part = least(event.value, scope, seen, depth + 1)
    seen.held[name] = nil
    if event.adds or carries_on then
      if event.around then
        leave_out(event.adds and part or part:sub(#(text or "") + 1), test, seen)
      else
        text = event.adds and (text or "{}") .. part or part
      end
    elseif not event.around then
      text, sides = part, {}
    else
      local other = event.around:child("else")
      local side = other and event.node:is_within(other) and "else" or "body"
      local known = sides[event.around.id] or {}
      known[side] = part
      sides[event.around.id] = known
      if known.body and known["else"] then
        text = weaker(known.body, known["else"])
        leave_out(text == known.body and known["else"] or known.body, test, seen)
      elseif text and weaker(text, part) == text then
        leave_out(part, test, seen)
      elseif not (other and not text) then
        text = part
      end
    end
  end
  if not text then
    for _, known in sides do
      text = text or known.body or known["else"]
    end
  end
  return text or "{}"
end

local ADDS = { append = true, push = true }

-- The texts that a list of conditions has in any case; nil where what it holds is not seen.
local function items_of(list, scope, seen, depth)
  local all = {}
  if list.kind == "list" then
    for _, item in list:children("item") do
      table.insert(all, least(item, scope, seen, depth + 1))
    end
    return all
  elseif list.kind ~= "name" or list:param_position() then
    return nil
  end
  local begun = false
  for _, event in events_of(list.text, list, scope) do
    local value = event.value
    if value.kind == "list" then
      begun = true
      for _, item in value:children("item") do
        local text = least(item, scope, seen, depth + 1)
        if event.around then
          leave_out(text, event.around:child("test"), seen)
        else
          table.insert(all, text)
        end
      end
    elseif value.kind == "call" and value.name == "append" and value.file.language == "go" then
      for at, argument in value:args() do
        local text = at > 1 and least(argument, scope, seen, depth + 1)
        if text and event.around then
          leave_out(text, event.around:child("test"), seen)
        elseif text then
          table.insert(all, text)
        end
      end
    elseif list.file.language == "go" and (value.kind == "call" or value.kind == "dict") then
      -- `make([]string, 0)`, `[]string{}`.
      begun = true
    else
      return nil
    end
  end
  for _, call in scope:descendants("call", { "append", "push" }) do
    local on = call:receiver()
    if on and on.kind == "name" and on.text == list.text and ADDS[call.name] and call.id < list.id then
      local around = condition_of(call, list)
      for _, argument in call:args() do
        local text = least(argument, scope, seen, depth + 1)
        if around then
          leave_out(text, around:child("test"), seen)
        else
          table.insert(all, text)
        end
      end
    end
  end
  return (begun or list.file.language == "go") and all or nil
end

-- `" AND ".join(conditions)`, `conditions.join(" AND ")`, `strings.Join(conditions, " AND ")`.
local function least_of_join(call, scope, seen, depth)
  local on, first = call:receiver(), call:arg(1)
  if not on or not first then
    return "{}"
  end
  local list, between = on, first
  if call.file.language == "python" then
    list, between = first, on
  elseif call.file.language == "go" then
    list, between = first, call:arg(2)
  end
  local separator = between and between:literal()
  local items = type(separator) == "string" and items_of(list, scope, seen, depth) or nil
  return items and table.concat(items, separator) or "{}"
end

-- Whether a test asks for a list that always holds something.
local function always_holds(test, scope, seen, depth)
  local items = test and test.kind == "name" and items_of(test, scope, seen, depth) or {}
  return items ~= nil and #items > 0
end

least = function(node, scope, seen, depth)
  if depth > DEPTH then
    return "{}"
  elseif node.kind == "kw-arg" or node.kind == "await" then
    local value = node:child("value")
    return value and least(value, scope, seen, depth) or "{}"
  elseif node.kind == "str" then
    return node.text
  elseif node.kind == "template" then
    local holes = node:children()
    local at = 0
    return (node.text:gsub("{}", function()
      at += 1
      return holes[at] and least(holes[at], scope, seen, depth + 1) or "{}"
    end))
  elseif node.kind == "binary" and node.text == "+" then
    local all = ""
    for _, part in node:children() do
      all ..= least(part, scope, seen, depth)
    end
    return all
  elseif node.kind == "conditional" then
    local body, other = node:child("body"), node:child("else")
    if not body or not other then
      return "{}"
    end
    local left, right = least(body, scope, seen, depth + 1), least(other, scope, seen, depth + 1)
    local chosen = always_holds(node:child("test"), scope, seen, depth) and left or weaker(left, right)
    leave_out(chosen == left and right or left, node:child("test"), seen)
    return chosen
  elseif node.kind == "name" then
    return least_of_name(node, scope, seen, depth)
  elseif node.kind == "call" and (node.name == "join" or node.name == "Join") then
    return least_of_join(node, scope, seen, depth)
  elseif node.kind == "call" and (node.name == "dedent" or node.name == "strip" or node.name == "trim" or node.name == "TrimSpace") then
    local inner = node:arg(1) or node:receiver()
    return inner and least(inner, scope, seen, depth + 1) or "{}"
  end
  local value, known = node:literal()
  return known and type(value) == "string" and value or "{}"
end

-- What says nothing of which rows there are: `WHERE 1=1`, and a `WHERE` behind which nothing was put.
local function without_empty_conditions(text)
  text ..= " "
  for _, nothing in { "1%s*=%s*1", "[Tt][Rr][Uu][Ee]" } do
    text = text:gsub(`%f[%w]([Ww][Hh][Ee][Rr][Ee]%s+){nothing}%s+[Aa][Nn][Dd]%f[%W]`, "%1"):gsub(`%f[%w][Ww][Hh][Ee][Rr][Ee]%s+{nothing}%f[%W]`, " ")
  end
  local words = text:gsub("%f[%w][Ww][Hh][Ee][Rr][Ee]%s+(%a+)", function(next_word)
    local upper = next_word:upper()
    return (upper == "ORDER" or upper == "GROUP" or upper == "LIMIT") and next_word or nil
  end)
  return (words:gsub("%f[%w][Ww][Hh][Ee][Rr][Ee]%s*;?%s*$", ""))
end

-- The least text of an expression, and what was left out of it: {is_bounded, bounded_by, is_narrowed, narrowed_by}, parameters by name, and
-- `is_needed` where the function does not go on without one of them.
function M.of(node, scope)
  local seen = { scope = scope, is_needed = false, held = {}, bounded_by = {}, narrowed_by = {}, is_bounded = false, is_narrowed = false }
  local text = least(node, scope, seen, 0)
  return without_empty_conditions(text), seen
end

return M
