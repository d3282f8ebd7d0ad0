-- Handlers of Python that leave the whole answer to a function in one of several cases: `if word: return search(word)`. What that one answers with is shown there, for
-- the handler's own way may be bounded.

local set = require("words").set

local M = {}

-- Calls that make an answer.
local ANSWERS = set("jsonify", "make_response", "render_template", "JSONResponse", "JsonResponse", "ORJSONResponse", "Response", "HttpResponse", "TemplateResponse", "render")

-- The function that answers in place of a handler on the way that begins with a call; nil where the handler does so itself.
function M.of(func, call)
  local back = call and call:parent()
  if not back or back.kind ~= "return" or not call:func() or not call:func().node:same(func.node) then
    return nil
  end
  local callee = call:callees()[1]
  local ways = 0
  for _, other in func.node:descendants("return") do
    ways += other:func() and other:func().node:same(func.node) and 1 or 0
  end
  if ways < 2 or not callee or #call:callees() > 1 then
    return nil
  end
  for _, made in callee.node:descendants("call") do
    if ANSWERS[made.name] then
      return callee
    end
  end
  return nil
end

return M
