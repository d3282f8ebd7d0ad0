-- Readers of a project's own layer over its store: they put together the statement of what they are handed (`select(where=..., limit=...)`). What
-- narrows their rows is what each caller hands over, which stands at the call and not at the read.

local parameter = require("parameter")
local set = require("words").set

local M = {}

-- What such readers call the conditions and bounds that they take.
local CONDITIONS = set("where", "filter", "filters", "condition", "conditions", "criteria", "clause", "clauses", "whereclause", "predicate", "predicates", "ids", "keys")
local BOUNDS = set("limit", "page", "page_size", "per_page")

local DEEPEST = 4

-- The function that puts together the statement which a read runs: `query = self._statement(where=where)`; nil where the reader writes it itself.
local function maker_of(read, func)
  local _, before = read:chained()
  local calls = table.clone(before)
  table.insert(calls, read)
  for _, call in calls do
    for _, given in call:args() do
      local value = given.kind == "name" and given:value() or given
      if value and value.kind == "call" and value:is_within(func.node) and #value:callees() > 0 then
        return value
      end
    end
  end
  return nil
end

-- The values that a call hands over under such names.
local function handed_as(names, call, func)
  local all = {}
  for _, given in call:args() do
    local name, value = given.text, given:child("value")
    if given.kind ~= "kw-arg" then
      local taking = func and parameter.taking(func, call, given)
      name, value = taking and taking.text, given
    end
    if name and names[name] and value then
      table.insert(all, value)
    end
  end
  return all
end

-- The names that tests ask for before something is added to a list; nil where something is added in any case.
local function asked_before(list)
  local func, asked = list:func(), {}
  for _, call in func and func.node:descendants("call") or {} do
    local receiver = (call.name == "append" or call.name == "extend" or call.name == "insert") and call:receiver()
    if receiver and receiver.text == list.text then
      local branch = call:enclosing({ "if", "function" })
      local test = branch and branch.kind == "if" and branch:child("test")
      if not test then
        return nil
      end
      for _, name in test.kind == "name" and { test } or test:descendants("name") do
        table.insert(asked, name)
      end
    end
  end
  return asked
end

local is_there

-- Whether a list of a function's own has something in it: what is only added where a parameter was given is not there without that.
local function has_some(list, path, at)
  local asked = asked_before(list)
  if not asked then
    return true
  end
  for _, name in asked do
    if is_there(name, path, at) then
      return true
    end
  end
  return false
end

-- Whether a value that the call at `at` on the way hands over is there: `None` is not, a parameter is what its function was called with.
is_there = function(value, path, at)
  local literal, known = value:literal()
  if known then
    return literal ~= nil and literal ~= false
  end
  local made = value.kind == "name" and value:value()
  if made and made.kind == "list" and #made:children() == 0 then
    return has_some(value, path, at)
  end
  local position = value.kind == "name" and value:param_position()
  local func = position and value:func()
  local param = func and func.params[position]
  local call = path[at - 1]
  if not param or not call or at < #path - DEEPEST then
    return true
  end
  for _, given in call:args() do
    local taking = given.kind ~= "spread" and parameter.taking(func, call, given)
    if given.kind == "spread" then
      return true
    elseif taking and taking:same(param) then
      return is_there(given.kind == "kw-arg" and given:child("value") or given, path, at - 1)
    end
  end
  return param:child("default") == nil
end

-- Of a read of `func`, to which the calls of `path` lead and which runs what is put together of what it is handed: whether the last call
-- hands over what narrows its rows, and what bounds them.
function M.of(read, func, path)
  local by = path[#path]
  if not by or func.node.file.language ~= "python" or not maker_of(read, func) then
    return false, false
  end
  local function has(names)
    for _, value in handed_as(names, by, func) do
      if is_there(value, path, #path) then
        return true
      end
    end
    return false
  end
  return has(CONDITIONS), has(BOUNDS)
end

return M
