-- Statements whose table and condition are told apart, as small libraries for SQL have them: `R.findOne("orders", "customer_id = ?", [id])`.

local M = {}

-- The statement that a text is the condition of, where its call names a table of `tables`; nil for any other text.
function M.of(node, tables)
  local call = node:parent()
  if not call or call.kind ~= "call" or not node.text:find("^%s*[%a_`][%w_%.`]*%s*=%s*[%?%$:@]") then
    return nil
  end
  local first, second = call:arg(1), call:arg(2)
  local name = first and second and second:same(node) and first:literal()
  return type(name) == "string" and tables[name:lower()] and `SELECT * FROM {name} WHERE {node:joined() or node.text}` or nil
end

return M
