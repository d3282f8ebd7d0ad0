-- How controllers of Go answer that keep what they send on themselves: beego's `c.Data["json"] = orders` and `c.ServeJSON()`.

local M = {}

local FORMS = { json = true, jsonp = true, xml = true, yaml = true }
local SERVES = { "ServeJSON", "ServeJSONP", "ServeXML", "ServeYAML", "ServeFormatted" }

-- Whether what is assigned to is what the controller sends: `c.Data["json"]`.
function M.is_answer(target)
  if target.kind ~= "index" or target.file.language ~= "go" then
    return false
  end
  local on, at = target:child("value"), target:child("index")
  return on ~= nil and on.kind == "attr" and on.text == "Data" and at ~= nil and FORMS[at:literal()] == true
end

-- Whether a function of the project answers with what it is handed, whatever it packs that into: it sends the answer itself.
function M.answers(func)
  local node = func.node
  if node.file.language ~= "go" or not node.source:find("ServeJSON", 1, true) and not node.source:find("ServeXML", 1, true) and not node.source:find("ServeYAML", 1, true) and not node.source:find("ServeFormatted", 1, true) then
    return false
  end
  for _, name in SERVES do
    if #node:descendants("call", name) > 0 then
      return true
    end
  end
  return false
end

return M
