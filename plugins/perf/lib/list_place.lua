-- Where a list that nothing bounds is shown. A place has one rule: API-001 has the function that answers with a list or hands it to the
-- endpoint, and statements of SQL; DB-PERF-011 has the find itself, of documents and ORMs, whoever asks for it.

local parameter = require("parameter")
local set = require("words").set

local M = {}

-- Folders of functions that ask the database for whoever calls them. What an endpoint answers with is not theirs to bound: other callers may need every row.
local LAYERS = set("model", "db", "dbs", "database", "databases", "dal", "dao", "daos", "repositories", "repository", "repos", "models", "queries", "datastore", "persistence", "storage", "store", "stores")

-- Whether a function stands where a project keeps what it asks the database.
local function is_of_data_layer(func)
  local stem = func.node.file.language == "go" and func.node.file.path:match("([^/]+)%.go$")
  if stem and LAYERS[stem:lower()] then
    return true
  end
  for part in func.node.file.path:gmatch("([^/]+)/") do
    if LAYERS[part:lower()] then
      return true
    end
  end
  return false
end

-- Whether a read is a find of a document store or an ORM in JavaScript or Go; a statement of SQL whose rows Go collects counts as one.
function M.is_find(read)
  return read.file.language == "go" or read.file.language ~= "python" and read:fact("statement") == nil and read:fact("lists") ~= "page"
end

-- Whether a route leads to a function alone: what answers every request of a service in one function is no endpoint.
local function is_endpoint(func)
  if #func:registrations() > 0 then
    return true
  end
  for _, decorator in func.node:children("decorator") do
    if decorator:fact("role") == "request" then
      return true
    end
  end
  -- A method of a controller in Go has its role from the type, and each answers a request of its own, as does a function that another one makes and a router is
  -- handed; `ServeHTTP` may answer all of them.
  return func.node.file.language == "go" and func.name ~= "ServeHTTP" and (func.is_lambda or parameter.leading(func) == 1)
end

-- Where API-001 shows the list that `handler` answers with: the handler, which lacks the page and its size, as far as it is an endpoint or the query belongs to the data layer; else the
-- function around a find, or the query.
function M.of(read, handler)
  local func = read:func()
  if read.file.language ~= "python" and func and not func.node:same(handler.node) and (is_of_data_layer(func) or is_endpoint(handler)) then
    return handler.node
  end
  return M.is_find(read) and func and func.node or read
end

-- Whether a find stands in the line in which API-001 shows its list, so that one finding says it all.
function M.is_shared(read)
  local func = read:func()
  return M.is_find(read) and func ~= nil and func.node.line == read.line and #func:route() == 1
end

return M
