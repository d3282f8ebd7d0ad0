-- Counts that stand beside a page of the same rows: where a total is counted, and what makes it one that not every page pays for.

local awaited = require("awaited")
local narrowing = require("narrowing")
local paged_read = require("paged_read")
local query_chain = require("query_chain")
local words = require("words")

local M = {}

-- Calls that count all rows of a query.
M.COUNTS = words.set("count", "Count", "acount", "count_documents", "countDocuments", "CountDocuments", "getCount")
local CAPS = words.set("limit", "Limit", "take", "top")

-- SQLAlchemy's `select(func.count())`, `select(func.count(Order.id))`: the select, where it has no other column and makes no groups.
local function select_of(call)
  local select = call:argument_of()[1]
  if not select or (select.name ~= "select" and select.name ~= "query") or #select:args() ~= 1 then
    return nil
  end
  for _, link in select:chained() do
    if link.name == "group_by" or link.name == "subquery" or link.name == "scalar_subquery" or link.name == "label" then
      return nil
    end
  end
  return select
end

-- Whether a count ends at a limit of its own, as one of the first thousand rows does.
local function is_capped(call)
  local after, before = call:chained()
  for _, list in { before, after } do
    for _, link in list do
      if CAPS[link.name] then
        return true
      end
      for _, argument in link:args() do
        local value = argument.kind == "name" and argument:value() or argument
        if value.source:find("%.limit%(") then
          return true
        end
      end
    end
  end
  local options = call:args()
  for _, argument in options do
    if argument.kind == "dict" and (argument:entry("limit") or argument:entry("take") or argument:entry("maxTimeMS")) then
      return true
    end
  end
  return false
end

-- Whether a count is made on some requests only: the first page's, those that ask for it, those that found no total that was kept.
function M.is_optional(node, page)
  local around = node:enclosing({ "if", "conditional", "logic", "function", "handler" })
  while around and around.kind ~= "function" do
    local test = around:child("test")
    local is_condition = around.kind == "handler" or around.kind == "logic" or test ~= nil and not node:is_within(test)
    if is_condition and not (page and page:is_within(around)) then
      return true
    end
    around = around:enclosing({ "if", "conditional", "logic", "function", "handler" })
  end
  return false
end

local KEPT = words.set(
  "memoize", "memoized", "memoizee", "memoise", "memoised", "estimate", "estimated", "estimation", "reltuple", "redis", "aioredis", "ioredis", "goredis", "redisclient", "redispool"
)

local function says_kept(text)
  -- No other word holds this one: `TTLCache`, `memcached`, `cacheable`.
  return words.any_in(text, { "cache" }) or words.has_word(text, KEPT)
end

local function bare(name)
  return (words.lower(name):gsub("_", ""):gsub("s$", ""))
end

-- Whether a function keeps what it counts, for all that its names say but for that of the rows themselves.
function M.keeps(func, rows)
  for _, decorator in func.node:children("decorator") do
    -- The path of a route may name rows that are called so.
    local said = decorator.source:gsub("[\"'][^\"']*[\"']", "")
    if says_kept(said) or words.has_word(said, { memo = true }) then
      return true
    end
  end
  for _, name in func.node:descendants({ "name", "attr" }) do
    if says_kept(name.text) and not (rows and bare(name.text) == bare(rows)) then
      return true
    end
  end
  return false
end

-- What a count counts: {at, name, filter, is_whole, root}; nil where it is no count of a store's rows, or one that ends early.
function M.counted(call, scope)
  local at = call
  local on = call:receiver()
  if call.name == "count" and on and on.text == "func" and call:is({ "sqlalchemy.**", "sqlmodel.**", "flask_sqlalchemy.**" }) then
    at = select_of(call)
  elseif call.name == "count" and #call:args() > 0 and call:fact("kind") ~= "db" then
    -- `text.count(",")`.
    return nil
  end
  if not at or is_capped(call) or not at:same(call) and is_capped(at) then
    return nil
  end
  local parent = awaited.parent(at)
  if parent and (parent.kind == "compare" or parent.kind == "if") then
    return nil
  end
  local found = paged_read.query_of(at, scope)
  if not found then
    return nil
  end
  local root = query_chain.root_of(call)
  local named = call:arg(1)
  if not found.name and not at:same(call) and named and named.kind == "attr" then
    -- `func.count(Order.id)`.
    local model = named:child("value")
    found.name = model and model.kind == "name" and model.text or nil
  end
  for _, link in at:same(call) and {} or at:chained() do
    local from = link.name == "select_from" and link:arg(1)
    if from and from.kind == "name" then
      found.name = from.text:find("^%u") and from.text or found.name
    end
  end
  found.root = root and root.text
  return found
end

-- Makes what a total counts as narrow as the page beside it, or as its own condition says.
function M.narrow(total, page)
  local own = total.filter
  local condition = total.at:arg("where") or total.at:arg(1)
  if condition and M.COUNTS[total.at.name] and total.at.file.language ~= "go" then
    own = narrowing.stronger(own, narrowing.filter_of_value(condition))
  end
  total.filter = narrowing.stronger(own == "caller" and page.filter == "none" and "none" or own, page.filter)
  total.is_whole = total.is_whole or page.is_whole
  total.query, total.text = page.query or total.query, page.text or total.text
end

-- Names that a query of anything may begin with.
local SHARED = words.set("db", "session", "self", "this", "prisma", "client", "tx", "database", "ctx", "s", "r", "repo")

-- Whether a page is one of the rows that a total counts.
function M.is_of(total, page)
  if total.name and page.name then
    return bare(total.name) == bare(page.name)
  end
  local root = query_chain.root_of(page.at)
  return root ~= nil and total.root == root.text and not SHARED[root.text]
end

-- The page of the rows that a count counts, in the same function, or in one that calls the count; second, the function that asks for both.
function M.page_beside(total, func)
  for _, page in paged_read.all_in(func) do
    if M.is_of(total, page) then
      return page, func
    end
  end
  -- What is only suspected is not looked for elsewhere.
  if not total.name or paged_read.confidence(total) ~= "medium" then
    return nil
  end
  for at, caller in func:callers() do
    local outer = at <= 4 and caller:func()
    if outer and outer.reach == "request" then
      for _, page in paged_read.all_in(outer) do
        if M.is_of(total, page) then
          return page, outer, caller
        end
      end
      for tried, call in outer.node:descendants("call") do
        for _, callee in tried <= 40 and not call:same(caller) and call:callees() or {} do
          for _, page in paged_read.all_in(callee) do
            if M.is_of(total, page) then
              return page, outer, caller
            end
          end
        end
      end
    end
  end
  return nil
end

return M
