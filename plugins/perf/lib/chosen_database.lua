-- Which server's database a service that can use several is run with: the one that its compose files start and that its samples of settings name.

local M = {}

local IMAGES = {
  postgres = { "image: postgres", "image: 'postgres", 'image: "postgres', "image: postgis", "image: bitnami/postgres", "image: docker.io/postgres", "image: timescale", "image: pgvector", "image: supabase/postgres" },
  mysql = { "image: mysql", "image: 'mysql", 'image: "mysql', "image: mariadb", 'image: "mariadb', "image: bitnami/mysql", "image: bitnami/mariadb", "image: docker.io/mysql", "image: percona" },
}
local SETTINGS = {
  postgres = { "=postgres", "=POSTGRES", "=pgsql", "=pg\n", "postgresql://", "postgres://", "postgresql+", "type: postgres", "type: 'postgres", 'type: "postgres', "client: pg", "dialect: postgres" },
  mysql = { "=mysql", "=MYSQL", "=mariadb", "mysql://", "mysql+", "type: mysql", "type: mariadb", "client: mysql", "dialect: mysql" },
}
local STARTED = "{*,**/*}.{yml,yaml}"
local SAMPLES = "{**/.env*,.env*,*.env,**/*.env,*.env.*,config*.yml,config*.yaml,**/config*.yml,**/config*.yaml,app.json}"

-- Pipelines try every database that there is a driver of.
local function is_pipeline(path)
  return path:find("%.github/") ~= nil or path:find("%.gitlab") ~= nil or path:find("%.circleci") ~= nil or path:find("^%.travis") ~= nil or path:find("azure%-pipelines") ~= nil or path:find("%f[%w]tests?%f[%W]") ~= nil or path:find("%f[%w]ci%f[%W]") ~= nil
end

local function names(repo, glob, texts)
  for _, path in repo:holding(glob, texts) do
    if not is_pipeline(path) then
      return true
    end
  end
  return false
end

local function read(repo)
  for _, source in { { STARTED, IMAGES }, { SAMPLES, SETTINGS } } do
    local postgres, mysql = names(repo, source[1], source[2].postgres), names(repo, source[1], source[2].mysql)
    if postgres ~= mysql then
      return postgres and "postgres" or "mysql"
    elseif postgres then
      return "both"
    end
  end
  return "unknown"
end

local known = nil

-- "postgres", "mysql", "both" or "unknown".
function M.of(repo)
  known = known or read(repo)
  return known
end

return M
