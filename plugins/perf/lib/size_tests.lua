-- Tests of a number that a caller sends: which of them keep it from being too large, and which only from being too small.

local set = require("words").set

local M = {}

-- Calls that ask whether a list or a set holds something.
local HOLDING = set("includes", "has", "contains", "Contains", "indexOf", "isin")

local function is_constant_name(node)
  return node.kind == "name" and node.text:find("^%u[%u%d_]+$") ~= nil or node.kind == "attr"
end

-- Whether what is written down lists sizes: `(None, "")` asks for something else.
local function lists_sizes(node)
  if node.kind ~= "list" and node.kind ~= "set" and node.kind ~= "dict" then
    return is_constant_name(node) or node.kind == "name"
  end
  for _, item in node:children() do
    local value = (item:child("key") or item):literal()
    local number = tonumber(value)
    if number and number > 1 then
      return true
    end
  end
  return false
end

-- Whether a call asks if a number is among those that are listed, or takes one of them: `[10, 20].includes(size)`, `SIZES.get(size, 10)`.
function M.is_choice(call)
  local on = call:receiver()
  if call.name == "get" then
    return on ~= nil and on.kind == "name" and is_constant_name(on)
  end
  if not HOLDING[call.name] or call:fact("kind") == "db" then
    return false
  end
  -- Go's `slices.Contains(sizes, size)`.
  local list = call.name == "Contains" and call:arg(1) or on
  return list ~= nil and lists_sizes(list)
end

-- Whether a node reads the number anew.
local function mentions(node, read)
  if node == nil then
    return false
  elseif node.source == read.source then
    return true
  end
  for _, one in node:descendants(read.kind) do
    if one.source == read.source then
      return true
    end
  end
  return false
end

-- Whether a block gives the number another value, or leaves without it.
local function replaces(block, read)
  for _, assign in block:descendants("assign") do
    local target = assign:child("target")
    if target and target.source == read.source and not mentions(assign:child("value"), read) then
      return true
    end
  end
  return #block:descendants("raise") > 0 or #block:descendants("return") > 0 and not mentions(block, read)
end

-- Whether only too small a number is replaced: `if size < 5: size = 5`, `size > 5 ? size : 5`.
local function is_least(compare, is_below, read)
  local around = compare:parent()
  while around and around.kind == "logic" do
    around = around:parent()
  end
  if not around then
    return false
  elseif around.kind == "if" then
    local body = around:child("body")
    return is_below and body ~= nil and replaces(body, read)
  elseif around.kind == "conditional" then
    local yes, no = around:child("body"), around:child("else")
    if not yes or not no or mentions(yes, read) == mentions(no, read) then
      return false
    end
    return is_below ~= mentions(yes, read)
  end
  return false
end

-- Whether a comparison, one of whose sides is `side`, keeps the number that `read` reads from being too large. With zero and one, nothing is compared for
-- its size.
function M.bounds(compare, side, read)
  local sides = compare:children("value")
  if compare.text == "in" or compare.text == "not in" then
    return #sides == 2 and side:same(sides[1]) and lists_sizes(sides[2])
  elseif not compare.source:find("[<>]") then
    return false
  end
  local is_size = compare.source:lower():find("max", 1, true) ~= nil
  for _, one in sides do
    local number, known = one:literal()
    is_size = is_size or known and type(number) == "number" and number > 1 or not known and is_constant_name(one)
  end
  if #sides ~= 2 then
    return is_size
  end
  local is_below = compare.text:sub(1, 1) == (side:same(sides[1]) and "<" or ">")
  return is_size and not is_least(compare, is_below, read)
end

return M
