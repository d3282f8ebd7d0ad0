-- Lists that go on behind the last row of a page: whether a function takes a key to go on from, by what its caller can say to it and what it says to others.
-- A variable that is called so says nothing: databases call the reader of an answer a cursor too.

local asked_pages = require("asked_pages")
local words = require("words")

local M = {}

-- Reads of a request by name, and what they are read from.
local ASKS = words.set("get", "Get", "query", "Query", "DefaultQuery", "QueryParam", "FormValue", "PostFormValue", "getlist", "param", "header")
local HOLDERS = words.set("query", "args", "query_params", "GET", "params", "searchParams", "body", "queryStringParameters")

-- What may stand behind the word in a name: `cursor_id` is a key, `cursor_factory` makes the cursors of a driver.
local ENDINGS = words.set("cursor", "cursorid", "cursorkey", "cursorvalue", "cursortoken", "cursordate", "cursortime", "cursorparam")

-- Whether a name is that of a cursor in a list.
function M.is_cursor(name)
  local plain = asked_pages.plain(name)
  return ENDINGS[plain:match("cursor%a*$") or ""] or false
end

-- Whether a parameter is a database's cursor: statements are run on it, or the framework makes it.
local function is_of_driver(param, func)
  local name = param.text:gsub("%W", "%%%0")
  local source = func.node.source
  return param.source:find("Depends%(") ~= nil or source:find("%f[%w_]" .. name .. "%s*%.%s*execute") ~= nil or source:find("%f[%w_]" .. name .. "%s*%.%s*fetch") ~= nil
end

local function root_of(node)
  while node and (node.kind == "attr" or node.kind == "index") do
    if HOLDERS[node.text] then
      return node
    end
    node = node:child("value")
  end
  return node
end

-- The names by which a function is told where a list goes on, as far as they are such for `says`: of parameters, of what is read from the request, and of options.
function M.is_offered(func, says)
  local taken = {}
  for _, param in func.params do
    if param.text ~= "self" and param.text ~= "this" then
      taken[param.text] = true
    end
    if says(param.text) and not is_of_driver(param, func) then
      return true
    end
    -- `({ cursor, limit })`.
    for _, name in param.source:find("^%s*{") and param:descendants("name") or {} do
      if says(name.text) then
        return true
      end
    end
  end
  local opens = func.node.source:find("%.cursor%(") ~= nil
  for _, node in func.node:descendants({ "attr", "index", "call", "pair", "kw-arg", "assign" }) do
    local name = nil
    if node.kind == "attr" then
      local root = node:role() ~= "callee" and root_of(node:child("value"))
      name = root and (root.kind ~= "name" and HOLDERS[root.text] or taken[root.text] or HOLDERS[root.text]) and node.text or nil
    elseif node.kind == "index" then
      local root, key = root_of(node:child("value")), node:child("index")
      name = key and key.kind == "str" and root and (taken[root.text] or HOLDERS[root.text]) and key.text or nil
    elseif node.kind == "call" then
      local key = ASKS[node.name] and node:arg(1)
      -- A statement that is asked a database is no name.
      name = key and key.kind == "str" and not key.text:find("%s") and key.text or nil
    elseif node.kind == "assign" then
      local target = node:child("target")
      for _, one in target and target.source:find("^%s*{") and target:descendants("name") or {} do
        if says(one.text) then
          return true
        end
      end
    else
      local key = node:child("key")
      name = key and (key.kind == "str" or key.kind == "name") and key.text or node.text
      -- A cursor of the driver is handed on under its name.
      name = not (opens and asked_pages.plain(name) == "cursor") and name or nil
    end
    if name and says(name) then
      return true
    end
  end
  return false
end

return M
