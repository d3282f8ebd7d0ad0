-- Addresses that a request itself names: nobody knows what answers there, nor how much.

local declared = require("declared")
local words = require("words")

local M = {}

local DEEPEST = 4

local ADDRESSES = words.set("url", "uri", "link", "href", "site", "website", "domain", "host", "hostname", "feed", "target")

-- What holds the wishes of a request, in the frameworks' words.
local REQUESTS = {
  "%f[%w_]req%.query", "%f[%w_]req%.body", "%f[%w_]req%.params", "%f[%w_]request%.query", "%f[%w_]request%.body", "%f[%w_]request%.args", "%f[%w_]request%.form", "%f[%w_]request%.GET", "%f[%w_]request%.POST", "%f[%w_]request%.json",
  "%f[%w_]request%.data", "%f[%w_]request%.values", "%f[%w_]request%.query_params", "%f[%w_]request%.get_json", "searchParams%.get%(", "[qQ]ueryStringParameters", "%f[%w_]ctx%.query", "%f[%w_]ctx%.request%.body", "cleaned_data", "validated_data",
}

local function is_address(name)
  local all = words.of(name)
  return ADDRESSES[all[#all] or ""] ~= nil
end

local function names_request(source)
  for _, pattern in REQUESTS do
    if source:find(pattern) then
      return true
    end
  end
  return false
end

-- Whether a function is what a platform calls.
local function is_handler(func)
  return func.reach == "request" and #func:route() <= 1
end

local given
-- Where classes are looked up.
local repository = nil

-- The function whose parameter a name is, and which one.
local function param_of(name)
  local at, func = name:param_position(), name:func()
  while at and func do
    local param = func.params[at]
    if param and param.text == name.text then
      return func, at, param
    end
    local around = func.node:parent()
    func = around and around:func()
  end
  return nil
end

-- `{ url } = request.query`: what a name is taken out of.
local function taken_out_of(name)
  local func = name:func()
  for _, assign in func and func.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    if target and value and target.kind ~= "name" and target.source:find(`%f[%w_]{name.text}%f[^%w_]`) then
      return value
    end
  end
  return nil
end

local function given_name(name, depth)
  local func, at, param = param_of(name)
  if func then
    if is_handler(func) then
      -- Of Python's frameworks a parameter of a handler is a wish itself.
      return func.node.file.language == "python" and is_address(param.text)
    end
    for _, call in func:callers() do
      local value = call:arg(param.text) or call:arg(at)
      if value and given(value, depth + 1) then
        return true
      end
    end
    return false
  end
  local value = name:value()
  if value then
    return given(value, depth + 1)
  end
  local from = taken_out_of(name)
  return from ~= nil and is_address(name.text) and names_request(from.source)
end

-- Whether a parameter is the body of the request, and no setting or client that a framework hands in.
local function is_body(param)
  local said = param:child("type")
  local name = said and (said.kind == "name" and said or said:descendants("name")[1])
  local class = name and repository and declared.class(name, repository)
  for _, base in class and class:children("base") or {} do
    if base.name == "BaseModel" or base.name == "SQLModel" or base.name == "Schema" or base.name == "Struct" then
      return true
    end
  end
  return false
end

-- Whether a field of what a handler is handed is an address: `payload.url`.
local function given_field(node, depth)
  if names_request(node.source) then
    return is_address(node.kind == "attr" and node.text or node.source:match("([%w_]+)[\"']?%s*[%)%]]*%s*$") or "")
  end
  local base = node.kind == "attr" and node:child("value")
  if not base then
    return false
  elseif node.text == "href" or node.text == "origin" then
    return given(base, depth + 1)
  end
  local func, _, param = nil, nil, nil
  if base.kind == "name" then
    func, _, param = param_of(base)
  end
  return func ~= nil and is_handler(func) and node.file.language == "python" and is_address(node.text) and is_body(param)
end

given = function(node, depth)
  if depth > DEEPEST then
    return false
  elseif node.kind == "name" then
    return given_name(node, depth)
  elseif node.kind == "attr" or node.kind == "index" then
    return given_field(node, depth)
  elseif node.kind == "template" or node.kind == "binary" then
    -- What stands before the first value must be no host.
    local text = node:joined() or ""
    if not text:find("^{}") and not text:find("^https?://{}") then
      return false
    end
    for _, part in node:children() do
      if part.kind ~= "str" then
        return given(part, depth + 1)
      end
    end
    return false
  elseif node.kind == "conditional" or node.kind == "logic" or node.kind == "await" then
    for _, part in node:children() do
      if given(part, depth + 1) then
        return true
      end
    end
    return false
  elseif node.kind == "call" then
    if names_request(node.source) and #node.source < 80 then
      return given_field(node, depth)
    end
    local first, on = node:arg(1), node:receiver()
    return first ~= nil and given(first, depth + 1) or on ~= nil and #node:callees() == 0 and given(on, depth + 1)
  end
  return false
end

-- Whether what a call of a client asks is an address that the request names.
function M.is_asked(call, repo)
  repository = repo
  local address = call:arg("url") or call:arg(1)
  if address and address.kind == "dict" then
    address = address:entry("url")
  end
  return address ~= nil and given(address, 0)
end

return M
