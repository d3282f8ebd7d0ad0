-- What goes wrong with shared state when others run in between: a check that no longer holds after an `await`, a value that is written back after one, a
-- number that two threads count up at once, a request's own data where the next request finds it.

local flow = require("flow")
local shared_state = require("shared_state")
local words = require("words")

local M = {}

-- Things of which a second one does harm: it is opened and never closed, or splits what should be one.
local RESOURCES = { "pool", "queue", "client", "conn", "session", "redis", "browser", "engine", "channel", "consumer", "producer", "lock", "semaphore", "task", "transport", "database", "db", "bus", "server" }

local function awaits(node)
  return node.kind == "await" or #node:descendants("await") > 0
end

-- The assignments in a node that give shared state a value.
local function writes_in(node, func)
  local all = {}
  for _, assign in node:descendants("assign") do
    for _, target in assign:children("target") do
      local own = shared_state.path(target, func)
      if own then
        table.insert(all, { assign = assign, path = own })
      end
    end
  end
  return all
end

-- Whether a test asks whether something is there: `key not in queues`, `pool is None`, `!client`.
local function is_absence(test)
  local source = test.source
  return source:find("not in", 1, true) ~= nil or source:find("is None", 1, true) ~= nil or source:find("^not ") ~= nil or source:find("^%s*!") ~= nil or source:find("== null", 1, true) ~= nil
    or source:find("=== undefined", 1, true) ~= nil or source:find("== nil", 1, true) ~= nil
end

local function tested_paths(test, func)
  local paths = {}
  for _, part in { test, unpack(test:descendants({ "name", "attr", "index" })) } do
    local path = (part.kind == "name" or part.kind == "attr" or part.kind == "index") and shared_state.path(part, func)
    if path then
      paths[path] = part
    end
  end
  return paths
end

-- Whether a test asks whether something is not absent: `pool !== null`, `pool is not None`.
local function is_presence(test)
  local source = test.source
  return source:find("!==? ?null") ~= nil or source:find("!==? ?undefined") ~= nil or source:find("is not None", 1, true) ~= nil
end

