-- What a handler answers with, where that can be seen: the bare rows of a list, or an object around them.

local awaited = require("awaited")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

-- Calls whose value is the rows, whatever they are called on, and those that only pass on what they are given.
local ROWS = set(
  "all", "fetchall", "fetch_all", "to_list", "toArray", "findMany", "findAll", "find_many", "getMany", "getRawMany", "list", "sorted", "map", "filter", "scalars", "values", "lean", "mappings", "findBy", "tolist"
)
local PASSING = set("jsonify", "JSONResponse", "ORJSONResponse", "UJSONResponse", "JsonResponse", "Response", "make_response", "jsonable_encoder", "dumps", "dump", "parse_obj_as", "validate_python")
local QUERY = set("find", "select", "exec", "limit", "skip", "offset", "sort", "populate", "orderBy", "where", "take", "from")

local classify

local function first_given(call)
  local given = call:arg("content") or call:arg("data") or call:arg(1)
  return given and given.kind ~= "kw-arg" and given or given and given:child("value")
end

-- What a function of the project says that it gives, or what its first return gives.
local function of_callee(callee, depth)
  local returns = callee.node:child("returns")
  local said = returns and M.of_type(returns.source)
  if said then
    return said
  end
  for _, statement in callee.node:descendants("return") do
    local value = statement:child("value")
    local inner = statement:func()
    if value and inner and inner.node:same(callee.node) then
      return classify(value, callee.node, depth + 1)
    end
  end
  return nil
end

local function of_name(name, scope, depth)
  local text = name.text
  if name.file.language == "go" then
    local source = scope.source
    if source:find("%f[%w_]" .. text .. "%s*:?=%s*make%(%[%]") or source:find("var%s+" .. text .. "%s+%[%]") or source:find("%f[%w_]" .. text .. "%s*:?=%s*%[%]") then
      return "list"
    end
    return nil
  end
  local found = nil
  for _, assign in query_chain.assigned(scope)[text] or {} do
    local value = assign:child("value")
    local one = value and classify(value, scope, depth + 1)
    if not one or found and one ~= found then
      return nil
    end
    found = one
  end
  return found
end

classify = function(node, scope, depth)
  node = awaited.value(node)
  if not node or depth > 3 then
    return nil
  end
  local kind = node.kind
  if kind == "dict" then
    return "object"
  elseif kind == "list" and node.source:sub(1, 1) ~= "[" then
    -- Flask's answer and its status.
    local first = node:children()[1]
    return first and classify(first, scope, depth + 1) or nil
  elseif kind == "list" then
    return #node:children() > 0 and "list" or nil
  elseif kind == "comprehension" then
    return node.source:sub(1, 1) == "[" and "list" or nil
  elseif kind == "name" then
    return of_name(node, scope, depth)
  elseif kind == "attr" then
    if node.text == "rows" then
      return "list"
    elseif node.text == "data" then
      -- `OrderSerializer(rows, many=True).data`
      local made = node:child("value")
      made = made and made.kind == "name" and made:value() or made
      local many = made and made.kind == "call" and made:arg("many")
      return many and many.kind == "bool" and many.text:lower() == "true" and "list" or nil
    end
    return nil
  elseif kind ~= "call" then
    return nil
  end
  local name = node.name
  if PASSING[name] then
    local given = first_given(node)
    return given and classify(given, scope, depth + 1) or nil
  end
  local callees = node:callees()
  if #callees == 1 then
    return of_callee(callees[1], depth)
  elseif #callees > 1 then
    return nil
  elseif node:fact("lists") == "rows" or ROWS[name] and (node:receiver() ~= nil or name == "list" or name == "sorted") then
    return "list"
  elseif QUERY[name] then
    -- Mongoose's query is the rows once it is awaited.
    local _, before = node:chained()
    for _, link in { node, unpack(before) } do
      if link.name == "find" and link:fact("lists") then
        return "list"
      end
    end
  end
  return nil
end

-- What an expression of a function is: "list", "object", or nil where that cannot be seen.
function M.classify(node, scope)
  return classify(node, scope, 0)
end

-- What a type says: `list[Order]`, `Promise<Order[]>`.
function M.of_type(source)
  local text = source:gsub("^[%s:>%-]+", ""):gsub("^Promise<(.*)>$", "%1"):gsub("^Observable<(.*)>$", "%1"):gsub("^typing%.", "")
  text = text:gsub("^Optional%[(.*)%]$", "%1"):gsub("%s*|%s*None$", "")
  if text == "list" or text == "List" or text:find("^[Ll]ist%[") or text:find("^Sequence%[") or text:find("^[%w_.]+%[%]$") or text:find("^Array<") then
    return "list"
  end
  return nil
end

-- The answers of a handler: what is returned, and what calls are given that answer.
local function answers_of(func)
  local language = func.node.file.language
  local all = {}
  local body = func.node:child("body")
  for _, node in func.node:descendants({ "return", "call" }) do
    local own = node:func()
    local is_own = own ~= nil and own.node:same(func.node)
    if node.kind == "return" and is_own and node:child("value") then
      local value = awaited.value(node:child("value"))
      local is_answer = value.kind == "call" and (value.name == "json" or value.name == "send" or value.name == "JSON")
      if not is_answer and language ~= "go" then
        table.insert(all, value)
      end
    elseif node.kind == "call" and language ~= "python" then
      local on = node:receiver()
      local is_answer = on ~= nil and (node.name == "json" or node.name == "send" or node.name == "JSON" or node.name == "Encode")
      local given = is_answer and node:arg(node.name == "JSON" and 2 or 1)
      if given then
        table.insert(all, given)
      end
    end
  end
  if #all == 0 and body and func.is_lambda and body.kind ~= "block" then
    table.insert(all, body)
  end
  return all
end

-- Decorators that make another answer of what a function returns.
local SHAPING = { "marshal", "response", "serializ", "output", "schema", "envelope", "render", "jsonify" }

-- Whether a handler answers with bare rows: "declared" by its type, "seen" in all of its answers; nil where it does not, or that cannot be seen. Errors are
-- objects of their own.
function M.of(func)
  for _, decorator in func.node:children("decorator") do
    local model = decorator.kind == "call" and decorator:arg("response_model")
    if model and model.kind ~= "null" then
      return M.of_type(model.source) == "list" and "declared" or nil
    elseif decorator.kind ~= "call" or decorator:fact("role") ~= "request" then
      for _, word in SHAPING do
        if (decorator.name or ""):lower():find(word, 1, true) then
          return nil
        end
      end
    end
  end
  local returns = func.node:child("returns")
  if returns and M.of_type(returns.source) == "list" then
    return "declared"
  end
  local is_bare = false
  for _, answer in answers_of(func) do
    local what = classify(answer, func.node, 0)
    local is_error = what == "object" and (answer.source:lower():find("error") or answer.source:lower():find("message") or answer.source:lower():find("detail"))
    if what == "list" then
      is_bare = true
    elseif what == "object" and not is_error then
      return nil
    elseif what == nil and answer.kind == "call" and not answer.name:lower():find("error") and not answer.name:lower():find("abort") then
      -- Something that is not seen may put the list into an object.
      return nil
    end
  end
  return is_bare and "seen" or nil
end

return M
