-- State that all requests of a process share: names at the top of a file, attributes of the application, and what is kept under them.

local flow = require("flow")

local M = {}

-- Names that each file binds at its top, with what they are bound to first; kept as long as one file is judged.
local seen = {}
-- Files that speak of the application's state at all.
local speaking = {}

-- Lets go of what was seen of the file before.
function M.forget()
  seen, speaking = {}, {}
end

local function speaks_of_application(file)
  local path = file.path
  if speaking[path] == nil then
    speaking[path] = file.text:find("app.state", 1, true) ~= nil
  end
  return speaking[path]
end

-- Whether a function may give names of its file a value: one of Python says so, and so does what is kept in the application's state.
function M.rebinds(func)
  local node = func.node
  local file = node.file
  return file.language ~= "python" or #node:descendants("global") > 0 or speaks_of_application(file)
end

local function bind(names, statement)
  for _, target in statement:children("target") do
    if target.kind == "name" then
      names[target.text] = names[target.text] or statement:child("value") or statement
    end
  end
end

local function bind_within(names, block)
  for _, part in block:children() do
    if part.kind == "assign" then
      bind(names, part)
    end
  end
end

-- The names that a file binds at its top.
function M.names(file)
  local names = seen[file.path]
  if not names then
    names = {}
    for _, statement in file.root and file.root:children() or {} do
      local kind = statement.kind
      if kind == "assign" then
        bind(names, statement)
      elseif kind == "block" or kind == "other" then
        bind_within(names, statement)
      elseif kind == "export" then
        for _, one in statement:children() do
          kind = one.kind
          if kind == "assign" then
            bind(names, one)
          elseif kind == "block" or kind == "other" then
            bind_within(names, one)
          end
        end
      end
    end
    seen[file.path] = names
  end
  return names
end

-- Whether a file has anything that its functions could share: the application's state, or a name of its top.
function M.has_any(file)
  return speaks_of_application(file) or next(M.names(file)) ~= nil
end

-- Whether code of a file may give shared state a value at all: it speaks of the application's, or assigns to a name of its top or to what is
-- kept under one. Most files of handlers do not.
function M.is_written(file)
  if speaks_of_application(file) then
    return true
  end
  local names = {}
  for name in M.names(file) do
    table.insert(names, name)
  end
  for _, name in #names > 0 and #names < 900 and file.root:descendants("name", names) or {} do
    local at, around = name, name:parent()
    while around and (around.kind == "attr" or around.kind == "index") and at:role() == "value" do
      at, around = around, around:parent()
    end
    if at:role() == "target" and name:func() then
      return true
    end
  end
  return #names >= 900
end

-- Whether a function gives a name a value of its own: a local of Python, a parameter, a declaration of JavaScript.
local function is_local(name, func)
  local text = name.text
  for _, param in func.params do
    if param.text == text then
      return true
    end
  end
  local language = func.node.file.language
  if language == "python" then
    for _, one in func.node:descendants("global") do
      if (" " .. one.source:gsub(",", " ") .. " "):find("%f[%w_]" .. text .. "%f[^%w_]") then
        return false
      end
    end
  end
  for _, assign in func.node:descendants({ "assign", "for", "with-item" }) do
    for _, target in assign:children("target") do
      if target.kind == "name" and target.text == text then
        if language == "python" or language == "go" and assign.source:find(":=", 1, true) or assign:has("const") or assign.source:find("^%s*let%s") or assign.source:find("^%s*var%s") or assign:has("declare") then
          return true
        end
      end
    end
  end
  return false
end

-- The path of the shared state that an expression stands for, nil where it stands for none: `queues[profile]` is `queues`, a local that was taken from
-- the application's state counts as that.
function M.path(node, func)
  local root = node
  while root and root.kind ~= "name" do
    root = root:child("value")
  end
  if not root then
    return nil
  end
  local file = func.node.file
  local is_of_file, speaks = M.names(file)[root.text] ~= nil, speaks_of_application(file)
  -- Most names are a function's own.
  local path = (is_of_file or speaks) and flow.path(node)
  if not path then
    return nil
  elseif path:find("%.app%.state%.") or path:find("^app%.state%.") then
    return path
  end
  local value = speaks and root:value()
  if value and value.kind == "attr" and value.source:find("app%.state%.") then
    return value.source
  end
  return is_of_file and not is_local(root, func) and path or nil
end

local LOCKING = { "lock", "Lock", "acquire", "Acquire", "rlock", "rLock", "RLock", "runExclusive" }

-- Whether a place is held by a lock: `async with lock:`, `with self._mutex:`, a lock that was taken before in the function.
function M.is_locked(node, func)
  local around = node:enclosing({ "with", "function" })
  while around and around.kind == "with" do
    local head = (around.source:match("^[^\n]*") or ""):lower()
    if head:find("lock", 1, true) or head:find("mutex", 1, true) or head:find("semaphore", 1, true) then
      return true
    end
    around = around:enclosing({ "with", "function" })
  end
  return #func.node:descendants("call", LOCKING) > 0
end

return M
