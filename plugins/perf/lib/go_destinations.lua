-- What Go puts the rows of a query into. A single text or number takes one value of one row: such a query asks for one, whatever it says.

local set = require("words").set

local M = {}

local SINGLE = set("string", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "bool")

-- Whether a variable is declared as a single value in its function: `var total int64`, `func total() (sum int64)`.
function M.is_single(node)
  local func = node.kind == "name" and node:func()
  if not func then
    return false
  end
  local body = func.node:child("body")
  local head = body and func.node.source:sub(1, #func.node.source - #body.source) or ""
  local kind = body and body.source:match("var%s+" .. node.text .. "%s+([%[%]%*%w%.]+)") or head:match("[%(,]%s*" .. node.text .. "%s+([%[%]%*%w%.]+)%s*[,%)]")
  return kind ~= nil and SINGLE[kind] == true
end

return M
