-- Imports of Python and JavaScript: what each takes, what facts say that loading it costs, and whether it is conditional.

local M = {}

-- An import of Python or JavaScript: what it takes, and what it is called here. `require` counts as one.
function M.parts_of(node)
  local names, bound = {}, {}
  if node.kind == "import" then
    for _, item in node:children("item") do
      if item.text ~= "" then
        table.insert(names, item.text)
      end
      for _, name in item:descendants("name") do
        bound[name.text] = true
      end
    end
    return node.text, names, bound
  end
  local module = node:arg(1)
  local assign = node:enclosing("assign")
  local target = assign and assign:child("target")
  if target and target.kind == "name" then
    bound[target.text] = true
  elseif target then
    for _, name in target:descendants("name") do
      bound[name.text] = true
    end
  end
  return module and module.text or "", names, bound
end

-- What facts say of an import: of the module, or of the heaviest of the names taken from it.
function M.weight_of(repo, node)
  local module, names = M.parts_of(node)
  local prefix = (node.file.language == "python" and "import " or "require ") .. module
  local best = repo:fact(prefix)
  for _, name in names do
    local fact = repo:fact(prefix .. "." .. name)
    if fact and fact.import_ms and (not best or not best.import_ms or tonumber(fact.import_ms) > tonumber(best.import_ms)) then
      best = fact
    end
  end
  if best and best.import_ms then
    return best
  end
  return nil
end

-- Everything at the top level of a file that imports something.
function M.imports_of(file)
  local all = {}
  for _, node in file.root:descendants({ "import", "call" }) do
    if (node.kind == "import" or node.name == "require") and not node:func() then
      table.insert(all, node)
    end
  end
  return all
end

-- Whether a statement runs only under some condition, or may fail without harm.
function M.is_conditional(node)
  if node:enclosing({ "if", "switch", "conditional" }) then
    return true
  end
  local try = node:enclosing("try")
  for _, handler in try and try:children("handler") or {} do
    local head = handler.source:match("^[^\n]*")
    if head:find("ImportError", 1, true) or head:find("ModuleNotFoundError", 1, true) or head:find("^except%s*:") or head:find("Exception", 1, true) then
      return true
    end
  end
  return false
end

return M
