-- Pools that live as long as an application of ASGI, where an adapter starts and ends the application with each request: `Mangum(app)` runs its lifespan
-- around every invocation of a function unless it is told `lifespan="off"`.

local words = require("words")

local M = {}

local OPENS = { "connect", "create_pool", "open_pool", "init_pool", "init_db", "setup_db" }
local CLOSES = { "close", "dispose", "disconnect", "terminate" }

-- Whether an adapter starts the application for each request: it does unless it is told not to.
function M.starts_each_time(adapter)
  local lifespan, state = adapter:arg("lifespan")
  local said = lifespan and lifespan:literal()
  return adapter.file.class == "source" and (state == "absent" or said == "auto" or said == "on")
end

-- The function that an application runs around its life; nil where that is not seen, and second whether the application is.
local function lifespan_of(adapter)
  local app = adapter:arg(1)
  local made = app and (app:definition() or app:value())
  -- `app = api.app`.
  local holder = made and made.kind == "attr" and made:child("value")
  made = holder and (holder:value() or holder:definition()) or made
  if not made or made.kind ~= "call" then
    return nil, false
  end
  local given = made:arg("lifespan")
  for _, argument in given == nil and made:args() or {} do
    -- `StacApi(app=FastAPI(lifespan=lifespan))`.
    local inner = argument.kind == "kw-arg" and argument:child("value") or argument
    given = given or inner.kind == "call" and inner:arg("lifespan") or nil
  end
  for _, func in given and given.kind == "name" and made.file.root:descendants("function", given.text) or {} do
    return func, true
  end
  return nil, true
end

-- The adapters of a repository that start their application for each request, and whether others do not; nil until that was looked up.
local adapters, has_other = nil, false

local function adapters_of(repo)
  if not adapters then
    adapters = {}
    for _, call in repo:calls("mangum.Mangum") do
      if M.starts_each_time(call) then
        table.insert(adapters, call)
      else
        has_other = true
      end
    end
  end
  return adapters
end

local function is_called(call, forms)
  return words.any_in(call.name, forms)
end

-- Whether a function is a lifespan that ends what it made: it yields once, and something is closed behind that. The call that closes.
local function closing(func)
  local yields = func.is_generator and func.node:descendants("yield") or {}
  local is_manager = false
  for _, decorator in func:decorators() do
    is_manager = is_manager or decorator:find("contextmanager", 1, true) ~= nil
  end
  for _, call in is_manager and #yields == 1 and func.node:descendants("call") or {} do
    if is_called(call, CLOSES) and call.id > yields[1].id then
      return call, yields[1]
    end
  end
  return nil
end

-- The lifespan in which a place makes a pool for one request only; nil where it is none.
function M.around(place, repo)
  local func = place:func()
  if not func or place.file.language ~= "python" or not closing(func) or func.reach ~= "startup" and not func.name:find("lifespan", 1, true) then
    return nil
  end
  for _, adapter in adapters_of(repo) do
    local node, is_seen = lifespan_of(adapter)
    if node and node:same(func.node) or not is_seen and not has_other then
      return func
    end
  end
  return nil
end

-- Where the lifespan that an adapter runs opens a connection by a function of a library, and closes it again: {func, opens, closes}; nil where it does not. What
-- functions of the project make is told where they are asked.
function M.opened_by_library(adapter)
  local node = M.starts_each_time(adapter) and lifespan_of(adapter)
  local func = node and node:func()
  local closes, yields = nil, nil
  if func then
    closes, yields = closing(func)
  end
  for _, call in closes and yields and func.node:descendants("call") or {} do
    if call.id < yields.id and call:is_awaited() and is_called(call, OPENS) and #call:callees() == 0 and not call:fact("store_client") then
      return { func = func, opens = call, closes = closes }
    end
  end
  return nil
end

return M
