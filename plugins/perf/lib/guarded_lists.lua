-- Things that only administrators make: every request that is seen to make one is let through for them alone. Of those that do not come with users or with
-- time there is mostly a page, but nothing in the code says so.

local piling = require("piling")
local words = require("words")

local M = {}

local ADMINS = words.set("admin", "superadmin", "superuser", "sysadmin", "administrator")

local function speaks_of_admins(node)
  for _, word in words.of(node.source) do
    if words.knows(ADMINS, word) then
      return true
    end
  end
  return false
end

-- Whether a guard before a handler of Python lets administrators through only: a decorator, a dependency of FastAPI.
local function is_guarded(func)
  for _, decorator in func.node:children("decorator") do
    local callee = decorator.kind == "call" and decorator:child("callee") or decorator
    -- Of a route what it is called on says nothing: `@admin.get("/pages")`.
    if callee.kind ~= "attr" and speaks_of_admins(callee) then
      return true
    end
  end
  for _, param in func.params do
    if param.source:find("Depends(", 1, true) and speaks_of_admins(param) then
      return true
    end
  end
  return false
end

-- What makes one: the class itself, or a schema of marshmallow that is called after it and loads it.
local function makers_of(name)
  local single = name:gsub("s$", "")
  return { name, single .. "Schema", name .. "Schema" }
end

local function makes(call, name, func)
  return call.name == name and #call:args() > 0 or call.name ~= name and #func.node:descendants("call", "load") > 0
end

-- What was said of each name; the code of the repository does not change.
local said = {}

local function is_made_by_admins(name, repo)
  local names, forms = makers_of(name), {}
  for _, one in names do
    table.insert(forms, one .. "(")
  end
  local guarded = 0
  for _, path in repo:holding("*.py", forms) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", names) or {} do
      local func = call:func()
      -- What nobody is seen to ask for, the start or a script may do.
      if func and func.reach == "request" and makes(call, name, func) then
        if not is_guarded(func) then
          return false
        end
        guarded += 1
      end
    end
  end
  return guarded > 0
end

-- Whether things of this name are made by administrators alone, and not more with each user, day or event.
function M.are_few(name, language, repo)
  if not name or language ~= "python" or piling.grows(name) then
    return false
  elseif said[name] == nil then
    said[name] = is_made_by_admins(name, repo)
  end
  return said[name]
end

return M
