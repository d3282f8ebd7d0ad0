-- The columns of an index as the libraries of MongoDB have them written, and whether an index serves a question.

local literal_entries = require("literal_entries")

local M = {}

-- `"-created"` and `"+name"` as MongoEngine and Mongoose write them.
local function column_of(text)
  local column = text:gsub("^[%+%-#%$%*]", "")
  return column
end

-- The columns in order; nil where they are not all known.
function M.columns(node)
  if not node then
    return nil
  end
  if node.kind == "kw-arg" then
    node = node:child("value")
  end
  if node.kind == "call" and node.name == "IndexModel" then
    local keys = node:arg(1)
    local named = node:arg("keys") or node:arg("Keys")
    return M.columns(named or keys)
  end
  local text = node:literal()
  if type(text) == "string" then
    local all = {}
    for word in text:gmatch("%S+") do
      table.insert(all, column_of(word))
    end
    return not text:find("{}", 1, true) and #all > 0 and all or nil
  end
  local entries, is_whole = literal_entries.of(node)
  if entries and is_whole and #entries > 0 then
    local all = {}
    for _, entry in entries do
      table.insert(all, entry.key)
    end
    return all
  end
  -- `["name", "-created"]`
  local items = node.kind == "list" and node:children("item") or {}
  local all = {}
  for _, item in items do
    local word = item:literal()
    if type(word) ~= "string" then
      -- `(MyDocument.name, 1)`, `pymongo.ASCENDING` under a name: not read.
      return nil
    end
    table.insert(all, column_of(word))
  end
  return #all > 0 and all or nil
end

-- Whether an index begins with one of the columns, which are keys of `asked`.
function M.serves(indexes, asked)
  for _, index in indexes do
    local first = index.columns[1]
    if first and (asked[first] or first == "$**") then
      return true
    end
  end
  return false
end

return M
