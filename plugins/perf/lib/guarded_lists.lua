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

local DEEPEST = 3

-- The same of a function that handlers call, where each of those that are seen to is guarded: an import that administrators begin.
local function is_behind_guard(func, depth)
  if is_guarded(func) then
    return true
  end
  local callers = 0
  for _, caller in depth < DEEPEST and #func:registrations() == 0 and func:callers() or {} do
    local outer = caller:func()
    if not outer or outer.reach == "request" and not is_behind_guard(outer, depth + 1) then
      return false
    end
    callers += outer.reach == "request" and 1 or 0
  end
  return callers > 0
end

-- What makes one: the class itself, or a schema of marshmallow that is called after it and loads it.
local function makers_of(name)
  local single = name:gsub("s$", "")
  return { name, single .. "Schema", name .. "Schema" }
end

-- What puts an object into a session or a table.
local STORES = words.set("add", "add_all", "save", "merge", "insert", "bulk_save_objects", "bulk_create")

-- Whether a call only copies a row that was read into an object, for a template or a cache: `Page(**row)` that nothing stores.
local function copies_row(call, func)
  local given = call.source:match("^[%w_.]+%((.*)%)$")
  if not given or not given:find("^%s*%*%*[%w_.]+%s*$") then
    return false
  end
  for _, use in call:uses(func.node) do
    for _, taker in use.calls do
      if STORES[taker.name] then
        return false
      end
    end
    local on = use.node:parent()
    local method = on and on.kind == "attr" and on:parent()
    if method and method.kind == "call" and STORES[method.name] then
      return false
    end
  end
  return true
end

-- Columns that no two things of a name share, as far as its class says so: `route = Column(String, unique=True)`.
local function unique_columns(name, repo)
  local all = {}
  for _, path in repo:holding("*.py", { `class {name}(` }) do
    local file = repo:open(path)
    for _, class in file and file.root and file.root:descendants("class") or {} do
      local body = class.text == name and class:child("body")
      for _, statement in body and body:children() or {} do
        local target = statement.kind == "assign" and statement:child("target")
        if target and statement.source:find("unique%s*=%s*True") then
          all[target.text] = true
        end
      end
    end
  end
  return all
end

-- Whether a call makes a thing that there is once, by the text in a column that is unique: the start page that the setup makes.
local function is_the_only_one(call, name, repo)
  local columns = nil
  for _, argument in call:args() do
    local value = argument.kind == "kw-arg" and argument:child("value") or call:arg(argument.text)
    if value and value.kind == "str" then
      columns = columns or unique_columns(name, repo)
      for column in columns do
        local given = call:arg(column)
        if given and given.kind == "str" then
          return true
        end
      end
    end
  end
  return false
end

local function makes(call, name, func, repo)
  if call.name ~= name then
    return #func.node:descendants("call", "load") > 0
  end
  return #call:args() > 0 and not copies_row(call, func) and not is_the_only_one(call, name, repo)
end

-- Of these there are ever more where users or what happens makes them. Where administrators alone do, they are the site's own pages and what is announced to all.
local OF_SITE = words.set("page", "notification", "announcement")

local function grows(name)
  local all = words.of(name)
  local last = all[#all] or ""
  return #all == 1 and not OF_SITE[(last:gsub("s$", ""))] and piling.grows(name) or #all ~= 1 and piling.grows(name)
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
      if func and func.reach == "request" and makes(call, name, func, repo) then
        if not is_behind_guard(func, 0) then
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
  if not name or language ~= "python" or grows(name) then
    return false
  elseif said[name] == nil then
    said[name] = is_made_by_admins(name, repo)
  end
  return said[name]
end

return M
