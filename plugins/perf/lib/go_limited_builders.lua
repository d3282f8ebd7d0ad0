-- Functions of a project in Go that begin a query with a limit which they are handed: `func page(db *gorm.DB, offset, limit int) *gorm.DB` with
-- `db.Limit(limit)` in it, mostly under `if limit != -1`. Whether the query has that limit, the call says.

local parameter = require("parameter")

local M = {}

-- Whether a call hands over a limit at a position: `-1` and `0` stand for none.
local function is_limit(call, at)
  local given, state = call:arg(at)
  local value = given and given:literal()
  return state == "given" and not (type(value) == "number" and value <= 0) and given.source:find("^-") == nil
end

-- Where a call bounds a query by a parameter of the function around: its positions among the arguments.
local function limits_of(func)
  local all = {}
  for _, call in func.node:child("body") and func.node:descendants("call", { "Limit", "Take" }) or {} do
    local limit = call:receiver() and call:arg(1)
    local at = limit and limit.kind == "name" and limit:param_position()
    if at then
      table.insert(all, at - parameter.leading(func))
    end
  end
  return all
end

-- Whether everybody who calls a function that limits its query under a condition hands over a limit: `if limit != -1 { session.Limit(limit) }`.
function M.is_always_given(call)
  local limit = call.file.language == "go" and call.name == "Limit" and call:arg(1)
  local at = limit and limit.kind == "name" and limit:param_position()
  local func = at and call:func()
  local given = 0
  for _, caller in func and func:callers() or {} do
    if caller:reach() ~= "test" then
      if not is_limit(caller, at - parameter.leading(func)) then
        return false
      end
      given += 1
    end
  end
  return given > 0
end

-- What the limits of each function are, by its place.
local known = {}

-- Whether one of GORM's scopes, which a function of the project makes, limits the query: `db.Scopes(Paginate(c)).Find(&orders)`.
local function has_limiting_scope(call)
  for _, scope in call:args() do
    local func = scope.kind == "call" and scope:callees()[1]
    local made = func and func.node or scope.kind == "name" and scope:definition()
    if made and made.kind == "function" and #made:descendants("call", "Limit") > 0 then
      return true
    end
  end
  return false
end

-- Whether a call of such a function gives it a limit.
function M.bounds(call)
  if call.file.language ~= "go" then
    return false
  elseif call.name == "Scopes" then
    return has_limiting_scope(call)
  end
  local callees = call:callees()
  local func = #callees == 1 and callees[1]
  if not func then
    return false
  end
  local key = `{func.node.file.path}:{func.node.id}`
  known[key] = known[key] or limits_of(func)
  for _, at in known[key] do
    if is_limit(call, at) then
      return true
    end
  end
  return false
end

return M
