-- Rows of CSV that are read of what was brought whole: a reader takes lines as they come in just as well.

local M = {}

local READERS = table.freeze({ "csv.reader", "csv.DictReader", "builtins.csv.reader" })
local GO_READER = "encoding/csv.NewReader"
-- What makes lines, or something to read from, of a text that is there already.
local WHOLE = { "splitlines", "StringIO", "split", "BytesIO", "NewReader", "NewBuffer", "NewBufferString" }

-- Names that a function gives what hangs on the read: `body = ...read()`, `text, encoding = decoded(body)`.
local function names_behind(call, func)
  local names = {}
  for _ = 1, 3 do
    for _, assign in func:descendants("assign") do
      local value = assign:child("value")
      local hangs = value ~= nil and call:is_within(value)
      for _, name in value and not hangs and value:descendants("name") or {} do
        hangs = hangs or names[name.text] == true
      end
      if value and value.kind == "name" and names[value.text] then
        hangs = true
      end
      for _, target in hangs and assign:children("target") or {} do
        names[target.text] = true
        for _, name in target:descendants("name") do
          names[name.text] = true
        end
      end
    end
  end
  names[""] = nil
  return names
end

-- The reader of rows in the same function that is given lines of what a call has read; nil where there is none.
function M.of(call)
  local func = call:func()
  local around = func and func.node
  local readers = around and around:descendants("call", { "reader", "DictReader", "NewReader" }) or {}
  local names = nil
  for _, reader in readers do
    local given = (reader:is(READERS) or reader:is(GO_READER)) and reader:arg(1)
    if given and given.kind == "name" then
      given = given:value() or given
    end
    local is_whole = false
    for _, inner in given and { given, unpack(given:descendants("call", WHOLE)) } or {} do
      is_whole = is_whole or inner.kind == "call" and table.find(WHOLE, inner.name) ~= nil
    end
    if is_whole then
      if call:is_within(given) then
        return reader
      end
      names = names or names_behind(call, around)
      for _, name in given:descendants("name") do
        if names[name.text] then
          return reader
        end
      end
    end
  end
  return nil
end

return M
