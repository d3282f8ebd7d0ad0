-- How deep a caller gets into a list that is read by its place: whether a function refuses deep pages or cuts the number of a page down.

local page_size = require("page_size")
local query_chain = require("query_chain")
local words = require("words")

local M = {}

local LIMITS = words.set("limit", "Limit", "take", "SetLimit")
local OPTIONS = { "limit", "take" }
local CUTS = words.set("min", "Min", "clamp")

local function add_names(node, all)
  for _, name in node.kind == "name" and { node } or node:descendants("name") do
    all[name.text] = true
  end
end

-- The names that say how large a page is: a bound of it is none of how deep it lies.
local function sizes_of(found)
  local all = {}
  for _, part in found.query or {} do
    local size = LIMITS[part.name] and part.call:arg(1)
    if size then
      add_names(size, all)
    end
    for _, option in OPTIONS do
      local given = part.call:arg(option)
      if given then
        add_names(given, all)
      end
    end
  end
  return all
end

-- The names that a page's place is made of, also by way of variables: `skip = (page - 1) * size`.
local function names_of(found, func)
  local sizes, all = sizes_of(found), {}
  local waiting = { found.place }
  for _ = 1, 3 do
    local next = {}
    for _, node in waiting do
      for _, name in node.kind == "name" and { node } or node:descendants("name") do
        if not all[name.text] and not sizes[name.text] and not page_size.is_size(name.text) and name:role() ~= "callee" then
          all[name.text] = true
          for _, assign in query_chain.assigned(func.node)[name.text] or {} do
            table.insert(next, assign:child("value"))
          end
        end
      end
    end
    waiting = next
  end
  return all
end

local function is_of(node, names)
  for _, name in node.kind == "name" and { node } or node:descendants("name") do
    if names[name.text] then
      return true
    end
  end
  return false
end

-- A number that no first page has, or what is called the most.
local function is_most(side)
  local number, known = side:literal()
  if known then
    return type(number) == "number" and number > 1
  end
  return side.source:upper():find("MAX", 1, true) ~= nil
end

-- Whether what stands behind a comparison ends the request, or sets the number of the page anew.
local function is_refusal(compare, names)
  local branch = compare:enclosing({ "if", "conditional", "function" })
  if not branch or branch.kind == "function" then
    return false
  elseif branch.kind == "conditional" then
    return compare:is_within(branch:child("test") or branch)
  end
  local test, body = branch:child("test"), branch:child("body")
  if not test or not body or not compare:is_within(test) then
    return false
  end
  for _, node in body:descendants({ "return", "raise", "assign", "call" }) do
    local target = node.kind == "assign" and node:child("target")
    if node.kind == "return" or node.kind == "raise" or node.kind == "call" and node.name:lower():find("abort", 1, true) or target and names[target.text] then
      return true
    end
  end
  return false
end

-- `page > 100`, `100 < page`, `1 <= page <= 100`: whether a comparison asks for more than so many pages.
local function compares_depth(compare, names)
  local sides = compare:children("value")
  local operators = compare.source:find("[<>]") ~= nil
  if not operators or #sides < 2 then
    return false
  end
  for at, side in sides do
    local other = sides[at + 1]
    if other then
      local between = #sides > 2
      local is_greater = compare.source:find(">", 1, true) ~= nil
      local left, right = is_of(side, names), is_of(other, names)
      if left and is_most(other) and (is_greater or between) or right and is_most(side) and (not is_greater or between) then
        return true
      end
    end
  end
  return false
end

-- Whether a function keeps pages from lying deep: a comparison with the number of the page that ends in a refusal, a `min` around it, a parameter that is declared so.
function M.is_bounded(found, func)
  local names = names_of(found, func)
  for _, param in func.params do
    if names[param.text] and param.source:find("%f[%w]l[et]%s*=") then
      return true
    end
  end
  for _, node in func.node:descendants({ "compare", "call" }) do
    if node.kind == "compare" then
      if compares_depth(node, names) and is_refusal(node, names) then
        return true
      end
    elseif CUTS[node.name] and is_of(node, names) then
      return true
    end
  end
  return false
end

return M
