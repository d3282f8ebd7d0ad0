-- Queries of Firestore, of its server libraries (`db.collection(path).where(...).get()`) and of its web library
-- (`getDocs(query(collection(db, path), where(...)))`): which collection they read, and what filters it.

local narrowing = require("narrowing")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

local WEB = table.freeze({ "firebase/firestore.getDocs", "firebase/firestore.getDocsFromServer" })
local NAMES = set("collection", "collectionGroup", "collection_group", "Collection", "CollectionGroup")
-- Comparisons that let any number of documents through, on one side.
local RANGES = set("<", "<=", ">", ">=", "!=")

-- Whether a call reads through the web library.
function M.is_web(read)
  return read:is(WEB)
end

-- Whether a call reads Firestore.
function M.is_read(read)
  return read:fact("store") == "firestore" or M.is_web(read)
end

local function parts_of(read)
  return query_chain.of(read, read:func().node)
end

-- The path of the collection that a read is of, what is put into it as `{}`; nil where it is not seen.
function M.path_of(read)
  if not M.is_read(read) then
    return nil
  end
  for _, part in parts_of(read) do
    if NAMES[part.name] then
      for _, argument in part.call:args() do
        local text = argument.kind == "str" and argument.text or argument.kind == "template" and argument:joined() or nil
        if not text and argument.kind == "name" then
          local value = argument:literal()
          text = type(value) == "string" and value or nil
        end
        if text then
          return text
        end
      end
    end
  end
  return nil
end

-- Whether a collection lies below a document.
function M.is_nested(path)
  return path:find("[^/]+/[^/]+/[^/]+") ~= nil
end

-- The last word of a path.
function M.collection_of(path)
  return path:match("([^/{}]+)/?$")
end

local function comparisons(read)
  local all = {}
  for _, part in parts_of(read) do
    if part.name == "where" and not part.is_optional then
      table.insert(all, part.call)
    end
  end
  return all
end

-- Whether all that filters is one side of a range: it lets through what piled up until now.
function M.is_open_range(read)
  local columns, found = {}, false
  for _, where in comparisons(read) do
    local column, operator = where:arg(1), where:arg(2)
    local text = operator and operator:literal()
    if not column or not RANGES[text] then
      return false
    end
    local name = column.source
    if columns[name] then
      return false
    end
    columns[name], found = true, true
  end
  return found
end

-- How a query of the web library filters; conditions that are put together elsewhere may be none.
function M.filter_of(read)
  local found = "none"
  for _, where in comparisons(read) do
    found = narrowing.stronger(found, narrowing.filter_of_call(where))
  end
  if found == "key" and M.is_open_range(read) then
    return "range"
  elseif found ~= "none" then
    return found
  end
  for _, part in parts_of(read) do
    for _, argument in part.call:args() do
      if argument.kind == "spread" then
        return "caller"
      end
    end
  end
  return found
end

return M
