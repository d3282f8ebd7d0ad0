-- Scans that no query could replace: every item's key is wanted, of a table that by its name holds settings. That is a page or two.

local words = require("words")

local M = {}

local SETTINGS = words.set("config", "configuration", "setting", "preference", "lookup")
local DEEPEST = 3

-- Whether what names a table speaks of settings, here or where those who call the function hand it over.
local function speaks_of_settings(node, depth)
  for _, word in words.of(node.source) do
    if words.knows(SETTINGS, word) then
      return true
    end
  end
  local func, at = node:func(), node.kind == "name" and node:param_position()
  local callers = at and depth < DEEPEST and func:callers() or {}
  for _, caller in callers do
    local given = caller:arg(at)
    if caller:reach() ~= "test" and not (given and speaks_of_settings(given, depth + 1)) then
      return false
    end
  end
  return #callers > 0
end

-- Whether a scan collects one attribute of each item of such a table.
function M.is_one(call)
  local table_, projection = call:arg("TableName"), call:arg("ProjectionExpression")
  local text = projection and projection:literal()
  local _, filter = call:arg("FilterExpression")
  return filter == "absent" and table_ ~= nil and type(text) == "string" and not text:find(",", 1, true) and speaks_of_settings(table_, 0)
end

return M
