-- The entries that a mapping has whatever way it was put together: `const where = { userId }; if (status) where.status = status`, what functions give
-- that build it on the spot, what is spread into it. Other entries may be there besides.

local M = {}

-- How many names, functions and spreads are looked through.
local DEEPEST = 6

local held

-- Those that two ways have in common, as the first has them.
local function common(first, second)
  local all = {}
  for key, entry in first do
    all[key] = second[key] and entry or nil
  end
  return all
end

-- What a function gives, by all its returns; nil where one of them is not seen.
local function of_returns(func, given, depth)
  local body, all = func:child("body"), nil
  if body and body.kind ~= "block" then
    return held(body, given, depth)
  end
  for _, node in func:descendants("return") do
    local value = node:child("value")
    local around = node:enclosing("function")
    if around and around:same(func) then
      local own = value and held(value, given, depth)
      if not own then
        return nil
      end
      all = all and common(all, own) or own
    end
  end
  return all
end

-- The arguments of a call by the names of the parameters that take them.
local function bound(func, call, given)
  local all, at = table.clone(given), 0
  for _, param in func:children("param") do
    at += 1
    local argument = call:children("arg")[at]
    -- `((where) => ...)(where)`: the inner name is not the outer one.
    all[`{func.file.path}:{func.id}:{param.text}`] = argument or false
  end
  return all
end

-- The argument that a name stands for within a function that is called on the spot; nil where it is none of its parameters.
local function argument_of(name, given)
  local around = name:enclosing("function")
  while around do
    local found = given[`{around.file.path}:{around.id}:{name.text}`]
    if found ~= nil then
      return found
    end
    around = around:enclosing("function")
  end
  return nil
end

local function of_dict(node, given, depth)
  local all = {}
  for _, item in node:children("item") do
    local written = item.kind == "pair" and item:child("key")
    if item.kind == "spread" then
      local inner = item:child("value") or item:children()[1]
      for key, entry in inner and held(inner, given, depth) or {} do
        all[key] = entry
      end
    elseif item.kind == "pair" and item.text ~= "" then
      all[item.text] = { key = item.text, value = item:child("value"), at = item }
    elseif written and written.source:find("Op%.and%]?$") and item:child("value") then
      for key, entry in held(item:child("value"), given, depth) or {} do
        all[key] = entry
      end
    end
  end
  return all
end

held = function(node, given, depth)
  if depth > DEEPEST then
    return nil
  elseif node.kind == "dict" then
    return of_dict(node, given, depth + 1)
  elseif node.kind == "list" then
    local all = {}
    for _, item in node:children("item") do
      for key, entry in held(item, given, depth + 1) or {} do
        all[key] = entry
      end
    end
    return all
  elseif node.kind == "name" then
    local argument = argument_of(node, given)
    if argument ~= nil then
      return argument and held(argument, given, depth + 1) or nil
    end
    local value = node:value()
    return value and not value:same(node) and held(value, given, depth + 1) or nil
  elseif node.kind == "conditional" then
    local first, second = nil, nil
    for _, child in node:children() do
      if child:role() ~= "test" then
        first, second = first or child, first and child or nil
      end
    end
    local one, other = first and held(first, given, depth + 1), second and held(second, given, depth + 1)
    return one and other and common(one, other) or nil
  elseif node.kind == "call" then
    local callee = node:child("callee")
    local func = callee and callee.kind == "function" and callee or nil
    local known = not func and node:callees() or {}
    func = func or #known == 1 and known[1].node or nil
    return func and of_returns(func, bound(func, node, given), depth + 1) or nil
  end
  return nil
end

-- The entries by key: {key, value, at}; nil for what is no mapping that is seen.
function M.of(node)
  return held(node, {}, 0)
end

return M
