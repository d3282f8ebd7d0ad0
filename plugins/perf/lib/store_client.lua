-- Calls that make the client of a database or a cache: whether a call is one, whose client it makes, and whether it brings connections
-- of its own.

local M = {}

-- Whether a call makes a client: `client.connect()` opens one that is there already, `MongoClient.connect(url)` makes it.
function M.makes_one(call)
  if call.name ~= "connect" then
    return true
  end
  local receiver = call:receiver()
  for _, origin in receiver and receiver:origin() or {} do
    if origin:sub(-2) == "()" then
      return false
    end
  end
  return true
end

-- What calls the settings of its own pool so: `pool: settings.pool`.
local SETS_POOL = table.freeze({ "sequelize", "sequelize.Sequelize", "sequelize-typescript.Sequelize", "knex", "knex.knex", "knex.default", "typeorm.DataSource" })

-- Whether it is given the pool that it takes its connections from.
function M.borrows_pool(call)
  -- A client of Prisma connects by its adapter, an adapter of Prisma by a pool.
  local first = call:is("@prisma/adapter-pg.PrismaPg") and call:arg(1)
  if first and first:comes_from("pg.Pool()") then
    return true
  end
  for _, name in { "connection_pool", "pool", "ConnPool", "Conn", "adapter" } do
    local value, state = call:arg(name)
    if name == "pool" and call:is(SETS_POOL) then
      continue
    end
    if state == "given" and value.kind ~= "dict" and value.kind ~= "null" then
      return true
    end
  end
  -- An ORM over a pool of Go's own library.
  for _, arg in call.file.language == "go" and call:args() or {} do
    if arg:comes_from({ "database/sql.Open()", "database/sql.OpenDB()", "database/sql.DB()" }) then
      return true
    end
  end
  return false
end

-- Whether its own arguments name a database that is a file or lies in memory.
function M.is_file(call)
  for _, arg in call:args() do
    local text = arg:joined() or arg.source
    if text:find("sqlite", 1, true) or text:find(":memory:", 1, true) or text:find("duckdb", 1, true) then
      return true
    end
  end
  return false
end

-- What a message calls a store.
local NAMES = { postgres = "PostgreSQL", mysql = "MySQL", mongo = "MongoDB", redis = "Redis" }

function M.name(call)
  return NAMES[call:fact("store_client") or ""] or "the database"
end

return M
