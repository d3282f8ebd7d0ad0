-- A number that a caller sends, on its way to a query: whether it gets there as the size of a page, and whether anything bounds it before.

local lower = require("words").lower
local parameter = require("parameter")
local size_tests = require("size_tests")
local set = require("words").set

local M = {}

local SIZES = set("limit", "pagesize", "perpage", "pagelimit", "maxresults", "maxitems", "resultsperpage", "itemsperpage", "rowsperpage", "take", "size", "top", "first", "length", "count")
local KEYS = set("limit", "take", "first", "perpage", "pagesize")
local LIMITING = set("limit", "take", "tolist", "top")
-- What a number is still the same number behind.
local CASTS = set("int", "int64", "uint", "uint64", "int32", "number", "parseint", "abs", "floor", "ceil", "max", "round", "atoi", "parseuint", "string", "str", "some", "fetch")
local BOUNDS = set("min", "clamp", "minmax", "lesser")
-- Types of a parameter that hold any number.
local NUMBERS = set("int", "number", "string", "str", "any", "optional[int]", "int|none", "union[int,none]", "none|int", "uint", "int64", "float")

-- Whether a parameter is called as the size of a page is.
function M.is_size(name)
  return SIZES[(lower(name):gsub("[_-]", ""))] or false
end

-- Whether a type takes any number; a class or an enumeration of the project may not.
function M.is_any_number(source)
  local inner = source:match("^Annotated%[(.-),%s*[%w_.]+%(") or source
  return NUMBERS[(lower(inner):gsub("%s", ""):gsub("typing%.", ""))] or false
end

local function key_of(node)
  local key = node:child("key")
  return node.kind == "kw-arg" and node.text or key and (key.kind == "name" or key.kind == "str") and key.text or node.text
end

local function asks_store(call)
  return call:fact("kind") == "db" or call:fact("lists") ~= nil or call:fact("orm") ~= nil or call:fact("store") ~= nil
end

-- Whether a call takes the number as how many hits a search engine gives: `search.extra(size=size)`, `client.search({ size })`.
local function sizes_search(call, key)
  if key ~= "size" then
    return false
  end
  local on = call:receiver()
  return call:fact("store") == "search" or call.name == "extra" and on ~= nil and on:comes_from({ "elasticsearch_dsl.Search()", "elasticsearch_dsl.Search.**", "elasticsearch.dsl.Search()", "elasticsearch.dsl.Search.**", "opensearchpy.Search()", "opensearchpy.Search.**", "opensearch_dsl.Search()", "opensearch_dsl.Search.**" })
end

local SQL_LIMIT = "[Ll][Ii][Mm][Ii][Tt]%s*%(?[%$:%%@?{][%w_%(%{]*"

local judge_reads

-- What becomes of one reading of the number: "bound", "lost" (somewhere that is not seen), or the call that takes it as a limit.
local function way_of(node, depth)
  local at = node
  local key, argument = nil, nil
  for _ = 1, 12 do
    local up = at:parent()
    if not up then
      return nil
    end
    local kind = up.kind
    if kind == "compare" then
      return size_tests.bounds(up, at, node) and "bound" or nil
    elseif kind == "switch" and at:role() == "test" or kind == "index" and at:role() == "index" then
      -- A choice among those that are listed.
      return "bound"
    elseif kind == "assign" then
      -- Go's second target is the error.
      local target = up:child("target")
      target = target and (target.kind == "list" and target:children()[1] or target)
      return target and target.kind == "name" and at:role() == "value" and "kept" or nil, target
    elseif kind == "if" or kind == "expr-stmt" or kind == "while" then
      return nil
    elseif kind == "kw-arg" or kind == "pair" then
      key, argument = lower(key_of(up)):gsub("_", ""), up
    elseif kind == "slice" then
      return at:role() == "upper" and up or nil
    elseif kind == "template" then
      if up.source:find("[Ll][Ii][Mm][Ii][Tt]%s+%$?{") and up.source:find("[Ll][Ii][Mm][Ii][Tt]%s+%$?{[^}]*" .. node.text) then
        return up
      end
      return nil
    elseif kind == "conditional" and at:role() == "test" then
      return nil
    elseif kind == "call" and at:role() ~= "callee" then
      local name = lower(up.name)
      if BOUNDS[name] or size_tests.is_choice(up) then
        return "bound"
      elseif up:is("django.core.paginator.Paginator") then
        return up
      elseif sizes_search(up, key) then
        return up
      elseif LIMITING[name] and up:receiver() and (not key or KEYS[key] or key == "length") then
        return up
      end
      local callees = up:callees()
      if #callees > 0 then
        local callee = #callees == 1 and callees[1] or nil
        local param = callee and depth < 3 and parameter.taking(callee, up, argument or at)
        if not param or param.kind == "dict" or param.source:find("^%*") then
          return "lost"
        end
        return judge_reads(M.reads(param, callee), callee, depth + 1)
      elseif CASTS[name] then
        -- The number itself, written otherwise.
      elseif key and KEYS[key] and asks_store(up) then
        return up
      elseif asks_store(up) and up.source:find(SQL_LIMIT) and not up.source:find("%f[%w]LEAST%f[%W]") then
        return up
      elseif not up:receiver() or up:sort() == "unknown" then
        -- Something that is not seen may bound it.
        return name:find("valid") and "bound" or name:find("page") and "bound" or name:find("limit") and "bound" or nil
      else
        return nil
      end
    end
    at = up
  end
  return nil
end

-- The names in a function that read a variable.
local function reads_of(text, func)
  local all = {}
  local body = func.node:child("body")
  for _, name in body and body:descendants("name") or {} do
    if name.text == text and name:role() ~= "target" then
      table.insert(all, name)
    end
  end
  return all
end

-- Where the number ends that these nodes read: the call that takes it as a limit, "bound" where something bounds it on any way, nil where neither is seen.
judge_reads = function(reads, func, depth)
  local found = nil
  local seen, followed = {}, {}
  local waiting = reads
  while #waiting > 0 do
    local next = {}
    for _, read in waiting do
      if not seen[read.id] then
        seen[read.id] = true
        local way, target = way_of(read, depth)
        if way == "bound" or way == "lost" then
          return "bound"
        elseif way == "kept" then
          for _, name in not followed[target.text] and reads_of(target.text, func) or {} do
            table.insert(next, name)
          end
          followed[target.text] = true
        else
          found = found or way or nil
        end
      end
    end
    waiting = next
  end
  return found
end

-- The names in a function that read one of its parameters.
function M.reads(param, func)
  return reads_of(param.text, func)
end

-- The call that takes a number as the size of a page; nil where something bounds it, or where it gets to no query.
function M.unbounded(reads, func)
  local found = judge_reads(reads, func, 0)
  return found ~= "bound" and found or nil
end

return M
