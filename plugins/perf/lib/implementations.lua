-- The methods that a call may run, where what is called is only declared: those of the classes that are made of the one which declares it.

local M = {}

-- Files that name a class are looked into, so many at most; and classes below classes, so deep.
local MOST_FILES = 24
local DEEPEST = 3

-- The class that a method belongs to.
function M.class_of(func)
  local class = func.node:enclosing({ "class", "function" })
  return class and class.kind == "class" and class or nil
end

-- Whether a method only says what others do: it is marked abstract, or has no body but a text, `...`, `pass` or `raise NotImplementedError`.
function M.is_declared_only(func)
  for _, decorator in func:decorators() do
    if decorator:find("abstractmethod", 1, true) then
      return true
    end
  end
  local body = func.node:child("body")
  for _, statement in body and body:children() or {} do
    local text = statement.source
    if text ~= "..." and text ~= "pass" and not text:find("^[rRuU]?[\"']") and not text:find("^raise NotImplementedError%f[^%w_]") then
      return false
    end
  end
  return body ~= nil
end

-- The classes with this one among their bases.
local function below(class, repo)
  local all = {}
  local name, written = class.text, {}
  for _, before in { "(", " ", "." } do
    for _, after in { ")", ",", "[" } do
      table.insert(written, before .. name .. after)
    end
  end
  -- Parsing finds the classes; only files with one over this name need it.
  local form = "class%s+[%w_]+%s*%([^)]*%f[%w_]" .. name .. "%f[^%w_]"
  for at, path in repo:holding("**/*.py", written) do
    local file = at <= MOST_FILES and repo:open(path)
    for _, other in file and file.class == "source" and file.text:find(form) and file.root and file.root:descendants("class") or {} do
      for _, base in other:children("base") do
        local is_local = base.kind == "name" and base.text == class.text and file.path == class.file.path
        local made = not is_local and (base.kind == "name" or base.kind == "attr") and base:definition()
        if is_local or made and made:same(class) then
          table.insert(all, other)
        end
      end
    end
  end
  return all
end

local function add_methods(class, name, repo, depth, all)
  for _, other in depth < DEEPEST and below(class, repo) or {} do
    local body = other:child("body")
    for _, statement in body and body:children() or {} do
      local func = statement.kind == "function" and statement.text == name and statement:func()
      if func and not M.is_declared_only(func) then
        table.insert(all, func)
      end
    end
    add_methods(other, name, repo, depth + 1, all)
  end
end

-- The methods that a call may run; second, whether one of them is only declared and nothing that does it is seen; third, whether some were found for
-- one that is only declared.
function M.of(call, repo)
  local all, is_open, is_found = {}, false, false
  for _, func in call:callees() do
    local class = M.class_of(func)
    if class and M.is_declared_only(func) then
      local before = #all
      add_methods(class, func.name, repo, 1, all)
      is_open, is_found = is_open or #all == before, is_found or #all > before
    else
      table.insert(all, func)
    end
  end
  return all, is_open, is_found
end

return M
