-- Items of a loop that are each a transaction of their own: what is written for one stands or falls together, and a fault undoes that one item only.

local set = require("words").set

local M = {}

local OPENS = set("atomic", "begin", "begin_nested", "in_transaction")

-- Whether a write stands in a block of the loop's body that is a transaction, and does more than this one write.
function M.is_one(write, loop)
  local at = write:enclosing({ "with", "function" })
  while at and at.kind == "with" and at:is_within(loop.node) and not at:same(loop.node) do
    local body = at:child("body")
    for _, item in body and #body:children() > 1 and at:descendants("with-item") or {} do
      local opened = item:child("value") or item:children()[1]
      if opened and opened.kind == "call" and OPENS[opened.name] and not item:is_within(body) then
        return true
      end
    end
    at = at:enclosing({ "with", "function" })
  end
  return false
end

return M
