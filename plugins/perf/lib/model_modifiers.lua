-- What the named parts of a query do that a model of Objection keeps: `Order.query().modify("ofShop", shopId)` runs `modifiers.ofShop(query, shopId)`. Most of them
-- filter only where they are given a value, so that a value that may be missing filters nothing.

local given_values = require("given_values")
local set = require("words").set

local M = {}

local BOUNDS = set("limit", "first", "findOne", "findById", "page", "range")
-- Links that leave most rows, whatever they are compared with.
local OPEN = set("whereNot", "whereNotIn", "whereNull", "whereNotNull", "orWhereNull", "orWhereNotNull")

-- Columns that say in which of two states a row is.
local STATES = set("active", "enabled", "deleted", "archived", "draft", "public", "published", "visible")

local repository = nil
-- The modifiers of each model, and what was said of each of them; the code of the repository does not change.
local kept, said = {}, {}

function M.begin(repo)
  repository = repo
end

local function root_of(node)
  while node and node.kind ~= "name" do
    node = node:child("callee") or node:child("value")
  end
  return node
end

-- The class of the model that a query is begun with, as `path:Class`.
local function model_of(call)
  local root = root_of(call)
  for _ = 1, 3 do
    for _, origin in root and root:origin() or {} do
      if origin:find("^[^:]+%.%a+:[%w_$]+$") then
        return origin
      end
    end
    local value = root and root:value()
    root = value and root_of(value)
  end
  return nil
end

-- The object of modifiers that a class has: `static get modifiers() { return { ... } }`, `static modifiers = { ... }`.
local function object_in(class)
  for _, func in class:descendants("function", "modifiers") do
    for _, gives in func:descendants("return") do
      local value = gives:child("value")
      if value and value.kind == "dict" then
        return value
      end
    end
  end
  for _, assign in class:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and target.name == "modifiers" and value and value.kind == "dict" then
      return value
    end
  end
  return nil
end

local function modifiers_of(model)
  if kept[model] == nil then
    local path, name = model:match("^(.+):([%w_$]+)$")
    local file = path and repository and repository:open(path)
    kept[model] = false
    for _, class in file and file.root and file.root:descendants("class") or {} do
      if class.name == name or class.text == name then
        kept[model] = object_in(class) or false
      end
    end
  end
  return kept[model]
end

-- The function that a modifier runs.
local function function_of(call)
  local first = call:arg(1)
  if not first then
    return nil
  end
  local text = first:literal()
  if type(text) ~= "string" then
    local value = first.kind == "name" and (first:value() or first:definition()) or first
    return value and value.kind == "function" and value or nil
  end
  local model = model_of(call)
  local object = model and modifiers_of(model)
  local entry = object and object:entry(text)
  return entry and entry.kind == "function" and entry or nil
end

-- Which of the values that a modifier is handed an expression is made of.
local function position_in(node, func)
  local params = func:children("param")
  local names = node.kind == "name" and { node } or node:descendants("name")
  for at, param in params do
    for _, name in names do
      if at > 1 and name.text == param.text then
        return at
      end
    end
  end
  return nil
end

-- What one link of a modifier says: how it filters, and of which of its values.
local function link_of(link, func)
  local arguments = link:args()
  local last = arguments[#arguments]
  if not last or OPEN[link.name] then
    return { filter = "constant" }
  end
  local column = arguments[1]:literal()
  -- `where("deleted", !value)` asks for one of two.
  local at = last.kind ~= "unary" and position_in(last, func) or nil
  local branch = link:enclosing({ "if", "conditional", "logic", "function" })
  return { filter = at and "value" or "constant", at = at, column = type(column) == "string" and column or "", is_optional = branch ~= nil and branch.kind ~= "function" }
end

-- What a modifier does: whether it bounds the rows, and its links that filter.
local function parts_of(func)
  local key = func.file.path .. ":" .. func.id
  local found = said[key]
  if found then
    return found
  end
  found = { bounds = false, links = {} }
  said[key] = found
  local query = func:children("param")[1]
  for _, link in query and func:descendants("call") or {} do
    local on = link:receiver()
    local root = on and root_of(on)
    if root and root.text == query.text then
      if BOUNDS[link.name] then
        local branch = link:enclosing({ "if", "function" })
        found.bounds = found.bounds or branch ~= nil and branch.kind == "function"
      elseif link.name:find("[wW]here") then
        table.insert(found.links, link_of(link, func))
      end
    end
  end
  return found
end

-- Whether a modifier bounds how many rows come.
function M.bounds(call)
  local func = call.name == "modify" and function_of(call)
  return func ~= nil and func ~= false and parts_of(func).bounds
end

-- Whether all wishes by which a query filters name an owner, `shopId`: who asks names one.
function M.wishes_for_owner(query)
  local found = false
  for _, part in query do
    local func = part.call.name == "modify" and M.filter_of(part.call) == "caller" and function_of(part.call)
    for _, link in func and parts_of(func).links or {} do
      if link.at and not link.column:find("[iI][dD]$") then
        local asks_for_state = link.column:find("^is_?%u?") ~= nil or STATES[link.column:lower()] == true
        if not asks_for_state then
          return false
        end
      elseif link.at then
        found = true
      end
    end
  end
  return found
end

local STRENGTH = { none = 0, constant = 1, caller = 2, key = 3 }

-- How a modifier filters: "none", "constant", "caller" (where a value that may be missing says so) or "key".
function M.filter_of(call)
  local func = function_of(call)
  if not func then
    local value = call:arg(2)
    return value and given_values.sort_of(value) or "none"
  end
  local found = "none"
  for _, link in parts_of(func).links do
    local own = "constant"
    local value = link.at and call:arg(link.at)
    if link.filter == "value" then
      own = value and given_values.sort_of(value) or "none"
    elseif link.is_optional then
      own = "caller"
    end
    found = STRENGTH[own] > STRENGTH[found] and own or found
  end
  return found
end

return M
