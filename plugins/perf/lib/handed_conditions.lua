-- Conditions that a function of GORM's repositories is handed as a value of the model, and where its callers write them:
-- `func (r *Users) FindOne(attributes User)` with `FindOne(User{ResetToken: token})`.

local M = {}

-- Files that name such a function are looked into, so many at most.
local MOST_FILES = 40

-- Whether an argument is a parameter of the function around, or its address.
function M.is_handed(node)
  local inner = node.kind == "unary" and node:child("value") or node
  return inner.kind == "name" and inner:param_position() ~= nil
end

-- The methods of this name that interfaces declare: callers know those alone.
local function declared(name, repo)
  local all = {}
  for at, path in repo:holding("**/*.go", { `{name}(` }) do
    local file = at <= MOST_FILES and repo:open(path)
    if file and file.class == "source" and file.root and file.text:find(" interface {", 1, true) then
      for _, func in file.root:descendants("function", name) do
        local own = not func:child("body") and func:func()
        if own then
          table.insert(all, own)
        end
      end
    end
  end
  return all
end

-- The values of the model that callers hand over for a parameter.
function M.of(node, model, repo)
  local all = {}
  local inner = node.kind == "unary" and node:child("value") or node
  local func, at = node:func(), inner:param_position()
  if not func or not at or func.name == "" then
    return all
  end
  -- The receiver counts as a parameter, and no caller hands it over.
  if func.node.source:find("^func%s*%(") then
    at -= 1
  end
  local seen = {}
  local function add(callers, position)
    for _, call in callers do
      local given = call:arg(position)
      local key = given and `{call.file.path}:{given.id}`
      if given and not seen[key] and given.kind == "call" and given.source:match("^&?[%w]*%.?(%u%w*)%s*{") == model.name and #given:children("arg") > 0 then
        seen[key] = true
        table.insert(all, given)
      end
    end
  end
  add(func:callers(), at)
  for _, other in declared(func.name, repo) do
    add(other:callers(), at)
  end
  return all
end

return M
