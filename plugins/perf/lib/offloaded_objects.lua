-- What a thread made and the event loop asks afterwards: of `client = await asyncio.to_thread(Client, config)` only the making ran elsewhere, and `client.load()`
-- waits in the loop's own thread.

local M = {}

-- Calls whose result is what a function gave that ran elsewhere, as parts of the paths of what is asked afterwards.
M.MAKERS = {
  "asyncio.AbstractEventLoop.run_in_executor()", "asyncio.to_thread()", "anyio.to_thread.run_sync()", "starlette.concurrency.run_in_threadpool()",
  "fastapi.concurrency.run_in_threadpool()", "asyncer.asyncify()()", "asgiref.sync.sync_to_async()()",
}

-- How many functions and names lie between the object and what made it, at most.
local DEEPEST = 4

-- What a block is entered with under a name: `async with connection(settings) as client`.
local function entered_as(name)
  local at = name:enclosing("with")
  while at do
    for _, item in at:children("item") do
      local target = item:child("target")
      if target and target.kind == "name" and target.text == name.text then
        return item:child("value")
      end
    end
    at = at:enclosing("with")
  end
  return nil
end

-- The call that hands to a thread what makes the value.
local function maker(node, depth)
  while node and node.kind == "await" do
    node = node:child("value")
  end
  if not node or depth > DEEPEST then
    return nil
  elseif node.kind == "name" then
    return maker(entered_as(node) or node:value(), depth + 1)
  elseif node.kind == "attr" then
    return maker(node:definition(), depth + 1)
  elseif node.kind ~= "call" then
    return nil
  elseif node:fact("offloads") then
    return node
  end
  -- `sync_to_async(Client)(config)`
  local callee = node:child("callee")
  if callee and callee.kind == "call" and callee:fact("offloads") then
    return callee
  end
  for _, func in node:callees() do
    for _, given in func.node:descendants({ "return", "yield" }) do
      local value = given:child("value")
      local found = value and maker(value, depth + 1)
      if found then
        return found
      end
    end
  end
  return nil
end

-- The function of the repository that a name stands for, in this file or another.
local function function_of(name)
  local made = name:definition()
  if made and made.kind == "function" then
    return made
  end
  for _, func in name.kind == "name" and name.file.root and name.file.root:descendants("function", name.text) or {} do
    if not func:enclosing({ "class", "function" }) then
      return func
    end
  end
  return nil
end

-- What a function gives, as paths of the library that it comes from.
local function results_of(handed, depth)
  local out = {}
  if handed.kind == "call" and handed:is("functools.partial") then
    local inner = handed:arg(1)
    return inner and results_of(inner, depth) or out
  elseif handed.kind == "function" then
    -- A lambda gives what its outermost call does.
    local body = handed:child("body")
    local call = body and body:descendants("call")[1]
    return call and #call:argument_of() == #handed:argument_of() and call:target() or out
  end
  for _, origin in handed:origin() do
    if origin:find("%.%w+:") == nil and origin:sub(1, 1) ~= "%" then
      table.insert(out, origin .. "()")
    end
  end
  local func = depth < 2 and #out == 0 and function_of(handed)
  for _, given in func and not func:has("async") and func:descendants("return") or {} do
    local value = given:child("value")
    table.move(value and value:origin() or {}, 1, 8, #out + 1, out)
  end
  return out
end

-- Paths of what a call asks of an object that a thread made: `pyodk.client.Client.entities.create`.
function M.paths(call)
  local suffix
  for _, path in call:target() do
    for _, made in M.MAKERS do
      if path:sub(1, #made + 1) == made .. "." then
        suffix = path:sub(#made + 1)
      end
    end
  end
  local root = suffix and call:receiver()
  while root and root.kind == "attr" do
    local definition = root:definition()
    if definition then
      break
    end
    root = root:child("value")
  end
  local hands = root and maker(root, 0)
  local handed = hands and hands:arg(hands.name == "run_in_executor" and 2 or 1)
  local paths = {}
  for _, result in handed and results_of(handed, 0) or {} do
    table.insert(paths, (result:gsub("%(%)$", "")) .. suffix)
  end
  return paths, hands
end

-- What the facts say of a call on an object that a thread made: the path and its words, where it holds up the thread; third, the call that handed the making over.
function M.blocking(call, repo)
  local paths, hands = M.paths(call)
  for _, path in paths do
    local fact = repo:fact(path)
    if fact and fact.flavour == "sync" and fact.kind then
      return path, fact, hands
    end
  end
  return nil
end

return M
