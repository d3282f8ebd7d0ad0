-- What Django's managers and querysets of a repository say: which classes a manager is made of, whether it brings relations along by itself, and
-- the methods by which it is asked.

local class_members = require("class_members")
local declared = require("declared")
local parameter = require("parameter")
local query_chain = require("query_chain")
local row_sources = require("row_sources")

local M = {}

local BRINGING = { "select_related", "prefetch_related" }
local DEEPEST = 3

-- The classes that a value of a manager names: `OrderManager()`, `SafeManager(OrderQuerySet)`, `OrderQuerySet.as_manager()`,
-- `Manager.from_queryset(OrderQuerySet)()`; with what those are built on.
function M.classes(value, repo)
  local all, seen = {}, {}
  local look
  local function add(class, depth)
    local key = declared.key(class)
    if seen[key] then
      return
    end
    seen[key] = true
    table.insert(all, class)
    -- `return OrderQuerySet(self.model, using=self._db)`
    local first = class_members.named(class, "get_queryset")
    local given = first and first.kind == "function" and row_sources.given_by(first)
    local callee = given and given.kind == "call" and given:child("callee")
    if callee and callee.kind == "name" and callee.text:find("^%u") then
      look(callee, depth + 1)
    end
    for _, base in depth < DEEPEST and class:children("base") or {} do
      if base.kind ~= "kw-arg" then
        look(base, depth + 1)
      end
    end
  end
  look = function(node, depth)
    if not node or depth > DEEPEST + 2 then
      return
    elseif node.kind == "call" then
      look(node:child("callee"), depth + 1)
      for _, argument in node:args() do
        if argument.name:find("^%u") then
          look(argument, depth + 1)
        end
      end
    elseif node.kind == "attr" and (node.text == "as_manager" or node.text == "from_queryset") then
      look(node:child("value"), depth + 1)
    elseif node.kind == "name" or node.kind == "attr" or node.kind == "class" then
      local class = declared.class(node, repo)
      if class then
        add(class, depth)
        return
      end
      -- `OrderManager = Manager.from_queryset(OrderQuerySet)`
      local given = declared.value(node, repo)
      if given and given.kind == "call" then
        look(given, depth + 1)
      end
    end
  end
  look(value, 0)
  return all
end

-- The method of that name among some classes, nearest first; of a manager that leaves it to its queryset (`return self.get_queryset().open()`), that of the queryset.
function M.method(classes, name)
  local leaving = nil
  for _, class in classes do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and statement.name == name then
        if not statement.source:find(`get_queryset().{name}(`, 1, true) then
          return statement
        end
        leaving = leaving or statement
      end
    end
  end
  return leaving
end

-- Whether a method of that name refines what it is asked of: `return self.filter(open=True)`.
function M.refines(classes, name)
  local method = M.method(classes, name)
  local value = method and row_sources.given_by(method)
  local root = value and value.kind == "call" and query_chain.root_of(value)
  return root and parameter.is_self(root) and (value.source:find(".filter(", 1, true) or value.source:find(".exclude(", 1, true)) ~= nil or false
end

local function brings(method)
  for _, word in BRINGING do
    if method.source:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether what a manager gives first brings relations along: its `get_queryset` does, itself or by another method of the same classes.
function M.brings_relations(classes)
  local first = M.method(classes, "get_queryset") or M.method(classes, "get_query_set")
  if not first then
    return false
  elseif brings(first) then
    return true
  end
  for _, class in classes do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and statement.name ~= "get_queryset" and brings(statement) and first.source:find(`.{statement.name}(`, 1, true) then
        return true
      end
    end
  end
  return false
end

return M
