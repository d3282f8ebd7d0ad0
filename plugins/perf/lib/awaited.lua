-- What stands around a call, and what an expression stands for, with the `await` between left aside.

local M = {}

-- What stands around a node, and second what of it stands there: the node itself, or its `await`.
function M.parent(node)
  local parent = node:parent()
  if parent and parent.kind == "await" then
    return parent:parent(), parent
  end
  return parent, node
end

-- What is awaited, and a node that is no `await` itself; nil where there is nothing.
function M.value(node)
  if node and node.kind == "await" then
    return node:child("value")
  end
  return node or nil
end

return M
