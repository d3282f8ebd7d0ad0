-- Which databases a repository brings drivers of, for libraries whose models do not say it.

local M = {}

local GO = {
  postgres = { "github.com/lib/pq", "github.com/jackc/pgx/**", "github.com/jackc/pgx", "gorm.io/driver/postgres", "github.com/jinzhu/gorm/dialects/postgres" },
  mysql = { "github.com/go-sql-driver/mysql", "gorm.io/driver/mysql", "github.com/jinzhu/gorm/dialects/mysql" },
  sqlite = { "gorm.io/driver/sqlite", "github.com/glebarez/sqlite", "github.com/mattn/go-sqlite3", "modernc.org/sqlite", "github.com/jinzhu/gorm/dialects/sqlite" },
}
local PACKAGES = {
  postgres = { '"pg"', '"postgres"', '"pg-promise"', '"@neondatabase/serverless"' },
  mysql = { '"mysql"', '"mysql2"', '"mariadb"' },
  sqlite = { '"sqlite3"', '"better-sqlite3"', '"sql.js"', '"@libsql/client"' },
}

-- Those of Go: {postgres, mysql, sqlite}, each true or false.
function M.of_go(repo)
  local all = {}
  for kind, modules in GO do
    all[kind] = repo:imports(modules) == true
  end
  return all
end

-- Those that packages of JavaScript depend on.
function M.of_packages(repo)
  local all = {}
  for kind, names in PACKAGES do
    all[kind] = #repo:holding("{package.json,**/package.json}", names) > 0
  end
  return all
end

-- Those behind a table of `schema_table`.
function M.of_table(repo, table_)
  if table_.store == "GORM" then
    return M.of_go(repo)
  elseif table_.store == "TypeORM" or table_.store == "Sequelize" then
    return M.of_packages(repo)
  end
  return {}
end

-- Whether the database is a file beside the service, and no other.
function M.is_file(repo, table_)
  local kinds = M.of_table(repo, table_)
  return table_.store == "SQLite" or kinds.sqlite == true and not kinds.postgres and not kinds.mysql
end

local MANIFESTS = "{requirements*.txt,**/requirements*.txt,pyproject.toml,**/pyproject.toml,Pipfile,**/Pipfile,setup.py,setup.cfg}"
local SERVERS_OF_PYTHON = { "psycopg", "asyncpg", "pg8000", "mysqlclient", "pymysql", "PyMySQL", "aiomysql", "asyncmy", "mysql-connector", "oracledb", "pyodbc", "pymongo", "motor", "pynamodb", "boto3" }
local SERVERS_OF_NODE = { '"pg"', '"postgres"', '"pg-promise"', '"mysql"', '"mysql2"', '"mariadb"', '"mongodb"', '"mongoose"', '"mssql"', '"@neondatabase/serverless"', '"firebase-admin"', '"@aws-sdk/client-dynamodb"' }

-- Whether all that code in a language can ask is a file of SQLite, which is read in the process: a driver of it is there, and none of a server.
function M.only_a_file(repo, language)
  if language == "go" then
    local kinds = M.of_go(repo)
    return kinds.sqlite and not kinds.postgres and not kinds.mysql
  elseif language == "python" then
    return #repo:holding(MANIFESTS, SERVERS_OF_PYTHON) == 0 and #repo:holding("*.py", { "sqlite:///", "sqlite+aiosqlite", "db.backends.sqlite3" }) > 0
  end
  if #repo:holding("{schema.prisma,**/schema.prisma}", { 'provider = "sqlite"', "provider = 'sqlite'" }) > 0 then
    return true
  end
  return M.of_packages(repo).sqlite and #repo:holding("{package.json,**/package.json}", SERVERS_OF_NODE) == 0
end

return M
