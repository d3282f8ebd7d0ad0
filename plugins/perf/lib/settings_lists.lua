-- Lists that a page of settings shows: somebody made each of their rows by hand.

local piling = require("piling")
local words = require("words")

local M = {}

local SETTINGS = words.set("setting", "config", "configuration", "preference", "option")

-- Whether the path of a route leads below settings: `/settings/shelves`, but what it ends on is no `/settings/users`.
local function leads_there(path)
  local below, last = false, nil
  for part in path:gmatch("[^/]+") do
    below = below or last ~= nil and words.knows(SETTINGS, last:lower()) or false
    last = part
  end
  return below and last ~= nil and not last:find("^[:{<%[]") and not piling.grows(last)
end

-- Whether a function answers at such a path.
function M.answers(func)
  local calls = func:registrations()
  for _, decorator in func.node:children("decorator") do
    if decorator.kind == "call" then
      table.insert(calls, decorator)
    end
  end
  for _, call in calls do
    local first = call:arg(1)
    local path = first and first:literal()
    if type(path) == "string" and leads_there(path) then
      return true
    end
  end
  return false
end

-- The same of a list that is made of rows of this name.
function M.are_shown(func, name)
  return not (name and piling.grows(name)) and M.answers(func)
end

return M
