-- Values that a function puts into a collection of its module: `clients.set(region, client)`, `connections.append(connection)`. They live as long as that.

local words = require("words")

local M = {}

local PUTS = words.set("set", "add", "push", "append", "put", "setdefault", "insert", "unshift")

-- Whether a name is bound at the top of its file.
local function is_of_module(name)
  local value = name.kind == "name" and not name:param_position() and (name:value() or name:definition())
  return value ~= nil and value ~= false and value:func() == nil
end

-- Whether the value of a local name of a function is put into such a collection, from a line on.
function M.is_kept(func_node, text, line)
  for _, use in func_node:descendants("name", text) do
    local call = use:role() == "arg" and use.line >= line and use:parent()
    local on = call and call.kind == "call" and PUTS[call.name] and call:receiver()
    if on and is_of_module(on) then
      return true
    end
  end
  return false
end

return M
