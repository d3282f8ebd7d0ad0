-- Functions that builders of queries hand themselves to: `.modify((query) => query.limit(20))`, `.where((group) => group.where("state", state))`, kysely's
-- `$if(wanted, (query) => query.where(...))`. What they call on it, belongs to the query around.

local set = require("words").set

local M = {}

-- Links that hand over the query as a whole, and those that hand over its conditions only.
local WHOLE = set("modify", "$call", "$if", "apply")
local CONDITIONS = set("where", "andWhere", "orWhere", "having")

-- The function behind an argument: written there, or one that the project calls by a name.
local function function_of(argument)
  if argument.kind == "function" then
    return argument
  end
  local value = argument.kind == "name" and (argument:value() or argument:definition()) or argument.kind == "attr" and argument:definition() or nil
  return value and value.kind == "function" and value or nil
end

-- The name that the calls of a chain are made on.
local function root_of(call)
  local node = call
  while node and node.kind ~= "name" and node.kind ~= "function" do
    node = node:child("callee") or node:child("value")
  end
  return node and node.kind == "name" and node.text or nil
end

-- Adds to `out` what such functions call on the query that a link of that name hands them, in the form of `query_chain.collect`.
function M.collect(call, name, out, is_optional, is_aside, depth)
  local is_whole = WHOLE[name]
  if not is_whole and not CONDITIONS[name] or (depth or 0) > 3 then
    return
  end
  local language = call.file.language
  if language == "python" or language == "go" then
    return
  end
  for _, argument in call:args() do
    local func = function_of(argument)
    local given = func and func:children("param")[1]
    local on = func and (given and given.text or "this")
    for _, one in func and func:descendants("call") or {} do
      local inner = one:func()
      if root_of(one) == on and inner and inner.node:same(func) then
        local branch = one:enclosing({ "if", "case", "function" })
        local by_choice = is_optional or name == "$if" or branch ~= nil and branch.kind ~= "function" and branch:is_within(func)
        local aside = is_aside or not is_whole
        table.insert(out, { call = one, name = one.name, is_optional = by_choice, is_aside = aside })
        M.collect(one, one.name, out, by_choice, aside, (depth or 0) + 1)
      end
    end
  end
end

return M
