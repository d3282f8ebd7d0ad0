-- Calls of Go that wait for another service's answer: what they ask, and whether they only ask. There is no `await` to go by: every call waits.

local remote = require("remote")

local M = {}

local DEEPEST = 4
-- The most calls of a function that are looked at.
local WIDEST = 60

-- What waits for others beyond the process; databases are asked over one connection each and have rules of their own.
local FAR = { http = true, rpc = true }

-- First words of methods that work something out and keep nothing, beside those that any language has.
local WORKS_OUT = {
  convert = true, quote = true, calculate = true, compute = true, rank = true, predict = true, classify = true, translate = true, recommend = true, suggest = true, geocode = true, price = true, check = true, prep = true,
  prepare = true, lookup = true, supported = true, watch = false, fill = true,
}

-- "read", "write" or nil, by the name of a method.
local function says(name)
  local said = remote.says(name)
  if said then
    return said
  end
  return WORKS_OUT[remote.words(name)[1] or ""] and "read" or nil
end

M.says = says

local function has_far(effects)
  for _, effect in effects do
    if FAR[effect] then
      return true
    end
  end
  return false
end

local HTTP_READS = { Get = true, Head = true }
-- Where a request of net/http gets its method.
local MAKERS = { NewRequest = 1, NewRequestWithContext = 2 }

-- What a request asks for that the function around makes: `http.NewRequestWithContext(ctx, http.MethodGet, url, nil)`.
local function method_of(call)
  local func = call:func()
  for _, made in func and func.node:descendants("call", { "NewRequest", "NewRequestWithContext" }) or {} do
    local method = made:arg(MAKERS[made.name])
    local text = method and (method.kind == "str" and method.text:upper() or method.name:match("^Method(%a+)$"))
    if not text then
      -- Whoever makes the request decides.
      return nil
    end
    text = text:upper()
    return (text == "GET" or text == "HEAD" or text == "") and "read" or "write"
  end
  return nil
end

local function collect(call, found, depth, seen)
  local kind = call:fact("kind")
  if kind then
    local verb = call:fact("verb")
    if verb == "construct" or verb == "lazy" or verb == "configure" or verb == "none" then
      return
    elseif FAR[kind] then
      local sort = HTTP_READS[call.name] and "read" or kind == "http" and call.name == "Do" and method_of(call) or says(call.name)
      table.insert(found, { call = call, kind = kind, sort = sort })
    elseif kind == "db" or kind == "queue" or kind == "mail" or kind == "storage" then
      table.insert(found, { call = call, kind = kind, sort = call:fact("verb") == "write" and "write" or says(call.name) })
    end
    return
  end
  if depth > DEEPEST or #call:effects() == 0 then
    return
  end
  for _, func in call:callees() do
    local key = `{func.node.file.path}:{func.node.id}`
    if seen[key] then
      continue
    end
    seen[key] = true
    local body = func.node:child("body")
    local inner = body and body:descendants("call") or {}
    if not body then
      -- A method that an interface declares: the name is all that is said here.
      table.insert(found, { call = call, kind = has_far((call:effects())) and "rpc" or "db", sort = says(func.name) })
    end
    for at, one in inner do
      if at > WIDEST then
        break
      end
      collect(one, found, depth + 1, seen)
    end
  end
end

-- What a call asks others for: { call, kind, sort } of each leaf; empty where it asks nobody.
function M.of(call)
  local found = {}
  collect(call, found, 0, {})
  return found
end

-- Whether all that a call does beyond the process is to ask other services; second, what it asks most plainly.
function M.only_asks(call)
  local name = says(call.name)
  if name == "write" then
    return false
  end
  local leaves = M.of(call)
  local far = nil
  for _, leaf in leaves do
    if leaf.sort == "write" or not leaf.sort and name ~= "read" then
      return false
    end
    far = far or (FAR[leaf.kind] and leaf)
  end
  return far ~= nil, far
end

return M
