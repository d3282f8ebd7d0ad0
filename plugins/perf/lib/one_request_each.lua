-- One request per item of a loop, where what is asked takes many items in one: the loop, and the call of the library at the end of the helpers.

local per_item = require("per_item")

local M = {}

-- How many functions of the project may lie between the loop and the library.
local DEEPEST = 3

-- The call of a library with the fact that a call is, is given (`s3.send(new DeleteObjectCommand({ ... }))`), or leads to by one of some effects; nil where there
-- is none, and where the helper has a loop of its own.
function M.leaf_of(call, key, effects)
  if call:fact(key) then
    return call
  end
  local hops = #call:callees() > 0 and call:chain(effects) or {}
  local leaf = hops[#hops] and hops[#hops].node
  for _, hop in hops do
    if hop.node and #hop.node:loops() > 0 then
      return nil
    end
  end
  local sent = leaf and not leaf:fact(key) and leaf:arg(1)
  leaf = sent and sent.kind == "call" and sent or leaf
  if leaf and #hops <= DEEPEST and leaf:fact(key) then
    return leaf
  end
  return nil
end

-- Visits each call of some matches that is made once per item of a loop: the call, the leaf, and the loop's row. `leaf_of` says what a match asks for. Branches
-- of one loop are visited once. `is_item` is that of `per_item.item_loop`.
function M.each(matches, leaf_of, visit, is_item)
  local seen, shown = {}, {}
  for _, match in matches do
    local call = match.node
    if seen[call.id] or not per_item.counts(call) then
      continue
    end
    seen[call.id] = true
    local row, carried = per_item.item_loop(call, is_item)
    if not row or not carried or shown[row.loop.node.id] then
      continue
    end
    local leaf = leaf_of(call, match)
    if leaf and visit(call, leaf, row) ~= false then
      shown[row.loop.node.id] = true
    end
  end
end

-- Whether a helper does more for an item than this: then the item is work of several steps.
function M.does_more(call, allowed)
  for _, effect in call:effects() do
    if not allowed[effect] then
      return true
    end
  end
  return false
end

return M
