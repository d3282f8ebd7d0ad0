-- Who owns what a function opens: whether one use of it closes it, hands it on to somebody who keeps it, or only lends it.

local parameter = require("parameter")
local set = require("words").set
local words = require("words")

local M = {}

-- Results that keep what they came from alive: returning one hands the resource on.
M.KEEPS = set("cursor", "execute", "makefile", "stream", "getreader", "Rows", "iter")

-- Parts of a result that are the resource itself, by language: of an answer it is the body that has to be closed.
local PARTS = { go = set("Body") }

-- Methods that put a value into something that keeps it.
local COLLECTS = set("append", "appendleft", "add", "insert", "extend", "setdefault", "put", "put_nowait", "push", "unshift", "set", "update", "Store", "PushBack")

-- Under this key it stands among the closers that a resource's own block leaves it open: it only ends the transaction.
local OPEN_BEHIND_BLOCK = "(open behind its block)"

-- Whether the block of what a call opens leaves it open.
function M.is_open_behind_block(call)
  return call:fact("scope") == "closing"
end

-- Names of the methods that close what a call opens.
function M.closers_of(call)
  local closers = words.alternatives(call:fact("closes_with") or "close")
  closers[OPEN_BEHIND_BLOCK] = M.is_open_behind_block(call) or nil
  return closers
end

-- A node with the `await` and the choices around it, and what stands around those.
function M.unwrapped(node)
  local parent = node:parent()
  while parent and (parent.kind == "await" or parent.kind == "logic" or parent.kind == "conditional") do
    node, parent = parent, parent:parent()
  end
  return node, parent
end

-- From a name up the chain that it begins: `con.cursor().execute(q)`, and the names of the chain's links.
function M.chain_above(name)
  local at, links = name, {}
  while true do
    local parent = at:parent()
    if not parent then
      break
    end
    local role = at:role()
    if parent.kind == "attr" and role == "value" then
      table.insert(links, parent.text)
    elseif not (parent.kind == "call" and role == "callee" or parent.kind == "await") then
      break
    end
    at = parent
  end
  return at, links
end

-- Whether a call is given a function before the resource, to run it with that: `tasks.add_task(export, db)`, `partial(load, db)`.
local function is_for_function(call, resource)
  if call:fact("takes_function") or call:fact("offloads") or call.name == "partial" then
    return true
  end
  for _, argument in call:args() do
    if resource:is_within(argument) then
      return false
    end
    local made = (argument.kind == "name" or argument.kind == "attr") and argument:definition()
    if argument.kind == "function" or made and made.kind == "function" then
      return true
    end
  end
  return false
end

-- Whether a call takes over what it is given. Functions of libraries that are known read from it; constructors, functions of the project
-- and what is unknown may keep it.
function M.takes_over(call, resource)
  if COLLECTS[call.name] and call:receiver() then
    return true
  end
  local path = call:target()[1]
  if not path or path:find(":", 1, true) then
    return true
  end
  if path:find("^builtins%.") == nil and is_for_function(call, resource) then
    return true
  end
  local last = path:match("([^%.%(%)]+)[%(%)]*$") or path
  return last:match("^%u") ~= nil and call.file.language ~= "go" or path:find("^builtins%.") == nil and call:receiver() ~= nil and #(call:receiver():origin()) == 0
end

-- How many functions of the project a resource is followed into.
local DEEPEST = 2

-- The parameter that takes an argument; nil where that is not seen.
local function param_for(callee, call, argument)
  if argument.kind == "kw-arg" then
    for _, param in callee.params do
      if param.text == argument.text then
        return param
      end
    end
    return nil
  end
  local shift = parameter.leading(callee)
  for at, one in call:args() do
    if one.kind == "spread" then
      return nil
    elseif one:same(argument) then
      return callee.params[at + shift]
    end
  end
  return nil
end

-- The repository, in which functions stand behind an interface of Go.
local repository = nil

function M.look_into(repo)
  repository = repo
end

-- How many files are looked into for methods of a name, at most.
local MOST_FILES = 12

-- The methods of this name and as many parameters, where a call of Go goes to an interface; the call's own functions otherwise.
local function bodies_of(call)
  local callees, out = call:callees(), {}
  if call.file.language ~= "go" or not repository or #callees ~= 1 or callees[1].node:child("body") then
    return callees
  end
  for at, path in repository:holding("**/*.go", `) {call.name}(`) do
    local file = at <= MOST_FILES and not path:find("_test%.go$") and repository:open(path)
    for _, node in file and file.root and file.root:descendants("function", call.name) or {} do
      local func = node:func()
      if func and node:child("body") and #func.params - parameter.leading(func) == #call:args() then
        table.insert(out, func)
      end
    end
  end
  return out
end

-- Whether a call only lends what it is given: the functions of the project that it runs use it, and neither close nor keep it.
local function only_lends(call, argument, closers, depth)
  local callees = bodies_of(call)
  if #callees == 0 or depth >= DEEPEST then
    return false
  end
  for _, callee in callees do
    local body, param = callee.node:child("body"), param_for(callee, call, argument)
    if not body or not param or callee.is_generator or callee.name == "__init__" or callee.name == "constructor" or #callee.node:children("decorator") > 0 then
      return false
    end
    for _, name in body:descendants("name") do
      if name.text == param.text and M.use_of(name, closers, callee.node, depth + 1) then
        return false
      end
    end
  end
  return true
