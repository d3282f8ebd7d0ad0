-- State of a component that holds what is typed, and the effects and queries that hang on it.

local client_requests = require("client_requests")
local typed_fields = require("typed_fields")

local M = {}

-- The names of the state that a handler sets to what was typed: `query` for `setQuery(e.target.value)`.
function M.states_of(file, value, fn)
  local setters, names = {}, {}
  if value.kind == "name" then
    setters[value.text] = true
  end
  for _, call in fn and fn:descendants("call") or {} do
    local callee = call:child("callee")
    if callee and callee.kind == "name" and call.source:find("value", 1, true) or callee and callee.kind == "name" and call:arg(1) and call:arg(1).kind == "name" and call:arg(1):param_position() then
      setters[callee.text] = true
    end
  end
  for _, assign in file.root:descendants("assign") do
    local target, made = assign:child("target"), assign:child("value")
    if target and made and made.kind == "call" and made.name == "useState" then
      local parts = target:descendants("name")
      if #parts == 2 and setters[parts[2].text] then
        names[parts[1].text] = made
      end
    end
  end
  return names
end

local function reads(node, names)
  for _, name in node:descendants("name") do
    if names[name.text] then
      return name
    end
  end
  return nil
end

-- Hooks that ask again when what they are given changes.
local QUERY_HOOKS = { "^use%a*Query$", "^useSWR%a*$", "^useFetch$", "^useAsync$", "^useRequest$" }

-- What hangs on a state and sends: an effect with the state among what it depends on, or a query with the state in its key.
function M.hanging(component, names)
  for _, call in component:descendants("call") do
    local deps = call:arg(2)
    if call.name == "useEffect" or call.name == "useLayoutEffect" then
      local effect = call:arg(1)
      local read = nil
      -- A part of the state, `link.owner`, may be what no key changes.
      for _, item in deps and deps.kind == "list" and deps:children("item") or {} do
        read = read or item.kind == "name" and names[item.text] and item or nil
      end
      local sent = read and effect and effect.kind == "function" and not typed_fields.waits(effect.source) and client_requests.first_sent(effect, typed_fields.is_slowed)
      if sent then
        return call, sent, read
      end
    elseif call.name:find("^use%u") and call.name ~= "useState" and call.name ~= "useMemo" and call.name ~= "useCallback" and call.name ~= "useRef" and not typed_fields.waits(call.source) then
      local read = nil
      for _, arg in call:args() do
        -- A function that is handed on reads the state when it is called.
        if arg.kind ~= "function" then
          read = read or (arg.kind == "name" and names[arg.text] and arg) or reads(arg, names)
        end
      end
      local enabled = nil
      for _, arg in call:args() do
        enabled = enabled or arg.kind == "dict" and arg:entry("enabled") or nil
      end
      local is_open = not enabled or reads(enabled, names) ~= nil or enabled.kind == "name" and names[enabled.text] ~= nil
      if read and is_open then
        if typed_fields.fits(call.name, QUERY_HOOKS) and #call:callees() == 0 and not call.name:find("Selector") then
          local is_library = call:is({ "@tanstack/react-query.*", "react-query.*", "swr.**", "@apollo/client.**", "ahooks.*", "urql.*", "@trpc/**" }) or call.name:find("^useSWR")
          if is_library then
            return call, call, read
          end
        end
        for _, callee in call:callees() do
          local fn = callee.node
          if not typed_fields.is_slowed(fn) then
            local sent = client_requests.first_sent(fn, typed_fields.is_slowed)
            local query = nil
            for _, inner in fn:descendants("call") do
              query = query or (typed_fields.fits(inner.name, { "^useQuery$", "^useSWR%a*$" }) and inner or nil)
            end
            if sent and query then
              return call, query, read
            end
          end
        end
      end
    end
  end
  return nil
end

-- The outermost function around a node: the component.
function M.component_around(node)
  local fn, found = node:func(), nil
  while fn do
    found = fn.node
    local up = fn.node:parent()
    fn = up and up:func()
  end
  return found
end

return M
