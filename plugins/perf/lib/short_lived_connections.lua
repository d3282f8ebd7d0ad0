-- Pools that throw their connections away: each lives for seconds, or none is kept idle, so that most requests open one after all.

local duration = require("duration")

local M = {}

-- Seconds below which a connection that nobody needs at the moment is gone before the next request comes.
local SHORTEST = 10

-- What pools of Go's database/sql are told.
local TIMES = { SetConnMaxLifetime = "lives", SetConnMaxIdleTime = "is kept idle" }

-- Arguments and entries that say how long a connection lives, and the unit that their numbers are in.
local SETTINGS = {
  python = { pool_recycle = 1, max_lifetime = 1, max_idle = 1, max_inactive_connection_lifetime = 1 },
  javascript = { idleTimeoutMillis = 1000, maxLifetimeSeconds = 1, idleTimeout = 1000, max_lifetime = 1, idle_timeout = 1 },
}

-- SQLite opens a file: that costs nothing to speak of. Which database a setting is for, the function or the file says.
local function is_of_file(node)
  local func = node:func()
  local around = func and func.node.source:lower() or ""
  local speaks_of_server = around:find("postgres", 1, true) ~= nil or around:find("mysql", 1, true) ~= nil
  return not speaks_of_server and (around:find("sqlite", 1, true) ~= nil or node.file.path:lower():find("sqlite", 1, true) ~= nil)
end

-- What a statement such as `db.SetConnMaxLifetime(time.Second)` does to the pool; nil where it does no harm.
function M.of_statement(call)
  local first = call:arg(1)
  if not first or is_of_file(call) then
    return nil
  elseif call.name == "SetMaxIdleConns" then
    local kept = first:literal()
    return kept == 0 and "keeps no connection that nobody needs at the moment" or nil
  end
  local seconds = duration.seconds(first)
  local lives = TIMES[call.name]
  if lives and seconds and seconds > 0 and seconds < SHORTEST then
    return `throws each connection away that {lives} for {seconds} s`
  end
  return nil
end

-- The same of what a pool is made with, and where that is said.
function M.of_settings(call)
  local names = SETTINGS[call.file.language == "typescript" and "javascript" or call.file.language]
  for name, unit in names or {} do
    local value = call:arg(name)
    local amount, known = nil, false
    if value then
      amount, known = value:literal()
    end
    if known and type(amount) == "number" and amount > 0 and amount / unit < SHORTEST and not is_of_file(call) then
      return `throws each connection away after {amount / unit} s`, value
    end
  end
  local uses = call.file.language ~= "python" and call:arg("maxUses")
  if uses and uses:literal() == 1 then
    return "throws each connection away when it was used once", uses
  end
  return nil, nil
end

return M
