-- Lists that are loaded only to be counted: `const orders = await find(...); return { total: orders.length }`. The database counts without sending a row.

local awaited = require("awaited")
local rows_into = require("rows_into")

local M = {}

-- Whether a name is asked for its length and nothing else; second, whether that is a number that goes on, not a test.
local function asks_length(name)
  local link = name:parent()
  local length = nil
  if link and link.kind == "attr" and link.text == "length" then
    length = link
  elseif link and link.kind == "call" and link.name == "len" and name:role() == "arg" then
    length = link
  end
  local around = length and length:parent()
  if not around then
    return false, false
  end
  local is_test = around.kind == "compare" or around.kind == "unary" or around.kind == "logic" or around.kind == "if" or around.kind == "conditional" or around.kind == "index" or around.kind == "c-for" or around.kind == "while"
  return true, not is_test
end

-- The variable that the rows are put into: what Go hands over, or what takes the value.
local function holder(read)
  local into = read:fact("lists") == "argument" and rows_into.of(read)
  if into then
    return into.kind == "name" and into or nil
  end
  local after = read:chained()
  local top = after[#after] or read
  local parent = awaited.parent(top)
  local target = parent and parent.kind == "assign" and parent:child("target")
  return target and target.kind == "name" and target or nil
end

-- Whether a read asks for rows by their keys: there are as many as it names.
local function is_by_keys(read, after, before)
  local source = read.source
  if source:find("%f[%w]in:") or source:find("$in", 1, true) or read.name == "Find" and #read:args() > 1 then
    return true
  end
  for _, list in { after, before } do
    for _, link in list do
      if link.name == "whereIn" or link.name == "findByIds" or link.source:find("%f[%w]IN%s*%(?%?") then
        return true
      end
    end
  end
  return false
end

-- Whether the rows of a read are only counted, and the number is wanted.
function M.holds(read)
  local func = read:func()
  if not func or read.file.language == "python" then
    return false
  end
  local after, before = read:chained()
  if is_by_keys(read, after, before) then
    return false
  end
  local top = after[#after]
  if top == nil then
    top = read
  end
  local _, at = awaited.parent(top)
  local link = at:parent()
  if link and link.kind == "attr" and link.text == "length" then
    local around = link:parent()
    return around ~= nil and around.kind ~= "compare" and around.kind ~= "unary" and around.kind ~= "if" and around.kind ~= "logic" and around.kind ~= "conditional"
  end
  local held = holder(read)
  local counts = false
  for _, name in held and func.node:descendants("name", held.text) or {} do
    if name.id > held.id and name.id > read.id and name:role() ~= "target" and not name:is_within(read) then
      local is_length, goes_on = asks_length(name)
      if not is_length then
        return false
      end
      counts = counts or goes_on
    end
  end
  return counts
end

return M
