-- Items of DynamoDB that are read whole where a field or two of them are used: a query or scan without `ProjectionExpression`. What is read is paid for all
-- the same, but every page holds 1 MB of items at most, so that short ones come in fewer calls.

local query_chain = require("query_chain")
local row_fields = require("row_fields")

local M = {}

-- How many fields are few.
local FEW = 2
-- Options that say which fields come, and an index, which may hold no others.
local PICKS = { "ProjectionExpression", "AttributesToGet", "Select", "IndexName" }
-- What an answer holds beside its items.
local BESIDE = { LastEvaluatedKey = true, Count = true, ScannedCount = true, ConsumedCapacity = true, ["$metadata"] = true, ResponseMetadata = true }

-- The name that takes the answer of a call.
local function taker_of(call)
  local at = call:parent()
  if at and at.kind == "call" and at.name == "send" then
    at = at:parent()
  end
  if at and at.kind == "await" then
    at = at:parent()
  end
  local target = at and at.kind == "assign" and at:child("target")
  return target and target.kind == "name" and target or nil
end

-- What a name of the answer asks of it: the part, and the expression that is this part.
local function part_of(name)
  local link = name:parent()
  if not link or name:role() ~= "value" then
    return nil, nil
  elseif link.kind == "attr" and name.file.language ~= "python" then
    return link.text, link
  elseif link.kind == "index" then
    local key = link:child("index")
    return key and key.kind == "str" and key.text or nil, link
  elseif link.kind == "attr" and link.text == "get" then
    local call = link:parent()
    local key = call and call.kind == "call" and call:arg(1)
    return key and key.kind == "str" and key.text or nil, call
  end
  return nil, nil
end

-- The fields that are used of the items that a call gives: nil where options pick some, or a use is not seen.
function M.of(call)
  local func, target = call:func(), taker_of(call)
  if not func or not target or func.node.source:find("ProjectionExpression[\"'%]]*%s*=") then
    return nil
  end
  for _, option in PICKS do
    if select(2, call:arg(option)) ~= "absent" then
      return nil
    end
  end
  if #(query_chain.assigned(func.node)[target.text] or {}) ~= 1 then
    return nil
  end
  local fields, known, takes = {}, {}, false
  for _, name in func.node:descendants("name") do
    if name.text ~= target.text or name:same(target) then
      continue
    end
    local part, at = part_of(name)
    if part == "Items" and at then
      local used = row_fields.of(at, { is_dicts = call.file.language == "python" })
      if not used then
        return nil
      end
      takes = true
      for _, field in used do
        if not known[field] then
          known[field] = true
          table.insert(fields, field)
        end
      end
    elseif not part or not BESIDE[part] then
      return nil
    end
  end
  return takes and #fields > 0 and #fields <= FEW and fields or nil
end

return M
