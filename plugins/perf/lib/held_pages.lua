-- Querysets that are run as a whole for one page of them: `list(queryset)[start:start + limit]`. Cut by itself, a queryset asks the database for the page.

local memory_pages = require("memory_pages")
local query_chain = require("query_chain")

local M = {}

local HOLDING = { "list", "sorted", "tuple" }
local BUILTINS = table.freeze({ "builtins.list", "builtins.sorted", "builtins.tuple" })

-- What gives a queryset in views whose model is somebody else's.
local GIVES = { get_queryset = true, filter_queryset = true }

-- Links behind which there are few rows, or none of a table.
local FEW = { "[:=]%s*%w*%s*%]", "%f[%w]limit%(", "%f[%w]first%(", "%f[%w]in_bulk%(", "pk__in%s*=", "id__in%s*=", "%.raw%(" }

local function is_few(source)
  for _, pattern in FEW do
    if source:find(pattern) then
      return true
    end
  end
  return false
end

-- Whether an expression is a query that has not run yet: a link of it says so, or what the name was given does. A name that is given itself with more
-- links is asked for once.
local function is_query(value, scope, depth)
  if depth > 3 or is_few(value.source) then
    return false
  end
  local root = value
  while root and (root.kind == "call" or root.kind == "attr") do
    if root.kind == "call" and (root:fact("lists") == "builder" and root:fact("orm") == "django" or GIVES[root.name]) then
      return true
    elseif root.kind == "attr" and root.text == "objects" then
      return true
    end
    root = root.kind == "call" and root:child("callee") or root:child("value")
  end
  if not root or root.kind ~= "name" then
    return false
  end
  local found = false
  for _, assign in query_chain.assigned(scope)[root.text] or {} do
    local given = assign:child("value")
    if given and is_few(given.source) then
      return false
    elseif given and not given:is_within(value) and not found then
      local _, last = given:bytes()
      local first = value:bytes()
      local again = given:descendants("name", root.text)
      found = last < first and #again == 0 and is_query(given, scope, depth + 1)
    end
  end
  return found
end

-- The calls of a file that hold all rows of a queryset, of which a page is cut out: {call, cut}.
function M.of(file)
  local all = {}
  for _, call in file.root:descendants("call", HOLDING) do
    local func = call:func()
    local cut = func and #call:args() > 0 and call:is(BUILTINS) and memory_pages.cut(call, func.node)
    if cut and is_query(call:arg(1), func.node, 0) then
      table.insert(all, { call = call, cut = cut })
    end
  end
  return all
end

return M
