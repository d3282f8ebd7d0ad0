-- Limits of Go that stand behind a question for nil, `if page != nil { query = query.Limit(page.Size) }`, where everybody who calls hands a page over.

local parameter = require("parameter")
local set = require("words").set

local M = {}

local LIMITS = set("Limit", "Paginate", "Top")

-- Whether each caller hands over something else than nil for the parameter of that name; false where no caller is seen.
local function is_given(func, name)
  local at = nil
  for place, param in func.params do
    at = param.text == name and place or at
  end
  local seen = false
  for _, caller in at and func:callers() or {} do
    local given = caller:reach() ~= "test" and caller.file.class ~= "test" and caller:arg(at - parameter.leading(func))
    if given and given.kind == "null" or given == nil then
      return false
    end
    seen = seen or given ~= false
  end
  return seen
end

-- Whether a read is bounded so.
function M.bound(found)
  local func = found.bound == "optional" and found.read.file.language == "go" and found.read:func()
  for _, part in func and found.query or {} do
    local branch = LIMITS[part.name] and part.is_optional and part.call:enclosing({ "if", "function" })
    local test = branch and branch.kind == "if" and branch:child("test")
    local name = test and test.source:match("^([%w_]+)%s*!=%s*nil$")
    if name and is_given(func, name) then
      return true
    end
  end
  return false
end

return M
