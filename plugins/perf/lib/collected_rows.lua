-- Rows of SQL that Go collects in a slice: `for rows.Next() { ...; orders = append(orders, order) }`. The statement decides how many there are, and the parts that are
-- put into it at run time.

local endless_lists = require("endless_lists")
local few_rows = require("few_rows")
local lower = require("words").lower
local parameter = require("parameter")
local piling = require("piling")
local query_chain = require("query_chain")
local selects = require("selects")
local words = require("words")

local M = {}

-- What says that there are few in the name of a function.
local CHOSEN = words.set("pinned", "top", "recent", "latest", "featured", "popular", "next", "first", "last", "random")
-- Columns by which rows belong to users: there are more of them with every one.
local OWNERS = { "owner_id", "user_id", "account_id", "author_id", "customer_id", "created_by" }

-- The variable that takes the rows: `rows` of `rows, err := db.Query(...)`.
local function taker(call)
  local assign = call:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  local first = target and (target.kind == "name" and target or target:children()[1])
  return first and first.kind == "name" and first.text or nil
end

-- Whether all rows are put into a slice.
local function is_collected(call)
  local func = call:func()
  local rows = func and taker(call)
  for _, asked in rows and func.node:descendants("call", "Next") or {} do
    local on = asked:receiver()
    local loop = on and on.text == rows and asked:enclosing({ "for", "while", "c-for" })
    for _, added in loop and loop:descendants("call", "append") or {} do
      local assign = added:enclosing({ "assign", "for", "while" })
      if assign and assign.kind == "assign" then
        return true
      end
    end
  end
  return false
end

-- The text of an expression, what is not known in it as `{}`.
local function written(node)
  if node.kind == "binary" then
    local all = ""
    for _, part in node:children() do
      all ..= written(part)
    end
    return all
  end
  local text = node:literal()
  return type(text) == "string" and text or "{}"
end

-- The text of the statement, the expression that makes it, and whether values go with it.
local function text_of(call)
  local arguments = call:args()
  for at, argument in arguments do
    local text = written(argument)
    if text:upper():find("^%s*SELECT%f[%W]") then
      return text, argument, at < #arguments
    end
  end
  return nil
end

local function speaks_of_limit(node)
  return node.source:upper():find("%f[%w]LIMIT%f[%W]") ~= nil
end

-- Whether a caller hands over the value with which a condition does not hold: `list(owner, 0)` where it asks for `page > 0`.
local function leaves_out(test, func)
  for _, name in test.kind == "name" and { test } or test:descendants("name") do
    local at = name:param_position()
    for _, caller in at and func:callers() or {} do
      local given = caller:arg(at - parameter.leading(func))
      local is_nothing = given and (given.kind == "null" or given.kind == "num" and given.text == "0" or given.kind == "str" and given.text == "" or given.kind == "bool" and given.text == "false")
      if is_nothing and caller:reach() ~= "test" then
        return caller
      end
    end
  end
  return nil
end

-- What the parts put into a statement say of a limit: "none", "bound", or "optional" with a caller who asks for none.
local function bound_of_parts(expression, func)
  local assigned = query_chain.assigned(func.node)
  local found, by = "none", nil
  for _, name in expression:descendants("name") do
    local named = lower(name.text)
    local is_seen = false
    for _, assign in assigned[name.text] or {} do
      local value = assign:child("value")
      if value and (value.kind == "str" or value.kind == "call" or value.kind == "binary") then
        is_seen = true
        if speaks_of_limit(value) then
          local branch = assign:enclosing({ "if", "function" })
          local test = branch and branch.kind == "if" and not name:is_within(branch) and branch:child("test")
          local caller = test and leaves_out(test, func)
          if not caller then
            return "bound"
          end
          found, by = "optional", caller
        end
      end
    end
    if not is_seen and (named:find("limit", 1, true) or named:find("pag", 1, true) or named:find("size", 1, true)) then
      return "bound"
    end
  end
  return found, by
end

-- Whether a statement, or a part that is put into it, asks for what is younger than something.
local function is_within_time(text, expression, func)
  local assigned = query_chain.assigned(func.node)
  for _, name in expression:descendants("name") do
    for _, assign in assigned[name.text] or {} do
      local value = assign:child("value")
      text ..= value and (value.kind == "str" or value.kind == "binary") and written(value) or ""
    end
  end
  text = text:upper():gsub("<>", "")
  return text:find(">", 1, true) ~= nil or text:find("%f[%w]BETWEEN%f[%W]") ~= nil or text:find("%f[%w]INTERVAL%f[%W]") ~= nil
end

local function is_chosen(func)
  for _, word in words.of(func.name) do
    if CHOSEN[word] then
      return true
    end
  end
  return false
end

local function belongs_to_users(text)
  for _, column in OWNERS do
    if text:find(column, 1, true) then
      return true
    end
  end
  return false
end

-- What a statement with values bounds from above only, and finds by nothing else: "due" for all whose moment is over, which is worked off and is gone then
-- (`WHERE expires <= ?` with `time.Now()`), "range" for anything else that is open below; nil where it names a key as well.
local function open_below(text, call)
  local where = text:upper():match("%f[%w]WHERE%f[%W](.*)$")
  local plain = where and where:gsub("<>", "!")
  if not plain or not plain:find("<=?%s*[?$]") or plain:find("[^<>!]=%s*[?$:@]") or plain:find("%f[%w]LIKE%f[%W]") then
    return nil
  end
  for _, argument in call:args() do
    if argument.source:find("time.Now()", 1, true) or argument.kind == "name" and argument.text == "now" then
      return "due"
    end
  end
  return "range"
end

-- Judges a query of Go's SQL drivers: nil unless it collects what grows without bound, else {read, filter, name, by}.
function M.judge(call)
  local func = call:func()
  if call.file.language ~= "go" or not func or call:fact("statement") ~= "argument" or is_chosen(func) or not is_collected(call) then
    return nil
  end
  local text, expression, takes_values = text_of(call)
  local statement = text and call.file:sql(text)[1]
  if not statement or statement.kind ~= "select" or statement.limit == "yes" or statement.aggregates_only or #statement.sources == 0 then
    return nil
  elseif selects.is_of_catalog(statement) or selects.gives_one_row(statement, text) or selects.groups_rows(text) or text:upper():find("%f[%w]LIMIT%f[%W]") then
    return nil
  end
  local bound, by = bound_of_parts(expression, func)
  if bound == "bound" then
    return nil
  end
  local name = statement.sources[1].kind == "base" and statement.sources[1].name or nil
  local called = func.name
  local found = { read = call, name = name, called = called, lists = "rows", bound = bound, by = by, query = {} }
  if not name or few_rows.named(name) or few_rows.named(called) then
    return nil
  end
  local is_endless = endless_lists.named(found)
  if is_within_time(text, expression, func) or text:upper():find("%f[%w]IN%s*%(") or text:upper():find("=%s*ANY%f[%W]") then
    return nil
  end
  if takes_values then
    found.filter = open_below(text, call) or "owner"
    return is_endless and found or nil
  end
  found.filter = statement.filter == "no" and "none" or "constant"
  return (is_endless or piling.grows(name) or belongs_to_users(text)) and found or nil
end

return M
