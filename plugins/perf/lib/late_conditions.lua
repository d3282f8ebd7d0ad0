-- Conditions that a query gets after it was begun: under an `if`, or by keys that are put into the dictionary of its filter. Those that ask for what the caller
-- names leave the whole table to whoever names nothing; those that bind a caller to what is his do not.

local narrowing = require("narrowing")

local M = {}

-- What an expression speaks of: its names, of `req.user.role` only `role`.
local function subjects(node, into)
  for _, one in { node, unpack(node:descendants({ "name", "attr" })) } do
    local around = one:parent()
    local is_holder = around ~= nil and around.kind == "attr" and one:role() == "value"
    if (one.kind == "name" or one.kind == "attr") and not is_holder then
      into[one.text] = true
    end
  end
  return into
end

-- Whether a condition only says what its test asks for: `if (status) filter.status = status`.
local function says_what_is_asked(value, branch)
  local test = branch:child("test")
  if not test then
    return false
  end
  local asked, said = subjects(test, {}), subjects(value, {})
  if next(said) == nil then
    -- A constant.
    return true
  end
  for text in said do
    if asked[text] then
      return true
    end
  end
  return false
end

-- The name at the root of `where[Op.and].push`, `filter.state`, `filter["state"]`.
local function root_of(node)
  while node and (node.kind == "attr" or node.kind == "index") do
    node = node:child("value")
  end
  return node and node.kind == "name" and node.text or nil
end

-- The dictionaries that the filters of a query are, by name.
local function dictionaries(query)
  local all = {}
  local function add(node, depth)
    if not node or depth > 2 then
      return
    elseif node.kind == "name" then
      all[node.text] = true
      local value = node:value()
      if value and value.kind == "dict" then
        add(value:entry("where"), depth + 1)
      end
    elseif node.kind == "dict" then
      add(node:entry("where"), depth + 1)
      for _, item in node:children("item") do
        if item.kind == "spread" then
          add(item:child("value"), depth + 1)
        end
      end
    end
  end
  for _, part in query do
    for _, argument in part.call:args() do
      add(argument, 0)
    end
  end
  return all
end

-- What dictionaries of conditions take up after they were made: "none", "caller" or "key".
local function added_to(names, scope)
  local found = "none"
  for _, node in scope:descendants({ "assign", "call" }) do
    local target = node.kind == "assign" and node:child("target")
    if target and (target.kind == "attr" or target.kind == "index") and names[root_of(target) or ""] then
      local branch = node:enclosing({ "if", "function", "case" })
      local value = node:child("value")
      local is_asked = branch and branch.kind == "if" and value and says_what_is_asked(value, branch)
      if not is_asked then
        local _, is_known = (value or node):literal()
        found = narrowing.stronger(found, is_known and "constant" or "key")
      end
    elseif node.kind == "call" then
      local callee = node:child("callee")
      local on = callee and callee.kind == "attr" and root_of(callee)
      if on and names[on] and (node.name == "push" or node.name == "update" or node.name == "append" or node.name == "set") then
        found = narrowing.stronger(found, "caller")
      end
    end
  end
  return found
end

-- How far conditions that come late narrow a query: "none" where all of them are asked for by the caller.
function M.of(query, scope)
  local found = "none"
  for _, part in query do
    if part.is_optional and not part.begins and narrowing.FILTERS[part.name] then
      local branch = part.call:enclosing({ "if", "conditional", "function" })
      local own = narrowing.filter_of_call(part.call)
      if own ~= "none" and own ~= "constant" and branch and branch.kind ~= "function" and branch:child("test") then
        local is_asked = false
        for _, argument in part.call:args() do
          is_asked = is_asked or says_what_is_asked(argument, branch)
        end
        found = is_asked and found or narrowing.stronger(found, "key")
      end
    end
  end
  local names = dictionaries(query)
  if next(names) ~= nil then
    found = narrowing.stronger(found, added_to(names, scope))
  end
  return found
end

-- Whether what a caller may leave out is all that narrows a query: `find({ ...(query.user && { user }) })`, `find(word ? { name: word } : {})`.
function M.is_left_to_caller(query)
  for _, part in query do
    if narrowing.FILTERS[part.name] then
      for _, argument in part.call:args() do
        local value = argument.kind == "name" and argument:value() or argument
        if value.kind == "conditional" and value.source:find("{%s*}") then
          return true
        elseif value.kind == "dict" and value.source:find("%.%.%.") and value.source:find("%s[%?&]&?%s") then
          return true
        end
      end
    end
  end
  return false
end

return M