end

-- Whether what is put around a resource, a writer to it or a logger, goes somewhere that keeps both. Closing what is around it does not close it.
local function is_kept_around(around, func_node, depth)
  local _, parent = M.unwrapped(around)
  if depth >= DEEPEST or not parent or parent.kind ~= "assign" then
    return depth < DEEPEST and M.use_of(around, {}, func_node, depth + 1) == "gone"
  end
  local names = around:aliases(func_node)
  for _, name in names or {} do
    if M.use_of(name, {}, func_node, depth + 1) == "gone" then
      return true
    end
  end
  return names == nil
end

-- What one use of the name does with the resource: "closed", "gone" or nil.
function M.use_of(name, closers, func_node, depth)
  local top, links = M.chain_above(name)
  for _, link in links do
    -- Also `stack.callback(con.close)`: whoever holds the method closes it.
    if closers[link] then
      return "closed"
    end
  end
  local parent = top:parent()
  local holder = name:enclosing({ "function" })
  if holder and not holder:same(func_node) then
    return "gone"
  end
  if not parent then
    return nil
  end
  local parts = PARTS[name.file.language]
  if #links > 0 and not (#links == 1 and parts and parts[links[1]]) then
    local last = links[#links]
    local is_handed = parent.kind == "return" or parent.kind == "yield" or parent.kind == "kw-arg" or parent.kind == "pair"
    -- A query that was not run yet needs its session where it will be.
    if is_handed and (M.KEEPS[last] or top.kind == "call" and top:fact("verb") == "lazy") then
      return "gone"
    end
    return nil
  end
  if parent.kind == "with-item" then
    return if closers[OPEN_BEHIND_BLOCK] then nil else "closed"
  elseif parent.kind == "call" and top:role() == "arg" or parent.kind == "kw-arg" or parent.kind == "spread" then
    local call = parent.kind == "call" and parent or parent:enclosing({ "call" })
    local called = call and call.name or ""
    if call and call:fact("closes_argument") then
      return "closed"
    end
    if called == "closing" or called == "aclosing" or called:find("enter", 1, true) or closers[called] then
      return "closed"
    end
    if call and call:fact("keeps_argument") then
      return "gone"
    elseif call and call:fact("wraps_argument") then
      return is_kept_around(call, func_node, depth or 0) and "gone" or nil
    end
    local argument = parent.kind == "call" and top or parent
    return (not call or M.takes_over(call, name) and not only_lends(call, argument, closers, depth or 0)) and "gone" or nil
  elseif parent.kind == "compare" or parent.kind == "unary" or parent.kind == "if" or parent.kind == "logic" or parent.kind == "expr-stmt" or parent.kind == "for" then
    return nil
  end
  return "gone"
end

local function is_global(func_node, name)
  for _, statement in func_node:descendants("global") do
    for _, target in statement:children() do
      if target.text == name then
        return true
      end
    end
  end
  return false
end

-- The assignment, or the block that leaves it open, that binds the resource, if it is to a name of the function's own.
function M.own_binding(call, func_node)
  local node, parent = M.unwrapped(call)
  if parent and parent.kind == "with-item" and M.is_open_behind_block(call) then
    local target = parent:child("target")
    return target and target.kind == "name" and not is_global(func_node, target.text) and target or nil, parent
  end
  if not parent or parent.kind ~= "assign" or node:role() ~= "value" then
    return nil
  end
  local target = parent:child("target")
  if target and target.kind == "list" then
    target = target:children("item")[1]
  end
  if not target or target.kind ~= "name" or is_global(func_node, target.text) then
    return nil
  end
  -- JavaScript and Go declare what is their own.
  if call.file.language ~= "python" and not parent:has("declare") then
    return nil
  end
  return target, parent
end

-- A ticker that paces a loop without an end is needed for as long as the process lives: nothing after the loop could stop it.
function M.paces_for_good(name)
  local loop = name:enclosing({ "for", "while" })
  while loop do
    local iter = loop:child("iter")
    local draws = not iter and loop:child("test") == nil or iter ~= nil and iter.source:find(name.text, 1, true) ~= nil
    if draws and #loop:descendants({ "return", "break" }) == 0 then
      return true
    end
    loop = loop:enclosing({ "for", "while" })
  end
  return false
end

-- Whether the resource holds nothing where the function is done with it: the last that is done is to end the transaction, or all is done in the block of one.
function M.is_released(call, names)
  local releasing = words.alternatives(call:fact("releases_with"))
  if next(releasing) == nil then
    return false
  end
  local last = nil
  for _, name in names do
    local top, links = M.chain_above(name)
    local parent = top:parent()
    if parent and parent.kind == "with-item" and releasing[links[#links]] then
      return true
    end
    -- What undoes a transaction that failed comes after nothing else.
    if (not last or name.id > last.id) and not name:enclosing({ "handler" }) then
      last = name
    end
  end
  local _, links = M.chain_above(last or call)
  return last ~= nil and releasing[links[1]] ~= nil
end

-- Whether it only uses what it is given: a session over a connection that somebody else opened.
function M.is_borrowed(call)
  local borrowed = call:fact("borrows")
  for _, argument in borrowed and call:args() or {} do
    if argument:comes_from(borrowed) then
      return true
    end
  end
  return false
end

return M
