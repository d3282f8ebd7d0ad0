-- The versions of one thing: a table that keeps each state of its rows, asked for those of one key. Few, however many the table holds.

local words = require("words")

local M = {}

local KEEPERS = words.set("history", "version", "revision", "snapshot")

-- What the rows are versions of, by the name of their model: `OrderItem` of `OrderItemHistory`.
local function subject_of(name)
  local all = words.of(name)
  local last = all[#all] or ""
  if #all < 2 or not words.knows(KEEPERS, last) then
    return nil
  end
  return table.concat(all, "_", 1, #all - 1)
end

-- Whether a condition compares the key of the thing: `OrderHistory.id == number`, `OrderVersion.order_id == number`, `order_id=number`.
local function asks_for(argument, subject)
  local column = nil
  if argument.kind == "kw-arg" then
    column = argument.text
  elseif argument.kind == "compare" and argument.text == "==" then
    local left = argument:children()[1]
    column = left and left.kind == "attr" and left.text or nil
  end
  return column ~= nil and (column == "id" or column == subject or column == subject .. "_id")
end

-- Whether a list is of the versions of one thing.
function M.are_of_one(found)
  local subject = found.filter == "key" and found.bound ~= "optional" and subject_of(found.name or "")
  if not subject then
    return false
  end
  for _, part in found.query or {} do
    for _, argument in part.call:children("arg") do
      if asks_for(argument, subject) then
        return true
      end
    end
  end
  return false
end

return M
