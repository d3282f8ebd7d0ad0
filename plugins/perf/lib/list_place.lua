-- Where a list that nothing bounds is shown. A place has one rule: API-001 has the function that answers with a list or hands it to the
-- endpoint, and statements of SQL; DB-PERF-011 has the find itself, of documents and ORMs, whoever asks for it.

local M = {}

-- Whether a read is a find of a document store or an ORM in JavaScript or Go.
function M.is_find(read)
  return read.file.language ~= "python" and read:fact("statement") == nil and read:fact("lists") ~= "page"
end

-- Where API-001 shows a list: the function around a find, else the query.
function M.of(read)
  local func = M.is_find(read) and read:func()
  return func and func.node or read
end

-- Whether a find stands in the line in which API-001 shows its list, so that one finding says it all.
function M.is_shared(read)
  local place = M.of(read)
  return not place:same(read) and place.line == read.line
end

return M
