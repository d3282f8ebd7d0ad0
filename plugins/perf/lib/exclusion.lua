-- Whether two places of one function exclude each other: the branches of one `if`, cases of one `switch`, what follows a branch that
-- leaves, and branches one after the other whose tests cannot both hold. Per turn of a loop that both stand in.

local flow = require("flow")

local M = {}

-- === what a test says ===================================================================================================

-- A value that a test compares with: what it is known to be, and how it is written where that is a constant's name.
local function constant(node)
  local value, known = node:literal()
  if known and node.kind ~= "template" then
    return { known = `{type(value)}:{value}`, is_empty = value == nil or value == "" or value == 0 or value == false }
  end
  local written = node.source
  local group, last = written:match("^(.-)([%a_][%w_]*)$")
  if not last or (node.kind ~= "attr" and node.kind ~= "name") then
    return nil
  end
  -- Members of an enumeration, and names in capitals: `Kind.email`, `models.KindEmail`, `EMAIL`.
  local root = written:match("^[%a_][%w_]*")
  if root and root:match("^%u") and (node.kind == "attr" or last == last:upper()) or node.kind == "attr" and last:match("^%u") then
    return { group = group, name = last }
  end
  return nil
end

local function is_same_value(a, b)
  return a.known ~= nil and a.known == b.known or a.name ~= nil and a.name == b.name and a.group == b.group
end

local function is_other_value(a, b)
  if a.known and b.known then
    return a.known ~= b.known
  end
  return a.name ~= nil and b.name ~= nil and a.group == b.group and a.name ~= b.name
end

local function subject_of(node)
  return (node.source:gsub("[%s%?]", ""))
end

local function values_of(list)
  local all = {}
  for _, item in list:children("item") do
    local value = constant(item)
    if not value then
      return nil
    end
    table.insert(all, value)
  end
  return #all > 0 and all or nil
end

local EQUAL = { ["=="] = true, ["==="] = true, ["is"] = true }
local UNEQUAL = { ["!="] = true, ["!=="] = true, ["is not"] = true }
local LISTS = { list = true, set = true }

-- What a comparison says of one subject: {subject, node, values, holds}; nil when it says nothing of the kind.
local function comparison(test, holds)
  if test.kind == "call" then
    local list = test.name == "includes" and test:receiver()
    local asked = list and LISTS[list.kind] and test:arg(1)
    local values = asked and values_of(list)
    return values and { subject = subject_of(asked), node = asked, values = values, holds = holds } or nil
  end
  local sides = test:children("value")
  local left, right = sides[1], sides[2]
  if #sides ~= 2 then
    return nil
  end
  if test.text == "in" or test.text == "not in" then
    local values = LISTS[right.kind] and values_of(right)
    return values and { subject = subject_of(left), node = left, values = values, holds = holds == (test.text == "in") } or nil
  end
  if not EQUAL[test.text] and not UNEQUAL[test.text] then
    return nil
  end
  local value, asked = constant(right), left
  if not value then
    value, asked = constant(left), right
  end
  return value and { subject = subject_of(asked), node = asked, values = { value }, holds = holds == (EQUAL[test.text] == true) } or nil
end

-- All that is certain when a test holds, or does not.
local function claims(test, holds, into)
  if test.kind == "unary" and (test.text == "not" or test.text == "!") then
    claims(test:child("value"), not holds, into)
  elseif test.kind == "logic" then
    local parts = test:children("value")
    if (test.text == "and") == holds then
      for _, part in parts do
        claims(part, holds, into)
      end
    elseif holds then
      -- `kind == "a" or kind == "b"`: one of several values.
      local together = nil
      for _, part in parts do
        local one = (part.kind == "compare" or part.kind == "call") and comparison(part, true)
        if not one or not one.holds or together and together.subject ~= one.subject then
          return
        end
        together = together or { subject = one.subject, node = one.node, values = {}, holds = true }
        for _, value in one.values do
          table.insert(together.values, value)
        end
      end
      table.insert(into, together)
    end
  else
    local one = (test.kind == "compare" or test.kind == "call") and comparison(test, holds)
    table.insert(into, one or { subject = subject_of(test), node = test, holds = holds })
  end
end

local function every(values, other, compare)
  for _, value in values do
    local any, all = false, true
    for _, one in other do
      local same = compare(value, one)
      any, all = any or same, all and same
    end
    if compare == is_same_value and not any or compare == is_other_value and not all then
      return false
    end
  end
  return true
end

-- Whether two claims about one subject cannot both be true.
local function conflict(a, b)
  if a.subject ~= b.subject then
    return false
  end
  if a.values and b.values then
    if a.holds and b.holds then
      return every(a.values, b.values, is_other_value)
    elseif a.holds ~= b.holds then
      local is, is_not = a.holds and a or b, a.holds and b or a
      return every(is.values, is_not.values, is_same_value)
    end
    return false
  elseif not a.values and not b.values then
    return a.holds ~= b.holds
  end
  -- `if (name)` and `if (name === null)`.
  local compared, plain = a.values and a or b, a.values and b or a
  if not compared.holds then
    return false
  end
  for _, value in compared.values do
    if value.known == nil or value.is_empty ~= plain.holds then
      return false
    end
  end
  return true
