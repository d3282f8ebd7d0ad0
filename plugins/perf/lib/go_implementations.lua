-- Methods of Go that do what an interface declares: those of the same name with the same types that have a body. A struct that embeds another one has its
-- methods as well, so that the type alone does not tell.

local parameter = require("parameter")

local M = {}

-- Files that are looked into for one method, and methods that may be meant, at most.
local MOST_FILES, MOST = 12, 6
-- What stands in for the real thing.
local STANDS_IN = { "_test%.go$", "mock", "fake", "stub", "noop" }

-- What was found of each declaration, by its place.
local known = {}

local function stands_in(path)
  for _, form in STANDS_IN do
    if path:lower():find(form) then
      return true
    end
  end
  return false
end

-- The types that a method takes and gives, in order, as far as they are exported: `[]model.Order` and `[]Order` are the same in two packages.
local function signature_of(node, name)
  local all = ""
  local head = node.source:match(name .. "(%(.-)%f[{\0]") or ""
  for word in head:gmatch("%f[%w_]%u[%w_]*") do
    all ..= word .. " "
  end
  return all
end

local function search(declared, amount, repo)
  local all, name = {}, declared.name
  local wanted = signature_of(declared.node, name)
  for at, path in repo:holding("**/*.go", `) {name}(`) do
    local file = at <= MOST_FILES and not stands_in(path) and repo:open(path) or nil
    for _, node in file and file.class == "source" and file.root and file.root:descendants("function", name) or {} do
      local func = node:child("body") and node:func()
      if func and func.node:same(node) and parameter.leading(func) == 1 and #func.params - 1 == amount and signature_of(node, name) == wanted and #all < MOST then
        table.insert(all, func)
      end
    end
  end
  return all
end

-- The methods that a function without a body stands for; none where it is none of an interface of Go.
function M.of(func, repo)
  if func.node.file.language ~= "go" or func.node:child("body") or func.name == "" then
    return {}
  end
  local key = `{func.node.file.path}:{func.node.id}`
  if not known[key] then
    known[key] = search(func, #func.params - parameter.leading(func), repo)
  end
  return known[key]
end

return M
