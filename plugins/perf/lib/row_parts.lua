-- Parts of rows by their position: collections that are made of them, and variables that take the first rows only.

local awaited = require("awaited")
local query_chain = require("query_chain")
local set = require("words").set
local sifting = require("sifting")

local M = {}

-- Calls that put something into a collection.
local ADDS = set("append", "add", "push", "extend", "insert", "unshift")

-- Whether an expression takes a part of a row by its position: `row[0]`.
local function reads_by_position(node, names)
  local all = node:descendants("index")
  if node.kind == "index" then
    table.insert(all, node)
  end
  for _, index in all do
    local base, at = index:child("value"), index:child("index")
    if base and base.kind == "name" and names[base.text] and at and at.kind == "num" then
      return true
    end
  end
  return false
end

-- The collections that are made of rows whose parts are read by position: to `uses` that is one part of many, here there is one for each row.
function M.made_by_position(uses, within)
  local all = {}
  for _, one in uses do
    local around = one.top:parent()
    if not around or one.top:role() ~= "iter" or around.kind ~= "clause" and around.kind ~= "for" then
      continue
    end
    local names = {}
    for _, target in around:children("target") do
      for _, name in target.kind == "name" and { target } or {} do
        names[name.text] = true
      end
    end
    if around.kind == "clause" then
      local made = around:parent()
      for _, value in made and made.kind == "comprehension" and not sifting.is_sieve(around) and made:children("value") or {} do
        if reads_by_position(value, names) then
          table.insert(all, made)
          break
        end
      end
      continue
    end
    for _, node in around:descendants({ "call", "assign", "aug-assign" }) do
      local into, from = nil, nil
      if node.kind == "call" then
        into, from = ADDS[node.name] and node:receiver() or nil, node
      elseif node.kind == "assign" then
        local target = node:child("target")
        into, from = target and target.kind == "index" and target:child("value") or nil, node:child("value")
      else
        into, from = node:child("target"), node:child("value")
      end
      local branch = node:enclosing({ "if", "for", "while" })
      if into and from and into.kind == "name" and branch and branch:same(around) and reads_by_position(from, names) then
        for _, assign in query_chain.assigned(within)[into.text] or {} do
          local value = assign:child("value")
          if value and value.kind ~= "name" and assign.line < around.line then
            table.insert(all, value)
          end
        end
      end
    end
  end
  return all
end

-- Whether a variable takes the first rows only: `const [order] = await orders.find()`. Drivers that run SQL give their rows as the first of two.
function M.takes_first(node, parent)
  local after = node.kind == "call" and node.file.language ~= "python" and node.file.language ~= "go" and node:chained() or {}
  if #after > 0 then
    parent = awaited.parent(after[#after])
  end
  local target = node.file.language ~= "python" and node.file.language ~= "go" and parent and parent.kind == "assign" and parent:child("target")
  if not target or target.kind ~= "list" or node.kind ~= "call" then
    return false
  end
  local _, before = node:chained()
  for _, call in { node, unpack(before) } do
    if call:fact("statement") or call.name:find("Count", 1, true) or call.name == "raw" then
      return false
    end
  end
  for _, link in after do
    if link.name:find("Count", 1, true) or link.name == "then" then
      return false
    end
  end
  for _, item in target:children() do
    if item.kind == "spread" then
      return false
    end
  end
  return true
end

return M
