-- Pools that live as long as an application of ASGI, where an adapter starts and ends the application with each request: `Mangum(app)` runs its lifespan
-- around every invocation of a function unless it is told `lifespan="off"`.

local M = {}

local CLOSES = { close = true, aclose = true, dispose = true, disconnect = true, terminate = true, wait_closed = true, close_all = true }

-- Whether an adapter of the repository runs the lifespan per request; nil until that was looked up.
local runs = nil

local function is_run_per_request(repo)
  if runs == nil then
    runs = false
    for _, call in repo:calls("mangum.Mangum") do
      local lifespan, state = call:arg("lifespan")
      local said = lifespan and lifespan:literal()
      runs = runs or call.file.class == "source" and (state == "absent" or said == "auto" or said == "on")
    end
  end
  return runs
end

-- Whether a function is a lifespan that ends what it made: it yields once, and something is closed behind that.
local function ends_behind_yield(func)
  if not func.is_generator then
    return false
  end
  local yields = func.node:descendants("yield")
  local is_manager = false
  for _, decorator in func:decorators() do
    is_manager = is_manager or decorator:find("contextmanager", 1, true) ~= nil
  end
  for _, call in is_manager and #yields == 1 and func.node:descendants("call") or {} do
    if CLOSES[call.name] and call.id > yields[1].id then
      return true
    end
  end
  return false
end

-- The lifespan in which a place makes a pool for one request only; nil where it is none.
function M.around(place, repo)
  local func = place:func()
  local is_lifespan = func and place.file.language == "python" and ends_behind_yield(func) and func.name:find("lifespan", 1, true) or func and func.reach == "startup" and place.file.language == "python" and ends_behind_yield(func)
  return is_lifespan and is_run_per_request(repo) and func or nil
end

return M