-- The statements that run where a test says that something is absent; where it says that it is there, and the body hands it out, those are the other branch and what comes
-- behind: `if (pool) return pool; pool = await connect();`.
local function absent_parts(branch, test, body)
  if is_absence(test) and not is_presence(test) then
    return { body }
  end
  local last = body.kind == "return" and body or body:children()[#body:children()]
  local value = last and last.kind == "return" and last:child("value")
  if not value or not test.source:find(value.source, 1, true) then
    return {}
  end
  local parts, at = { branch:child("else") }, branch:next_statement()
  while at do
    table.insert(parts, at)
    at = at:next_statement()
  end
  return parts
end

-- Checks that something is absent, behind which it is awaited and then set: {at, path, test}.
function M.checked_then_set(func)
  local all = {}
  for _, branch in func.node:descendants("if") do
    local test, body = branch:child("test"), branch:child("body")
    local inner = branch:func()
    if test and body and inner and inner.node:same(func.node) then
      local tested = tested_paths(test, func)
      local writes = {}
      for _, part in next(tested) and absent_parts(branch, test, body) or {} do
        for _, write in writes_in(part, func) do
          table.insert(writes, write)
        end
        if part.kind == "assign" then
          local own = part:child("target") and shared_state.path(part:child("target"), func)
          table.insert(writes, own and { assign = part, path = own } or nil)
        end
      end
      -- What is checked has to be what is made here, alone or with others.
      local is_made = false
      for _, write in writes do
        is_made = is_made or tested[write.path] ~= nil
      end
      for _, write in is_made and writes or {} do
        local value = write.assign:child("value")
        local is_waited = value and awaits(value)
        if is_waited and not shared_state.is_locked(write.assign, func) and words.any_in(write.path .. " " .. value.source:match("^[^\n]*"), RESOURCES) then
          table.insert(all, { at = write.assign, path = write.path, test = test })
        end
      end
    end
  end
  return all
end

-- Values that are read from shared state, and written back behind an `await`: {at, path, read}.
function M.written_back(func)
  local all = {}
  local reads, waits = {}, {}
  for _, wait in func.node:descendants("await") do
    table.insert(waits, wait)
  end
  for _, assign in func.node:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and value and target.kind == "name" and not awaits(value) and (value.kind == "index" or value.kind == "attr" or value.kind == "name" or value.kind == "call" and value.name == "get") then
      local from = value.kind == "call" and value:receiver() or value
      local path = from and shared_state.path(from, func)
      if path and (value.kind ~= "name") then
        reads[target.text] = { path = path, assign = assign }
      end
    end
  end
  for _, assign in func.node:descendants({ "assign" }) do
    local target, value = assign:child("target"), assign:child("value")
    local path = target and value and shared_state.path(target, func)
    if path and value.kind == "binary" then
      for _, name in flow.names(value) do
        local read = reads[name.text]
        if read and read.path == path and read.assign.id < assign.id and not shared_state.is_locked(assign, func) then
          for _, wait in waits do
            if wait.id > read.assign.id and wait.id < assign.id then
              table.insert(all, { at = assign, path = path, read = read.assign })
              break
            end
          end
        end
      end
    end
  end
  return all
end

-- Numbers of shared state that are counted up or down, as threads may do at once: {at, path}.
function M.counted(func)
  local all = {}
  local rebinds = shared_state.rebinds(func)
  for _, step in func.node:descendants("aug-assign") do
    local target = step:child("target")
    local path = target and (rebinds or target.kind ~= "name") and shared_state.path(target, func)
    if path and not shared_state.is_locked(step, func) then
      table.insert(all, { at = step, path = path })
    end
  end
  -- `seen = seen + found` is the same in other words.
  for _, value in func.node:descendants("binary") do
    local assign = value:role() == "value" and value:parent()
    local target = assign and assign.kind == "assign" and assign:child("value"):same(value) and assign:child("target")
    local path = target and (rebinds or target.kind ~= "name") and shared_state.path(target, func)
    if path and not shared_state.is_locked(assign, func) then
      for _, side in value:children("value") do
        if flow.path(side) == path then
          table.insert(all, { at = assign, path = path })
          break
        end
      end
    end
  end
  return all
end

-- The names under which a handler has what came with its request.
local function of_request(func)
  local own = { request = true, g = true }
  for _, param in #func:route() == 1 and func.params or {} do
    own[param.text] = true
  end
  own.self, own.cls = nil, nil
  return own
end

-- Shared names that a handler gives what came with its request, or that say something of who is asking: {at, path}.
function M.handed_over(func)
  local all = {}
  local own = nil
  local rebinds = shared_state.rebinds(func)
  for _, assign in func.node:descendants("assign") do
    local target = assign:child("target")
    local kind = target and target.kind
    local is_whole = kind == "name" and rebinds or kind == "index" and target:child("index") and target:child("index").kind == "str"
    local value = is_whole and assign:child("value")
    local path = value and shared_state.path(target, func)
    if not path then
      continue
    end
    own = own or of_request(func)
    local branch = assign:enclosing({ "if", "function" })
    local is_guarded = branch and branch.kind == "if" and branch:child("test") and is_absence(branch:child("test"))
    local says_who = value.kind == "bool" and words.any_in(path, { "logged", "login", "authenticated", "current_user", "is_admin" })
    if not path:find("app.state", 1, true) and not is_guarded and value.kind ~= "binary" and (says_who or flow.mentions(value, own)) and not shared_state.is_locked(assign, func) then
      table.insert(all, { at = assign, path = path })
    end
  end
  return all
end

-- Those of `handed_over` that the same handler reads again behind an `await`, when another request may have put its own there: what a single thread has to fear.
function M.handed_over_an_await(func)
  local all = {}
  for _, found in func.is_async and M.handed_over(func) or {} do
    local root = found.path:match("^[^.%[]+")
    local awaited = nil
    for _, wait in func.node:descendants("await") do
      awaited = awaited or wait.id > found.at.id and not wait:is_within(found.at) and wait or nil
    end
    local is_read = false
    for _, name in awaited and func.node:descendants("name", root) or {} do
      is_read = is_read or name.id > awaited.id and name:role() ~= "target"
    end
    if is_read then
      table.insert(all, found)
    end
  end
  return all
end

-- Maps of Go that a handler writes to: {at, path}. Two at once end the process.
function M.written_maps(func)
  local all = {}
  local file = func.node.file
  if file.text:find("Do(" .. func.name .. ")", 1, true) then
    -- `once.Do(fill)` runs it once.
    return all
  end
  for _, assign in func.node:descendants({ "assign", "aug-assign", "unary" }) do
    -- `seen[path]++` counts up what it stands before.
    local counts = assign.kind == "unary" and (assign.source:find("%+%+$") or assign.source:find("%-%-$"))
    for _, target in assign:children(counts and "value" or "target") do
      local base = target.kind == "index" and target:child("value")
      local path = base and flow.path(base)
      local root = path and path:match("^[^.]+")
      local is_top = base and base.kind == "name" and shared_state.path(base, func) ~= nil
      local made = is_top and shared_state.names(file)[root]
      local is_map = made and (made.source:find("^make%(map") or made.source:find("^map%[") or made.source:find("map%[.-%]"))
      if is_map and not shared_state.is_locked(assign, func) then
        table.insert(all, { at = assign, path = path })
      end
    end
  end
  return all
end

-- What only a function that answers a request itself is handed.
local HANDED = { "http.ResponseWriter", "gin.Context", "echo.Context", "fiber.Ctx" }

local function answers(func)
  local head = func.node.source:match("^[^{]*")
  for _, type in HANDED do
    if head:find(type, 1, true) then
      return true
    end
  end
  return false
end

-- Words of functions that set something up, or are there to change a setting of the process.
local SETTING_UP = words.set("init", "initialize", "initialise", "setup", "set", "load", "reload", "new", "register", "configure", "main", "start", "stop", "open", "close", "connect", "must", "ensure", "enable", "disable", "use", "with", "reset", "lazy", "get", "default")

-- Whether a test around a write asks whether it was made already: the first one fills it in, and all fill in the same.
local function fills_in(node, path)
  local around = node:enclosing({ "if", "function" })
  while around and around.kind == "if" do
    local test = around:child("test")
    if test and (" " .. test.source .. " "):find("%f[%w_]" .. path:gsub("%W", "%%%0") .. "%f[^%w_]") then
      return true
    end
    around = around:enclosing({ "if", "function" })
  end
  return false
end

-- Whether a function hands back the variable that it sets: it makes what the process has one of.
local function is_returned(func, root)
  for _, back in func.node:descendants("return") do
    for _, value in back:children() do
      -- `return json.Unmarshal(text, &ratios)` hands back an error.
      local path = value.kind ~= "call" and (" " .. value.source .. " ") or ""
      if path:find("%f[%w_]" .. root .. "%f[^%w_]") then
        return true
      end
    end
  end
  return false
end

-- Variables of Go's packages that what answers requests gives a value: {at, path}. Maps are found by `written_maps`.
function M.written_variables(func)
  local all, seen = {}, {}
  local file = func.node.file
  local top = shared_state.names(file)
  -- A handler called `getOrders` sets nothing up, though one called `stop` may turn a switch of the process.
  local sets_up = SETTING_UP[words.first(func.name)]
  if func.name == "" or (sets_up and not answers(func)) or file.text:find("Do(" .. func.name .. ")", 1, true) or file.text:find(".Do(func", 1, true) then
    return all
  end
  for _, assign in func.node:descendants({ "assign", "aug-assign", "unary" }) do
    local counts = assign.kind == "unary" and (assign.source:find("%+%+$") or assign.source:find("%-%-$"))
    if assign.kind == "unary" and not counts or assign.kind == "assign" and assign.source:find("^[^\n=]-:=") then
      continue
    end
    local value = sets_up and assign:child("value")
    if value and select(2, value:literal()) then
      continue
    end
    for _, target in assign:children(counts and "value" or "target") do
      local path = (target.kind == "name" or target.kind == "attr") and flow.path(target)
      local root = path and path:match("^[^.]+")
      -- What a library's package holds is no variable of this one; `_` and errors hold nothing.
      if root and top[root] and root ~= "_" and not root:lower():find("err", 1, true) and not seen[root] and shared_state.path(target, func) ~= nil and not shared_state.is_locked(assign, func) and not fills_in(assign, root) and not is_returned(func, root) then
        seen[root] = true
        table.insert(all, { at = assign, path = path })
      end
    end
  end
  return all
end

return M
