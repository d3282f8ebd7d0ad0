-- Keys that were looked up in what a service is configured with, or in a table of few rows, before anything is kept under them: Python raises for one that is not
-- there, so that there are as many keys as that holds.

local few_rows = require("few_rows")
local query_chain = require("query_chain")
local set = require("words").set
local words = require("words")

local M = {}

-- Words in the name of a model of which there are few rows, beside those that `few_rows` knows it by.
local FEW = set("site", "setting", "config", "configuration", "preference", "feature", "flag", "legacy", "admin", "constant")

-- The model of which a call gets one row, and raises where there is none: `Site.objects.get(name=name)`.
local function model_asked(call)
  local manager = call.name == "get" and call:receiver()
  local model = manager and manager.kind == "attr" and manager.text == "objects" and manager:child("value")
  return model and model.name or nil
end

-- Whether a function gives what it gets of one row of a table that holds few, and raises for all other keys: it has an answer per row.
function M.is_of_few_rows(func)
  local found = false
  for _, back in func.node:descendants("return") do
    local value = back:child("value")
    local is_few = false
    for _, call in value and func.node:descendants("call", "get") or {} do
      local model = call:func() and call:func().node:same(func.node) and not call:enclosing("try") and model_asked(call)
      is_few = is_few or model ~= nil and model ~= false and (few_rows.named(model) or words.has_word(model, FEW))
    end
    if not is_few then
      return false
    end
    found = true
  end
  return found
end

-- Whether a mapping is a table of settings: called so, or written out where it is made.
local function is_configured(mapping, scope)
  local root = query_chain.root_of(mapping)
  if not root or root:param_position() then
    return false
  end
  local source = mapping.source:lower()
  if source:find("config", 1, true) or source:find("setting", 1, true) then
    return true
  end
  local made = mapping.kind == "name" and mapping:definition()
  if made and made.kind == "assign" then
    made = made:child("value")
  end
  made = made or mapping.kind == "name" and mapping:value()
  return made ~= nil and made ~= false and made.kind == "dict" and #made:children("item") > 0 and not made:is_within(scope)
end

-- Whether the key of a write was looked up so on each way to it.
function M.is_looked_up(write)
  local key, func = write.key, write.at:func()
  if not key or key.kind ~= "name" or not func or write.at.file.language ~= "python" then
    return false
  end
  for _, node in func.node:descendants("index") do
    local at, mapping = node:child("index"), node:child("value")
    if at and mapping and at.kind == "name" and at.text == key.text and not at:same(key) and node.line <= write.at.line and not node:enclosing({ "try" }) then
      local branch = node:enclosing({ "if", "for", "while", "with", "function", "conditional", "logic" })
      local statement = node:enclosing({ "assign" })
      local is_target = statement and statement:child("target") and node:is_within(statement:child("target"))
      if branch and write.at:is_within(branch) and not is_target and is_configured(mapping, func.node) then
        return true
      end
    end
  end
  return false
end

return M
