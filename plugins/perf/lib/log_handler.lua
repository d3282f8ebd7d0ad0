-- What a handler of Python's logging does with a record in the thread that logs it: a handler of a library, by its name, or a class of the project, by
-- what its `emit` does or by the class that it builds on.

local words = require("words")

local M = {}

-- What a record waits for, by the effects of calls.
local WAITS = {}
for _, effect in { "http", "mail", "rpc", "queue", "storage" } do
  WAITS[effect] = "network"
end
for _, effect in { "db-write", "db-read" } do
  WAITS[effect] = "database"
end

-- Whether the argument that makes a handler wait has the value with which it does; `given` answers with the text of an argument.
local function waits(fact, given)
  local name, value = (fact.waits_if or ""):match("^(%S+)%s+(%S+)$")
  if not name then
    return true
  end
  local text = given(name)
  return text ~= nil and text:find(value, 1, true) ~= nil
end

-- The handler that a class of the project is: by its own `emit`, or by what it builds on.
local function of_class(repo, class, depth)
  for _, fn in class:descendants("function") do
    if fn.text == "emit" or fn.text == "handle" then
      local func, found = fn:func(), nil
      for _, effect in func and func:effects() or {} do
        found = found ~= "network" and WAITS[effect] or found
      end
      for _, call in found ~= "network" and fn:descendants("call") or {} do
        local kind = call:fact("kind")
        found = kind and found ~= "network" and call:fact("verb") ~= "construct" and WAITS[kind] or found
      end
      if found then
        return found
      end
    end
  end
  for _, base in depth < 3 and class:children("base") or {} do
    for _, origin in base:origin() do
      local fact = repo:fact(origin)
      if fact and fact.log_handler then
        return fact.log_handler
      end
    end
    local made = base:definition() or base:value()
    if made and made.kind == "class" then
      return of_class(repo, made, depth + 1)
    end
  end
  return nil
end

-- What the handler of that dotted name does, `app.logging.SlackHandler` or `logging.handlers.SMTPHandler`; `given` answers with the text of an argument.
function M.of_name(repo, name, given)
  local fact = repo:fact(name)
  if fact and fact.log_handler then
    return waits(fact, given) and fact.log_handler or nil
  end
  local module, class = name:match("^(.+)%.([%w_]+)$")
  if not module then
    return nil
  end
  local path = module:gsub("%.", "/")
  for _, suffix in { ".py", "/__init__.py" } do
    for _, found in repo:paths("**/" .. path .. suffix) do
      local file = repo:open(found)
      for _, node in file and file.root and file.root:descendants("class") or {} do
        if node.text == class then
          return of_class(repo, node, 0)
        end
      end
    end
    local file = repo:open(path .. suffix)
    for _, node in file and file.root and file.root:descendants("class") or {} do
      if node.text == class then
        return of_class(repo, node, 0)
      end
    end
  end
  return nil
end

-- What the handler that an expression stands for does, and the call that makes it.
function M.of_value(repo, node)
  if node.kind == "name" or node.kind == "attr" then
    node = node:value() or node:definition()
  end
  if not node or node.kind ~= "call" then
    return nil, nil
  end
  local path = node:target()[1]
  local does = node:fact("log_handler")
  if does then
    local is_waiting = waits({ waits_if = node:fact("waits_if") }, function(name)
      local value = node:arg(name)
      return value and value.source
    end)
    return is_waiting and does or nil, node
  end
  local file, class = (path or ""):match("^(.+%.py):([%w_]+)$")
  local opened = file and repo:open(file)
  for _, found in opened and opened.root and opened.root:descendants("class") or {} do
    if found.text == class then
      return of_class(repo, found, 0), node
    end
  end
  return nil, node
end

-- Whether a level lets failures through only.
function M.is_for_failures(text)
  return text ~= nil and (text:find("ERROR") ~= nil or text:find("CRITICAL") ~= nil or text:find("FATAL") ~= nil)
end

return M