end

-- === where a place stands ===============================================================================================

local LOOPS = { ["for"] = true, ["c-for"] = true, ["while"] = true, ["comprehension"] = true, ["function"] = true }
local LEAVING = { ["return"] = true, ["raise"] = true, ["break"] = true, ["continue"] = true }

-- Whether control does not come out at the end of a block.
local function leaves(block)
  local statements = block.kind == "block" and block:children() or { block }
  local last = statements[#statements]
  if not last then
    return false
  elseif last.kind == "block" then
    return leaves(last)
  elseif last.kind == "if" then
    local body, other = last:child("body"), last:child("else")
    return body ~= nil and other ~= nil and leaves(body) and leaves(other)
  end
  return LEAVING[last.kind] == true
end

-- The nodes from `node` up to the file's root.
local function above(node)
  local all = {}
  local at = node
  while at do
    table.insert(all, at)
    at = at:parent()
  end
  return all
end

-- What is certain where a place is reached, from the node `top` on down; tests within loops and functions count for one turn only.
local function conditions(chain, top)
  local all = {}
  for at = 1, top - 1 do
    local inner, outer = chain[at], chain[at + 1]
    local role = inner:role()
    if LOOPS[inner.kind] then
      all = {}
    end
    if (outer.kind == "if" or outer.kind == "conditional") and role ~= "test" and role ~= "init" then
      local test = outer:child("test")
      if test then
        claims(test, role ~= "else", all)
      end
    elseif outer.kind == "logic" then
      local first = outer:children()[1]
      if not first:same(inner) then
        claims(first, outer.text == "and", all)
      end
    end
  end
  return all
end

-- Whether the way to the place runs through a branch, below the statement, that control does not leave at its end.
local function is_in_leaving_branch(chain, top)
  for at = 1, top - 1 do
    local inner, outer = chain[at], chain[at + 1]
    if LOOPS[inner.kind] then
      return false
    end
    if outer.kind == "if" and inner.kind == "block" and leaves(inner) then
      return true
    end
  end
  return false
end

-- Whether what a claim is about changes between two statements of a block, both included.
local function changes(claim, first, last)
  local reads = flow.reads(claim.node)
  local at = first
  while at do
    if not at:same(last) and flow.shared(reads, flow.writes(at)) then
      return true
    end
    if at:same(last) then
      return false
    end
    at = at:next_statement()
  end
  return true
end

local function falls_through(switch, first, second)
  if switch.file.language == "python" or switch.file.language == "go" then
    return false
  end
  local within = false
  for _, case in switch:children("case") do
    within = within or case:same(first)
    if case:same(second) then
      return true
    end
    if within then
      local body = case:child("body")
      if body and leaves(body) then
        return false
      end
    end
  end
  return true
end

-- Whether at most one of two places of a function is reached.
function M.excludes(one, other)
  local first, second = one, other
  if one:bytes() > other:bytes() then
    first, second = other, one
  end
  local up, down = above(first), above(second)
  local a, b = #up, #down
  if not up[a]:same(down[b]) then
    return false
  end
  while a > 1 and b > 1 and up[a - 1]:same(down[b - 1]) do
    a, b = a - 1, b - 1
  end
  if a == 1 or b == 1 then
    return false
  end
  local shared, left, right = up[a], up[a - 1], down[b - 1]
  if shared.kind == "if" or shared.kind == "conditional" then
    local roles = { [left:role()] = true, [right:role()] = true }
    return roles["else"] == true and roles.test == nil and roles.init == nil
  elseif shared.kind == "switch" then
    return left.kind == "case" and right.kind == "case" and not falls_through(shared, left, right)
  elseif shared.kind ~= "block" and shared.kind ~= "module" then
    return false
  end
  if left.kind == "if" and is_in_leaving_branch(up, a - 1) then
    return true
  end
  local there = conditions(down, b)
  for _, here in conditions(up, a) do
    for _, claim in there do
      if conflict(here, claim) and not changes(claim, left, right) then
        return true
      end
    end
  end
  return false
end

-- How many of some places one turn reaches at most.
function M.most_together(places)
  local most = 0
  for first = 1, math.min(#places, 16) do
    local chosen = { places[first] }
    for at, place in places do
      local fits = at ~= first
      for _, other in fits and chosen or {} do
        fits = fits and not M.excludes(place, other)
      end
      if fits then
        table.insert(chosen, place)
      end
    end
    most = math.max(most, #chosen)
  end
  return most
end

return M
