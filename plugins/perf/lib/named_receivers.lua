-- Calls on things that are called as the class is whose methods ask a database: `this.orderRepository.findById(id)`, where a container hands the repository in and no type says
-- what it is, is `OrderRepository.findById`.

local parameter = require("parameter")
local set = require("words").set
local words = require("words")

local M = {}

local SOURCES = { "**/*.py", "**/*.{js,ts,mjs,cjs}" }
-- What classes that ask a database are called.
local KEEPERS = { "Repository", "Repo", "Dao", "DAO", "Store", "Storage", "Gateway", "Service", "Database" }
-- What stands behind something else costs more than its query.
local HEAVY = set("http", "mail", "process", "sleep", "queue", "rpc", "compute")

-- A name as it is compared: `orderRepository`, `order_repository`, `orderRepository_` and `OrderRepository` are one.
local function plain(name)
  return (name:gsub("^I(%u%l)", "%1"):gsub("[^%w]", ""):lower():gsub("impl$", ""))
end

local function is_keeper(name)
  for _, ending in KEEPERS do
    if #name > #ending and name:gsub("Impl$", ""):sub(-#ending) == ending then
      return true
    end
  end
  return false
end

-- What a method does to a database: {reads, writes}; nil where nothing, or more than that.
local function work_of(func)
  local work = { reads = false, writes = false }
  for _, effect in func:effects() do
    if HEAVY[effect] then
      return nil
    end
    work.reads = work.reads or effect == "db-read"
    work.writes = work.writes or effect == "db-write"
  end
  return (work.reads or work.writes) and work or nil
end

-- The names under which a class is handed about: that of the class, and without what it says of its store, `OrderRepository` of `SqlOrderRepository`.
local function names_of(class)
  local all = { plain(class.name) }
  local parts = words.of(class.name)
  if #parts > 2 then
    table.insert(all, table.concat(parts, "", 2))
  end
  return all
end

-- How such a name may be written: as in JavaScript, as in Python.
local function spellings(class, texts)
  local parts = words.of(class.name)
  for from = 1, #parts > 2 and 2 or 1 do
    local camel, snake = "", {}
    for at = from, #parts do
      camel ..= at == from and parts[at] or parts[at]:sub(1, 1):upper() .. parts[at]:sub(2)
      table.insert(snake, parts[at])
    end
    texts[camel .. "."], texts[camel .. "_."], texts[table.concat(snake, "_") .. "."] = true, true, true
  end
end

-- The methods of classes by the names of what is called so, false where two classes share one; and how the names are written.
local function collect(repo)
  local classes, texts = {}, {}
  local forms = {}
  for _, ending in KEEPERS do
    for _, after in { " {", "(", ":", " extends ", " implements " } do
      table.insert(forms, ending .. after)
    end
  end
  for _, glob in SOURCES do
    for _, path in repo:holding(glob, forms) do
      local file = repo:open(path)
      for _, class in file and file.class == "source" and file.side ~= "browser" and file.root and file.root:descendants("class") or {} do
        local body = is_keeper(class.name) and class:child("body")
        local methods, is_any = {}, false
        for _, statement in body and body:children() or {} do
          local func = statement.kind == "function" and statement:func()
          local work = func and work_of(func)
          if work then
            methods[func.name], is_any = { func = func, work = work }, true
          end
        end
        if is_any then
          for _, name in names_of(class) do
            classes[name] = classes[name] == nil and methods or false
          end
          spellings(class, texts)
        end
      end
    end
  end
  return classes, texts
end

-- Whether a call gives no more than a method takes.
local function fits(call, func)
  local given, takes_any = 0, false
  for _, param in func.params do
    takes_any = takes_any or param.source:find("^%*") ~= nil or param.source:find("^%.%.%.") ~= nil
  end
  for _, argument in call:children("arg") do
    if argument.kind == "spread" then
      return false
    end
    given += 1
  end
  return takes_any or given <= #func.params - parameter.leading(func)
end

-- The calls of a repository that ask such a thing: a list, in order.
function M.calls(repo)
  local all = {}
  local classes, written = collect(repo)
  local texts = {}
  for text in written do
    table.insert(texts, text)
  end
  table.sort(texts)
  for _, glob in #texts > 0 and SOURCES or {} do
    for _, path in repo:holding(glob, texts) do
      local file = repo:open(path)
      for _, call in file and file.class == "source" and file.side ~= "browser" and file.root and file.root:descendants("call") or {} do
        local on = call:receiver()
        local methods = on and (on.kind == "name" or on.kind == "attr") and classes[plain(on.text)]
        local method = methods and methods[call.name]
        if method and #call:target() == 0 and #call:callees() == 0 and fits(call, method.func) then
          table.insert(all, { call = call, method = method.func, writes = method.work.writes and not method.work.reads, is_named = true })
        end
      end
    end
  end
  return all
end

return M
