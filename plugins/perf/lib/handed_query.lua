-- A query of a request that is handed on as a whole to something that is not seen, `ctx.orders.list(request.query, done)`, where a function of that name in the repository takes
-- a number from it as the size of a page: `function list(options) { ... .limit(parseInt(options.count)) }`.

local page_size = require("page_size")
local set = require("words").set

local M = {}

local NUMBERS = set("parseInt", "Number", "parseFloat", "toInt")

-- What stands in `parseInt(...)` and the like.
local function bare(node)
  while node and node.kind == "call" and NUMBERS[node.name] do
    node = node:arg(1)
  end
  return node
end

-- The function around a node that has a parameter of this name.
local function owner_of(node, name)
  local func = node:func()
  while func do
    for _, param in func.params do
      if param.text == name then
        return func
      end
    end
    local up = func.node:parent()
    func = up and up:func() or nil
  end
  return nil
end

-- Functions that take the size of a page from what they are given, by the size's name and their own; nil until they were looked for.
local takers = nil

local function read(repo)
  takers = {}
  for _, path in repo:holding("**/*.{js,ts,mjs,cjs}", ".limit(") do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.side ~= "browser" and file.root:descendants("call", "limit") or {} do
      local size = bare(call:arg(1))
      local from = size and size.kind == "attr" and page_size.is_size(size.text) and size:child("value")
      local owner = from and from.kind == "name" and owner_of(from, from.text)
      if owner and owner.name ~= "" and not owner.node.source:find("[mM]in%(") then
        takers[size.text] = takers[size.text] or {}
        takers[size.text][owner.name] = takers[size.text][owner.name] or call
      end
    end
  end
end

-- Whether a function holds the size against a number that is written down, or takes the lesser one.
local function is_bounded(func, written)
  local form = written:gsub("%p", "%%%0")
  local source = func.node.source:gsub("//[^\n]*", "")
  return source:find(`[mM]in%([^\n]*{form}`) ~= nil or source:find(`{form}%)?%s*[<>]=?%s*[%d%u]`) ~= nil or source:find(`clamp%([^\n]*{form}`) ~= nil
end

-- Where a handler reads the size from what it hands on, or hands it on; the name of the size, and the call that takes it; nil where it is bounded before.
local function handed_to(func, given, name)
  local found, keys = nil, {}
  for key in takers do
    table.insert(keys, key)
  end
  table.sort(keys)
  for _, key in keys do
    local sink = takers[key][name]
    if sink then
      for _, attr in func.node:descendants("attr") do
        if attr.text == key and attr:child("value").source == given.source then
          if is_bounded(func, attr.source) then
            return nil
          end
          return { at = attr, key = key, sink = sink }
        end
      end
      found = { at = given, key = key, sink = sink }
    end
  end
  return found
end

-- The size of a page that a handler hands on with its whole query, as {at, key, sink}: where it stands, its name, and the call that takes it at last; nil where there is none, or
-- it is bounded before.
function M.unbounded(func, repo)
  for _, call in func.node:descendants("call") do
    if #call:callees() > 0 or not call:receiver() then
      continue
    end
    for _, given in call:args() do
      local value = given.kind == "name" and given:value() or given
      local request = value.kind == "attr" and value.text == "query" and value:child("value")
      if request and request.kind == "name" and request:param_position() then
        if not takers then
          read(repo)
        end
        local found = handed_to(func, given, call.name)
        if found then
          return found
        end
      end
    end
  end
  return nil
end

return M
