-- What code in a browser asks a server for: the requests that a component sends, itself or through hooks, actions and helpers of the repository, each with
-- the address as far as it is known.

local M = {}

-- How many functions deep requests are looked for.
local DEEPEST = 4

-- Names of clients that a project makes itself, by the words they end in.
local CLIENTS = { "api", "http", "client", "axios", "instance", "request", "fetcher", "$http", "$api", "$axios", "ky", "agent" }
local READS = { get = true, ["$get"] = true, getJSON = true }
-- Reads of a store that the browser asks itself.
local STORES = { getDocs = true, onSnapshot = true, useCollection = true, useCollectionData = true }

local function is_client(call)
  local receiver = call:receiver()
  local name = receiver and receiver.name ~= "" and receiver.name:lower() or ""
  for _, word in CLIENTS do
    if name == word or name:sub(-#word) == word then
      return true
    end
  end
  return false
end

local function address_of(call)
  local first = call:arg(1)
  if first and first.kind == "dict" then
    first = first:entry("url")
  end
  local text = first and (first:joined() or first:literal())
  return type(text) == "string" and text or nil
end

-- Whether options of a call name a method that writes.
local function writes(call)
  for _, position in { 1, 2 } do
    local options = call:arg(position)
    local method = options and options.kind == "dict" and options:entry("method")
    local name = method and method:literal()
    if method and (type(name) ~= "string" or name:upper() ~= "GET") then
      return true
    end
  end
  return false
end

-- A call together with what made the names in it: `getDocs(orders)`, where `orders` is a query over `collection(db, "orders")`.
local function spelled(call, depth)
  local text = call.source
  for _, name in depth < 2 and call:descendants("name") or {} do
    local value = name:value()
    if value and value.kind == "call" and not value:same(call) then
      text ..= " " .. spelled(value, depth + 1)
    end
  end
  return text
end

-- The read that a call is, as { node, address }; the address of a store's collection is its name.
function M.of(call)
  if STORES[call.name] then
    local text = spelled(call, 0)
    local name = text:match("collection%([^,\n]-,%s*[\"'`]([%w_/-]+)[\"'`]")
    return name and not text:find("where(", 1, true) and { node = call, address = name, text = text } or nil
  end
  if call.name == "select" then
    local name = call.source:match("%.from%(%s*[\"'`]([%w_-]+)[\"'`]%s*%)%s*%.select")
    return name and { node = call, address = name, text = call.source } or nil
  end
  local is_known = call:fact("kind") == "http" and call:fact("verb") == "call"
  local is_read = call.name == "fetch" or call.name == "$fetch" or call.name == "ofetch" or READS[call.name] or call.name == "axios" or call.name == "request"
  if not is_read or not is_known and not (call.name == "$fetch" or is_client(call) and READS[call.name]) or writes(call) then
    return nil
  end
  return { node = call, address = address_of(call), text = call.source }
end

local SENDS = { get = true, post = true, put = true, patch = true, delete = true, request = true }

-- Whether a call sends a request of whatever kind.
function M.sends(call)
  if call:fact("kind") == "http" and call:fact("verb") == "call" or call.name == "$fetch" then
    return true
  end
  return SENDS[call.name] ~= nil and is_client(call) and call:arg(1) ~= nil or M.of(call) ~= nil
end

-- The functions that a call runs; `useCallback` gives back the one that it is given.
local function run_by(call)
  local all = {}
  for _, callee in call:callees() do
    table.insert(all, callee.node)
  end
  local callee = call:child("callee")
  local made = callee and callee.kind == "name" and callee:value()
  if made and made.kind == "call" and made.name == "useCallback" then
    local inner = made:arg(1)
    table.insert(all, inner and inner.kind == "function" and inner or nil)
  end
  return all
end

-- The first request that running a function sends at once, itself or through functions of the repository, with the functions on the way; nil
-- where `is_slowed` says of one of them that it waits.
function M.first_sent(node, is_slowed, depth, seen)
  depth, seen = depth or 0, seen or {}
  for _, call in node:descendants("call") do
    if M.sends(call) then
      return call
    elseif depth < DEEPEST then
      for _, fn in run_by(call) do
        local key = `{fn.file.path}:{fn.id}`
        if not seen[key] and not is_slowed(fn) then
          seen[key] = true
          local found = M.first_sent(fn, is_slowed, depth + 1, seen)
          if found then
            return found
          end
        end
      end
    end
  end
  return nil
end

local function visit(node, depth, seen, all)
  for _, call in node:descendants("call") do
    local found = M.of(call)
    if found then
      found.func = node
      table.insert(all, found)
    elseif depth < DEEPEST then
      local functions = run_by(call)
      -- A hook is given what fetches: `useQuery({ queryFn: getOrders })`, `useSWR("/orders", getOrders)`.
      if call.name:find("^use%u") then
        for _, arg in call:args() do
          local given = arg.kind == "dict" and arg:entry("queryFn") or arg
          local made = given and (given.kind == "name" or given.kind == "attr") and given:definition()
          if made and made.kind == "function" then
            table.insert(functions, made)
          end
        end
        local first = call:arg(1)
        local address = first and call.name:find("SWR") and first:joined()
        if type(address) == "string" and address:find("/", 1, true) then
          table.insert(all, { node = call, address = address, text = call.source, func = node })
        end
      end
      for _, fn in functions do
        local key = `{fn.file.path}:{fn.id}`
        if not seen[key] then
          seen[key] = true
          visit(fn, depth + 1, seen, all)
        end
      end
    end
  end
end

-- The requests that running a function may send, those of the functions that it calls among them.
function M.within(node)
  local all = {}
  visit(node, 0, { [`{node.file.path}:{node.id}`] = true }, all)
  return all
end

return M
