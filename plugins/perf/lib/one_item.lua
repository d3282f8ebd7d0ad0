-- Whether more than one item of a loop gets as far as a node: conditions that let only one through, and ways out of the loop behind it.

local M = {}

-- Whether a node stands in a branch for one value of the loop's element: `if name == "bundle": ...`.
function M.is_for_one_value(node, loop)
  local target = loop.node:child("target")
  if not target or target.kind ~= "name" then
    return false
  end
  local branch = node:enclosing({ "if", "function" })
  while branch and branch.kind == "if" and branch:is_within(loop.node) do
    local test, body = branch:child("test"), branch:child("body")
    if test and body and test.kind == "compare" and node:is_within(body) and (test.text == "==" or test.text == "===") then
      local sides = test:children("value")
      local _, known = (sides[2] or test):literal()
      if #sides == 2 and known and sides[1].kind == "name" and sides[1].text == target.text then
        return true
      end
    end
    branch = branch:enclosing({ "if", "function" })
  end
  return false
end

-- Whether a condition compares what names one item with something that is the same for all: `repo.id != wanted`.
local function names_one(test, loop, operators)
  if not test or test.kind ~= "compare" or not operators[test.text] then
    return false
  end
  local sides = test:children("value")
  for at, side in sides do
    local other = sides[3 - at]
    local key = side.kind == "attr" and side.text:lower() or ""
    local is_key = key == "id" or key == "uuid" or key == "slug" or key == "key" or key:find("_id$") ~= nil or side.kind == "attr" and side.text:find("Id$") ~= nil
    local base = side:child("value")
    if #sides == 2 and is_key and base and base.kind == "name" and loop:carries(side) and not loop:carries(other) then
      return true
    end
  end
  return false
end

local SAME = { ["=="] = true, ["==="] = true }
local OTHER = { ["!="] = true, ["!=="] = true }

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
      if last and last.kind == "continue" and names_one(before:child("test"), loop, OTHER) then
        return true
      end
    end
    local owner = block:parent()
    if not owner or owner:same(loop.node) or owner.kind == "function" then
      return false
    elseif owner.kind == "if" and block:role() == "body" and names_one(owner:child("test"), loop, SAME) then
      return true
    end
    at = owner.kind == "if" and owner or owner:statement()
  end
  return false
end

-- Whether control leaves the loop in the same go after `node`: nothing but the first item gets that far twice.
function M.leaves(node, loop)
  local at = node:statement()
  for _ = 1, 32 do
    if not at then
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
      if last and (last.kind == "return" or last.kind == "break" or last.kind == "raise") then
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
