-- Functions and procedures that migrations put into the database: their statements run with the service, though no code of it holds them.

local M = {}

local MAKES = "[Cc][Rr][Ee][Aa][Tt][Ee]%s+[%a%s]-%f[%a][FfPp][UuRr][NnOo][Cc]"

-- The bodies in a text: those between dollar signs, or else the whole text.
local function each_body(text, see)
  local at, count = 1, 0
  while true do
    local first, last, tag = text:find("%$([%w_]*)%$", at)
    if not first then
      break
    end
    local close, behind = text:find("$" .. tag .. "$", last + 1, true)
    if not close then
      break
    end
    count += 1
    see(text:sub(last + 1, close - 1))
    at = behind + 1
  end
  return count
end

-- Whether a node stands in what takes a migration back.
local function is_taken_back(node)
  local func = node:enclosing("function")
  while func do
    local around = func:parent()
    local name = func.name ~= "" and func.name or around and (around.kind == "pair" and around.text or around.kind == "assign" and around:child("target") and around:child("target").text) or ""
    if name == "down" or name == "downgrade" then
      return true
    end
    func = func:enclosing("function")
  end
  return false
end

-- Calls `see` with each body that a migration holds and its place.
function M.each(file, see)
  if not file.root then
    if file.text:find(MAKES) then
      each_body(file.text, function(body)
        see(body, file:line_span(1))
      end)
    end
    return
  end
  for _, node in file.root:descendants({ "str", "template" }) do
    local text = #node.text > 40 and node:joined() or nil
    if not text or not text:find("[Ww][Hh][Ee][Rr][Ee]") or is_taken_back(node) then
      continue
    end
    local call = node:argument_of()[1]
    if call and call.name == "createFunction" then
      see(text, node)
    elseif text:find(MAKES) then
      each_body(text, function(body)
        see(body, node)
      end)
    end
  end
end

return M
