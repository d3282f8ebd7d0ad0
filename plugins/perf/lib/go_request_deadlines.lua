-- The deadline that a service puts on the context of every request before a handler sees it: a middleware of its router, of the library or its own.

local M = {}

-- Each gives what it wraps a request whose context ends.
local BOUNDING = table.freeze({
  "net/http.TimeoutHandler", "github.com/go-chi/chi/middleware.Timeout", "github.com/go-chi/chi/v4/middleware.Timeout", "github.com/go-chi/chi/v5/middleware.Timeout",
  "github.com/labstack/echo/v4/middleware.{ContextTimeout,ContextTimeoutWithConfig}", "github.com/gofiber/fiber/v2/middleware/timeout.NewWithContext",
})
local MAKING = table.freeze({ "context.WithTimeout", "context.WithTimeoutCause" })

-- Whether a deadline is made of the context of a request that is handed on with it: `next.ServeHTTP(w, r.WithContext(ctx))` in what a function makes of the next
-- handler, or `c.Next()` behind a request that was exchanged.
local function is_handed_on(making)
  local from, func = making:arg(1), making:func()
  if not from or from.kind ~= "call" or from.name ~= "Context" or not func or #func.node:descendants("call", { "WithContext", "SetRequest" }) == 0 then
    return false
  end
  for _, call in func.node:descendants("call", { "ServeHTTP", "Next" }) do
    local on = call:receiver()
    -- A handler that was handed over, and no server that is started here.
    if on and on.kind == "name" and (call.name == "Next" or on.text == "next" or on.text:lower():find("handler", 1, true)) then
      return true
    end
  end
  return false
end

-- Whether a middleware is made use of: what its function gives is handed to a router.
local function is_used(making)
  local outer = making:enclosing("function")
  while outer do
    local func = outer.text ~= "" and outer:func()
    if func then
      return #func:callers() > 0 or #func:registrations() > 0
    end
    outer = outer:enclosing("function")
  end
  return false
end

-- Whether requests have a deadline that holds for what is asked with their contexts.
function M.are_set(repo)
  if #repo:calls(BOUNDING) > 0 then
    return true
  end
  for _, making in repo:calls(MAKING) do
    if is_handed_on(making) and is_used(making) then
      return true
    end
  end
  return false
end

return M
