-- Whether more than one item of a loop gets as far as a node: conditions that let only one through, and ways out of the loop behind it.

local M = {}

-- The two sides of a comparison that says of them that they are the same; none of any other.
function M.equal_sides(test)
  local sides = test and test.kind == "compare" and (test.text == "==" or test.text == "===") and test:children("value") or {}
  return #sides == 2 and sides or {}
end

-- Whether a node stands in a branch for one value of the loop's element: `if name == "bundle": ...`.
function M.is_for_one_value(node, loop)
  local target = loop.node:child("target")
  if not target or target.kind ~= "name" then
    return false
  end
  local branch = node:enclosing({ "if", "function" })
  while branch and branch.kind == "if" and branch:is_within(loop.node) do
    local test, body = branch:child("test"), branch:child("body")
    local sides = M.equal_sides(test)
    if body and sides[1] and sides[1].kind == "name" and sides[1].text == target.text and node:is_within(body) and select(2, sides[2]:literal()) then
      return true
    end
    branch = branch:enclosing({ "if", "function" })
  end
  return false
end

-- Whether a loop looks for the item of one sort, and a node stands where that was found: `if part.get("type") == "video": ...`.
function M.is_sought(node, loop)
  local branch = node:enclosing({ "if", "function" })
  while branch and branch.kind == "if" and branch:is_within(loop.node) do
    local body, sides = branch:child("body"), M.equal_sides(branch:child("test"))
    if #sides == 2 and body and node:is_within(body) and loop:carries(sides[1]) and select(2, sides[2]:literal()) then
      return true
    end
    branch = branch:enclosing({ "if", "function" })
  end
  return false
end

-- Attributes that hold an item's own key.
local KEYS = { id = true, _id = true, uuid = true, slug = true, key = true, pk = true, name = true, username = true, email = true }

-- Whether a name stands for the item itself: it is bound by the loop, or is what a list holds at a position that the loop counts. `customer = order.customer`
-- stands for something that many items share.
local function is_item(name)
  local value = name:value()
  if not value then
    return true
  end
  local at = value.kind == "index" and value:child("index")
  return at ~= nil and at ~= false and at.kind == "name"
end

-- Whether an expression is an item's own key: `repo.id`, `repo.repo_id`, `repo.name`. `repo.owner_id` is that of something else, which many items may have.
local function is_own_key(side)
  local base = side.kind == "attr" and side:child("value")
  if not base or base.kind ~= "name" or not is_item(base) then
    return false
  end
  local key = side.text:lower()
  return KEYS[key] or key:gsub("_", "") == base.text:gsub("_", ""):lower() .. "id"
end

-- Whether a comparison holds an item's own key against something that is the same for all: `repo.id != wanted`.
local function names_one(sides, loop)
  for at, side in sides do
    if is_own_key(side) and loop:carries(side) and not loop:carries(sides[3 - at]) then
      return true
    end
  end
  return false
end

local OTHER = { ["!="] = true, ["!=="] = true }

local function different_sides(test)
  local sides = test and test.kind == "compare" and OTHER[test.text] and test:children("value") or {}
  return #sides == 2 and sides or {}
end

-- Whether only the one item with some key gets as far as a node: `if repo.id != wanted: continue`, `if (repo.id === wanted) { ... }`.
function M.is_for_one_key(node, loop)
  local at = node:statement()
  for _ = 1, 16 do
    local block = at and at:parent()
    if not at or not block then
      return false
    end
    for _, before in block:children() do
      if before:same(at) then
        break
      end
      local body = before.kind == "if" and before:child("body")
      local statements = body and body:children() or {}
      local last = statements[#statements]
      if last and last.kind == "continue" and names_one(different_sides(before:child("test")), loop) then
        return true
      end
    end
    local owner = block:parent()
    if not owner or owner:same(loop.node) or owner.kind == "function" then
      return false
    elseif owner.kind == "if" and block:role() == "body" and names_one(M.equal_sides(owner:child("test")), loop) then
      return true
    end
    at = owner.kind == "if" and owner or owner:statement()
  end
  return false
end

-- Whether a statement stands in a function that the loop runs for each item: there `return` only ends the turn.
local function is_in_callback(statement, loop)
  local func = loop.node.kind == "call" and statement:func()
  return func ~= nil and func ~= false and func.node:is_within(loop.node)
end

-- Whether control leaves the loop in the same go after `node`: nothing but the first item gets that far twice.
function M.leaves(node, loop)
  local at = node:statement()
  local returns = at ~= nil and not is_in_callback(at, loop)
  for _ = 1, 32 do
    -- A statement that holds the whole loop ends when all items are done: `return [read(one) for one in ids]`.
    if not at or loop.node:is_within(at) then
      return false
    end
    local block = at:parent()
    if not block then
      return false
    end
    local owner = block:parent()
    local in_function = owner and owner.kind == "function"
    if not in_function and owner then
      local statements = block:children()
      local last = statements[#statements]
      if last and (last.kind == "return" and returns or last.kind == "break" or last.kind == "raise") then
        return true
      end
    end
    if not owner or owner:same(loop.node) then
      return false
    end
    if in_function then
      local call = owner:parent()
      if call and call:same(loop.node) then
        return false
      end
    end
    at = owner:statement()
  end
  return false
end

return M
